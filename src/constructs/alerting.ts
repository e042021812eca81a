import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { AlertDestination } from '../vocabulary/alert-destination';
import { componentOf, fleetOf } from '../vocabulary/fleet-ports';
import { TEXT, listOf, madeBy, oneOf, optional, requireProps } from '../vocabulary/form';
import { goRegex } from '../vocabulary/go-regex';
import { requireObjectName } from '../vocabulary/names';
import { belongingsOf, tenantOf } from '../vocabulary/ports';
import { warn } from '../vocabulary/warning';
import { addAlert, notificationHome } from './notification';

/** Which events are worth a message. */
export enum AlertSeverity {
  /** Failures only. */
  ERROR = 'error',
  /** Everything, successes included. */
  INFO = 'info',
}

/** Objects that Flux tells of. */
export enum AlertKind {
  BUCKET = 'Bucket',
  GIT_REPOSITORY = 'GitRepository',
  HELM_CHART = 'HelmChart',
  HELM_RELEASE = 'HelmRelease',
  HELM_REPOSITORY = 'HelmRepository',
  IMAGE_POLICY = 'ImagePolicy',
  IMAGE_REPOSITORY = 'ImageRepository',
  IMAGE_UPDATE_AUTOMATION = 'ImageUpdateAutomation',
  KUSTOMIZATION = 'Kustomization',
  OCI_REPOSITORY = 'OCIRepository',
}

/** What a tenant hears about, and where. */
export interface AlertingProps {
  /** Where the alerts go. */
  readonly destination: AlertDestination;
  /**
   * Which events are worth a message.
   *
   * @default AlertSeverity.ERROR
   */
  readonly severity?: AlertSeverity;
  /**
   * Kinds of objects that are told of.
   *
   * @default - all that can fail after they have been applied
   */
  readonly kinds?: AlertKind[];
  /**
   * Regular expressions (RE2) of messages that nobody is told.
   *
   * @default - none
   */
  readonly exclusions?: string[];
}

/** Objects that can fail after they have been applied, by group and kind; those that only tell or ask others are left out. */
const REPORTERS =
  /^(?:(?!notification\.)[a-z.]+\.fluxcd\.io\/[^/]+\/|flagger\.app\/[^/]+\/Canary$)/;

/** An object of Flux, and whether an alerting hears of it. */
export interface AlertCoverage {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly isCovered: boolean;
}

/**
 * Tells a tenant what Flux cannot do for it; in a `PlatformComponent`, the platform team what Flux cannot do in
 * `flux-system`. Provider and Alert lie in the namespace that they hear of: under the lockdown an Alert hears nothing from any
 * other. Neither has a status: that a message could not be sent is an event of the Alert, and a line in the log of
 * notification-controller.
 *
 * Throws when an exclusion is no regular expression of Go, or matches every message. Synthesis warns of destinations
 * that cannot be used without risk.
 *
 * @see https://fluxcd.io/flux/components/notification/alerts/
 */
export class Alerting extends Construct {
  private readonly namespace: string;
  private readonly kinds: readonly string[];

  public constructor(scope: Construct, id: string, props: AlertingProps) {
    super(scope, id);
    requireProps(`alerting '${id}'`, props, {
      destination: madeBy(AlertDestination, "microsoftTeams(SecretRef.named('teams'))"),
      severity: optional(oneOf(AlertSeverity)),
      kinds: optional(listOf(oneOf(AlertKind))),
      exclusions: optional(listOf(TEXT)),
    });
    const name = requireObjectName('alerting', id);
    const home = notificationHome(this);
    const { destination } = props;
    const kinds = [...new Set(props.kinds ?? Object.values(AlertKind))];
    if (kinds.length === 0) {
      throw new Error(`kinds of alerting '${this.node.path}' must be some, got none`);
    }
    this.namespace = home.namespace;
    this.kinds = kinds;

    if (destination._warning !== undefined) {
      warn(this, destination._warning);
    }
    addAlert(this, name, home, destination, {
      eventSeverity: props.severity ?? AlertSeverity.ERROR,
      eventSources: kinds.map((kind) => ({ kind, name: '*' })),
      ...(props.exclusions?.length && { exclusionList: props.exclusions.map(requireExclusion) }),
    });
  }

  /**
   * Every object of Flux and every canary that is the tenant's, in whichever repository; in a component, those that the platform
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
      if (REPORTERS.test(`${apiVersion}/${kind}`)) {
        const { name, namespace } = metadata;
        const isCovered = namespace === this.namespace && this.kinds.includes(kind);
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

function requireExclusion(pattern: string): string {
  if (goRegex('exclusion', pattern).matcher('').find()) {
    throw new Error(`exclusion must not match every message, got '${pattern}'`);
  }
  return pattern;
}
