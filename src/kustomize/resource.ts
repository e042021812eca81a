import { Origin } from './build-log';
import { effectiveNamespaceOf, Gvk, gvkOf, idText, nameOf, namespaceOf } from './resource-id';

/** What an object was called before something changed that. */
export interface PreviousId {
  readonly kind: string;
  readonly name: string;
  /** The one that it was taken to be in. */
  readonly namespace: string;
}

interface Known {
  readonly gvk: Required<Gvk>;
  readonly name: string;
  readonly namespace: string;
  readonly effectiveNamespace: string;
  readonly id: string;
}

/** An object on its way through a build: what it is by now, and what it was. */
export class Resource {
  /** Oldest first. */
  public readonly previous: PreviousId[] = [];
  public readonly prefixes: string[] = [];
  public readonly suffixes: string[] = [];
  /** Whether kustomize keeps notes of it: they are annotations, which a JSON patch may take for granted. */
  public hasNotes = false;
  /** Whether its name is to end in a hash of what it holds. */
  public needsHash = false;
  /** Files that it holds and that cannot be read. */
  public unknown: readonly string[] = [];
  /** Whether a namespace was set that nobody wrote. */
  public isMoved = false;

  private current: any;
  /** Made of what it is by now, when somebody asks: many do, and it seldom changes. */
  private known?: Known;

  constructor(
    manifest: any,
    public readonly origin: Origin,
  ) {
    this.current = manifest;
  }

  public get manifest(): any {
    return this.current;
  }
  public set manifest(manifest: any) {
    if (manifest !== this.current) {
      this.current = manifest;
      this.known = undefined;
    }
  }

  public get kind(): string {
    return this.names.gvk.kind;
  }
  public get name(): string {
    return this.names.name;
  }
  public get namespace(): string {
    return this.names.namespace;
  }
  public get effectiveNamespace(): string {
    return this.names.effectiveNamespace;
  }
  public get id(): string {
    return this.names.id;
  }
  public get gvk(): Required<Gvk> {
    return this.names.gvk;
  }

  private get names(): Known {
    return (this.known ??= knownOf(this.current));
  }

  /** Notes what it is called, before that changes. */
  public remember(): void {
    const { kind, name, effectiveNamespace: namespace } = this;
    this.previous.push({ kind, name, namespace });
    this.hasNotes = true;
  }

  /** What it was called first; what it is called where that never changed. */
  public get original(): PreviousId {
    const { kind, name, effectiveNamespace: namespace } = this;
    return this.previous[0] ?? { kind, name, namespace };
  }

  public get originalGvk(): Required<Gvk> {
    return { ...this.gvk, kind: this.original.kind };
  }

  /** Whether it is, or ever was, the object of that id. */
  public wasEver(id: string): boolean {
    return (
      this.id === id ||
      this.previous.some(
        ({ kind, name, namespace }) => idText({ ...this.gvk, kind }, namespace, name) === id,
      )
    );
  }
}

function knownOf(manifest: any): Known {
  const [gvk, name] = [gvkOf(manifest), nameOf(manifest)];
  const effectiveNamespace = effectiveNamespaceOf(manifest);
  return {
    gvk,
    name,
    namespace: namespaceOf(manifest),
    effectiveNamespace,
    id: idText(gvk, effectiveNamespace, name),
  };
}
