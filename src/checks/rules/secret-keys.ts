import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { artifactVerification, VERIFYING_TYPES } from '../artifact-verification';
import { Field, pointerOf, textAt, valueAt } from '../manifest-fields';
import { OCI_SOURCE } from '../oci-source-example';
import { SecretShape, secretShape } from '../secret-shape';

const AUTOMATION = 'image.toolkit.fluxcd.io/ImageUpdateAutomation';
const IMAGES = 'image.toolkit.fluxcd.io/ImageRepository';
const PULLING = ['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg'];

/** A Secret that an object names, and what it is to look like. */
interface Wanted {
  readonly reference: Field;
  /** In words. */
  readonly form: string;
  fits(shape: SecretShape): boolean;
}

export const secretKeys: ObjectCheck = {
  id: 'secret-keys',
  severity: 'error',
  profile: 'recommended',
  summary: 'a Secret that an object of Flux names must have the keys that Flux looks for',
  why: 'Flux takes what it needs from a Secret by the names of its keys, and fails, or verifies nothing, where they are called otherwise.',
  remedy: 'rename the keys of the Secret, or set its type',
  links: [
    'https://fluxcd.io/flux/components/source/ocirepositories/#verification',
    'https://fluxcd.io/flux/components/image/imageupdateautomations/#signing-key',
    'https://fluxcd.io/flux/components/notification/receivers/#secret-reference',
  ],
  types: [...VERIFYING_TYPES, AUTOMATION, IMAGES, 'notification.toolkit.fluxcd.io/Receiver'],
  needs: 'cluster',
  bad: keyed('cosign.key'),
  good: keyed('cosign.pub'),
  *examine({ manifest }, cluster) {
    for (const { reference, form, fits } of wantedSecrets(manifest)) {
      const name = textAt(reference.value, 'name');
      const known =
        name !== undefined && !isOpaque(name)
          ? secretShape(cluster, namespaceOf(manifest), name)
          : undefined;
      if (known && !fits(known)) {
        yield {
          message: `must name a Secret ${form}, got '${name}' of type ${known.type} with ${known.keys.join(', ')}`,
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

function wantedSecrets(manifest: any): Wanted[] {
  const at = (...keys: string[]): Field => ({
    value: valueAt(manifest, ...keys),
    pointer: pointerOf(...keys),
  });
  const pull: Wanted = {
    reference: at('spec', 'secretRef'),
    form: `of type ${PULLING[0]}`,
    fits: ({ type }) => PULLING.includes(type),
  };
  switch (manifest.kind) {
    case 'ImageRepository':
      return [pull];
    case 'ImageUpdateAutomation':
      return [signingKey(at('spec', 'git', 'commit', 'signingKey'))];
    case 'Receiver':
      return [webhookToken(at('spec', 'secretRef'), textAt(manifest, 'spec', 'type'))];
    case 'OCIRepository':
      return [pull, ...trusted(manifest)];
    default:
      return trusted(manifest);
  }
}

/** What artifacts are verified with. */
function trusted(manifest: any): Wanted[] {
  const verify = artifactVerification(manifest);
  if (!verify) {
    return [];
  }
  const { value, pointer } = verify;
  const key = { value: value.secretRef, pointer: `${pointer}/secretRef` };
  const root = { value: value.trustedRootSecretRef, pointer: `${pointer}/trustedRootSecretRef` };
  return [
    value.provider === 'notation'
      ? {
          reference: key,
          form: "with a key 'trustpolicy.json' and one that ends in '.crt' or '.pem'",
          fits: ({ keys }) =>
            keys.includes('trustpolicy.json') && keys.some((one) => /\.(?:crt|pem)$/.test(one)),
        }
      : {
          reference: key,
          form: "with a key that ends in '.pub'",
          fits: ({ keys }) => keys.some((one) => one.endsWith('.pub')),
        },
    {
      reference: root,
      form: "with a key 'trusted_root.json'",
      fits: ({ keys }) => keys.includes('trusted_root.json'),
    },
  ];
}

function signingKey({ value, pointer }: Field): Wanted {
  const wanted = textAt(value, 'type') === 'ssh' ? 'identity' : 'git.asc';
  return {
    reference: { value: valueAt(value, 'secretRef'), pointer: `${pointer}/secretRef` },
    form: `with a key '${wanted}'`,
    fits: ({ keys }) => keys.includes(wanted),
  };
}

function webhookToken(reference: Field, type: string | undefined): Wanted {
  const wanted = type === 'gcr' ? ['token', 'email', 'audience'] : ['token'];
  return {
    reference,
    form: `with ${wanted.map((key) => `'${key}'`).join(', ')}`,
    fits: ({ keys }) => wanted.every((key) => keys.includes(key)),
  };
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
