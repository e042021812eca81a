import type { GitRepositorySpecRef } from '../imports/source.toolkit.fluxcd.io';
import { requireSemverRange } from './oci-version';
import { quoted } from './quoted';
import { requireGitName } from './git-name';

/**
 * Which commit of a Git repository Flux takes.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#reference
 */
export class GitRevision {
  /** The newest commit of a branch. */
  public static branch(name: string): GitRevision {
    return new GitRevision({ branch: requireGitName('branch', name) });
  }

  /** What a tag points to. */
  public static tag(name: string): GitRevision {
    return new GitRevision({ tag: requireGitName('tag', name) });
  }

  /** The highest tag that is a semantic version within a range, such as `>=1.0.0 <2.0.0`. */
  public static semver(versions: string): GitRevision {
    return new GitRevision({ semver: requireSemverRange(versions) });
  }

  /** Exactly one commit: 40 hexadecimal digits. Throws on anything else. */
  public static commit(sha: string): GitRevision {
    if (typeof sha !== 'string' || !/^[0-9a-f]{40}$/.test(sha)) {
      throw new Error(`commit must be 40 hexadecimal digits, got ${quoted(sha)}`);
    }
    return new GitRevision({ commit: sha });
  }

  private constructor(
    /** @internal */
    readonly _ref: GitRepositorySpecRef,
  ) {}
}
