import { ObjectCheck } from '../check';
import { artifactVerification } from '../artifact-verification';
import { isolatedTenants } from '../isolated-tenants';
import { TENANT_OCI_SOURCE } from '../oci-source-example';

export const tenantSourceSignature: ObjectCheck = {
  id: 'tenant-source-signature',
  severity: 'warning',
  profile: 'strict',
  summary: "a tenant's artifact should be verified before it is applied",
  why: 'Without spec.verify Flux applies whatever is pushed to the registry, whoever has the password to do so.',
  remedy: 'sign the artifact where it is built, and name the signer in spec.verify',
  links: ['https://fluxcd.io/flux/components/source/ocirepositories/#verification'],
  types: ['source.toolkit.fluxcd.io/OCIRepository'],
  needs: 'cluster',
  bad: TENANT_OCI_SOURCE.replace(/ {2}verify:[^]*/, ''),
  good: TENANT_OCI_SOURCE,
  *examine({ manifest }, cluster) {
    const tenant = cluster.once(isolatedTenants).ownerOf(manifest.metadata.namespace);
    if (tenant !== undefined && !artifactVerification(manifest)) {
      yield {
        message: `should have verify in a namespace of tenant '${tenant}', got none`,
        pointer: '/spec',
      };
    }
  },
};
