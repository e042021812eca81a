import { ApiObject, Chart, Duration } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { Canary } from '../imports/flagger.app';
import { allowSource } from '../vocabulary/allowed-sources';
import { CanaryAnalysis } from '../vocabulary/canary-analysis';
import { CanaryProvider } from '../vocabulary/canary-provider';
import { ContainerImage } from '../vocabulary/container-image';
import { MAP, NUMBER, madeBy, optional, requireProps } from '../vocabulary/form';
import { requireDnsLabel } from '../vocabulary/names';
import { tenantOf } from '../vocabulary/ports';
import { recordCanary } from '../vocabulary/tenant-waits';
import { requireWholeNumber } from '../vocabulary/whole-number';
import { CanaryContainer, hardenedPod, requireContainer } from './canary-workload';
import { kubernetesObject } from './kubernetes-object';

/** How many pods an app has. */
export interface CanaryScale {
  /** @default 2 */
  readonly minReplicas?: number;
  /** @default 4 */
  readonly maxReplicas?: number;
  /** Percentage of the reserved CPU, on average, above which pods are added. @default 80 */
  readonly cpuUtilization?: number;
}

/** An app whose new versions prove themselves before all traffic goes to them. */
export interface CanaryAppProps {
  /** The image: `pipeline.image(…)`, or one that only people change. */
  readonly image: ContainerImage;
  /** Port that the app serves HTTP on. */
  readonly port: number;
  /** What moves the traffic. */
  readonly provider: CanaryProvider;
  /** How a new version proves itself. */
  readonly analysis: CanaryAnalysis;
  /**
   * How many pods it has. During an analysis it has twice as many.
   *
   * @default - 2 to 4, by CPU
   */
  readonly scale?: CanaryScale;
  /**
   * What runs in the container.
   *
   * @default - the image's own entry point, with 100m of CPU and 128Mi of memory
   */
  readonly container?: CanaryContainer;
}

/** Flagger's own default for how long the new version's pods may take to become ready. */
const PROGRESS_DEADLINE = Duration.minutes(10);

/**
 * An app with progressive delivery: Deployment, HorizontalPodAutoscaler and Canary, and an Ingress where the provider
 * takes one. Its pods pass the Pod Security Standard `restricted`. Services and the `-primary` copies are Flagger's.
 *
 * The Deployment has no `replicas`: Flagger scales it down once a version is promoted, and Flux would scale it up.
 *
 * Throws when the provider cannot do what the analysis asks for, or a value is out of range.
 *
 * @see https://docs.flagger.app/usage/how-it-works
 */
export class CanaryApp extends Construct {
  /** The Deployment, for what the props do not reach. */
  public readonly deployment: ApiObject;
  /** The Canary, for what the props do not reach. */
  public readonly canary: Canary;

  public constructor(scope: Construct, id: string, props: CanaryAppProps) {
    super(scope, id);
    requireProps(`canary '${id}'`, props, {
      image: madeBy(ContainerImage, "of('ghcr.io/acme/app:1.0.0')"),
      port: NUMBER,
      provider: madeBy(CanaryProvider, "nginx({ host: 'shop.acme.example' })"),
      analysis: madeBy(CanaryAnalysis, 'linear({ … })'),
      scale: optional(MAP),
      container: optional(MAP),
    });
    requireContainer(id, props.container ?? {});
    requireProps(`scale of canary '${id}'`, props.scale ?? {}, {
      minReplicas: optional(NUMBER),
      maxReplicas: optional(NUMBER),
      cpuUtilization: optional(NUMBER),
    });
    const namespace = Chart.of(this).namespace ?? tenantOf(this).homeNamespace;
    const metadata = { name: requireDnsLabel('app', id), namespace };
    const traits = props.provider._traits;
    if (props.analysis._shiftsTraffic && !traits.shiftsTraffic) {
      throw new Error(
        `canary '${this.node.path}' must use CanaryAnalysis.blueGreen: provider '${traits.name}' cannot move traffic in steps`,
      );
    }
    requireWholeNumber('port', props.port, 1, 65535);
    const hosts = traits.ingress ? [traits.ingress.host] : (traits.service?.hosts ?? []);
    hosts.forEach((host) => allowSource(tenantOf(this), 'hosts', host));
    (traits.service?.gateways ?? [])
      .filter((gateway) => gateway.includes('/'))
      .forEach((gateway) => allowSource(tenantOf(this), 'gateways', gateway));

    this.deployment = this.addDeployment(metadata, props);
    this.node.defaultChild = this.deployment;
    props.image.markIn(this.deployment, '/spec/template/spec/containers/0/image');
    this.addAutoscaler(metadata, props.scale ?? {});
    if (traits.ingress) {
      addIngress(this, metadata, traits.ingress, props.port);
    }
    this.canary = new Canary(this, 'canary', {
      metadata,
      spec: {
        provider: traits.name,
        targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: id },
        autoscalerRef: {
          apiVersion: 'autoscaling/v2',
          kind: 'HorizontalPodAutoscaler',
          name: id,
        },
        ...(traits.ingress && {
          ingressRef: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: id },
        }),
        progressDeadlineSeconds: PROGRESS_DEADLINE.toSeconds(),
        // Without it, deleting the Canary would leave the app without pods.
        revertOnDeletion: true,
        service: { ...traits.service, port: props.port, portName: 'http', targetPort: 'http' },
        analysis: props.analysis._spec(traits.metrics),
      },
    });
    recordCanary(tenantOf(this), {
      path: this.node.path,
      seconds: props.analysis._seconds + PROGRESS_DEADLINE.toSeconds(),
    });
  }

  private addDeployment(
    metadata: { name: string; namespace: string },
    props: CanaryAppProps,
  ): ApiObject {
    const { podLabels, podAnnotations } = props.provider._traits;
    // Flagger tells pods of the two versions apart by this label.
    const labels = { app: metadata.name };
    return kubernetesObject(this, 'deployment', 'apps/v1', 'Deployment', metadata, {
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: {
            ...(podAnnotations && { annotations: podAnnotations }),
            labels: { ...labels, ...podLabels },
          },
          spec: hardenedPod(metadata.namespace, props),
        },
      },
    });
  }

  private addAutoscaler(
    metadata: { name: string; namespace: string },
    { minReplicas = 2, maxReplicas = 4, cpuUtilization = 80 }: CanaryScale,
  ): void {
    requireWholeNumber('minReplicas', minReplicas, 1, 1000);
    requireWholeNumber('maxReplicas', maxReplicas, minReplicas, 1000);
    requireWholeNumber('cpuUtilization', cpuUtilization, 1, 100);
    kubernetesObject(this, 'autoscaler', 'autoscaling/v2', 'HorizontalPodAutoscaler', metadata, {
      spec: {
        maxReplicas,
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization: cpuUtilization },
            },
          },
        ],
        minReplicas,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: metadata.name },
      },
    });
  }
}

/** The Ingress that Flagger copies for the canary's share; its backend is the Service that Flagger makes. */
function addIngress(
  scope: IConstruct,
  metadata: { name: string; namespace: string },
  ingress: { host: string; className: string },
  port: number,
): void {
  const service = { name: metadata.name, port: { number: port } };
  kubernetesObject(scope as Construct, 'ingress', 'networking.k8s.io/v1', 'Ingress', metadata, {
    spec: {
      ingressClassName: ingress.className,
      rules: [
        {
          host: ingress.host,
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service } }] },
        },
      ],
    },
  });
}
