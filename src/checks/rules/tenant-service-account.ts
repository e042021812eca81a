import { isOpaqueIn, typeOf } from '../../clusters/applied-object';
import { isBound } from '../bound-accounts';
import { ObjectCheck } from '../check';
import { tenantSync } from '../example-parts';
import { APPLIER_TYPES, COMPONENT_OF } from '../flux-controller';
import { isolatedTenants, isRemote } from '../isolated-tenants';
import { defaultServiceAccount } from '../lockdown';
import { valueAt } from '../manifest-fields';

export const tenantServiceAccount: ObjectCheck = {
  id: 'tenant-service-account',
  severity: 'error',
  profile: 'recommended',
  summary: "a tenant's Kustomization or HelmRelease must name the tenant's service account",
  why:
    'Flux applies as the account that serviceAccountName names in the namespace of the object. Where it is missing, Flux applies with ' +
    "its own rights, which are those of cluster-admin, or as the default account that a lockdown sets. 'default' is the account of every pod that names none.",
  remedy: "set spec.serviceAccountName to an account of the tenant's own, not to 'default'",
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control',
    'https://fluxcd.io/flux/components/helm/helmreleases/#role-based-access-control',
    'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  ],
  controls: [{ standard: 'PCI DSS 4.0', id: '7.2.5' }],
  types: APPLIER_TYPES,
  needs: 'cluster',
  bad: `# with: tenant team-a\n${tenantSync()}`,
  good: `# with: tenant team-a\n${tenantSync('serviceAccountName: team-a')}`,
  *examine(object, cluster) {
    const { manifest } = object;
    const { metadata } = manifest;
    const tenant = cluster.once(isolatedTenants).ownerOf(metadata.namespace);
    const account = valueAt(manifest, 'spec', 'serviceAccountName') ?? '';
    if (tenant === undefined || isRemote(manifest) || isOpaqueIn(object, account)) {
      return;
    }
    if (account === '') {
      const fallback =
        defaultServiceAccount(cluster, COMPONENT_OF.get(typeOf(manifest))) || 'default';
      const { namespace } = metadata;
      // Tenants may all have an account that is called as the lockdown's default is.
      if (fallback === 'default' || !isBound(cluster, namespace, fallback, namespace)) {
        yield {
          message: `must set spec.serviceAccountName to an account of tenant '${tenant}'`,
          pointer: '/spec',
        };
      }
    } else if (account === 'default') {
      yield {
        message: `must set spec.serviceAccountName to an account of tenant '${tenant}' that pods do not get unasked, got 'default'`,
        pointer: '/spec/serviceAccountName',
      };
    }
  },
};
