import { SECRET_REF, requireForm } from './form';
import { requireObjectName } from './names';
import { SecretRef } from './secret-ref';

/** How Flux decrypts what is encrypted with SOPS. There is no key to fall back on: what names none is refused. */
export class Decryption {
  /**
   * By the keys in a Secret: files that end in `.agekey` (age) or `.asc` (PGP), or credentials of a key service.
   *
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption
   */
  public static keys(secret: SecretRef): Decryption {
    requireForm('secret with keys', secret, SECRET_REF);
    return new Decryption((namespace) => ({ secretRef: secret._from(namespace) }));
  }

  /**
   * By a key service of a cloud, to which Flux shows the identity of a ServiceAccount in the same namespace. Give each tenant
   * its own, and not the one that Flux applies with.
   *
   * @param serviceAccountName throws when it is no object name
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption
   */
  public static identity(serviceAccountName: string): Decryption {
    const account = requireObjectName('service account', serviceAccountName);
    return new Decryption(() => ({ serviceAccountName: account }), account);
  }

  private constructor(
    private readonly by: (namespace: string) => DecryptionFields,
    /** @internal */
    readonly _account?: string,
  ) {}

  /**
   * `spec.decryption` of a Flux Kustomization in `namespace`.
   *
   * @internal
   */
  public _in(namespace: string): DecryptionFields & { readonly provider: 'sops' } {
    return { provider: 'sops', ...this.by(namespace) };
  }
}

interface DecryptionFields {
  readonly secretRef?: { readonly name: string };
  readonly serviceAccountName?: string;
}
