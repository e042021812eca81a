import { ClusterView } from '../clusters/cluster-view';
import { TENANT_LABEL } from '../vocabulary/labels';
import { APPLIER_TYPES } from './flux-controller';
import { itemsAt, textAt } from './manifest-fields';

/**
 * The accounts, each as `<namespace>/<name>`, that Flux impersonates: those that a Kustomization or HelmRelease names, and
 * those that carry the label of a tenant and are bound.
 */
export function accountsOfAppliers(view: ClusterView): ReadonlySet<string> {
  const accounts = new Set<string>();
  for (const { manifest } of APPLIER_TYPES.flatMap((type) => view.ofType(type))) {
    const account = textAt(manifest, 'spec', 'serviceAccountName');
    if (account !== undefined) {
      accounts.add(`${manifest.metadata.namespace}/${account}`);
    }
  }
  const bound = new Set<string>();
  for (const { manifest } of view.ofType('rbac.authorization.k8s.io/RoleBinding')) {
    for (const { value } of itemsAt(manifest, 'subjects')) {
      const namespace = textAt(value, 'namespace') ?? manifest.metadata.namespace;
      bound.add(`${namespace}/${textAt(value, 'name')}`);
    }
  }
  for (const { manifest } of view.ofType('/ServiceAccount')) {
    const key = `${manifest.metadata.namespace}/${manifest.metadata.name}`;
    if (textAt(manifest, 'metadata', 'labels', TENANT_LABEL) !== undefined && bound.has(key)) {
      accounts.add(key);
    }
  }
  return accounts;
}
