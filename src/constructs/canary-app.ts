import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Canary } from '../imports/flagger.app';
import { allowSource } from '../vocabulary/allowed-sources';
import { CanaryHook, HookedCanary } from '../vocabulary/canary-hook';
import { CanaryRollout } from '../vocabulary/canary-rollout';
import { NUMBER, instanceOf, listOf, madeBy, optional, requireProps } from '../vocabulary/form';
import { MetricCheck } from '../vocabulary/metric-check';
import { requireDnsLabel } from '../vocabulary/names';
import { shelfOf } from '../vocabulary/placement';
import { requireOwn, tenantOf } from '../vocabulary/ports';
import { quoted } from '../vocabulary/quoted';
import { recordCanary } from '../vocabulary/tenant-waits';
import { requireWholeNumber } from '../vocabulary/whole-number';
import { CanaryAlerting } from './canary-alerting';
import { addIngress } from './canary-ingress';
import { CanaryScaling } from './canary-scaling';
import { CanaryPlace, CanaryTarget, CanaryWorkload } from './canary-workload';

/** An app whose new versions prove themselves before all traffic goes to them. */
export interface CanaryAppProps {
  /** The pods: of an image, or of a Deployment or DaemonSet that the program has already. */
  readonly workload: CanaryWorkload;
  /** Port that the app serves HTTP on. */
  readonly port: number;
  /** What moves the traffic, and how: `CanaryProvider.nginx({ … }).linear({ … })`. */
  readonly rollout: CanaryRollout;
  /**
   * What decides how many pods it has. During an analysis it has twice as many.
   *
   * @default - 2 to 4, by CPU; none with a DaemonSet
   */
  readonly scaling?: CanaryScaling;
  /**
   * Metrics beside those of the provider: `metric.atMost(1)`.
   *
   * @default - none; with the Gateway API there must be one
   */
  readonly metrics?: MetricCheck[];
  /**
   * What Flagger calls during a rollout: load tests, gates that a person opens.
   *
   * @default - none
   */
  readonly hooks?: CanaryHook[];
  /**
   * Who hears of its rollouts.
   *
   * @default - whom the platform has Flagger tell of all
   */
  readonly alerts?: CanaryAlerting[];
}

const LONGEST_NAME = 63 - '-primary'.length;

/**
 * An app with progressive delivery: Deployment, HorizontalPodAutoscaler and Canary, and an Ingress where the provider
 * takes one. Its pods pass the Pod Security Standard `restricted`. Services and the `-primary` copies are Flagger's.
 *
 * In an `AppRepo`, the sync of that repository waits until a version is promoted; directly in a `Tenant`, the platform does when it
 * applies the tenant.
 *
 * The Deployment has no `replicas`: Flagger scales it down once a version is promoted, and Flux would scale it up.
 *
 * Throws when a value is out of range, the name of the workload longer than 55 characters, nothing measures the new version, or
 * what it refers to is another tenant's or in another namespace. Synthesis fails where something else on a cluster answers for
 * the same host and path.
 *
 * @see https://docs.flagger.app/usage/how-it-works
 */
export class CanaryApp extends Construct {
  /** The Deployment or DaemonSet, for what the props do not reach. */
  public readonly workload: ApiObject;
  /** The Canary, for what the props do not reach. */
  public readonly canary: Canary;

