import { Construct, IConstruct } from 'constructs';

/**
 * A directory of a repository, by what it is for. Only `directoryOf` knows where each one lies,
 * so that another directory scheme is a change of that one function.
 */
export type Shelf =
  /** What one cluster's root sync applies; shared with `flux bootstrap`. */
  | { readonly kind: 'cluster'; readonly cluster: string }
  /** The Flux installation of one cluster; shared with `flux bootstrap`. */
  | { readonly kind: 'flux-system'; readonly cluster: string }
  /** The controllers of one shard of that installation. */
  | { readonly kind: 'flux-shard'; readonly cluster: string; readonly shard: string }
  /** A part of the list of one cluster's tenants, outside what its root applies. */
  | { readonly kind: 'tenant-list'; readonly cluster: string; readonly part: string }
  /** What the platform team applies to clusters, a directory a component. */
  | { readonly kind: 'infrastructure'; readonly component: string }
  /** Tests of what a component does to a cluster, beside it; no cluster applies them. */
  | { readonly kind: 'tests'; readonly component: string }
  /** What a tenant has on each of its clusters. */
  | { readonly kind: 'tenant'; readonly tenant: string }
  /** What a tenant has, or has otherwise, in one environment. */
  | { readonly kind: 'overlay'; readonly tenant: string; readonly environment: string }
  /** Manifests in a repository of the tenant's own, a directory a direct child. */
  | { readonly kind: 'app'; readonly path: string };

/** The directory of `shelf`, relative to the root of its repository, with '/' between its parts. */
export function directoryOf(shelf: Shelf): string {
  switch (shelf.kind) {
    case 'cluster':
      return `clusters/${shelf.cluster}`;
    case 'flux-system':
      return `clusters/${shelf.cluster}/flux-system`;
    case 'flux-shard':
      return `clusters/${shelf.cluster}/flux-system/${shelf.shard}`;
    case 'tenant-list':
      return `tenants/lists/${shelf.cluster}/${shelf.part}`;
    case 'infrastructure':
      return `infrastructure/${shelf.component}`;
    case 'tests':
      return `infrastructure/${shelf.component}/tests`;
    case 'tenant':
      return `tenants/base/${shelf.tenant}`;
    case 'overlay':
      return `tenants/${shelf.environment}/${shelf.tenant}`;
    case 'app':
      return shelf.path;
  }
}

/** The tenant in whose directory a file of a fleet's repository lies, whatever the environment; undefined where that is none. */
export function tenantOfPath(path: string): string | undefined {
  const [top, environment, tenant, ...file] = path.split('/');
  return top === 'tenants' && environment !== 'lists' && file.length > 0 ? tenant : undefined;
}

/** What no environment may be called, because directories beside those of environments are: with what they hold. */
export const TAKEN_ENVIRONMENTS: ReadonlyMap<string, string> = new Map([
  ['base', 'which is the directory that all environments share'],
  ['lists', 'which is the directory of lists of tenants'],
]);

/** Whether every file of the shelf is ours and is applied, and a kustomization file therefore names them all. */
export function isWhollyOurs(shelf: Shelf): boolean {
  return !['cluster', 'flux-system', 'tests'].includes(shelf.kind);
}

/** The bounds that every object of a tenant stays within, as they were when the tenant was made. */
export interface Tenancy {
  readonly tenant: string;
  /** All namespaces of the tenant. */
  readonly namespaces: readonly string[];
  /** The one of them that everything must be in. @default - any of them */
  readonly only?: string;
  /** Account that Flux impersonates for the tenant. */
  readonly serviceAccount: string;
  /** Shard that reconciles its Flux objects. @default - the main controllers do */
  readonly shard?: string;
  /** Those of its clusters where Flux may use cloud identities. */
  readonly workloadIdentityOn: readonly string[];
}

/** Where the objects below a construct are written. What is left out is inherited from above. */
export interface Placement {
  readonly shelf?: Shelf;
  /** File name without its extension. @default - the object's kind in lower case */
  readonly file?: string;
  /** Each direct child gets a directory of its own, named by its id. */
  readonly directoryPerChild?: boolean;
  /** Names of the clusters that apply the objects. */
  readonly clusters?: readonly string[];
  /** What tells the Git repository that is written from others, where that is known. */
  readonly gitPlace?: string;
  /** What tells the artifact that the directory is published as from others, where somebody says. */
  readonly artifact?: string;
  /** Path of the fleet repository whose clusters they are. @default - the repository that is written to */
  readonly fleet?: string;
  readonly tenancy?: Tenancy;
  /**
   * For exactly this object, not for what is below it: the part of its manifest that must stay as it is, for which the
   * bounds of the tenancy do not hold.
   */
  readonly made?: any;
}

const PLACEMENT = Symbol.for('cdk8s-flux-tenants.placement');

/** Says where the objects of `scope`, and of everything below it, are written. */
export function place(scope: Construct, placement: Placement): void {
  Object.defineProperty(scope, PLACEMENT, { value: placement });
}

/** What `place` said of exactly this construct. */
export function placementOf(construct: IConstruct): Placement | undefined {
  return (construct as any)[PLACEMENT];
}

/** The directory that the objects of `construct` are written to; undefined where nobody above it says so. */
export function shelfOf(construct: IConstruct): Shelf | undefined {
  const placements = construct.node.scopes.reverse().map(placementOf);
  return placements.find((placement) => placement?.shelf)?.shelf;
}

/** The bounds of what is `tenant`'s, which nothing that happens to the tenant later can widen. */
export function tenancyOf(tenant: {
  readonly tenantName: string;
  readonly namespaces: readonly string[];
  readonly serviceAccountName: string;
  readonly shard?: string;
  readonly clusters: readonly {
    readonly clusterName: string;
    readonly workloadIdentity: boolean;
  }[];
}): Tenancy {
  return {
    tenant: tenant.tenantName,
    namespaces: [...tenant.namespaces],
    serviceAccount: tenant.serviceAccountName,
    shard: tenant.shard,
    workloadIdentityOn: tenant.clusters
      .filter((cluster) => cluster.workloadIdentity)
      .map((cluster) => cluster.clusterName),
  };
}
