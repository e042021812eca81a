import { requireGitName } from './git-name';

/** The commits from which a workflow may sign. */
export class WorkflowRef {
  /** Commits on one branch. */
  public static branch(name: string): WorkflowRef {
    return new WorkflowRef('branch', requireGitName('branch', name));
  }

  /**
   * Tags that start with `prefix`.
   *
   * @param prefix such as `v`; the rest of the tag may be anything without '/'
   */
  public static tags(prefix: string): WorkflowRef {
    return new WorkflowRef('tags', requireGitName('tag prefix', prefix));
  }

  private constructor(
    /** @internal */
    readonly _kind: 'branch' | 'tags',
    /**
     * Name of the branch, or what tags start with.
     *
     * @internal
     */
    readonly _name: string,
  ) {}

  /**
   * As a regular expression of Go and of POSIX.
   *
   * @internal
   */
  public get _pattern(): string {
    return this._kind === 'branch'
      ? `refs/heads/${escapeRegex(this._name)}`
      : `refs/tags/${escapeRegex(this._name)}[^/@]+`;
  }
}

/** `text` as a regular expression of Go that matches just it. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
