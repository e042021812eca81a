import { Construct, IConstruct } from 'constructs';
import { Shelf } from './placement';
import { quoted } from './quoted';
import { SetterMarker } from './setter-marker';

/** A patch as a `kustomization.yaml` carries it, its target chosen by kustomize's own fields. */
export interface KustomizePatch {
  readonly target: {
    readonly group?: string;
    readonly version?: string;
    readonly kind?: string;
    readonly name?: string;
    readonly namespace?: string;
    readonly labelSelector?: string;
    readonly annotationSelector?: string;
  };
  readonly patch: string;
}

/** An image that kustomize writes wherever manifests name another, as `images` of a `kustomization.yaml` has it. */
export interface KustomizeImage {
  /** What manifests call it. */
  readonly name: string;
  readonly newName: string;
  readonly newTag?: string;
  readonly digest?: string;
  /** Those of the fields that image automation rewrites; their pointers start at the image. */
  readonly markers: readonly SetterMarker[];
}

/** What a `KustomizationFile` says beyond the files that are written beside it. */
export interface KustomizationFileProps {
  /** The shelf it builds upon. */
  readonly base?: Shelf;
  /** The one file of that shelf that it builds upon. @default - all of the shelf */
  readonly baseFile?: string;
  /** Directories below it that have a kustomization file of their own. */
  readonly directories?: readonly string[];
  /** Files beside it that something else writes. */
  readonly foreignResources?: readonly string[];
  readonly patches?: readonly KustomizePatch[];
  /** What the name of every object ends in. */
  readonly nameSuffix?: string;
  /** Annotations of every object. */
  readonly annotations?: { readonly [key: string]: string };
}

const KUSTOMIZATION_FILE = Symbol.for('cdk8s-flux-tenants.KustomizationFile');

/**
 * Asks for a `kustomization.yaml` in the directory it is placed in, and adds to it what the
 * files there do not tell. Directories that are wholly ours get one without being asked.
 */
export class KustomizationFile extends Construct {
  public static isKustomizationFile(construct: IConstruct): construct is KustomizationFile {
    return KUSTOMIZATION_FILE in construct;
  }

  private readonly foreign: string[];
  private readonly replaced = new Map<string, KustomizeImage>();

  constructor(
    scope: Construct,
    id: string,
    public readonly props: KustomizationFileProps = {},
  ) {
    super(scope, id);
    this.foreign = [...(props.foreignResources ?? [])];
    Object.defineProperty(this, KUSTOMIZATION_FILE, { value: true });
  }

  public get foreignResources(): readonly string[] {
    return this.foreign;
  }

  public get images(): readonly KustomizeImage[] {
    return [...this.replaced.values()];
  }

  /** Throws when `file` is not the name of a YAML file in this very directory. */
  public addForeignResource(file: string): void {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*\.ya?ml$/.test(file) || /^kustomization\.ya?ml$/.test(file)) {
      throw new Error(
        `file must be the name of a YAML file beside the ones that are written, got ${quoted(file)}`,
      );
    }
    if (!this.foreign.includes(file)) {
      this.foreign.push(file);
    }
  }

  /** Throws when there is one of that name, or the name is none: kustomize reads it as a regular expression. */
  public addImage(image: KustomizeImage): void {
    if (!/^[a-z0-9]+(?:[._/:-]+[a-z0-9]+)*$/.test(image.name)) {
      throw new Error(
        `image name in manifests must be such as 'podinfo' or 'ghcr.io/acme/podinfo', got ${quoted(image.name)}`,
      );
    }
    if (this.replaced.has(image.name)) {
      throw new Error(`'${this.node.path}' has an image for '${image.name}' already`);
    }
    for (const other of this.replaced.values()) {
      if (matches(image.name, other.newName) || matches(other.name, image.newName)) {
        throw new Error(
          `'${this.node.path}' must not have images for both '${other.name}' and '${image.name}': ` +
            'kustomize would replace what it has put in the place of one once more',
        );
      }
    }
    this.replaced.set(image.name, image);
  }
}

/** As kustomize does, which takes a name for a regular expression. */
function matches(name: string, image: string): boolean {
  return new RegExp(`^${name}$`).test(image);
}
