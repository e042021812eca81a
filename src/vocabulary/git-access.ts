import { SECRET_REF, requireForm } from './form';
import { requireObjectName } from './names';
import { SecretRef } from './secret-ref';

/** Hosts where a cloud keeps Git repositories. GitHub Enterprise may be at any host. */
const HOSTS: Partial<Record<'aws' | 'azure' | 'github', RegExp>> = {
  aws: /^git-codecommit(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/,
  azure: /^dev\.azure\.com$|\.visualstudio\.com$/,
};

/**
 * Who Flux is to a Git host. A proxy, or a certificate authority of your own, is said for all of Flux by `egress` of a
 * `FluxInstallation`: by its own, a tenant would decide what answers at an address.
 */
export class GitAccess {
  /** Nobody: the repository is public, and its url an `https` one. */
  public static anonymous(): GitAccess {
    return new GitAccess('GitAccess.anonymous()', 'https', undefined, () => ({}));
  }

  /**
   * A user with a password, or a token, over https.
   *
   * @param secret a Secret with `username` and `password`, as which GitHub and GitLab take a token, too, or with `bearerToken`
   */
  public static https(secret: SecretRef): GitAccess {
    return GitAccess.withSecret('GitAccess.https', 'https', secret);
  }

  /**
   * An SSH key, such as a deploy key that may only read.
   *
   * @param secret a Secret with `identity`, the private key, and `known_hosts`, the keys of the host
   */
  public static ssh(secret: SecretRef): GitAccess {
    return GitAccess.withSecret('GitAccess.ssh', 'ssh', secret);
  }

  /**
   * A GitHub App that is installed in the repository: its tokens last for an hour, and are nobody's own.
   *
   * @param secret a Secret with `githubAppID`, `githubAppPrivateKey`, and `githubAppInstallationOwner` or
   * `githubAppInstallationID`; outside github.com with `githubAppBaseURL`, too
   * @see https://fluxcd.io/flux/components/source/gitrepositories/#github
   */
  public static githubApp(secret: SecretRef): GitAccess {
    return GitAccess.withSecret('GitAccess.githubApp', 'https', secret, 'github');
  }

  /**
   * An IAM role of AWS, which the ServiceAccount is bound to, for AWS CodeCommit. Each cluster that fetches needs a
   * `FluxInstallation` with `workloadIdentity`: synthesis fails where one has none.
   *
   * @param serviceAccountName a ServiceAccount of the tenant's home namespace that the platform team makes. Throws when it is
   * no object name.
   * @see https://fluxcd.io/flux/integrations/aws/
   */
  public static aws(serviceAccountName: string): GitAccess {
    return GitAccess.cloud('aws', serviceAccountName);
  }

  /**
   * A managed identity of Azure, which the ServiceAccount is bound to, for Azure DevOps; see `aws`.
   *
   * @see https://fluxcd.io/flux/integrations/azure/
   */
  public static azure(serviceAccountName: string): GitAccess {
    return GitAccess.cloud('azure', serviceAccountName);
  }

  private static withSecret(
    words: string,
    scheme: 'https' | 'ssh',
    secret: SecretRef,
    provider?: 'github',
  ): GitAccess {
    requireForm(`secret of ${words}`, secret, SECRET_REF);
    return new GitAccess(words, scheme, provider, (namespace) => ({
      ...(provider && { provider }),
      secretRef: secret._from(namespace),
    }));
  }

  private static cloud(provider: 'aws' | 'azure', account: string): GitAccess {
    const serviceAccountName = requireObjectName('service account', account);
    return new GitAccess(`GitAccess.${provider}`, 'https', provider, () => ({
      provider,
      serviceAccountName,
    }));
  }

  private constructor(
    private readonly words: string,
    private readonly scheme: 'https' | 'ssh',
    private readonly provider: 'aws' | 'azure' | 'github' | undefined,
    private readonly fields: (namespace: string) => GitAccessFields,
  ) {}

  /**
   * The fields of a GitRepository in `namespace`; throws when they cannot be used for `url`.
   *
   * @internal
   */
  public _from(namespace: string, url: string): GitAccessFields {
    if (!url.startsWith(`${this.scheme}://`)) {
      throw new Error(
        `${this.words} needs a url that starts with '${this.scheme}://', got '${url}'; ` +
          (this.scheme === 'ssh' ? 'use GitAccess.https' : 'use GitAccess.ssh'),
      );
    }
    return this.fields(namespace);
  }

  /**
   * Why it will hardly do for `url`; undefined when it may.
   *
   * @internal
   */
  public _doubt(url: string): string | undefined {
    const host = url.replace(/^https:\/\/([^/:]+).*$/, '$1');
    return this.provider && HOSTS[this.provider]?.test(host) === false
      ? `'${host}' is not known to keep Git repositories of ${this.provider}, whose identity is shown to it`
      : undefined;
  }
}

/** What a GitRepository calls it. */
interface GitAccessFields {
  readonly provider?: 'aws' | 'azure' | 'github';
  readonly serviceAccountName?: string;
  readonly secretRef?: { readonly name: string };
}
