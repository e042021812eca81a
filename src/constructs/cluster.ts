import { ApiObject, Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { Decryption } from '../vocabulary/decryption';
import {
  ControllerArgument,
  fleetOf,
  IFleetRepo,
  IPlatformComponent,
} from '../vocabulary/fleet-ports';
import { FluxInstallation } from '../vocabulary/flux-installation';
import { TEXT, madeBy, optional, requireProps } from '../vocabulary/form';
import { HealthExpression } from '../vocabulary/health-expression';
import { FLUX_NAMESPACE } from '../vocabulary/labels';
import { requireDnsLabel } from '../vocabulary/names';
import { place, TAKEN_ENVIRONMENTS } from '../vocabulary/placement';
import { ICluster, ITenant } from '../vocabulary/ports';
import { TenantLists } from '../vocabulary/tenant-lists';
import { platformAppliesCanary, tenantTimeout } from '../vocabulary/tenant-waits';
import { warn } from '../vocabulary/warning';
import { bootstrapCommand } from './bootstrap-command';
import { ClusterSync, clusterSync } from './cluster-sync';
import { bootstrapFiles } from './flux-bootstrap';
import { objectsOn } from './flux-components';
import { fluxInstance } from './flux-instance';
import { ListedTenants } from './listed-tenants';
import { LOCKDOWN } from './lockdown';

/** What tells one cluster from another. */
export interface ClusterProps {
  /** The environment whose overlays it applies, such as `production`. Several clusters may share one. */
  readonly environment: string;
  /**
   * How files of this repository that are encrypted with SOPS are decrypted, such as those that `Tenant.includeFile` names:
   * by a Secret or an account in `flux-system`.
   *
   * @default - encrypted files are refused
   */
  readonly decryption?: Decryption;
  /**
   * Who installs Flux, and how it runs.
   *
   * @default FluxInstallation.bootstrap()
   */
  readonly flux?: FluxInstallation;
  /**
   * Where its tenants are listed. Flux builds a list as one, in time with the square of its tenants.
   *
   * @default TenantLists.single()
   */
  readonly tenantLists?: TenantLists;
}

/**
 * A cluster of the fleet: `clusters/<id>/`, with a Flux Kustomization for each of its tenants and for each platform
 * component, and the multi-tenancy lockdown of its Flux controllers.
 *
 * Throws when the id or the environment is no DNS label. Synthesis fails inside another cluster, a component or a tenant.
 */
export class Cluster extends Chart implements ICluster {
  public readonly clusterName: string;
  public readonly environment: string;
  public readonly shards: string[];
  public readonly workloadIdentity: boolean;
  /** What Flux Operator installs, where it does: the object itself, for what the props do not reach. */
  public readonly fluxInstance?: ApiObject;
  private readonly flux: FluxInstallation;
  private readonly fleet: IFleetRepo;
  private readonly decryption?: Decryption;
  private readonly lists: TenantLists;
  private readonly components: Construct;
  private readonly tenants: ListedTenants;

  public constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id, { namespace: FLUX_NAMESPACE, disableResourceNameHashes: true });
    requireProps(`cluster '${id}'`, props, {
      environment: TEXT,
      decryption: optional(madeBy(Decryption, "keys(SecretRef.named('sops-age'))")),
      flux: optional(madeBy(FluxInstallation, 'bootstrap()')),
      tenantLists: optional(madeBy(TenantLists, 'inParts(16)')),
    });
    this.clusterName = requireDnsLabel('cluster', id);
    this.environment = requireDnsLabel('environment', props.environment);
    const holder = TAKEN_ENVIRONMENTS.get(this.environment);
    if (holder !== undefined) {
      throw new Error(`environment must not be '${this.environment}', ${holder}`);
    }
    this.flux = props.flux ?? FluxInstallation.bootstrap();
    this.shards = this.flux._shards;
    this.workloadIdentity = this.flux._workloadIdentity;
    const fleet = fleetOf(this);
    this.fleet = fleet;
    this.decryption = props.decryption;
    this.lists = props.tenantLists ?? TenantLists.single();
    if (this.lists._isMovable) {
      warn(
        this,
        'a tenant that the program gives up stays in the cluster while its list is movable; ' +
          'write lists without movable() once the cluster has reconciled these',
      );
    }

    place(this, { shelf: { kind: 'cluster', cluster: id }, clusters: [id] });
    this.components = new Construct(this, 'Infrastructure');
    place(this.components, { file: 'infrastructure' });
    this.tenants = new ListedTenants(this, id, this._sourceKind, this.lists);

    const system = new Construct(this, 'FluxSystem');
    place(system, { shelf: { kind: 'flux-system', cluster: id } });
    if (this.flux._operator) {
      this.fluxInstance = fluxInstance(system, id, this.flux, () => objectsOn(this, fleet));
    } else {
      bootstrapFiles(system, id, this.flux);
    }
    fleet._addCluster(this);
  }

  /**
   * The command that installs Flux on this cluster so that it reconciles this repository. Call it when the whole
   * program is built: the components it asks for depend on what tenants use. Write and push the repository first, with
   * empty `gotk-components.yaml` and `gotk-sync.yaml` beside the lockdown.
   *
   * Throws when the FleetRepo has no `gitHost`, or Flux Operator installs Flux.
   *
   * @see https://fluxcd.io/flux/installation/bootstrap/
   */
  public bootstrapCommand(): string {
    if (this.flux._operator) {
      throw new Error(
        `cluster '${this.clusterName}' has Flux from Flux Operator; apply its flux-instance.yaml instead of a bootstrap`,
      );
    }
    return bootstrapCommand(this.fleet, this, [...objectsOn(this, this.fleet)]);
  }

  /** Kind of the source that it reads the fleet's repository from. @internal */
  public get _sourceKind(): 'GitRepository' | 'OCIRepository' {
    return this.flux._sourceKind;
  }

  /** @internal */
  public get _controllerArguments(): readonly ControllerArgument[] {
    return LOCKDOWN.controllerArguments;
  }

  /** @internal */
  public get _ownScopes(): IConstruct[] {
    return this.node.children.filter((child) => child !== this.tenants);
  }

  /** Applies a tenant to this cluster; `Tenant` does it for the clusters it is given. @internal */
  public _addTenant(tenant: ITenant): void {
    const { tenantName: name, shard } = tenant;
    this.requireFree(name);
    this.addSync(this.tenants.listOf(name), name, {
      shelf: { kind: 'overlay', tenant: name, environment: this.environment },
      shard,
      staysBehind: this.lists._isMovable,
      health: {
        dependencies: () => this.componentsHere().filter((component) => component.gatesTenants),
        timeout: () => tenantTimeout(tenant),
        expressions: () =>
          platformAppliesCanary(tenant) ? [HealthExpression.canary()._spec] : undefined,
      },
    });
  }

  /** Applies a platform component to this cluster. @internal */
  public _addComponent(component: IPlatformComponent): void {
    const { componentName: name } = component;
    this.requireFree(name);
    this.addSync(this.components, name, {
      shelf: { kind: 'infrastructure', component: name },
      health: {
        dependencies: () => component.dependencies,
        timeout: () => component.timeout,
      },
    });
  }

  private componentsHere(): IPlatformComponent[] {
    return this.fleet.components.filter((component) => component.appliesTo(this));
  }

  private addSync(scope: Construct, name: string, sync: Omit<ClusterSync, 'sourceKind'>): void {
    const { _sourceKind: sourceKind, decryption } = this;
    clusterSync(scope, name, { sourceKind, decryption, ...sync });
  }

  private requireFree(name: string): void {
    if (name === FLUX_NAMESPACE) {
      throw new Error(`name must not be '${name}', which is that of the cluster's root sync`);
    }
    if (this.lists._isTaken(name)) {
      throw new Error(
        `name must not be '${name}' on cluster '${this.clusterName}', where lists of tenants have such names`,
      );
    }
  }
}
