import { ApiObject, Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import {
  allowSource,
  AllowedSources,
  allowSources,
  requireSources,
} from '../vocabulary/allowed-sources';
import {
  environmentsOf,
  JsonPatchOperation,
  patchInEnvironment,
} from '../vocabulary/environment-patch';
import { ClusterPort, fleetOf } from '../vocabulary/fleet-ports';
import {
  CONSTRUCT,
  MAP,
  TEXT,
  listOf,
  madeBy,
  optional,
  requireForm,
  requireProps,
} from '../vocabulary/form';
import { KustomizationFile } from '../vocabulary/kustomization-file';
import { PRUNE_DISABLED, TENANT_LABEL } from '../vocabulary/labels';
import { isReservedNamespace, requireDnsLabel } from '../vocabulary/names';
import { place, tenancyOf } from '../vocabulary/placement';
import { PodSecurity } from '../vocabulary/pod-security';
import { belongsTo, ICluster, ITenant, requireOwn, tenantOf } from '../vocabulary/ports';
import { requireShardOn } from '../vocabulary/sharding';
import { kubernetesObject } from './kubernetes-object';
import { Sync, SyncProps } from './sync';
import { tenantBinding, tenantNamespace } from './tenant-namespaces';
import {
  allowTraffic,
  requireNetwork,
  TenantNetwork,
  tenantNetworkPolicies,
} from './tenant-network';
import { requireQuota, TenantQuota, tenantQuota } from './tenant-quota';

/** What a tenant gets. */
export interface TenantProps {
  /** The clusters it runs on: at least one. */
  readonly clusters: ICluster[];
  /**
   * Its namespaces. The first is the home namespace, with its service account and its Flux objects.
   *
   * @default - one, named like the tenant
   */
  readonly namespaces?: string[];
  /**
   * What its pods may be.
   *
   * @default PodSecurity.restricted()
   */
  readonly podSecurity?: PodSecurity;
  /**
   * What it may take in each of its namespaces.
   *
   * @default - 4 CPUs and 8Gi of memory requested, 16Gi used, 100Gi of storage, 50 pods
   */
  readonly quota?: TenantQuota;
  /**
   * Who its pods may talk to.
   *
   * @default - each other and the cluster's DNS
   */
  readonly network?: TenantNetwork;
  /**
   * From where it may fetch by objects that it makes itself.
   *
   * @default - its own artifacts, and what the constructs of the program fetch for it
   */
  readonly sources?: AllowedSources;
  /**
   * The shard of Flux that reconciles its objects; each of its clusters must run it. What is not written here has no
   * label of the shard, and is the main controllers'.
   *
   * @default - none: the main controllers reconcile them
   */
  readonly shard?: string;
}

/**
 * A team on shared clusters: namespaces with quota, network policies and pod security, and a service account that
 * may do in them what `tenant-app-admin` allows and nothing anywhere else. Whatever Flux applies for the team, it
 * applies as that account.
 *
 * Namespace, account, binding, quota and the policy that denies all traffic stay in the cluster when the tenant, or one of
 * its namespaces, disappears from the program: Flux can then still remove, as the tenant, what it applied, and whatever
 * is left stays confined. A person deletes the namespace after that.
 *
 * Synthesis fails on an object, or an environment's patch of one, that would take the tenant out of these bounds; and on a tenant
 * inside a cluster, a platform component or another tenant.
 *
 * The id is the tenant's name. Throws when it or a namespace is no DNS label, belongs to Kubernetes or Flux, or
 * when no cluster is given, or one that does not run the tenant's shard.
 */
export class Tenant extends Chart implements ITenant {
  /** The tenant that `scope` belongs to, in whichever repository it is; throws when it belongs to none. */
  public static ownerOf(scope: IConstruct): ITenant {
    requireForm('scope', scope, CONSTRUCT);
    return tenantOf(scope);
  }

  public readonly tenantName: string;
  public readonly homeNamespace: string;
  public readonly namespaces: string[];
  public readonly serviceAccountName: string;
  public readonly clusters: ICluster[];
  public readonly registry: string;
  public readonly shard?: string;
  private readonly resources: KustomizationFile;

  public constructor(scope: Construct, id: string, props: TenantProps) {
    requireProps(`tenant '${id}'`, props, {
      clusters: listOf(CONSTRUCT),
      namespaces: optional(listOf(TEXT)),
      podSecurity: optional(madeBy(PodSecurity, 'baseline()')),
      quota: optional(MAP),
      network: optional(MAP),
      sources: optional(MAP),
      shard: optional(TEXT),
    });
    const [quota, network, sources] = [props.quota ?? {}, props.network ?? {}, props.sources ?? {}];
    requireNetwork(id, network);
    requireQuota(id, quota);
    requireSources(id, sources);
    const namespaces = props.namespaces ?? [id];
    super(scope, id, {
      namespace: namespaces[0],
      labels: { [TENANT_LABEL]: requireDnsLabel('tenant name', id) },
      disableResourceNameHashes: true,
    });
    if (isReservedNamespace(id)) {
      throw new Error(`tenant must not be named '${id}', which belongs to Kubernetes or Flux`);
    }
    if (namespaces.length === 0) {
      throw new Error(`tenant '${id}' must have a namespace`);
    }
    if (props.clusters.length === 0) {
      throw new Error(`tenant '${id}' must run on a cluster`);
    }
    this.tenantName = id;
    this.namespaces = frozen(namespaces.map(requireTenantNamespace));
    this.homeNamespace = namespaces[0];
    this.serviceAccountName = id;
    this.clusters = frozen([...new Set(props.clusters)]);
    for (const cluster of this.clusters) {
      if (fleetOf(cluster) !== fleetOf(this)) {
        throw new Error(
          `tenant '${id}' must run on clusters of its own fleet, got '${cluster.node.path}'`,
        );
      }
    }
    this.registry = `${fleetOf(this).registry}/${id}`;
    this.shard = requireShardOn(id, props.shard, this.clusters);
    belongsTo(this, this);
    allowSource(this, 'oci', `oci://${this.registry}`);
    allowSources(this, sources);
    allowTraffic(this, network);

    const clusters = this.clusters.map((cluster) => cluster.clusterName);
    place(this, {
      shelf: { kind: 'tenant', tenant: id },
      clusters,
      tenancy: tenancyOf(this),
    });
    this.resources = new KustomizationFile(this, 'Resources');
    this.addNamespaces(props);
    this.addOverlays();
    for (const cluster of this.clusters) {
      (cluster as ClusterPort)._addTenant(this);
    }
  }

  /**
   * Lets Flux apply manifests from a source as this tenant: a Flux Kustomization `id` in the home namespace.
   *
   * Throws what the constructor of `Sync` throws.
   */
  public sync(id: string, props: SyncProps): Sync {
    return new Sync(this, id, props);
  }

  /**
   * Makes an object of this tenant different in one environment, by a JSON patch in the environment's overlay.
   * Synthesis fails when the patch does not apply to the object.
   *
   * @param environment throws when the tenant has no cluster in it
   * @param object an ApiObject of this tenant, or a construct with one; throws when it is another tenant's
   */
  public patchInEnvironment(
    environment: string,
    object: IConstruct,
    operations: JsonPatchOperation[],
  ): void {
    requireForm('object to patch', object, CONSTRUCT);
    requireForm('patch', operations, listOf(MAP));
    requireOwn(this, `tenant '${this.tenantName}' must not patch`, [object]);
    patchInEnvironment(ApiObject.of(object), environment, operations);
  }

  /**
   * Applies a file that something else keeps in `tenants/base/<tenant>/`, such as a Secret encrypted with SOPS. The
   * library never writes or removes it.
   *
   * @param file its name; throws when it is not a YAML file in that very directory
   */
  public includeFile(file: string): void {
    this.resources.addForeignResource(file);
  }

  private addNamespaces(props: TenantProps): void {
    const podSecurity = props.podSecurity ?? PodSecurity.restricted();
    const inNamespaces = this.inFile('Namespaces', 'namespaces');
    const inRbac = this.inFile('Rbac', 'rbac');
    const inQuota = this.inFile('Quota', 'quota');
    const inNetwork = this.inFile('NetworkPolicies', 'network-policies');

    for (const namespace of this.namespaces) {
      tenantNamespace(inNamespaces, namespace, this, podSecurity);
      tenantBinding(inRbac, `${namespace}-binding`, this, namespace);
      tenantQuota(inQuota, namespace, this.tenantName, props.quota ?? {});
      tenantNetworkPolicies(inNetwork, namespace, this.tenantName, props.network ?? {});
    }
    kubernetesObject(
      inRbac,
      'account',
      'v1',
      'ServiceAccount',
      { name: this.serviceAccountName, annotations: PRUNE_DISABLED },
      { automountServiceAccountToken: false },
    );
  }

  /** A scope for what the tenant itself makes; capitals keep it apart from the ids that users give. */
  private inFile(id: string, file: string): Construct {
    const scope = new Construct(this, id);
    place(scope, { file });
    return scope;
  }

  private addOverlays(): void {
    const base = { kind: 'tenant' as const, tenant: this.tenantName };
    for (const environment of environmentsOf(this)) {
      const overlay = new Construct(this, `Overlay-${environment}`);
      place(overlay, { shelf: { kind: 'overlay', tenant: this.tenantName, environment } });
      new KustomizationFile(overlay, 'Resources', { base });
    }
  }
}

/** Programs that add to the list fail, rather than believe that the tenant has grown. */
function frozen<T>(list: T[]): T[] {
  return Object.freeze(list) as T[];
}

function requireTenantNamespace(namespace: string): string {
  if (isReservedNamespace(namespace)) {
    throw new Error(
      `namespace '${namespace}' belongs to Kubernetes or Flux and can be no tenant's`,
    );
  }
  return requireDnsLabel('namespace', namespace);
}
