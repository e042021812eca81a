import { TENANT_LABEL } from '../vocabulary/labels';
import { addTo, grouped } from '../vocabulary/grouped';
import { AppliedObject, isOpaque, typeOf } from './applied-object';

/** What a cluster's manifests say of one tenant. */
export interface Tenant {
  readonly name: string;
  /** Its namespaces, as their labels have it. */
  readonly namespaces: readonly string[];
}

/** Tenants by the label of their namespaces, which `flux create tenant` writes, too. */
export class Tenants {
  private readonly byNamespace = new Map<string, string>();
  private readonly byName = new Map<string, string[]>();

  /** @param root the namespace of what the cluster's root is fetched by, whose syncs are the platform's @default - not known */
  public constructor(objects: readonly AppliedObject[], root?: string) {
    const claims = objects.flatMap((object): Claim[] => {
      const tenant = tenantIn(object.manifest);
      if (tenant === undefined) {
        return [];
      }
      const from = namespacesUpwards(object).filter((namespace) => namespace !== root);
      const namespace = object.manifest.metadata.name;
      const isRoots = namespace === root && object.sync !== undefined;
      return isRoots ? [] : [{ tenant, namespace, from }];
    });
    // Nobody becomes the owner of a namespace by applying it from one of a tenant, nor takes a tenant from the platform by
    // calling the namespace of the platform's syncs its own: what is nearer to the root comes first.
    const byDepth = [...grouped(claims, ({ from }) => String(from.length)).values()].sort(
      ([a], [b]) => a.from.length - b.from.length,
    );
    for (const level of byDepth) {
      const claimed = new Set(level.map(({ namespace }) => namespace));
      const [certain, others] = [false, true].map((isClaimed) =>
        level.filter(({ from }) => from.some((one) => claimed.has(String(one))) === isClaimed),
      );
      this.accept(certain);
      this.accept(others.filter(({ namespace, from }) => !from.includes(namespace)));
    }
  }

  public get all(): Tenant[] {
    return [...this.byName].map(([name, namespaces]) => ({ name, namespaces }));
  }

  /** Whose a namespace is; undefined when it is no tenant's. */
  public ownerOf(namespace: unknown): string | undefined {
    return typeof namespace === 'string' ? this.byNamespace.get(namespace) : undefined;
  }

  public namespacesOf(tenant: string): readonly string[] {
    return this.byName.get(tenant) ?? [];
  }

  private accept(claims: readonly Claim[]): void {
    const free = claims.filter(({ from }) => !from.some((one) => this.ownerOf(one) !== undefined));
    for (const { tenant, namespace } of free) {
      if (!this.byNamespace.has(namespace)) {
        this.byNamespace.set(namespace, tenant);
        addTo(this.byName, tenant, namespace);
      }
    }
  }
}

/** That a namespace is a tenant's, and the namespaces of the syncs on the way to what says so. */
interface Claim {
  readonly tenant: string;
  readonly namespace: string;
  readonly from: readonly unknown[];
}

function tenantIn(manifest: any): string | undefined {
  const tenant = manifest.metadata.labels?.[TENANT_LABEL];
  return typeOf(manifest) === '/Namespace' && typeof tenant === 'string' && !isOpaque(tenant)
    ? tenant
    : undefined;
}

/** Those of the syncs on the way from an object to the root of its cluster. */
function namespacesUpwards({ sync }: AppliedObject): unknown[] {
  const namespaces: unknown[] = [];
  for (let at = sync; at; at = at.sync) {
    namespaces.push(at.manifest.metadata.namespace);
  }
  return namespaces;
}
