import { ObjectCheck } from '../check';
import { artifactVerification, VERIFYING_TYPES } from '../artifact-verification';
import { OCI_SOURCE } from '../oci-source-example';
import { itemsAt, textAt } from '../manifest-fields';

export const artifactSingleSigner: ObjectCheck = {
  id: 'artifact-single-signer',
  severity: 'warning',
  profile: 'strict',
  summary: 'a keyless signature should be matched by one identity',
  why: 'cosign refuses to verify a signature in the bundle format of its version 3 against more than one identity, so an artifact signed that way is never fetched.',
  remedy:
    "write one entry, with '|' between the alternatives of a group: ^https://github\\.com/acme/(?:app|lib)/…$",
  links: ['https://fluxcd.io/flux/components/source/ocirepositories/#verification'],
  types: VERIFYING_TYPES,
  needs: 'object',
  bad: OCI_SOURCE.replace(
    /( {6}- issuer.*\n) {8}subject: '(.*)acme(.*)\n/,
    (entry) => entry + entry.replace('acme/podinfo', 'acme/releases'),
  ),
  good: OCI_SOURCE,
  *examine({ manifest }) {
    const verify = artifactVerification(manifest);
    const identities = itemsAt(verify?.value, 'matchOIDCIdentity').length;
    const isKeyless =
      verify && !verify.value.secretRef && textAt(verify.value, 'provider') !== 'notation';
    if (isKeyless && identities > 1) {
      yield {
        message: `should have one matchOIDCIdentity, got ${identities}`,
        pointer: `${verify.pointer}/matchOIDCIdentity`,
      };
    }
  },
};
