import { SetterMarker } from '../vocabulary/setter-marker';

/** One object of a file, and what image automation owns of it. */
export interface RepoDocument {
  readonly manifest: any;
  readonly markers: readonly SetterMarker[];
  /** Path of the construct that made it. */
  readonly constructPath?: string;
}

/** One file of a repository. */
export interface RepoFile {
  /** Path from the repository root, with '/' between its parts. */
  readonly path: string;
  readonly text: string;
  /** All objects of the file; image automation may have committed to one of them before it was written here. */
  readonly documents?: readonly RepoDocument[];
  /** Files that it names and something else writes. */
  readonly foreign?: readonly string[];
}
