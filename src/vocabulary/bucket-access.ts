import { SECRET_REF, requireForm } from './form';
import { requireObjectName } from './names';
import { SecretRef } from './secret-ref';

/** Providers that objects may show an identity to. */
const IDENTIFYING = ['aws', 'gcp'];

/**
 * Who Flux is to an object store. A proxy, or a certificate authority of your own, is said for all of Flux by `egress` of a
 * `FluxInstallation`; a token service of the tenant's would get its tokens, so that there is none.
 */
export class BucketAccess {
  /** Nobody: the bucket is public. For `BucketProvider.GENERIC` alone: to a cloud, Flux would be what its controller is. */
  public static anonymous(): BucketAccess {
    return new BucketAccess('anonymous()', ['generic'], () => ({}));
  }

  /**
   * The keys in a Secret.
   *
   * @param secret a Secret with `accesskey` and `secretkey` for `BucketProvider.GENERIC` and `AWS`, with `serviceaccount` for
   * `GCP`; for `AZURE` with `accountKey`, `sasKey`, `clientId`, or `tenantId`, `clientId` and `clientSecret` or
   * `clientCertificate`
   */
  public static keys(secret: SecretRef): BucketAccess {
    requireForm('secret of BucketAccess.keys', secret, SECRET_REF);
    return new BucketAccess('keys', ['generic', 'aws', 'azure', 'gcp'], (namespace) => ({
      secretRef: secret._from(namespace),
    }));
  }

  /**
   * The role of AWS, or the principal of Google Cloud, that a ServiceAccount is bound to. Each cluster that fetches needs a
   * `FluxInstallation` with `workloadIdentity`: synthesis fails where one has none.
   *
   * @param serviceAccountName a ServiceAccount of the tenant's home namespace that the platform team makes. Throws when it is
   * no object name.
   * @see https://fluxcd.io/flux/components/source/buckets/#workload-identity
   */
  public static workloadIdentity(serviceAccountName: string): BucketAccess {
    const name = requireObjectName('service account', serviceAccountName);
    return new BucketAccess('workloadIdentity', IDENTIFYING, () => ({
      serviceAccountName: name,
    }));
  }

  private constructor(
    private readonly words: string,
    private readonly providers: readonly string[],
    private readonly fields: (namespace: string) => BucketAccessFields,
  ) {}

  /**
   * The fields of a Bucket in `namespace`; throws when they cannot be used for `provider`.
   *
   * @internal
   */
  public _from(namespace: string, provider: string): BucketAccessFields {
    if (!this.providers.includes(provider)) {
      throw new Error(
        `BucketAccess.${this.words} is for provider ${this.providers.join(', ')}, got '${provider}'; ` +
          `use BucketAccess.keys${IDENTIFYING.includes(provider) ? ' or BucketAccess.workloadIdentity' : ''}`,
      );
    }
    return this.fields(namespace);
  }
}

/** What a Bucket calls it. */
interface BucketAccessFields {
  readonly serviceAccountName?: string;
  readonly secretRef?: { readonly name: string };
}
