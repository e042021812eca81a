/** Where the files of an audited repository are, for whoever reads a report of them. */
export interface ArtifactRoot {
  /** Whether it is another Git repository than the one that the report is uploaded to. */
  readonly isElsewhere: boolean;
  /** What stands before the path of each file: directories of that repository, or the host and path of the other one. */
  readonly segments: readonly string[];
}
