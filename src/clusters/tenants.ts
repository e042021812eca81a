import { TENANT_LABEL } from '../vocabulary/labels';
import { AppliedObject, isOpaque } from './applied-object';

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
    for (const { manifest } of objects) {
      const { name, labels } = manifest.metadata;
      const tenant = labels?.[TENANT_LABEL];
      if (manifest.kind === 'Namespace' && typeof tenant === 'string' && !isOpaque(tenant)) {
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
