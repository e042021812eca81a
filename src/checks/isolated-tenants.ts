import { AppliedObject } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { TENANT_LABEL } from '../vocabulary/labels';
import { textAt, valueAt } from './manifest-fields';

/** The tenants of a cluster that are to be kept apart. */
export interface IsolatedTenants {
  readonly names: ReadonlySet<string>;
  /** Whose a namespace is; undefined when it is no such tenant's. */
  ownerOf(namespace: unknown): string | undefined;
}

/**
 * The tenants that have an identity of their own, or syncs in their namespaces. Many repositories carry Flux's label for
 * tenants as a mere name of a team, on namespaces where everything is the platform's.
 */
export function isolatedTenants(view: ClusterView): IsolatedTenants {
  const names = new Set<string>();
  for (const { name, namespaces } of view.tenants.all) {
    if (namespaces.some((namespace) => view.inNamespace(namespace).some(isOfTenant))) {
      names.add(name);
    }
  }
  return {
    names,
    ownerOf: (namespace) => {
      const owner = view.tenants.ownerOf(namespace);
      return owner !== undefined && names.has(owner) ? owner : undefined;
    },
  };
}

/** The namespace that speaks for all tenants of a cluster. */
export function firstOfTenants(view: ClusterView): string | undefined {
  const { names } = view.once(isolatedTenants);
  const [tenant] = [...names].sort();
  return tenant === undefined ? undefined : [...view.tenants.namespacesOf(tenant)].sort()[0];
}

/** Whether an object in a namespace of a tenant shows that Flux applies something as the tenant. */
function isOfTenant({ manifest }: AppliedObject): boolean {
  switch (manifest.kind) {
    case 'ServiceAccount':
    case 'RoleBinding':
      return textAt(manifest, 'metadata', 'labels', TENANT_LABEL) !== undefined;
    case 'HelmRelease':
      return !isRemote(manifest) && textAt(manifest, 'spec', 'serviceAccountName') !== undefined;
    case 'Kustomization': {
      const of = textAt(manifest, 'spec', 'sourceRef', 'namespace');
      return !isRemote(manifest) && (of === undefined || of === manifest.metadata.namespace);
    }
    default:
      return false;
  }
}

/** Whether a Flux Kustomization or HelmRelease applies to another cluster, where other accounts count. */
export function isRemote(manifest: unknown): boolean {
  return valueAt(manifest, 'spec', 'kubeConfig') !== undefined;
}
