import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { VERIFYING_TYPES } from '../artifact-verification';
import { textAt } from '../manifest-fields';
import { OCI_SOURCE } from '../oci-source-example';
import { providerSecret } from '../provider-secret';
import { secretShape } from '../secret-shape';
import { suits, wantedSecrets } from '../wanted-secrets';

const AUTOMATION = 'image.toolkit.fluxcd.io/ImageUpdateAutomation';
const IMAGES = 'image.toolkit.fluxcd.io/ImageRepository';

export const secretKeys: ObjectCheck = {
  id: 'secret-keys',
  severity: 'error',
  profile: 'recommended',
  summary: 'a Secret that an object of Flux names must have the keys that Flux looks for',
  why: 'Flux takes what it needs from a Secret by the names of its keys, and fails, or verifies nothing, where they are called otherwise.',
  remedy: 'rename the keys of the Secret, or set its type',
  links: [
    'https://fluxcd.io/flux/components/source/ocirepositories/#verification',
    'https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference',
    'https://fluxcd.io/flux/components/source/buckets/#provider',
    'https://fluxcd.io/flux/components/image/imageupdateautomations/#signing-key',
    'https://fluxcd.io/flux/components/notification/providers/#secret-reference',
    'https://fluxcd.io/flux/components/notification/receivers/#secret-reference',
  ],
  types: [
    ...VERIFYING_TYPES,
    AUTOMATION,
    IMAGES,
    'notification.toolkit.fluxcd.io/Provider',
    'notification.toolkit.fluxcd.io/Receiver',
    'source.toolkit.fluxcd.io/Bucket',
    'source.toolkit.fluxcd.io/GitRepository',
    'source.toolkit.fluxcd.io/HelmRepository',
  ],
  needs: 'cluster',
  bad: keyed('cosign.key'),
  good: keyed('cosign.pub'),
  *examine({ manifest }, cluster) {
    for (const wanted of [...wantedSecrets(manifest), ...providerSecret(manifest)]) {
      const { reference, form } = wanted;
      const name = textAt(reference.value, 'name');
      const known =
        name !== undefined && !isOpaque(name)
          ? secretShape(cluster, namespaceOf(manifest), name)
          : undefined;
      if (known && !suits(wanted, known)) {
        const keys = known.keys === undefined ? '' : ` with ${known.keys.join(', ')}`;
        yield {
          message: `must name a Secret ${form}, got '${name}' of type ${known.type}${keys}`,
          pointer: reference.pointer,
        };
      }
    }
  },
};

/** Where its Secrets are: the chart of a release is made beside its source. */
function namespaceOf(manifest: any): unknown {
  return (
    textAt(manifest, 'spec', 'chart', 'spec', 'sourceRef', 'namespace') ||
    manifest.metadata.namespace
  );
}

function keyed(key: string): string {
  const source = OCI_SOURCE.replace(
    / +matchOIDC[^]*/,
    '    provider: cosign\n    secretRef:\n      name: podinfo-signer\n',
  );
  return `${source}---
apiVersion: v1
kind: Secret
metadata:
  name: podinfo-signer
  namespace: apps
stringData:
  ${key}: ''
`;
}
