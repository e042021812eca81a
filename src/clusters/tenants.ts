import { TENANT_LABEL } from '../vocabulary/labels';
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

  public constructor(objects: readonly AppliedObject[]) {
    const labelled = objects.filter(({ manifest }) => tenantIn(manifest) !== undefined);
    const claimed = new Set(labelled.map(({ manifest }) => manifest.metadata.name));
    for (const { manifest, sync } of labelled) {
      const { name } = manifest.metadata;
      // Nobody becomes the owner of a namespace by applying it from one of a tenant.
      const isTenants = sync !== undefined && claimed.has(sync.manifest.metadata.namespace);
      if (!isTenants && !this.byNamespace.has(name)) {
        const tenant = tenantIn(manifest)!;
        this.byNamespace.set(name, tenant);
        const namespaces = this.byName.get(tenant);
        if (namespaces) {
          namespaces.push(name);
        } else {
          this.byName.set(tenant, [name]);
        }
      }
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
}

/** The tenant that a Namespace names. */
function tenantIn(manifest: any): string | undefined {
  const tenant = manifest.metadata.labels?.[TENANT_LABEL];
  return typeOf(manifest) === '/Namespace' && typeof tenant === 'string' && !isOpaque(tenant)
    ? tenant
    : undefined;
}
