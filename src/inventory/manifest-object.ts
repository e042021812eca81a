import { EnvironmentPatch } from '../vocabulary/environment-patch';
import { KustomizationFile } from '../vocabulary/kustomization-file';
import { Shelf, Tenancy } from '../vocabulary/placement';
import { SetterMarker } from '../vocabulary/setter-marker';
import { Suppression } from '../vocabulary/suppression';

/** One object that a program or a repository holds, and where it belongs. */
export interface ManifestObject {
  /** The object as Kubernetes reads it. */
  readonly manifest: any;
  /** Path of the construct that made it. */
  readonly constructPath: string;
  readonly location: Location;
  readonly markers: readonly SetterMarker[];
  /** At most one for each environment, with all operations in order of declaration. */
  readonly patches: readonly EnvironmentPatch[];
  /** For what the library itself makes of a tenant: the part of the manifest that must stay as it is. */
  readonly made?: any;
}

/** A `kustomization.yaml` that was asked for. */
export interface KustomizationRequest {
  readonly file: KustomizationFile;
  readonly location: Location;
}

/** A place in a repository. */
export interface Location {
  /** Path of the repository construct. */
  readonly repository: string;
  readonly shelf: Shelf;
  /** Path of the outermost construct that was placed: whose directory it is. */
  readonly owner: string;
  /** Directory within the shelf. */
  readonly subdirectory?: string;
  readonly file?: string;
  /** Clusters that apply the objects, each as `<path of its fleet repository>/<name>`. */
  readonly clusters: readonly string[];
  /** What tells the Git repository from others, where that is known. */
  readonly gitPlace?: string;
  /** What a tenant's objects must stay within. */
  readonly tenancy?: Tenancy;
}

/** Path of the fleet whose clusters apply what is at a location; whose names mean nothing in another. */
export function fleetPathOf({ clusters: [cluster] }: Location): string {
  return cluster.slice(0, cluster.lastIndexOf('/'));
}

/** What its fleet calls one of the clusters of a location. */
export function clusterNameOf(cluster: string): string {
  return cluster.slice(cluster.lastIndexOf('/') + 1);
}

/** Everything that one construct tree holds. */
export interface Inventory {
  readonly objects: ManifestObject[];
  readonly kustomizations: KustomizationRequest[];
  /** What is wrong with the tree, each with the path of its construct. */
  readonly errors: string[];
  readonly warnings: Warning[];
  readonly suppressions: ConstructSuppression[];
}

/** What is allowed and hardly wanted. */
export interface Warning {
  /** Path of the repository construct. */
  readonly repository: string;
  /** In words, with the path of the construct. */
  readonly text: string;
}

/** What is suppressed of the objects of one construct. */
export interface ConstructSuppression extends Suppression {
  /** Path of the construct. */
  readonly construct: string;
}
