import { AppliedObject } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { FleetView } from '../clusters/view-clusters';
import { SourceFile, SourceRepository } from '../inventory/source-file';
import { CheckProfile } from '../vocabulary/suppression';

/** How much a finding weighs: an error refuses the write. */
export type Severity = 'error' | 'warning';

/** Which checks run: `strict` is all of them. */
export type Profile = `${CheckProfile}`;

/** A control of a standard that a check is evidence for. */
export interface Control {
  readonly standard: 'PCI DSS 4.0' | 'CIS Kubernetes 1.10' | 'NSA/CISA Kubernetes Hardening 1.2';
  /** Number, or heading where the standard numbers none. */
  readonly id: string;
}

/** What every check says of itself, for people. */
interface Description {
  /** Kebab case; also the name of its file, its page and what a suppression names. */
  readonly id: string;
  readonly severity: Severity;
  readonly profile: Profile;
  /** One sentence: what must be. */
  readonly summary: string;
  /** What happens otherwise, with the reason in Flux, Kyverno, Flagger or Kubernetes. */
  readonly why: string;
  /** What to change. */
  readonly remedy: string;
  /** Upstream pages or sources. */
  readonly links: readonly string[];
  /** @default - none truly applies */
  readonly controls?: readonly Control[];
  /**
   * YAML in which the check finds something, and nothing else does. Documents of one cluster; a line `# file: <path>` begins another
   * file of the repository.
   */
  readonly bad: string;
  /** The same set right: no check finds anything. */
  readonly good: string;
}

/** What is wrong with one object. */
export interface Problem {
  /** In the user's words, without the object's name: what is wrong, the value, what is allowed, what to change. */
  readonly message: string;
  /** JSON pointer to the field that says so. @default - the object as a whole */
  readonly pointer?: string;
}

/** A check of objects. */
export interface ObjectCheck extends Description {
  /** What it looks at, each a `group/Kind` as `typeOf` has it; '*' is every object. */
  readonly types: readonly string[];
  /**
   * What it has to know: with 'object' it judges an object by itself, wherever it lies; with 'cluster' by what else its
   * cluster gets, and leaves alone what no cluster is known to get.
   */
  readonly needs: 'object' | 'cluster';
  /** A pure function of its arguments. `cluster` is not to be used where the check needs the object alone. */
  examine(object: AppliedObject, cluster: ClusterView): Iterable<Problem>;
}

/** What is wrong with a file, or with a cluster for which a file speaks. */
export interface FileProblem extends Problem {
  /** From 1. @default - the line of `pointer` */
  readonly line?: number;
  /** Which document of the file `pointer` is in. @default 0 */
  readonly index?: number;
  /** The cluster for which it is wrong. @default - for all that get the file */
  readonly cluster?: string;
}

/** A check of files, kustomization files among them. */
export interface FileCheck extends Description {
  examineFile(
    file: SourceFile,
    repository: SourceRepository,
    fleet: FleetView,
  ): Iterable<FileProblem>;
}

export type Check = ObjectCheck | FileCheck;
