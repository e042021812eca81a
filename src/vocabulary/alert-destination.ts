import type { ProviderSpec } from '../imports/notification.toolkit.fluxcd.io';
import { requireChannel } from './channel';
import { SECRET_REF, TEXT, madeBy, requireForm } from './form';
import { requirePrintable } from './printable';
import { quoted } from './quoted';
import { SecretRef } from './secret-ref';
import { SlackCredentials } from './slack-credentials';
import { OWNER_AND_NAME, requireHttpsUrl } from './url';

/**
 * Where alerts go. Each knows whether its address is a secret, what its Secret holds, and whether it has channels:
 * what a destination does not have cannot be said. Addresses that are no secrets are `https` ones, and are allowed to the
 * tenant whose alerts they get.
 *
 * Which keys a Secret must have is said by each; a key `address` always goes before the address in the object, so that it
 * belongs only where it is asked for.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/
 */
export class AlertDestination {
  /**
   * Slack.
   *
   * @param credentials how Flux talks to it
   * @param channel name or id of the channel that a bot posts to; a bot must have one, and a webhook has its own
   */
  public static slack(credentials: SlackCredentials, channel?: string): AlertDestination {
    requireForm('credentials for Slack', credentials, madeBy(SlackCredentials, BOT));
    const given = channel ?? undefined;
    if (credentials._isBot && given === undefined) {
      throw new Error('slack must have a channel for its bot to post to');
    }
    if (!credentials._isBot && given !== undefined) {
      throw new Error(
        `slack must not have channel ${quoted(given)}: its webhook posts to the one it was made for`,
      );
    }
    requireChannel(given);
    return new AlertDestination(
      {
        ...(credentials._isBot && { address: SLACK, channel: given }),
        type: 'slack',
      },
      credentials._secret,
    );
  }

  /** Microsoft Teams. @param webhook a Secret with the URL of a workflow's webhook at key `address` */
  public static microsoftTeams(webhook: SecretRef): AlertDestination {
    return AlertDestination.behindSecret('msteams', webhook);
  }

  /** Discord. @param webhook a Secret with the URL of a webhook at key `address`; its channel is the webhook's */
  public static discord(webhook: SecretRef): AlertDestination {
    return AlertDestination.behindSecret('discord', webhook);
  }

  /** Google Chat. @param webhook a Secret with the URL of a space's webhook at key `address` */
  public static googleChat(webhook: SecretRef): AlertDestination {
    return AlertDestination.behindSecret('googlechat', webhook);
  }

  /** Rocket.Chat. @param webhook a Secret with the URL of an incoming webhook at key `address` */
  public static rocketChat(webhook: SecretRef): AlertDestination {
    return AlertDestination.behindSecret('rocket', webhook);
  }

  /** Lark. @param webhook a Secret with the URL of a bot's webhook at key `address` */
  public static lark(webhook: SecretRef): AlertDestination {
    return AlertDestination.behindSecret('lark', webhook);
  }

  /**
   * Webex.
   *
   * @param token a Secret with the access token of a bot at key `token`; the bot must be in the room
   * @param room id of the room
   */
  public static webex(token: SecretRef, room: string): AlertDestination {
    requireWord('room', room, /^[A-Za-z0-9_=-]{1,255}$/, 'the id of a room');
    const address = 'https://webexapis.com/v1/messages';
    return AlertDestination.at('webex', address, token, room);
  }

  /**
   * Telegram.
   *
   * @param token a Secret with the token of a bot at key `token`
   * @param chat `@<channel>`, the id of a chat such as `-1234567890`, or that and a topic: `-1234567890:1`
   */
  public static telegram(token: SecretRef, chat: string): AlertDestination {
    requireWord(
      'chat',
      chat,
      /^(?:@[A-Za-z0-9_]{1,64}|-?[0-9]{1,20}(?::[0-9]{1,20})?)$/,
      "'@<channel>', or the id of a chat",
    );
    return new AlertDestination({ channel: chat, type: 'telegram' }, token);
  }

  /**
   * Matrix.
   *
   * @param server URL of the home server
   * @param token a Secret with an access token at key `token`
   * @param room id of the room: `!<id>:<server>`
   */
  public static matrix(server: string, token: SecretRef, room: string): AlertDestination {
    requireWord(
      'room',
      room,
      /^![A-Za-z0-9._~-]{1,128}(?::[a-z0-9.:-]{1,128})?$/,
      "'!<id>:<server>'",
    );
    return AlertDestination.at('matrix', requireAddress('home server', server), token, room);
  }

  /**
   * Zulip.
   *
   * @param server URL of the server
   * @param bot a Secret with the bot's address of mail at key `username` and its API key at `password`
   * @param topic `<channel>/<topic>`
   */
  public static zulip(server: string, bot: SecretRef, topic: string): AlertDestination {
    requireWord('topic', topic, /^[^/$]{1,60}\/[^/$]{1,60}$/, "'<channel>/<topic>'");
    requirePrintable('topic', topic);
    return AlertDestination.at('zulip', requireAddress('server', server), bot, topic);
  }

  /**
   * PagerDuty. The routing key can be in the object only: whoever reads the repository can raise incidents, of which
   * synthesis warns. An incident is resolved by the next success, which an alerting of `AlertSeverity.ERROR` does not tell of.
   *
   * @param routingKey of an integration with the Events API v2
   * @param address default: `https://events.pagerduty.com`
   */
  public static pagerDuty(
    routingKey: string,
    address: string = 'https://events.pagerduty.com',
  ): AlertDestination {
    requireWord('routing key', routingKey, /^[A-Za-z0-9_-]{1,128}$/, 'that of an integration');
    return new AlertDestination(
      { address: requireAddress('address', address), channel: routingKey, type: 'pagerduty' },
      undefined,
      'has the routing key of PagerDuty in Git, because Flux takes it from nowhere else: whoever reads it can raise incidents',
    );
  }

