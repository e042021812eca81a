import { artifactVerification } from './artifact-verification';
import { Field, pointerOf, textAt, valueAt } from './manifest-fields';
import { SecretShape } from './secret-shape';

const PULLING = ['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg'];

/** A Secret that an object names, and what it is to look like. */
export interface WantedSecret {
  readonly reference: Field;
  /** In words. */
  readonly form: string;
  /** @default - any */
  readonly types?: readonly string[];
  /** @default - whatever they are */
  suits?(keys: readonly string[]): boolean;
}

/** Whether a Secret is what an object wants, as far as it is known. */
export function suits(wanted: WantedSecret, { type, keys }: SecretShape): boolean {
  return (
    wanted.types?.includes(type) !== false && (keys === undefined || wanted.suits?.(keys) !== false)
  );
}

/** The Secrets that an object of Flux names, of kinds that Flux wants certain ones of. */
export function wantedSecrets(manifest: any): WantedSecret[] {
  const at = (...keys: string[]): Field => ({
    value: valueAt(manifest, ...keys),
    pointer: pointerOf(...keys),
  });
  const pull: WantedSecret = {
    reference: at('spec', 'secretRef'),
    form: `of type ${PULLING[0]}`,
    types: PULLING,
  };
  switch (manifest.kind) {
    case 'ImageRepository':
      return [pull, ...transport(manifest)];
    case 'ImageUpdateAutomation':
      return [signingKey(at('spec', 'git', 'commit', 'signingKey'))];
    case 'Receiver':
      return [webhookToken(at('spec', 'secretRef'), textAt(manifest, 'spec', 'type'))];
    case 'OCIRepository':
      return [pull, ...transport(manifest), ...trusted(manifest)];
    case 'Bucket':
    case 'GitRepository':
    case 'HelmRepository':
      return transport(manifest);
    default:
      return trusted(manifest);
  }
}

/** By which way, and from which server, is fetched. */
function transport(manifest: any): WantedSecret[] {
  const at = (key: string): Field => ({
    value: valueAt(manifest, 'spec', key),
    pointer: pointerOf('spec', key),
  });
  return [
    {
      reference: at('certSecretRef'),
      form: "with 'ca.crt', or 'tls.crt' and 'tls.key'",
      suits: (keys) =>
        keys.includes('tls.crt') === keys.includes('tls.key') &&
        ['ca.crt', 'tls.crt'].some((key) => keys.includes(key)),
    },
    {
      reference: at('proxySecretRef'),
      form: "with a key 'address'",
      suits: (keys) => keys.includes('address'),
    },
  ];
}

/** What artifacts are verified with. */
function trusted(manifest: any): WantedSecret[] {
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
          suits: (keys) =>
            keys.includes('trustpolicy.json') && keys.some((one) => /\.(?:crt|pem)$/.test(one)),
        }
      : {
          reference: key,
          form: "with a key that ends in '.pub'",
          suits: (keys) => keys.some((one) => one.endsWith('.pub')),
        },
    {
      reference: root,
      form: "with a key 'trusted_root.json'",
      suits: (keys) => keys.includes('trusted_root.json'),
    },
  ];
}

function signingKey({ value, pointer }: Field): WantedSecret {
  const wanted = textAt(value, 'type') === 'ssh' ? 'identity' : 'git.asc';
  return {
    reference: { value: valueAt(value, 'secretRef'), pointer: `${pointer}/secretRef` },
    form: `with a key '${wanted}'`,
    suits: (keys) => keys.includes(wanted),
  };
}

function webhookToken(reference: Field, type: string | undefined): WantedSecret {
  const wanted = type === 'gcr' ? ['token', 'email', 'audience'] : ['token'];
  return {
    reference,
    form: `with ${wanted.map((key) => `'${key}'`).join(', ')}`,
    suits: (keys) => wanted.every((key) => keys.includes(key)),
  };
}
