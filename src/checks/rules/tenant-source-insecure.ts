import { isOpaqueIn } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { FETCHER_TYPES } from '../flux-controller';
import { isolatedTenants } from '../isolated-tenants';
import { textAt, valueAt } from '../manifest-fields';
import { TENANT_OCI_SOURCE } from '../oci-source-example';

export const tenantSourceInsecure: ObjectCheck = {
  id: 'tenant-source-insecure',
  severity: 'error',
  profile: 'recommended',
  summary: "a tenant's source must be fetched over TLS",
  why: 'Whoever is on the way between the cluster and a source without TLS can put anything in the place of what is applied. Flux puts no limit to what sources tenants create.',
  remedy: 'fetch it from an address with TLS, and remove spec.insecure',
  links: [
    'https://fluxcd.io/flux/components/source/ocirepositories/#insecure',
    'https://fluxcd.io/flux/security/best-practices/',
  ],
  types: FETCHER_TYPES,
  needs: 'cluster',
  bad: TENANT_OCI_SOURCE.replace('spec:\n', 'spec:\n  insecure: true\n'),
  good: TENANT_OCI_SOURCE,
  *examine(object, cluster) {
    const { manifest } = object;
    const tenant = cluster.once(isolatedTenants).ownerOf(manifest.metadata.namespace);
    if (tenant === undefined) {
      return;
    }
    if (valueAt(manifest, 'spec', 'insecure') === true) {
      yield {
        message: `must be fetched over TLS by tenant '${tenant}', got insecure: true`,
        pointer: '/spec/insecure',
      };
    }
    const url = textAt(manifest, 'spec', 'url') ?? '';
    if (url.startsWith('http://') && !isOpaqueIn(object, url)) {
      yield {
        message: `must be fetched over TLS by tenant '${tenant}', got '${url}'`,
        pointer: '/spec/url',
      };
    }
  },
};