  /**
   * Opsgenie.
   *
   * @param token a Secret with the key of an API integration at key `token`
   * @param address default: `https://api.opsgenie.com/v2/alerts`
   */
  public static opsgenie(
    token: SecretRef,
    address: string = 'https://api.opsgenie.com/v2/alerts',
  ): AlertDestination {
    return AlertDestination.at('opsgenie', requireAddress('address', address), token);
  }

  /**
   * Events of Datadog.
   *
   * @param site URL of the site's API, such as `https://api.datadoghq.com`
   * @param apiKey a Secret with an API key, not an application key, at key `token`
   */
  public static datadog(site: string, apiKey: SecretRef): AlertDestination {
    return AlertDestination.at('datadog', requireAddress('site', site), apiKey);
  }

  /**
   * Sentry.
   *
   * @param dsn a Secret with the DSN of a project at key `address`
   * @param environment of the events. Default: none
   */
  public static sentry(dsn: SecretRef, environment?: string): AlertDestination {
    if ((environment ?? undefined) === undefined) {
      return AlertDestination.behindSecret('sentry', dsn);
    }
    requireWord('environment', environment!, /^[A-Za-z0-9._-]{1,64}$/, 'a word');
    return new AlertDestination({ channel: environment, type: 'sentry' }, dsn);
  }

  /**
   * Annotations of Grafana, tagged `flux`.
   *
   * @param url of Grafana, without the path of its API
   * @param token a Secret with a service account's token at key `token`, or with `username` and `password`
   */
  public static grafana(url: string, token: SecretRef): AlertDestination {
    return AlertDestination.at('grafana', requireBase('Grafana', url) + '/api/annotations', token);
  }

  /**
   * Alertmanager, over TLS.
   *
   * @param url of Alertmanager, without the path of its API
   * @param credentials a Secret with a bearer token at key `token`, or with `username` and `password`. Default: none
   */
  public static alertmanager(url: string, credentials?: SecretRef): AlertDestination {
    const address = requireBase('Alertmanager', url) + '/api/v2/alerts';
    return credentials
      ? AlertDestination.at('alertmanager', address, credentials)
      : new AlertDestination({ address, type: 'alertmanager' });
  }

  /**
   * Any server that takes events of Flux as JSON, signed: header `X-Signature` has their HMAC, `sha256=<hash>`.
   *
   * @param key a Secret with the key of the HMAC at key `token`
   */
  public static webhook(address: string, key: SecretRef): AlertDestination {
    return AlertDestination.at('generic-hmac', requireAddress('address', address), key);
  }

  /**
   * Any server that takes events of Flux as JSON from anybody, which synthesis warns of. Prefer `webhook`, which signs them.
   *
   * @param headers a Secret with headers to send, as YAML at key `headers`. Default: none
   */
  public static unsignedWebhook(address: string, headers?: SecretRef): AlertDestination {
    return new AlertDestination(
      { address: requireAddress('address', address), type: 'generic' },
      headers,
      'posts events that are not signed: the server cannot tell whether Flux sent them; use AlertDestination.webhook',
    );
  }

  /**
   * Workflows of a GitHub repository, as event `repository_dispatch` of type `<kind>/<name>.<namespace>`.
   *
   * @param repository `https://github.com/<owner>/<name>`
   * @param token a Secret with a token at key `token`, or the keys of a GitHub App
   */
  public static githubWorkflows(repository: string, token: SecretRef): AlertDestination {
    requireAddress('repository', repository);
    requireWord('repository', repository, ...OWNER_AND_NAME);
    return AlertDestination.at('githubdispatch', repository, token);
  }

  private static behindSecret(type: ProviderSpec['type'], secret: SecretRef): AlertDestination {
    requireForm(`secret for ${type}`, secret, SECRET_REF);
    return new AlertDestination({ type }, secret);
  }

  private static at(
    type: ProviderSpec['type'],
    address: string,
    secret: SecretRef,
    channel?: string,
  ): AlertDestination {
    requireForm(`secret for ${type}`, secret, SECRET_REF);
    return new AlertDestination(
      { address, ...(channel !== undefined && { channel }), type },
      secret,
    );
  }

  private constructor(
    private readonly spec: ProviderSpec,
    private readonly secret?: SecretRef,
    /**
     * What a reader of the plan should know.
     *
     * @internal
     */
    readonly _warning?: string,
  ) {
    requireForm(`secret for ${spec.type}`, secret, { ...SECRET_REF, isOptional: true });
  }

  /** `spec` of a Provider in `namespace`. @internal */
  public _specIn(namespace: string): ProviderSpec {
    const { type, ...place } = this.spec;
    return { ...place, ...(this.secret && { secretRef: this.secret._from(namespace) }), type };
  }
}

/** Where bots of Slack post. */
const SLACK = 'https://slack.com/api/chat.postMessage';
const BOT = "bot(SecretRef.named('slack'))";

function requireWord(what: string, value: string, form: RegExp, words: string): void {
  requireForm(what, value, TEXT);
  if (!form.test(value)) {
    throw new Error(`${what} must be ${words}, got ${quoted(value)}`);
  }
}

/** Flux posts to the address as it is; that of the server alone is answered with a page, and nobody is told. */
function requireBase(server: string, url: string): string {
  requireAddress(`url of ${server}`, url);
  if (/\/api(?:\/|$)/.test(url)) {
    throw new Error(`url of ${server} must be without the path of its API, got ${quoted(url)}`);
  }
  return url;
}

function requireAddress(what: string, url: string): string {
  requireForm(what, url, TEXT);
  return requireHttpsUrl(what, url);
}
