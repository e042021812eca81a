import { Duration } from 'cdk8s';
import { CommitAuthor, CommitSigning, requireAuthor } from './commit-author';
import {
  DURATION,
  MAP,
  SECRET_REF,
  TEXT,
  madeBy,
  optional,
  requireForm,
  requireProps,
} from './form';
import { mergesItself, requirePushOptions, requireRefspec } from './git-push';
import { fluxInterval } from './flux-duration';
import { requireDnsLabel } from './names';
import { plainDirectory } from './relative-path';
import { SecretRef } from './secret-ref';
import { requireGitName } from './git-name';
import { requireGitUrl } from './url';

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
   * The environment whose cluster scans and commits. Two clusters that commit to one branch undo each other, and
   * each holds credentials to write: one is enough.
   *
   * @default - the tenant's only environment
   */
  readonly environment?: string;
  /**
   * How often new tags are committed: all that there are, in one commit.
   *
   * @default Duration.minutes(30)
   */
  readonly interval?: Duration;
  /**
   * What commits are signed with.
   *
   * @default - they are not signed
   */
  readonly signing?: CommitSigning;
  /**
   * Name of the ImageUpdateAutomation and its GitRepository; a tenant with two targets must tell them apart.
   *
   * @default 'image-updates'
   */
  readonly name?: string;
}

/** Where a pull request comes from. */
export interface PullRequestTargetOptions extends GitTargetOptions {
  /**
   * Branch that Flux pushes to. Flux opens no pull request by itself: let CI do it when the branch is pushed,
   * and delete the branch when it is merged.
   *
   * @default 'flux-image-updates', and the target's name behind it where it has another than the default
   */
  readonly pushBranch?: string;
  /**
   * Git push options: GitLab opens a merge request for `merge_request.create`.
   *
   * @default - none
   */
  readonly pushOptions?: { [key: string]: string };
  /**
   * Git refspec by which the push branch goes to another place in addition, such as
   * `refs/heads/flux-image-updates:refs/for/main` for Gerrit. Throws when it would force or delete, or goes around the review.
   *
   * @default - none
   */
  readonly refspec?: string;
}

const DEFAULT_NAME = 'image-updates';

const OPTIONS = {
  repository: TEXT,
  path: TEXT,
  credentials: SECRET_REF,
  author: MAP,
  branch: optional(TEXT),
  environment: optional(TEXT),
  interval: optional(DURATION),
  signing: optional(madeBy(CommitSigning, "gpg(SecretRef.named('signing'))")),
  name: optional(TEXT),
};

/** The repository and branch that image automation commits new tags to. */
export class GitTarget {
  /**
   * Commits to a branch of its own, so that a person, or a rule of the Git host, decides on each update.
   *
   * Throws when the push branch is the branch itself.
   */
  public static pullRequestBranch(options: PullRequestTargetOptions): GitTarget {
    requireProps('Git target', options, {
      ...OPTIONS,
      pushBranch: optional(TEXT),
      pushOptions: optional(MAP),
      refspec: optional(TEXT),
    });
    const { name = DEFAULT_NAME, branch = 'main', refspec } = options;
    const pushBranch =
      options.pushBranch ?? `flux-${name === DEFAULT_NAME ? '' : 'image-updates-'}${name}`;
    if (requireGitName('push branch', pushBranch) === branch) {
      throw new Error(
        `push branch must differ from the branch '${branch}' that it is proposed for`,
      );
    }
    const pushOptions = requirePushOptions(options.pushOptions ?? {});
    return new GitTarget(
      options,
      {
        branch: pushBranch,
        ...(options.pushOptions && { options: pushOptions }),
        ...(refspec !== undefined && { refspec: requireRefspec(refspec, pushBranch, branch) }),
      },
      !mergesItself(pushOptions),
    );
  }

  /**
   * As `pullRequestBranch`, with push options that have GitLab open a merge request, and delete the branch when it is merged.
   *
   * @see https://docs.gitlab.com/topics/git/commit/#push-options-for-merge-requests
   */
  public static gitlabMergeRequest(options: PullRequestTargetOptions): GitTarget {
    requireForm('options of a Git target', options, MAP);
    const pushOptions = {
      'merge_request.create': '',
      'merge_request.remove_source_branch': '',
      'merge_request.target': options.branch ?? 'main',
      ...options.pushOptions,
    };
    return GitTarget.pullRequestBranch({ ...options, pushOptions });
  }

  /** Commits to the branch itself: whoever can push an image then changes what runs, and nobody looks at it first. */
  public static withoutReview(options: GitTargetOptions): GitTarget {
    requireProps('Git target', options, OPTIONS);
    return new GitTarget(options, { branch: options.branch ?? 'main' }, false);
  }

  /** @internal */
  readonly _name: string;
  /**
   * The one that is checked out.
   *
   * @internal
   */
  readonly _branch: string;
  /**
   * Directory of the marked files, from the root of the repository; empty for all of it.
   *
   * @internal
   */
  readonly _path: string;

  private constructor(
    /** @internal */
    readonly _options: GitTargetOptions,
    /** @internal */
    readonly _push: { branch: string; options?: { [key: string]: string }; refspec?: string },
    /**
     * Whether a person, or a rule of the Git host, decides on updates.
     *
     * @internal
     */
    readonly _isReviewed: boolean,
  ) {
    this._name = requireDnsLabel('target name', _options.name ?? DEFAULT_NAME);
    requireGitUrl('repository', _options.repository);
    this._branch = requireGitName('branch', _options.branch ?? 'main');
    this._path = plainDirectory('path', _options.path);
    requireAuthor(_options.author);
    if (_options.interval) {
      fluxInterval('interval', _options.interval, 60);
    }
  }
}
