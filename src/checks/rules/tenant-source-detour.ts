import { ObjectCheck } from '../check';
import { FETCHER_TYPES } from '../flux-controller';
import { isolatedTenants } from '../isolated-tenants';
import { valueAt } from '../manifest-fields';
import { TENANT_OCI_SOURCE } from '../oci-source-example';
import { isMap } from '../../vocabulary/is-map';

/** Fields by which what a source fetches, or its credentials, takes another way than its address says. */
const DETOURS = {
  certSecretRef: "which replaces the authorities that TLS trusts by the tenant's",
  passCredentials: 'which shows its credentials to other hosts',
  proxySecretRef: "which sends everything by the tenant's proxy",
  recurseSubmodules: 'which fetches from hosts that the repository names',
};

export const tenantSourceDetour: ObjectCheck = {
  id: 'tenant-source-detour',
  severity: 'warning',
  profile: 'strict',
  summary: "a tenant's source should be fetched from its address and from nowhere else",
  why: 'A list of addresses that tenants may fetch from says nothing of where content comes from when a tenant brings a proxy or its own authorities along, or the source names further hosts.',
  remedy: 'remove the field, or configure the proxy or the authority for all of Flux',
  links: [
    'https://fluxcd.io/flux/components/source/gitrepositories/',
    'https://fluxcd.io/flux/components/source/helmrepositories/#pass-credentials',
  ],
  types: FETCHER_TYPES,
  needs: 'cluster',
  bad: TENANT_OCI_SOURCE.replace('  ref:\n', '  proxySecretRef:\n    name: proxy\n  ref:\n'),
  good: TENANT_OCI_SOURCE,
  *examine({ manifest }, cluster) {
    const tenant = cluster.once(isolatedTenants).ownerOf(manifest.metadata.namespace);
    for (const [key, what] of tenant === undefined ? [] : Object.entries(DETOURS)) {
      const value = valueAt(manifest, 'spec', key);
      if (value === true || isMap(value)) {
        yield {
          message: `should not have ${key} in a namespace of tenant '${tenant}', ${what}`,
          pointer: `/spec/${key}`,
        };
      }
    }
  },
};
