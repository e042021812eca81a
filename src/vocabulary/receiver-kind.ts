import type { ReceiverSpec } from '../imports/notification.toolkit.fluxcd.io';
import { SECRET_REF, TEXT, listOf, optional, requireForm } from './form';
import { GITHUB_ISSUER, requireGithubRepository } from './github';
import { quoted } from './quoted';
import { SecretRef } from './secret-ref';

/**
 * Types of Receivers that believe whoever knows their path, each with why, or what else there is. They look at nothing but
 * the form of a call.
 */
export const UNPROVEN_RECEIVERS: ReadonlyMap<string, string> = new Map([
  ['acr', 'Azure signs none of its calls'],
  ['cdevents', 'CDEvents are not signed'],
  ['dockerhub', 'Docker Hub signs none of its calls'],
  ['generic', 'use ReceiverKind.signedCall where the caller can sign'],
  ['quay', 'Quay signs none of its calls'],
]);

/**
 * Who calls a Receiver, and how it tells that the call is genuine. Each but `githubActions` has a Secret with a random text
 * at key `token`: it is part of the secret path that is called, and, where the caller signs or shows it, proves who called.
 * A call can do no more than have Flux look at its sources at once.
 *
 * @see https://fluxcd.io/flux/components/notification/receivers/#type
 */
export class ReceiverKind {
  /**
   * Webhooks of a GitHub repository or organization, signed, of content type `application/json`.
   *
   * @param token the Secret; `token` is the secret of the webhook
   * @param events default: `ping` and `push`
   */
  public static github(token: SecretRef, events: string[] = ['ping', 'push']): ReceiverKind {
    return ReceiverKind.of('github', token, events);
  }

  /**
   * Webhooks of a GitHub repository or organization about packages, which images and artifacts at `ghcr.io` are: choose the events
   * 'Packages' and 'Registry packages'. A webhook of a repository tells of packages that are linked to it.
   *
   * @param token the Secret; `token` is the secret of the webhook
   */
  public static githubPackages(token: SecretRef): ReceiverKind {
    return ReceiverKind.of('github', token, ['ping', 'package', 'registry_package']);
  }

  /**
   * A job of GitHub Actions, such as the one that publishes, shown by the token that GitHub gives it: there is no Secret. The job
   * asks for one with the audience `notification-controller` and posts with it as a bearer.
   *
   * @param repository `owner/name`; any of its workflows may call
   */
  public static githubActions(repository: string): ReceiverKind {
    requireForm('repository', repository, TEXT);
    requireGithubRepository(repository);
    return new ReceiverKind({
      type: 'generic-oidc',
      oidcProviders: [
        {
          audience: 'notification-controller',
          issuerURL: GITHUB_ISSUER,
          validations: [
            {
              expression: `claims.repository == '${repository}'`,
              message: `the job must be one of ${repository}`,
            },
          ],
        },
      ],
    });
  }

  /**
   * Webhooks of GitLab, which shows the token.
   *
   * @param token the Secret; `token` is the secret token of the webhook
   * @param events default: `Push Hook` and `Tag Push Hook`
   */
  public static gitlab(
    token: SecretRef,
    events: string[] = ['Push Hook', 'Tag Push Hook'],
  ): ReceiverKind {
    return ReceiverKind.of('gitlab', token, events);
  }

  /**
   * Webhooks of Gitea, signed as those of GitHub are.
   *
   * @param token the Secret; `token` is the secret of the webhook
   * @param events default: `push`
   */
  public static gitea(token: SecretRef, events: string[] = ['push']): ReceiverKind {
    return ReceiverKind.of('github', token, events);
  }

  /**
   * Webhooks of Bitbucket Server or Data Center, signed. Bitbucket Cloud signs none that Flux knows of.
   *
   * @param token the Secret; `token` is the secret of the webhook
   * @param events default: `repo:refs_changed`, a push
   */
  public static bitbucketServer(
    token: SecretRef,
    events: string[] = ['repo:refs_changed'],
  ): ReceiverKind {
    return ReceiverKind.of('bitbucket', token, events);
  }

