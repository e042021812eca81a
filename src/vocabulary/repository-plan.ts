/** How a write treats what it finds. */
export interface WriteOptions {
  /**
   * Files that something else wrote and that this library takes over from now on, as paths from the
   * repository root: `flux bootstrap` may have written `clusters/prod/flux-system/kustomization.yaml`.
   *
   * @default - none; a foreign file in the place of one of ours is an error
   */
  readonly adopt?: string[];
}

/** What writing a repository changes on disk, file by file: paths from the repository root, sorted. */
export class RepositoryPlan {
  public constructor(
    /** The directory that was compared. */
    public readonly root: string,
    /** Files that are not there yet. */
    public readonly created: string[],
    /** Files whose content differs. */
    public readonly updated: string[],
    /** Files of ours that the program no longer asks for. */
    public readonly removed: string[],
    /** Files that are right already; they are not touched. */
    public readonly unchanged: string[],
    /** Files that ours name, that something else has to write, and that are not there yet: Flux fails until they are. */
    public readonly missing: string[],
    /** Fields in which image automation committed another version than the program says, which stays. */
    public readonly kept: string[],
    /** Fields in which image automation committed another version than the program, which insists on its own. */
    public readonly overruled: string[],
    /**
     * Fields in which the program starts again from its own value, or that it gives up, although another is committed behind
     * a marker: because image, policy or object changed or went, or a person or formatter took away what told them.
     */
    public readonly reset: string[],
    /** What of the program is allowed and hardly wanted, each with the path of its construct. */
    public readonly warnings: string[],
    /** What checks found and the program accepts, each with owner and reason. */
    public readonly suppressed: string[],
  ) {}

  /**
   * Whether nothing is left to do, for this library or for others: the repository holds exactly what the program says, and
   * every file that something else has to write. What CI asserts to catch drift, and what Flux could not build.
   */
  public get isUpToDate(): boolean {
    const { created, updated, removed, missing } = this;
    return created.length + updated.length + removed.length + missing.length === 0;
  }

  /** The plan in words, a line for each file that changes. */
  public toString(): string {
    const lines = [
      ...this.created.map((file) => `create ${file}`),
      ...this.updated.map((file) => `update ${file}`),
      ...this.removed.map((file) => `remove ${file}`),
      ...this.kept.map((field) => `keep ${field}`),
      ...this.overruled.map((field) => `overrule ${field}`),
      ...this.reset.map((field) => `reset ${field}`),
      ...this.warnings.map((warning) => `warning ${warning}`),
      ...this.suppressed.map((finding) => `suppressed ${finding}`),
      ...this.missing.map((file) => `missing ${file}, which something else has to write`),
    ];
    lines.push(
      `${this.root}: ${this.created.length} created, ${this.updated.length} updated, ` +
        `${this.removed.length} removed, ${this.unchanged.length} unchanged`,
    );
    return lines.join('\n');
  }
}
