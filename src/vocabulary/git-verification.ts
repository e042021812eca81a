import type { GitRepositorySpecVerify } from '../imports/source.toolkit.fluxcd.io';
import { SECRET_REF, requireForm } from './form';
import type { GitRevision } from './git-revision';
import { SecretRef } from './secret-ref';

/**
 * What must be signed in a Git repository before Flux takes it. One Secret holds the public keys of all who may sign:
 * PGP keys under names that end in `.asc`, SSH keys under names that end in `.sshpub`. A signature by any one of them will do.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#verification
 */
export class GitVerification {
  /**
   * The commit. A host that makes merge commits signs them with its own key, which is anybody's there who may merge.
   *
   * @param signers a Secret with keys that end in `.asc` or `.sshpub`
   */
  public static commit(signers: SecretRef): GitVerification {
    return GitVerification.of('HEAD', signers);
  }

  /**
   * The tag, which must be an annotated one; the commit may be anybody's. For a revision by `GitRevision.tag` or `semver`.
   *
   * @param signers a Secret with keys that end in `.asc` or `.sshpub`
   */
  public static tag(signers: SecretRef): GitVerification {
    return GitVerification.of('Tag', signers);
  }

  /**
   * The tag and the commit that it points to; see `tag`.
   *
   * @param signers a Secret with keys that end in `.asc` or `.sshpub`
   */
  public static tagAndCommit(signers: SecretRef): GitVerification {
    return GitVerification.of('TagAndHEAD', signers);
  }

  private static of(mode: 'HEAD' | 'Tag' | 'TagAndHEAD', signers: SecretRef): GitVerification {
    requireForm('secret with public keys', signers, SECRET_REF);
    return new GitVerification(mode, signers);
  }

  private constructor(
    private readonly mode: 'HEAD' | 'Tag' | 'TagAndHEAD',
    private readonly signers: SecretRef,
  ) {}

  /**
   * `spec.verify` of a GitRepository in `namespace`.
   *
   * @internal
   */
  public _in(namespace: string): GitRepositorySpecVerify {
    return { mode: this.mode, secretRef: this.signers._from(namespace) };
  }

  /**
   * Throws when what is to be signed is not there in what `revision` takes.
   *
   * @internal
   */
  public _requireSigned({ _ref: { tag, semver } }: GitRevision): void {
    if (this.mode !== 'HEAD' && tag === undefined && semver === undefined) {
      throw new Error(
        'only a revision by GitRevision.tag or GitRevision.semver has a tag that can be verified; ' +
          'use GitVerification.commit, or another revision',
      );
    }
  }
}