  /** Webhooks of Harbor, which shows the token. @param token the Secret; `token` is the webhook's 'Auth Header' */
  public static harbor(token: SecretRef): ReceiverKind {
    return ReceiverKind.of('harbor', token);
  }

  /** Webhooks of Nexus Repository 3, signed. @param token the Secret; `token` is the webhook's 'Secret Key' */
  public static nexus(token: SecretRef): ReceiverKind {
    return ReceiverKind.of('nexus', token);
  }

  /**
   * Pushes of Pub/Sub about Google's Artifact Registry, by a service account.
   *
   * @param caller the Secret; beside `token`, key `email` is the service account of the subscription and `audience` is what the
   * subscription says, by default the URL that is called
   */
  public static googleArtifactRegistry(caller: SecretRef): ReceiverKind {
    return ReceiverKind.of('gcr', caller);
  }

  /** Webhooks of Docker Hub, which proves nothing: only the path is secret, which synthesis warns of. @param token the Secret */
  public static dockerHub(token: SecretRef): ReceiverKind {
    return ReceiverKind.of('dockerhub', token);
  }

  /** Push notifications of Quay, which proves nothing: only the path is secret, which synthesis warns of. @param token the Secret */
  public static quay(token: SecretRef): ReceiverKind {
    return ReceiverKind.of('quay', token);
  }

  /** Webhooks of Azure's registry, which proves nothing: only the path is secret, which synthesis warns of. @param token the Secret */
  public static azureContainerRegistry(token: SecretRef): ReceiverKind {
    return ReceiverKind.of('acr', token);
  }

  /**
   * CDEvents, which prove nothing: only the path is secret, which synthesis warns of.
   *
   * @param token the Secret
   * @param events such as `dev.cdevents.artifact.published.0.2.0`; at least one
   */
  public static cdEvents(token: SecretRef, events: string[]): ReceiverKind {
    return ReceiverKind.of('cdevents', token, events);
  }

  /**
   * Whoever signs the body of the call: header `X-Signature` is `sha256=<HMAC>`.
   *
   * @param key the Secret; `token` is the key of the HMAC
   */
  public static signedCall(key: SecretRef): ReceiverKind {
    return ReceiverKind.of('generic-hmac', key);
  }

  /**
   * Whoever knows the path, which synthesis warns of. Prefer `signedCall`; Bitbucket Cloud can do no more.
   *
   * @param token the Secret
   */
  public static unsignedCall(token: SecretRef): ReceiverKind {
    return ReceiverKind.of('generic', token);
  }

  private static of(
    type: ReceiverSpec['type'],
    secret: SecretRef,
    events?: string[],
  ): ReceiverKind {
    requireForm('secret of a receiver', secret, SECRET_REF);
    requireForm('events', events, optional(listOf(TEXT)));
    if (events?.length === 0) {
      throw new Error('events must be some, or all would be taken, got none');
    }
    for (const event of events ?? []) {
      if (!/^[A-Za-z][A-Za-z0-9._: -]{0,100}$/.test(event)) {
        throw new Error(`event must be the name of one, such as 'push', got ${quoted(event)}`);
      }
    }
    return new ReceiverKind({ ...(events && { events: [...events] }), type }, secret);
  }

  private constructor(
    private readonly spec: Pick<ReceiverSpec, 'type' | 'events' | 'oidcProviders'>,
    private readonly secret?: SecretRef,
  ) {}

  /** What a reader of the plan should know. @internal */
  public get _warning(): string | undefined {
    const reason = UNPROVEN_RECEIVERS.get(this.spec.type);
    return reason === undefined ? undefined : `believes whoever knows its path; ${reason}`;
  }

  /** Whose tokens are believed. @internal */
  public get _issuers(): string[] {
    return (this.spec.oidcProviders ?? []).map(({ issuerURL }) => issuerURL);
  }

  /** `spec` of a Receiver in `namespace`, but for what it is about. @internal */
  public _specIn(namespace: string): Omit<ReceiverSpec, 'resources'> {
    return { ...this.spec, ...(this.secret && { secretRef: this.secret._from(namespace) }) };
  }
}