  public constructor(scope: Construct, id: string, props: CanaryAppProps) {
    super(scope, id);
    requireProps(`canary '${id}'`, props, {
      workload: madeBy(CanaryWorkload, "image(ContainerImage.of('ghcr.io/acme/app:1.0.0'))"),
      port: NUMBER,
      rollout: instanceOf(
        CanaryRollout,
        "CanaryProvider.nginx({ host: 'shop.acme.example' }).linear({ … })",
      ),
      scaling: optional(madeBy(CanaryScaling, 'byCpu({ … })')),
      metrics: optional(listOf(instanceOf(MetricCheck, 'new CanaryMetric(…).atMost(1)'))),
      hooks: optional(listOf(madeBy(CanaryHook, 'call(…)'))),
      alerts: optional(listOf(instanceOf(CanaryAlerting, 'new CanaryAlerting(…)'))),
    });
    const { rollout, port } = props;
    const { _traits: traits } = rollout;
    const namespace = Chart.of(this).namespace ?? tenantOf(this).homeNamespace;
    const place: CanaryPlace = { namespace, port: requireWholeNumber('port', port, 1, 65535) };
    const metadata = { name: requireDnsLabel('app', id), namespace };
    this.requireMeasured(rollout, props.metrics ?? []);
    this.requireShortHooks(rollout, props.hooks ?? []);
    this.allowTraffic(rollout);

    const target = props.workload._target(this, id, place, traits);
    if (target.name.length > LONGEST_NAME) {
      throw new Error(
        `name of the workload of canary '${this.node.path}' must be at most ${LONGEST_NAME} characters, ` +
          `because Flagger makes Services of it with '-primary' behind, got ${quoted(target.name)}`,
      );
    }
    this.workload = target.object;
    this.node.defaultChild = this.workload;
    const scaling =
      props.scaling ?? (target.kind === 'Deployment' ? CanaryScaling.byCpu() : undefined);
    const autoscalerRef = scaling?._reference(this, id, namespace, target);
    if (traits.ingressClass !== undefined) {
      addIngress(this, metadata, rollout, { service: target.name, port });
    }
    this.canary = new Canary(this, 'canary', {
      metadata,
      spec: {
        provider: traits.name as any,
        targetRef: { apiVersion: 'apps/v1', kind: target.kind, name: target.name },
        ...(autoscalerRef && { autoscalerRef: autoscalerRef as any }),
        ...(traits.ingressClass !== undefined && {
          ingressRef: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: id },
        }),
        progressDeadlineSeconds: rollout._progressDeadline,
        // Without it, deleting the Canary would leave the app without pods.
        revertOnDeletion: true,
        service: {
          ...traits.service,
          port,
          portName: 'http',
          ...(target.targetPort !== undefined && { targetPort: target.targetPort as any }),
        },
        analysis: analysisOf(props, place, target),
      },
    });
    const delays = (props.hooks ?? []).map((hook) => hook._delay(rollout._threshold));
    recordCanary(tenantOf(this), {
      path: this.node.path,
      seconds: delays.reduce((sum, delay) => sum + delay, rollout._seconds),
      isPlatforms: shelfOf(this)?.kind === 'tenant',
    });
  }

  /** Throws when a new version would be promoted for as much as running. */
  private requireMeasured({ _traits }: CanaryRollout, metrics: readonly MetricCheck[]): void {
    if (_traits.metrics.length === 0 && metrics.length === 0) {
      throw new Error(
        `canary '${this.node.path}' must have metrics, because provider '${_traits.name}' measures nothing: give it those of a CanaryMetric`,
      );
    }
    requireOwn(
      tenantOf(this),
      `canary '${this.node.path}' must not use metric`,
      metrics.map(({ _metric }) => _metric),
    );
  }

  /** Throws when Flagger would still wait for answers of one look when the next one is due. */
  private requireShortHooks({ _interval }: CanaryRollout, hooks: readonly CanaryHook[]): void {
    const seconds = hooks.reduce((sum, hook) => sum + hook._secondsPerLook, 0);
    if (seconds >= _interval) {
      throw new Error(
        `hooks of canary '${this.node.path}' must together time out before its interval of ${_interval}s ends, got ${seconds}s`,
      );
    }
  }

  /** What a program asks for by a canary, its namespace lists. */
  private allowTraffic({ _traits: { hosts = [], gateways = [] } }: CanaryRollout): void {
    hosts.forEach((host) => allowSource(tenantOf(this), 'hosts', host));
    gateways
      .filter((gateway) => gateway.includes('/'))
      .forEach((gateway) => allowSource(tenantOf(this), 'gateways', gateway));
  }
}

function analysisOf(
  { rollout, metrics = [], hooks = [], alerts = [] }: CanaryAppProps,
  { namespace, port }: CanaryPlace,
  { name }: CanaryTarget,
): any {
  const canary: HookedCanary = {
    namespace,
    service: name,
    port,
    host: rollout._traits.hosts?.[0],
    header: rollout._match?._header,
    interval: rollout._interval,
  };
  return {
    ...rollout._spec(metrics.map((metric) => metric._spec(namespace))),
    ...(hooks.length > 0 && { webhooks: hooks.map((hook) => hook._spec(canary)) }),
    ...(alerts.length > 0 && { alerts: alerts.map((alerting) => alerting._spec(namespace)) }),
  };
}
