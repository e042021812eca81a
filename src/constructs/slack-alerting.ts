import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { Alert, AlertSpecEventSources, Provider } from '../imports/notification.toolkit.fluxcd.io';
import { allowSource } from '../vocabulary/allowed-sources';
import { componentOf, fleetOf } from '../vocabulary/fleet-ports';
import { TEXT, madeBy, oneOf, optional, requireProps } from '../vocabulary/form';
import { FLUX_NAMESPACE } from '../vocabulary/labels';
import { requireObjectName } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { belongingsOf, tenantOf } from '../vocabulary/ports';
import { quoted } from '../vocabulary/quoted';
import { SlackCredentials } from '../vocabulary/slack-credentials';

/** Which events are worth a message. */
export enum AlertSeverity {
  /** Failures only. */
  ERROR = 'error',
  /** Everything, successes included. */
  INFO = 'info',
}

/** What a tenant hears about, and where. */
export interface SlackAlertingProps {
  /** How Flux talks to Slack. */
  readonly credentials: SlackCredentials;
  /**
   * Channel that a bot posts to. A webhook has its own.
   *
   * @default - none; a bot must have one
   */
  readonly channel?: string;
  /**
   * Which events are worth a message.
   *
   * @default AlertSeverity.ERROR
   */
  readonly severity?: AlertSeverity;
}

/** Where bots post. */
const SLACK = 'https://slack.com/api/chat.postMessage';

/** Groups with objects that can fail after they have been applied; those that only tell of others are left out. */
const REPORTERS = /^(?:(?!notification\.)[a-z.]+\.fluxcd\.io|flagger\.app)\//;

const EVENT_KINDS: AlertSpecEventSources['kind'][] = [
  'Bucket',
  'GitRepository',
  'HelmChart',
  'HelmRelease',
  'HelmRepository',
  'ImagePolicy',
  'ImageRepository',
  'ImageUpdateAutomation',
  'Kustomization',
  'OCIRepository',
];

/** An object of Flux, and whether an alerting hears of it. */
export interface AlertCoverage {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly isCovered: boolean;
}

/**
 * Tells a tenant in Slack what Flux cannot do for it; in a `PlatformComponent`, the platform team what Flux cannot do in
 * `flux-system`. Provider and Alert lie in the namespace that they hear of: under the lockdown an Alert hears nothing from any
 * other.
 *
 * Throws when a bot has no channel or a webhook has one.
 *
 * @see https://fluxcd.io/flux/components/notification/alerts/
 */
export class SlackAlerting extends Construct {
  private readonly namespace: string;

  public constructor(scope: Construct, id: string, props: SlackAlertingProps) {
    super(scope, id);
    requireProps(`alerting '${id}'`, props, {
      credentials: madeBy(SlackCredentials, "bot(SecretRef.named('slack'))"),
      channel: optional(TEXT),
      severity: optional(oneOf(AlertSeverity)),
    });
    const name = requireObjectName('alerting', id);
    const tenant = componentOf(this) ? undefined : tenantOf(this);
    const namespace = tenant?.homeNamespace ?? FLUX_NAMESPACE;
    this.namespace = namespace;
    const { credentials } = props;
    const channel = props.channel ?? undefined;
    if (credentials._isBot && channel === undefined) {
      throw new Error(`alerting '${this.node.path}' must have a channel for its bot to post to`);
    }
    if (!credentials._isBot && channel !== undefined) {
      throw new Error(
        `alerting '${this.node.path}' must not have channel ${quoted(channel)}: its webhook posts to the one it was made for`,
      );
    }
    if (channel !== undefined && !/^#?[\p{L}\p{N}_-]{1,80}$/u.test(channel)) {
      throw new Error(`channel must be a channel's name or id, got ${quoted(channel)}`);
    }

    if (tenant && credentials._isBot) {
      allowSource(tenant, 'endpoints', SLACK);
    }

    place(this, { file: 'alerts' });
    new Provider(this, 'provider', {
      metadata: { name, namespace },
      spec: {
        ...(credentials._isBot && {
          address: SLACK,
          channel,
        }),
        secretRef: credentials._secret._from(namespace),
        type: 'slack',
      },
    });
    new Alert(this, 'alert', {
      metadata: { name, namespace },
      spec: {
        eventSeverity: props.severity ?? AlertSeverity.ERROR,
        eventSources: EVENT_KINDS.map((kind) => ({ kind, name: '*' })),
        providerRef: { name },
      },
    });
  }

  /**
   * Every object of Flux and Flagger that is the tenant's, in whichever repository; in a component, those that the platform
   * has on the clusters that apply the component. Whether a failure of each is told: what is in another namespace is not heard,
   * and Flagger tells of canaries by alerts of its own.
   */
  public coverage(): AlertCoverage[] {
    const objects = new Map<string, AlertCoverage>();
    for (const construct of this.audible()) {
      if (!ApiObject.isApiObject(construct)) {
        continue;
      }
      const { apiVersion, kind, metadata } = construct.toJson();
      if (REPORTERS.test(apiVersion)) {
        const { name, namespace } = metadata;
        const isCovered = namespace === this.namespace && (EVENT_KINDS as string[]).includes(kind);
        objects.set(`${kind} ${namespace}/${name}`, { kind, namespace, name, isCovered });
      }
    }
    return [...objects.values()];
  }

  /** All of which it could hear, were it an object and in its namespace. */
  private audible(): IConstruct[] {
    const component = componentOf(this);
    if (!component) {
      return belongingsOf(tenantOf(this));
    }
    const { clusters, components } = fleetOf(this);
    const here = clusters.filter((cluster) => component.appliesTo(cluster));
    const applied = components.filter((one) => here.some((cluster) => one.appliesTo(cluster)));
    return [...applied, ...here].flatMap((one) => one.node.findAll());
  }
}
