import type { OCIRepositorySpecVerify } from '../imports/source.toolkit.fluxcd.io';
import { SECRET_REF, TEXT, madeBy, optional, requireProps } from './form';
import { FLUX_NAMESPACE } from './labels';
import { OciVersion } from './oci-version';
import { SecretRef } from './secret-ref';
import { requireGitName } from './git-name';
import { Signature } from './signature';
import { requireGitUrl, requireOciUrl } from './url';

/** The fleet repository as a cluster reads it from Git. */
export interface GitFleetSource {
  /** `https://…` or `ssh://…`. */
  readonly url: string;
  /** @default 'main' */
  readonly branch?: string;
  /**
   * Secret in `flux-system` to read it with.
   *
   * @default - none: the repository is public
   * @see https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference
   */
  readonly credentials?: SecretRef;
}

/** The fleet repository as CI publishes it to a registry, root and all. */
export interface SignedOciFleetSource {
  /** `oci://<host>/<path>`. */
  readonly url: string;
  /** The tag that the cluster follows. */
  readonly tag: string;
  /** Who must have signed it: whoever can push to the registry could be anybody on the cluster otherwise. */
  readonly signature: Signature;
  /**
   * Secret in `flux-system`, of type `kubernetes.io/dockerconfigjson`, to pull with.
   *
   * @default - none: the artifact is public
   */
  readonly pullSecret?: SecretRef;
}

/** Where a cluster that Flux Operator installs Flux on finds the fleet repository. */
export class FleetSource {
  /** A branch of the Git repository. Throws when the url is neither https nor ssh. */
  public static git(source: GitFleetSource): FleetSource {
    requireProps('fleet source', source, {
      url: TEXT,
      branch: optional(TEXT),
      credentials: optional(SECRET_REF),
    });
    return new FleetSource(
      'GitRepository',
      {
        url: requireGitUrl('url', source.url),
        ref: `refs/heads/${requireGitName('branch', source.branch ?? 'main')}`,
      },
      source.credentials,
    );
  }

  /** An artifact in a registry, which is refused unless it is signed. Throws when the url is no OCI repository. */
  public static signedOci(source: SignedOciFleetSource): FleetSource {
    requireProps('fleet source', source, {
      url: TEXT,
      tag: TEXT,
      signature: madeBy(Signature, "cosignKey(SecretRef.named('cosign-pub'))"),
      pullSecret: optional(SECRET_REF),
    });
    return new FleetSource(
      'OCIRepository',
      { url: requireOciUrl('url', source.url), ref: OciVersion.mutableTag(source.tag)._ref.tag! },
      source.pullSecret,
      source.signature._verifyIn(FLUX_NAMESPACE),
    );
  }

  private constructor(
    /** @internal */
    readonly _kind: 'GitRepository' | 'OCIRepository',
    /**
     * What Flux Operator calls them.
     *
     * @internal
     */
    readonly _place: { readonly url: string; readonly ref: string },
    private readonly secret?: SecretRef,
    /**
     * `spec.verify` of the source.
     *
     * @internal
     */
    readonly _verify?: OCIRepositorySpecVerify,
  ) {
    secret?._from(FLUX_NAMESPACE);
  }

  /**
   * Name of the Secret to read it with.
   *
   * @internal
   */
  public get _secretName(): string | undefined {
    return this.secret?.name;
  }
}
