import { Construct, IConstruct } from 'constructs';

/** A cluster that a fleet repository is reconciled by. */
export interface ICluster extends IConstruct {
  /** Name of its directory below `clusters/`. */
  readonly clusterName: string;
  /** The environment whose overlays (`tenants/<environment>/`) it applies. */
  readonly environment: string;
  /** The shards of Flux that it runs beside the main controllers. */
  readonly shards: string[];
  /** Whether Flux may use cloud identities there, for the objects that name a service account with one. */
  readonly workloadIdentity: boolean;
}

/** A team with namespaces of its own, whose manifests Flux applies as the team, never as itself. */
export interface ITenant extends IConstruct {
  readonly tenantName: string;
  /** The namespace of its service account and of all its Flux objects. */
  readonly homeNamespace: string;
  /** All its namespaces, the home namespace first. */
  readonly namespaces: string[];
  /** The service account, in the home namespace, that Flux impersonates for it. */
  readonly serviceAccountName: string;
  /** Where it runs. */
  readonly clusters: ICluster[];
  /** Where its manifests are published: `<host>/<path>`, without `oci://`. */
  readonly registry: string;
  /** The shard of Flux that reconciles its objects; none when the main controllers do. */
  readonly shard?: string;
}

/** An object that Flux can fetch manifests from. */
export interface ISource extends IConstruct {
  /** `OCIRepository`, `GitRepository` or `Bucket`. */
  readonly sourceKind: string;
  readonly sourceName: string;
  readonly sourceNamespace: string;
}

/** An object that holds one Helm chart: what a HelmRelease's `chartRef` may name. */
export interface IChartSource extends IConstruct {
  /** `OCIRepository` or `HelmChart`. */
  readonly chartKind: string;
  readonly chartName: string;
  readonly chartNamespace: string;
}

const TENANT = Symbol.for('cdk8s-flux-tenants.tenant');
const BELONGINGS = new WeakMap<ITenant, IConstruct[]>();

/** Declares that everything below `scope` belongs to `tenant`. */
export function belongsTo(scope: Construct, tenant: ITenant): void {
  Object.defineProperty(scope, TENANT, { value: tenant });
  const belongings = BELONGINGS.get(tenant) ?? [];
  belongings.push(scope);
  BELONGINGS.set(tenant, belongings);
}

/** Whether `construct` was declared a tenant. */
export function isTenant(construct: IConstruct): construct is ITenant {
  return BELONGINGS.has(construct as ITenant);
}

/** What was declared to belong to one of `tenants`, the tenants among it, and lies below nothing else of them. */
export function outermostOf(tenants: readonly ITenant[]): IConstruct[] {
  const all = new Set(tenants.flatMap((tenant) => BELONGINGS.get(tenant) ?? []));
  return [...all].filter((one) => !one.node.scopes.slice(0, -1).some((outer) => all.has(outer)));
}

/** Every construct that is `tenant`'s, in whichever repository. */
export function belongingsOf(tenant: ITenant): IConstruct[] {
  const all = new Set((BELONGINGS.get(tenant) ?? []).flatMap((one) => one.node.findAll()));
  return [...all].filter((one) => tenantOf(one) === tenant);
}

/** Whose `scope` is; throws when it is nobody's. */
export function tenantOf(scope: IConstruct): ITenant {
  for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
    const tenant = (at as any)[TENANT];
    if (tenant) {
      return tenant;
    }
  }
  throw new Error(
    `'${scope.node.path}' belongs to no tenant; create it inside a Tenant or an AppRepo`,
  );
}

/** Throws when one of `others` is not `tenant`'s; `what` says who must not do what with it. */
export function requireOwn(tenant: ITenant, what: string, others: readonly IConstruct[]): void {
  const foreign = others.find((other) => tenantOf(other) !== tenant);
  if (foreign) {
    throw new Error(`${what} '${foreign.node.path}', which is another tenant's`);
  }
}
