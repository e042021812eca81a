/** One file of a repository. */
export interface RepoFile {
  /** Path from the repository root, with '/' between its parts. */
  readonly path: string;
  readonly text: string;
  /** Files that it names and something else writes. */
  readonly foreign?: readonly string[];
}
