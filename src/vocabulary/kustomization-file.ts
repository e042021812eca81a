import { Construct, IConstruct } from 'constructs';
import { Shelf } from './placement';

/** A patch as a `kustomization.yaml` carries it, its target chosen by kustomize's own fields. */
export interface KustomizePatch {
  readonly target: {
    readonly group?: string;
    readonly version?: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  };
  readonly patch: string;
}

/** What a `KustomizationFile` says beyond the files that are written beside it. */
export interface KustomizationFileProps {
  /** The shelf it builds upon. */
  readonly base?: Shelf;
  /** Files beside it that something else writes. */
  readonly foreignResources?: readonly string[];
  readonly patches?: readonly KustomizePatch[];
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

  constructor(
    scope: Construct,
    id: string,
    private readonly props: KustomizationFileProps = {},
  ) {
    super(scope, id);
    this.foreign = [...(props.foreignResources ?? [])];
    Object.defineProperty(this, KUSTOMIZATION_FILE, { value: true });
  }

  public get base(): Shelf | undefined {
    return this.props.base;
  }

  public get patches(): readonly KustomizePatch[] {
    return this.props.patches ?? [];
  }

  public get foreignResources(): readonly string[] {
    return this.foreign;
  }

  public addForeignResource(file: string): void {
    if (!this.foreign.includes(file)) {
      this.foreign.push(file);
    }
  }
}
