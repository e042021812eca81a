import { isOpaque } from '../../clusters/applied-object';
import { isClusterScoped } from '../../vocabulary/cluster-scoped-kinds';
import { isBound } from '../bound-accounts';
import { ObjectCheck } from '../check';
import { configMap, kustomizationFile, tenantSyncOfFleet } from '../example-parts';
import { isolatedTenants } from '../isolated-tenants';
import { textAt } from '../manifest-fields';
import { mayHoldUnreadFor } from '../unread-objects';

/** A tenant that applies a directory of the platform's repository, with one object in `namespace`. */
function example(namespace: string): string {
  return `# with: tenant team-a
${tenantSyncOfFleet('team-a')}${kustomizationFile('apps/team-a', 'configmap.yaml')}# file: apps/team-a/configmap.yaml
${configMap('dashboard', namespace, 'title: team-a')}`;
}

export const tenantAppliesOwn: ObjectCheck = {
  id: 'tenant-applies-own',
  severity: 'error',
  profile: 'recommended',
  summary: "what a tenant's Kustomization applies must lie in the tenant's namespaces",
  why:
    'Flux applies it as the account of the tenant, which has rights in the namespaces of the tenant alone. The API server refuses anything else, and Flux then applies ' +
    'nothing of the Kustomization.',
  remedy: 'move the object to a namespace of the tenant, or let the platform apply it',
  links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control'],
  types: ['*'],
  needs: 'cluster',
  bad: example('monitoring'),
  good: example('team-a'),
  *examine({ manifest, sync }, cluster) {
    const home = sync?.manifest.metadata.namespace;
    const tenant = cluster.once(isolatedTenants).ownerOf(home);
    const account = textAt(sync?.manifest, 'spec', 'serviceAccountName') ?? '';
    if (tenant === undefined || account === '' || isOpaque(account)) {
      return;
    }
    const { apiVersion, kind, metadata } = manifest;
    const isWide = isClusterScoped(apiVersion, kind);
    const isOwnNamespace =
      kind === 'Namespace' && cluster.tenants.ownerOf(metadata.name) === tenant;
    const namespace = isWide ? '' : metadata.namespace;
    if (typeof namespace !== 'string' || isOpaque(namespace) || isOwnNamespace) {
      return;
    }
    if (
      cluster.tenants.ownerOf(namespace) !== tenant &&
      !isBound(cluster, home, account, namespace) &&
      !mayHoldUnreadFor(cluster, namespace, account)
    ) {
      const where = isWide ? 'lies in no namespace' : `lies in namespace '${namespace}'`;
      yield {
        message: `${where}, where the account '${account}' of tenant '${tenant}' that Kustomization '${sync!.manifest.metadata.name}' applies it as has no rights`,
        pointer: isWide ? '/kind' : '/metadata/namespace',
      };
    }
  },
};
