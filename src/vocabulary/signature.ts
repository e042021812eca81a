import type { OCIRepositorySpecVerify } from '../imports/source.toolkit.fluxcd.io';
import { SECRET_REF, requireForm } from './form';
import { SecretRef } from './secret-ref';
import {
  GithubActionsSigner,
  githubIdentity,
  GitlabCiSigner,
  gitlabIdentity,
  KeylessSigner,
  literalIdentity,
  SignerIdentity,
} from './workflow-signer';

/**
 * Who must have signed an artifact before Flux applies it. `PublishWorkflow` writes, of the same value, the workflow
 * that signs.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/#verification
 */
export class Signature {
  /**
   * Keyless, by one workflow of one GitHub repository: repository, file and ref are all pinned. Of a workflow
   * that others call (`workflow_call`), the called one is the identity: every repository that may call it carries it.
   *
   * Throws when one of them is not a name that GitHub gives.
   */
  public static githubActions(signer: GithubActionsSigner): Signature {
    return Signature.oneIdentity(githubIdentity(signer), signer.trustedRoot);
  }

  /**
   * Keyless, by the pipeline of one GitLab project: project, file and ref are all pinned. The file must lie in the project
   * itself.
   *
   * Throws when one of them is not a name that GitLab gives.
   *
   * @see https://docs.gitlab.com/ci/yaml/signing_examples/
   */
  public static gitlabCi(signer: GitlabCiSigner): Signature {
    return Signature.oneIdentity(gitlabIdentity(signer), signer.trustedRoot);
  }

  /** Keyless, by exactly one identity of an OIDC issuer; both are taken literally. */
  public static keyless(signer: KeylessSigner): Signature {
    return Signature.oneIdentity(literalIdentity(signer), signer.trustedRoot);
  }

  /**
   * By the holder of a cosign key. Flux looks for no entry in a transparency log then.
   *
   * @param publicKeys a Secret whose keys end in `.pub`; a signature by any one of them will do
   */
  public static cosignKey(publicKeys: SecretRef): Signature {
    requireForm('secret with public keys', publicKeys, SECRET_REF);
    return new Signature({ provider: 'cosign' }, { secretRef: publicKeys });
  }

  /**
   * By whom a trust policy of Notation names.
   *
   * @param trustPolicy a Secret with a key `trustpolicy.json`, and keys that end in `.crt` or `.pem`: the certificates that the
   * policy trusts
   * @see https://fluxcd.io/flux/components/source/ocirepositories/#notation
   */
  public static notation(trustPolicy: SecretRef): Signature {
    requireForm('secret with the trust policy', trustPolicy, SECRET_REF);
    return new Signature({ provider: 'notation' }, { secretRef: trustPolicy });
  }

  /** Flux accepts any signer without an identity and fails with two, so that there is always one. */
  private static oneIdentity(identity: SignerIdentity, trustedRoot?: SecretRef): Signature {
    const { issuer, subject } = identity;
    return new Signature(
      { provider: 'cosign', matchOIDCIdentity: [{ issuer, subject }] },
      { trustedRootSecretRef: trustedRoot },
      identity,
    );
  }

  private constructor(
    private readonly verify: OCIRepositorySpecVerify,
    private readonly secrets: { readonly [field: string]: SecretRef | undefined },
    /**
     * Whom the certificate names; undefined for a key.
     *
     * @internal
     */
    readonly _identity?: SignerIdentity,
  ) {}

  /** `spec.verify` of an OCIRepository in `namespace`. @internal */
  public _verifyIn(namespace: string): OCIRepositorySpecVerify {
    const references = Object.entries(this.secrets).flatMap(([field, secret]) =>
      secret === undefined ? [] : [[field, secret._from(namespace)]],
    );
    return { ...this.verify, ...Object.fromEntries(references) };
  }
}
