import { ApiObject, Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { fleetOf, IPlatformComponent } from '../vocabulary/fleet-ports';
import { BOOLEAN, CONSTRUCT, DURATION, listOf, optional, requireProps } from '../vocabulary/form';
import { requireDnsLabel } from '../vocabulary/names';
import { place } from '../vocabulary/placement';
import { ICluster } from '../vocabulary/ports';

/** How the platform team's objects reach the clusters. */
export interface PlatformComponentProps {
  /**
   * Clusters that apply it.
   *
   * @default - every cluster of the fleet
   */
  readonly clusters?: ICluster[];
  /**
   * Components that must be healthy first.
   *
   * @default - none
   */
  readonly dependencies?: IPlatformComponent[];
  /**
   * Whether tenants wait until it is healthy.
   *
   * @default false
   */
  readonly gatesTenants?: boolean;
  /**
   * How long it may take to become healthy.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;
}

/**
 * Objects of the platform team, in `infrastructure/<id>/`, and on each cluster a Flux Kustomization `<id>` that
 * applies them with the rights of Flux itself. Create the objects inside it.
 *
 * Throws when the id is no DNS label, or a cluster or dependency is another fleet's. Synthesis fails inside a cluster, another
 * component or a tenant.
 */
export class PlatformComponent extends Chart implements IPlatformComponent {
  public readonly componentName: string;
  public readonly gatesTenants: boolean;
  public readonly dependencies: IPlatformComponent[];
  public readonly timeout: Duration;
  private readonly only?: ICluster[];

  public constructor(scope: Construct, id: string, props: PlatformComponentProps = {}) {
    super(scope, id, { disableResourceNameHashes: true });
    requireProps(`platform component '${id}'`, props, {
      clusters: optional(listOf(CONSTRUCT)),
      dependencies: optional(listOf(CONSTRUCT)),
      gatesTenants: optional(BOOLEAN),
      timeout: optional(DURATION),
    });
    this.componentName = requireDnsLabel('platform component', id);
    this.gatesTenants = props.gatesTenants ?? false;
    this.dependencies = props.dependencies ?? [];
    this.timeout = props.timeout ?? Duration.minutes(5);
    this.only = props.clusters;

    const fleet = fleetOf(this);
    for (const other of [...(props.clusters ?? []), ...this.dependencies]) {
      if (fleetOf(other) !== fleet) {
        throw new Error(
          `platform component '${id}' must use clusters and components of its own fleet, got '${other.node.path}'`,
        );
      }
    }
    const component = this;
    place(this, {
      shelf: { kind: 'infrastructure', component: id },
      // Clusters may be declared after this.
      get clusters(): string[] {
        return fleet.clusters
          .filter((cluster) => component.appliesTo(cluster))
          .map((cluster) => cluster.clusterName);
      },
    });
    fleet._addComponent(this);
    this.node.addValidation({
      validate: () =>
        this.node.findAll().some((child) => ApiObject.isApiObject(child))
          ? []
          : ['platform component must hold an object: Flux fails on a directory that is not there'],
    });
    this.node.addValidation({ validate: () => this.absentDependencies(fleet.clusters) });
  }

  private absentDependencies(clusters: ICluster[]): string[] {
    return clusters
      .filter((cluster) => this.appliesTo(cluster))
      .flatMap((cluster) =>
        this.dependencies
          .filter((other) => !other.appliesTo(cluster))
          .map(
            (other) =>
              `depends on '${other.componentName}', which cluster '${cluster.clusterName}' does not apply`,
          ),
      );
  }

  public appliesTo(cluster: ICluster): boolean {
    return this.only === undefined || this.only.includes(cluster);
  }
}
