import { requireRelativePath } from './relative-path';
import { SecretRef } from './secret-ref';
import { requireGitName } from './signature';
import { requireGitUrl } from './url';

/** Who the commits of image automation are from. */
export interface CommitAuthor {
  /** @default 'fluxcdbot' */
  readonly name?: string;
  /** An address that the Git host accepts. */
  readonly email: string;
}

/** Where image automation finds the manifests, and who it is there. */
export interface GitTargetOptions {
  /** URL of the repository: `https://…` or `ssh://…`. */
  readonly repository: string;
  /** Directory that holds the marked files, such as `./apps/team-a`; nothing outside it is rewritten. */
  readonly path: string;
  /**
   * Secret with which Flux may push to the repository. Do not reuse one that something else reads with.
   *
   * @see https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference
   */
  readonly credentials: SecretRef;
  readonly author: CommitAuthor;
  /**
   * Branch that is checked out.
   *
   * @default 'main'
   */
  readonly branch?: string;
  /**
   * Git push options, such as GitLab's `merge_request.create`.
   *
   * @default - none
   */
  readonly pushOptions?: { [key: string]: string };
}

/** Where a pull request comes from. */
export interface PullRequestTargetOptions extends GitTargetOptions {
  /**
   * Branch that Flux pushes to. Flux opens no pull request by itself: let CI do it when the branch is pushed,
   * and delete the branch when it is merged.
   *
   * @default - `flux-image-updates-<pipeline>`
   */
  readonly pushBranch?: string;
}

/** The repository and branch that image automation commits new tags to. */
export class GitTarget {
  /**
   * Commits to a branch of its own, so that a person, or a rule of the Git host, decides on each update.
   *
   * Throws when the push branch is the branch itself.
   */
  public static pullRequestBranch(options: PullRequestTargetOptions): GitTarget {
    return new GitTarget(options, (pipeline) => {
      const pushBranch = options.pushBranch ?? `flux-image-updates-${pipeline}`;
      if (pushBranch === (options.branch ?? 'main')) {
        throw new Error(
          `push branch must differ from the branch '${pushBranch}' that it is proposed for`,
        );
      }
      return pushBranch;
    });
  }

  /** Commits to the branch itself: whoever can push an image then changes what runs, and nobody looks at it first. */
  public static withoutReview(options: GitTargetOptions): GitTarget {
    return new GitTarget(options, () => options.branch ?? 'main');
  }

  private constructor(
    /** @internal */
    readonly _options: GitTargetOptions,
    private readonly pushBranch: (pipeline: string) => string,
  ) {
    requireGitUrl('repository', _options.repository);
    requireGitName('branch', _options.branch ?? 'main');
    requireRelativePath('path', _options.path);
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(_options.author.email)) {
      throw new Error(`author email must be an address, got '${_options.author.email}'`);
    }
  }

  /** @internal */
  public _pushBranch(pipeline: string): string {
    return requireGitName('push branch', this.pushBranch(pipeline));
  }
}
