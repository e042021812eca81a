import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Receiver as FluxReceiver,
  ReceiverSpecResources,
} from '../imports/notification.toolkit.fluxcd.io';
import { allowSource } from '../vocabulary/allowed-sources';
import { ClusterPort, componentOf, fleetOf, IPlatformComponent } from '../vocabulary/fleet-ports';
import { CONSTRUCT, listOf, madeBy, optional, requireProps } from '../vocabulary/form';
import { FLUX_NAMESPACE } from '../vocabulary/labels';
import { requireObjectName } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { ISource, requireOwn } from '../vocabulary/ports';
import { ReceiverKind } from '../vocabulary/receiver-kind';
import { warn } from '../vocabulary/warning';
import { HelmSource } from './helm-source';
import { ImageAutomationPipeline } from './image-automation-pipeline';
import { notificationHome } from './notification';

/** Who calls, and what Flux looks at then. */
export interface ReceiverProps {
  /** Who calls, and how Flux tells that the call is genuine. */
  readonly kind: ReceiverKind;
  /**
   * Sources of the tenant that a push changes.
   *
   * @default - none in a tenant; in a `PlatformComponent`, the source of the fleet's repository
   */
  readonly sources?: ISource[];
  /**
   * Pipelines of the tenant whose images are pushed.
   *
   * @default - none
   */
  readonly images?: ImageAutomationPipeline[];
  /**
   * Chart repositories of the tenant.
   *
   * @default - none
   */
  readonly charts?: HelmSource[];
}

/**
 * A webhook by which Flux looks at sources at once, not when their interval is over; in a `PlatformComponent`, at the fleet's
 * repository. What it finds is verified as ever.
 *
 * The path to call is `/hook/` and the SHA-256 sum, in hexadecimal, of the token, the name of the Receiver and its namespace,
 * one right after the other; `status.webhookPath` of the object has it. The platform has to expose the Service `webhook-receiver`
 * of `flux-system`: docs/alerting.md says how.
 *
 * Throws when there is nothing to look at, or it is another tenant's; and in a component when anything is named. Synthesis fails when
 * clusters of a component read the fleet's repository from sources of several kinds.
 *
 * @see https://fluxcd.io/flux/components/notification/receivers/
 */
export class Receiver extends Construct {
  /** The object itself, for what the props do not reach. */
  public readonly webhook: FluxReceiver;

  public constructor(scope: Construct, id: string, props: ReceiverProps) {
    super(scope, id);
    requireProps(`receiver '${id}'`, props, {
      kind: madeBy(ReceiverKind, "github(SecretRef.named('webhook-token'))"),
      sources: optional(listOf(CONSTRUCT)),
      images: optional(listOf(CONSTRUCT)),
      charts: optional(listOf(CONSTRUCT)),
    });
    const name = requireObjectName('receiver', id);
    const component = componentOf(this);
    const { tenant, namespace } = notificationHome(this);
    const resources = resourcesOf(props);
    if (tenant && resources.length === 0) {
      throw new Error(
        `receiver '${this.node.path}' must have sources, images or charts to look at, got none`,
      );
    }
    if (component && resources.length > 0) {
      throw new Error(
        `receiver '${this.node.path}' must have no sources, images or charts in a component: it is of the fleet's repository`,
      );
    }

    if (tenant) {
      requireOwn(tenant, `receiver '${this.node.path}' must not look at`, [
        ...(props.sources ?? []),
        ...(props.images ?? []),
        ...(props.charts ?? []),
      ]);
      for (const issuer of props.kind._issuers) {
        allowSource(tenant, 'endpoints', issuer);
      }
    } else {
      this.node.addValidation({ validate: () => this.validateOneKind(component!) });
    }
    if (props.kind._warning !== undefined) {
      warn(this, props.kind._warning);
    }
    place(this, { file: 'receivers' });
    this.webhook = new FluxReceiver(this, 'receiver', {
      metadata: { name, namespace },
      spec: {
        ...props.kind._specIn(namespace),
        resources: component
          ? Lazy.any({
              produce: () =>
                this.fleetKinds(component).map((kind) => ({ kind, name: FLUX_NAMESPACE })),
            })
          : resources,
      },
    });
    this.node.defaultChild = this.webhook;
  }

  /** What clusters read the fleet's repository from: a Receiver that names what is not there answers every call with an error. */
  private fleetKinds(component: IPlatformComponent): string[] {
    const clusters = fleetOf(this).clusters.filter((cluster) => component.appliesTo(cluster));
    return [...new Set(clusters.map((cluster) => (cluster as ClusterPort)._sourceKind))];
  }

  private validateOneKind(component: IPlatformComponent): string[] {
    const kinds = this.fleetKinds(component);
    return kinds.length > 1
      ? [
          `its clusters must read the fleet's repository from sources of one kind, got ${kinds.join(' and ')}; make a component for the clusters of each`,
        ]
      : [];
  }
}

function resourcesOf(props: ReceiverProps): ReceiverSpecResources[] {
  const named = (kind: ReceiverSpecResources['kind'], name: string) => ({ kind, name });
  const all = [
    ...(props.sources ?? []).map((one) =>
      named(one.sourceKind as ReceiverSpecResources['kind'], one.sourceName),
    ),
    ...(props.images ?? []).map((one) => named('ImageRepository', one.node.id)),
    ...(props.charts ?? []).map((one) => named('HelmRepository', one.node.id)),
  ];
  return [...new Map(all.map((one) => [`${one.kind}/${one.name}`, one])).values()];
}
