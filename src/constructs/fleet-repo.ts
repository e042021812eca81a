import { Construct } from 'constructs';
import { admissionPolicies } from '../policies/admission-policies';
import { Admission, ADMISSION_COMPONENT, TENANCY_COMPONENT } from '../vocabulary/admission';
import { ClusterPort, IFleetRepo, IPlatformComponent, isFleet } from '../vocabulary/fleet-ports';
import { TEXT, listOf, madeBy, optional, requireProps } from '../vocabulary/form';
import { GitHost } from '../vocabulary/git-host';
import { ICluster } from '../vocabulary/ports';
import { Repository } from '../vocabulary/repository';
import { TenantRules } from '../vocabulary/tenant-rules';
import { requireOciRepository } from '../vocabulary/url';
import { clusterRole } from './cluster-role';
import { peopleRoles } from './people-roles';
import { PlatformComponent } from './platform-component';
import { TENANT_APP_ADMIN, tenantRules } from './tenant-app-admin';

/** What a fleet has in common. */
export interface FleetRepoProps {
  /**
   * Where tenants publish their manifests, as `<host>/<path>`: a tenant's artifact is `<registry>/<tenant>`
   * unless its source says otherwise.
   */
  readonly registry: string;
  /**
   * Where the repository is hosted; `Cluster.bootstrapCommand` needs it.
   *
   * @default - not known
   */
  readonly gitHost?: GitHost;
  /**
   * What enforces the policies that keep tenants apart, on every cluster.
   *
   * @default Admission.native() - the API server itself
   */
  readonly admission?: Admission;
  /**
   * What tenants may do in their namespaces beyond what applying an app with Flux takes, such as with the kinds of
   * operators that are installed. A list replaces the default.
   *
   * @default [TenantRules.flagger()]
   */
  readonly tenantRules?: TenantRules[];
}

/**
 * The Git repository that the clusters of a fleet reconcile: `clusters/`, `infrastructure/` and `tenants/`.
 * Its id is its name.
 *
 * Throws when `registry` is not a repository prefix of a registry, and inside another repository.
 */
export class FleetRepo extends Repository implements IFleetRepo {
  public readonly repositoryName: string;
  public readonly registry: string;
  public readonly gitHost?: GitHost;
  private readonly clusterList: ClusterPort[] = [];
  private readonly componentList: IPlatformComponent[] = [];
  /** What must be there before the admission policies; it is declared later. */
  private readonly beforeAdmission: IPlatformComponent[] = [];
  private readonly admission: Admission;

  public constructor(scope: Construct, id: string, props: FleetRepoProps) {
    super(scope, id, { disableResourceNameHashes: true });
    requireProps(`fleet repository '${id}'`, props, {
      registry: TEXT,
      gitHost: optional(madeBy(GitHost, "github({ owner: 'acme' })")),
      admission: optional(madeBy(Admission, 'native()')),
      tenantRules: optional(listOf(madeBy(TenantRules, 'flagger()'))),
    });
    const outer = this.node.scopes.slice(0, -1).find((one) => Repository.isRepository(one));
    if (outer) {
      throw new Error(
        `fleet repository '${id}' must not be created inside repository '${outer.node.path}'; create it in the Fleet`,
      );
    }
    this.repositoryName = id;
    this.registry = requireOciRepository('registry', props.registry);
    this.gitHost = props.gitHost;
    isFleet(this);

    const tenancy = new PlatformComponent(this, TENANCY_COMPONENT, { gatesTenants: true });
    const rules = tenantRules(props.tenantRules ?? [TenantRules.flagger()]);
    clusterRole(tenancy, TENANT_APP_ADMIN, rules);
    peopleRoles(tenancy, rules);

    this.admission = props.admission ?? Admission.native();
    const admission = new PlatformComponent(this, ADMISSION_COMPONENT, {
      gatesTenants: true,
      dependencies: this.beforeAdmission,
    });
    admissionPolicies(admission, ADMISSION_COMPONENT, this.admission);
    this.node.addValidation({ validate: () => this.missingEngine() });
  }

  /** All clusters, in order of declaration. */
  public get clusters(): ICluster[] {
    return [...this.clusterList];
  }

  /** All platform components, in order of declaration. */
  public get components(): IPlatformComponent[] {
    return [...this.componentList];
  }

  /** @internal */
  public get _breakGlassGroups(): readonly string[] {
    return this.admission._breakGlassGroups;
  }

  private missingEngine(): string[] {
    const { _component: component } = this.admission;
    return component !== undefined && this.beforeAdmission.length === 0
      ? [`admission by Kyverno needs a PlatformComponent '${component}', which installs it`]
      : [];
  }

  /** @internal */
  public _addCluster(cluster: ClusterPort): void {
    this.clusterList.push(cluster);
    for (const component of this.componentList.filter((one) => one.appliesTo(cluster))) {
      cluster._addComponent(component);
    }
  }

  /** @internal */
  public _addComponent(component: IPlatformComponent): void {
    this.componentList.push(component);
    if (component.componentName === this.admission?._component) {
      this.beforeAdmission.push(component);
    }
    for (const cluster of this.clusterList.filter((one) => component.appliesTo(one))) {
      cluster._addComponent(component);
    }
  }
}
