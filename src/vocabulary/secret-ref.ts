import type { ISecret } from 'cdk8s-plus-28';
import { CONSTRUCT, requireForm } from './form';
import { KnownObject, knownObject } from './known-object';
import { requireObjectName } from './names';

/**
 * A Secret in the namespace of the object that uses it: Flux refuses Secrets of other namespaces.
 * The Secret itself never passes through this library, so that no credential reaches Git in clear. What its type and keys
 * must be follows from its use; where the repositories hold the Secret, encrypted or not, synthesis fails when they are others
 * (check `secret-keys`):
 *
 * | use | type | keys |
 * | --- | --- | --- |
 * | pull secret of a registry | `kubernetes.io/dockerconfigjson` | `.dockerconfigjson` |
 * | user of Git over https | any | `username` and `password`, or `bearerToken`; or `ca.crt` or `tls.crt` alone |
 * | SSH key of Git | any | `identity`, `known_hosts` |
 * | GitHub App | any | `githubAppID`, `githubAppPrivateKey`, `githubAppInstallationOwner` or `githubAppInstallationID` |
 * | public keys of who signs in Git | any | all that end in `.asc` (PGP) or `.sshpub` (SSH) count |
 * | keys of a bucket | any | `accesskey` and `secretkey`; Azure `accountKey`, `sasKey` or `clientId`; Google Cloud `serviceaccount` |
 * | user of a repository of charts | any | `username` and `password` |
 * | public keys of cosign | `Opaque` | all that end in `.pub` count |
 * | trust policy of Notation | `Opaque` | `trustpolicy.json`, and some that end in `.crt` or `.pem` |
 * | trusted root of Sigstore | `Opaque` | `trusted_root.json` |
 * | keys that commits are signed with | `Opaque` | `git.asc` for PGP, `identity` for SSH |
 * | token of a Receiver | `Opaque` | `token`; for Google `email` and `audience`, too |
 * | destination of alerts, repository of commit statuses | `Opaque` | as each says: `token`, `address`, or `username` and `password` |
 */
export class SecretRef {
  /**
   * A Secret that something else puts into the namespace (SOPS, External Secrets, `flux create secret`).
   *
   * @param name name of the Secret. Throws when it is not a Kubernetes object name.
   */
  public static named(name: string): SecretRef {
    return new SecretRef(requireObjectName('secret name', name));
  }

  /**
   * A Secret made with cdk8s-plus, of which only the name is taken. What uses it throws when the Secret is known to lie
   * in another namespace, and labels it where Flux is to notice its changes at once.
   */
  public static fromSecret(secret: ISecret): SecretRef {
    requireForm('secret', secret, CONSTRUCT);
    return new SecretRef(requireObjectName('secret name', secret.name), knownObject(secret));
  }

  private constructor(
    public readonly name: string,
    private readonly known?: KnownObject,
  ) {}

  /** The reference from an object in `namespace`; throws when the Secret is known to lie elsewhere. @internal */
  public _from(namespace: string): { name: string } {
    this.known?.requireIn(namespace, `secret '${this.name}'`);
    return { name: this.name };
  }

  /** As `_from`, for an object that Flux reads again as soon as the Secret changes. @internal */
  public _watchedFrom(namespace: string): string {
    const { name } = this._from(namespace);
    this.known?.watch();
    return name;
  }
}
