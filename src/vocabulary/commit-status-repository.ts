import type { ProviderSpec } from '../imports/notification.toolkit.fluxcd.io';
import { NUMBER, SECRET_REF, TEXT, requireForm } from './form';
import { requireHost } from './host';
import { quoted } from './quoted';
import { SecretRef } from './secret-ref';
import { OWNER_AND_NAME, gitPlace, requireHttpsUrl } from './url';

/**
 * The repository on whose commits Flux writes how applying them went, and who Flux is there.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/#git-commit-status-updates
 */
export class CommitStatusRepository {
  /**
   * On GitHub.
   *
   * @param url `https://github.com/<owner>/<name>`
   * @param credentials a Secret with a token that may write commit statuses at key `token`, or the keys of a GitHub App
   */
  public static github(url: string, credentials: SecretRef): CommitStatusRepository {
    return CommitStatusRepository.at('github', url, OWNER_AND_NAME, credentials);
  }

  /**
   * On GitLab, which knows projects by their number: the page of a project shows it.
   *
   * @param projectId number of the project
   * @param token a Secret with a token of scope `api` at key `token`
   * @param host default: `gitlab.com`
   */
  public static gitlab(
    projectId: number,
    token: SecretRef,
    host: string = 'gitlab.com',
  ): CommitStatusRepository {
    requireForm('number of a project', projectId, NUMBER);
    if (!Number.isSafeInteger(projectId) || projectId < 1) {
      throw new Error(`number of a project must be a whole one from 1, got ${quoted(projectId)}`);
    }
    const server = requireHost('host', host, { port: true });
    return new CommitStatusRepository(
      'gitlab',
      `https://${server}/${projectId}`,
      token,
      (place) => place.split('/')[0] === gitPlace(`https://${server}/x`).split('/')[0],
    );
  }

  /**
   * On Gitea or Forgejo.
   *
   * @param url `https://<host>/<owner>/<name>`
   * @param token a Secret with a token that may write to the repository at key `token`
   */
  public static gitea(url: string, token: SecretRef): CommitStatusRepository {
    return CommitStatusRepository.at('gitea', url, OWNER_AND_NAME, token);
  }

  /**
   * On Bitbucket Cloud.
   *
   * @param url `https://bitbucket.org/<workspace>/<name>`
   * @param password a Secret with `<user>:<app password>` at key `token`
   */
  public static bitbucket(url: string, password: SecretRef): CommitStatusRepository {
    return CommitStatusRepository.at('bitbucket', url, OWNER_AND_NAME, password);
  }

  /**
   * On Bitbucket Server or Data Center.
   *
   * @param url to clone it from: `https://<host>/scm/<project>/<name>.git`
   * @param credentials a Secret with an access token at key `token`, or with `username` and `password`
   */
  public static bitbucketServer(url: string, credentials: SecretRef): CommitStatusRepository {
    const form = /^https:\/\/[^/]+\/(?:[^/]+\/)*scm\/[^/]+\/[^/]+$/;
    const words = "'https://<host>/scm/<project>/<name>.git'";
    return CommitStatusRepository.at('bitbucketserver', url, [form, words], credentials);
  }

  /**
   * On Azure DevOps.
   *
   * @param url `https://dev.azure.com/<organization>/<project>/_git/<name>`
   * @param token a Secret with a personal access token at key `token`
   */
  public static azureDevOps(url: string, token: SecretRef): CommitStatusRepository {
    const form = /^https:\/\/[^/]+\/[^/]+\/[^/]+\/_git\/[^/]+$/;
    const words = "'https://dev.azure.com/<organization>/<project>/_git/<name>'";
    return CommitStatusRepository.at('azuredevops', url, [form, words], token);
  }

  private static at(
    type: ProviderSpec['type'],
    url: string,
    [form, words]: readonly [RegExp, string],
    secret: SecretRef,
  ): CommitStatusRepository {
    requireForm('url of the repository', url, TEXT);
    requireHttpsUrl('url of the repository', url);
    if (!form.test(url)) {
      throw new Error(`url of the repository must be ${words}, got ${quoted(url)}`);
    }
    return new CommitStatusRepository(type, url, secret, (place) => place === gitPlace(url));
  }

  private constructor(
    private readonly type: ProviderSpec['type'],
    /** @internal */
    readonly _url: string,
    private readonly secret: SecretRef,
    private readonly isAt: (place: string) => boolean,
  ) {
    requireForm('secret for commit statuses', secret, SECRET_REF);
  }

  /** Whether commits that Flux fetches from `url` can be those of this repository. @internal */
  public _mayHoldCommitsOf(url: string): boolean {
    return this.isAt(gitPlace(url));
  }

  /** `spec` of a Provider in `namespace`. @internal */
  public _specIn(namespace: string): ProviderSpec {
    return { address: this._url, secretRef: this.secret._from(namespace), type: this.type };
  }
}
