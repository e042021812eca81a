import { Duration } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { GitHost } from './git-host';
import { placementOf } from './placement';
import { ICluster, ITenant } from './ports';

/** A directory of `infrastructure/` that the platform team applies to clusters. */
export interface IPlatformComponent extends IConstruct {
  readonly componentName: string;
  /** Whether tenants wait until it is healthy. */
  readonly gatesTenants: boolean;
  /** Components that must be healthy first. */
  readonly dependencies: IPlatformComponent[];
  /** How long it may take to become healthy. */
  readonly timeout: Duration;
  /** Whether `cluster` applies it. */
  appliesTo(cluster: ICluster): boolean;
}

/** The repository that the clusters of a fleet reconcile. */
export interface IFleetRepo extends IConstruct {
  /** Name of the repository. */
  readonly repositoryName: string;
  /** Where tenants publish their manifests: `<host>/<path>`, without `oci://`. */
  readonly registry: string;
  /** Where the repository is hosted, when that was said. */
  readonly gitHost?: GitHost;
  readonly clusters: ICluster[];
  readonly components: IPlatformComponent[];
}

/** An argument of controllers. */
export interface ControllerArgument {
  readonly controllers: readonly string[];
  readonly value: string;
}

/** What this library asks of a cluster, beside what users see. */
export interface ClusterPort extends ICluster {
  /** Kind of the source that it reads the fleet's repository from. */
  readonly _sourceKind: 'GitRepository' | 'OCIRepository';
  /** Arguments of Flux's controllers that keep tenants apart, as far as the controllers run there. */
  readonly _controllerArguments: readonly ControllerArgument[];
  /** What it holds beside the lists of its tenants. */
  readonly _ownScopes: IConstruct[];
  _addTenant(tenant: ITenant): void;
  _addComponent(component: IPlatformComponent): void;
}

/** What constructs of this library ask of a fleet, beside what users see. */
export interface FleetPort extends IFleetRepo {
  /** Groups whose people may change by hand what bounds tenants. */
  readonly _breakGlassGroups: readonly string[];
  _addCluster(cluster: ClusterPort): void;
  _addComponent(component: IPlatformComponent): void;
}

const FLEET_REPO = Symbol.for('cdk8s-flux-tenants.fleet-repo');

/** Declares that everything below `repo` is part of that fleet. */
export function isFleet(repo: Construct & FleetPort): void {
  Object.defineProperty(repo, FLEET_REPO, { value: true });
}

/** Whether `construct` is the repository of a fleet. */
export function isFleetRepo(construct: IConstruct): boolean {
  return FLEET_REPO in construct;
}

/** The fleet that `scope` is part of; throws when there is none. */
export function fleetOf(scope: IConstruct): FleetPort {
  for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
    if (FLEET_REPO in at) {
      return at as unknown as FleetPort;
    }
  }
  throw new Error(`'${scope.node.path}' must be created inside a FleetRepo`);
}

/** The component of the platform that `scope` is part of, if any; nothing in one is a tenant's. */
export function componentOf(scope: IConstruct): IPlatformComponent | undefined {
  return scope.node.scopes.find(isComponent);
}

function isComponent(construct: IConstruct): construct is IPlatformComponent {
  return placementOf(construct)?.shelf?.kind === 'infrastructure';
}
