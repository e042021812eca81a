import { SECRET_REF, requireForm } from './form';
import { requireObjectName } from './names';
import { SecretRef } from './secret-ref';

/** Hosts of registries that know the identities of a cloud. */
const CLOUDS: Record<'aws' | 'azure' | 'gcp', RegExp> = {
  aws: /\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$|^public\.ecr\.aws$/,
  azure: /\.azurecr\.(?:io|cn|us)$/,
  gcp: /(?:^|\.)gcr\.io$|-docker\.pkg\.dev$/,
};

/** Those that give out passwords for twelve hours only. */
const EXPIRING = /\.dkr[.-]ecr/;

/**
 * Who Flux is to a container registry. A proxy, or a certificate authority of your own, is said for all of Flux by `egress` of
 * a `FluxInstallation`: by its own, a tenant would decide what answers at an address.
 */
export class RegistryAccess {
  /** Nobody: the image or artifact is public. Registries limit how often they answer those whom they do not know. */
  public static anonymous(): RegistryAccess {
    return new RegistryAccess(undefined, false, () => ({}));
  }

  /** A Secret of type `kubernetes.io/dockerconfigjson` in the tenant's home namespace. */
  public static pullSecret(secret: SecretRef): RegistryAccess {
    requireForm('pull secret', secret, SECRET_REF);
    return new RegistryAccess(undefined, true, (namespace) => ({
      secretRef: secret._from(namespace),
    }));
  }

  /**
   * An IAM role of AWS, which the ServiceAccount is bound to, for Amazon ECR. Each cluster that asks the registry
   * needs a `FluxInstallation` with `workloadIdentity`: synthesis fails where one has none.
   *
   * @param serviceAccountName a ServiceAccount of the tenant's home namespace that the platform team makes. Throws when it is
   * no object name.
   * @see https://fluxcd.io/flux/integrations/aws/
   */
  public static aws(serviceAccountName: string): RegistryAccess {
    return RegistryAccess.cloud('aws', serviceAccountName);
  }

  /**
   * A managed identity of Azure, which the ServiceAccount is bound to, for Azure Container Registry; see `aws`.
   *
   * @see https://fluxcd.io/flux/integrations/azure/
   */
  public static azure(serviceAccountName: string): RegistryAccess {
    return RegistryAccess.cloud('azure', serviceAccountName);
  }

  /**
   * A principal of Google Cloud, which the ServiceAccount is, for Artifact Registry; see `aws`.
   *
   * @see https://fluxcd.io/flux/integrations/gcp/
   */
  public static gcp(serviceAccountName: string): RegistryAccess {
    return RegistryAccess.cloud('gcp', serviceAccountName);
  }

  private static cloud(provider: 'aws' | 'azure' | 'gcp', account: string): RegistryAccess {
    const serviceAccountName = requireObjectName('service account', account);
    return new RegistryAccess(provider, false, () => ({ provider, serviceAccountName }));
  }

  private constructor(
    private readonly provider: 'aws' | 'azure' | 'gcp' | undefined,
    private readonly hasPassword: boolean,
    /** The fields of an object in a namespace. @internal */
    readonly _from: (namespace: string) => RegistryFields,
  ) {}

  /**
   * Why it will hardly do for `image`, or an artifact without 'oci://'; undefined when it may.
   *
   * @internal
   */
  public _doubt(image: string): string | undefined {
    const host = image.split('/', 1)[0].replace(/:[0-9]+$/, '');
    if (this.provider && !CLOUDS[this.provider].test(host)) {
      return `'${host}' is not known to be a registry of ${this.provider}, whose identity is shown to it`;
    }
    return this.hasPassword && EXPIRING.test(host)
      ? `'${host}' gives out passwords for twelve hours only; use RegistryAccess.aws`
      : undefined;
  }
}

/** What an OCIRepository and an ImageRepository call it. */
interface RegistryFields {
  readonly provider?: 'aws' | 'azure' | 'gcp';
  readonly serviceAccountName?: string;
  readonly secretRef?: { readonly name: string };
}
