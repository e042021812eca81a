import { SetterMarker } from '../vocabulary/setter-marker';

/** One object of a file in which image automation owns something. */
export interface RepoDocument {
  readonly manifest: any;
  readonly markers: readonly SetterMarker[];
}

/** One file of a repository. */
export interface RepoFile {
  /** Path from the repository root, with '/' between its parts. */
  readonly path: string;
  readonly text: string;
  /** All objects of the file, where one of them has a marked field. */
  readonly documents?: readonly RepoDocument[];
  /** Files that it names and something else writes. */
  readonly foreign?: readonly string[];
}
