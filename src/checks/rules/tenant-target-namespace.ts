import { isOpaqueIn } from '../../clusters/applied-object';
import { isBound } from '../bound-accounts';
import { ObjectCheck } from '../check';
import { tenantSync } from '../example-parts';
import { APPLIER_TYPES } from '../flux-controller';
import { isolatedTenants, isRemote } from '../isolated-tenants';
import { pointerOf, textAt } from '../manifest-fields';
import { mayHoldUnreadFor } from '../unread-objects';

export const tenantTargetNamespace: ObjectCheck = {
  id: 'tenant-target-namespace',
  severity: 'error',
  profile: 'recommended',
  summary: "a tenant's Kustomization or HelmRelease must target the tenant's own namespaces",
  why:
    'targetNamespace overrides the namespace of every object that is applied, and storageNamespace is where Helm keeps its releases. The account of the tenant has no ' +
    'rights elsewhere, so that Flux fails; without an account, it reaches into the namespace of somebody else.',
  remedy: "name a namespace with the tenant's label",
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace',
    'https://fluxcd.io/flux/components/helm/helmreleases/#target-namespace',
  ],
  types: APPLIER_TYPES,
  needs: 'cluster',
  bad: `# with: tenant team-a\n${tenantSync('serviceAccountName: team-a', 'targetNamespace: team-b')}`,
  good: `# with: tenant team-a\n${tenantSync('serviceAccountName: team-a', 'targetNamespace: team-a')}`,
  *examine(object, cluster) {
    const { manifest } = object;
    const { namespace } = manifest.metadata;
    const tenant = cluster.once(isolatedTenants).ownerOf(namespace);
    if (tenant === undefined || isRemote(manifest)) {
      return;
    }
    const account = textAt(manifest, 'spec', 'serviceAccountName') ?? '';
    for (const field of ['targetNamespace', 'storageNamespace']) {
      const target = textAt(manifest, 'spec', field) ?? namespace;
      const isOwn = target === '' || cluster.tenants.ownerOf(target) === tenant;
      if (!isOwn && !isOpaqueIn(object, target) && !isBound(cluster, namespace, account, target)) {
        // The namespace, with its label, or the binding may be in what is not read.
        if (!mayHoldUnreadFor(cluster, target, account)) {
          yield {
            message: `must have as spec.${field} a namespace of tenant '${tenant}' (${shown(cluster.tenants.namespacesOf(tenant))}), got '${target}'`,
            pointer: pointerOf('spec', field),
          };
        }
      }
    }
  },
};

const MOST = 5;

function shown(namespaces: readonly string[]): string {
  const more = namespaces.length > MOST ? ', …' : '';
  return namespaces.slice(0, MOST).join(', ') + more;
}
