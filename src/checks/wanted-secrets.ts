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
  const pull: WantedSecret = {
    reference: secretAt(manifest, 'secretRef'),
    form: `of type ${PULLING[0]}`,
    types: PULLING,
  };
  switch (manifest.kind) {
    case 'ImageRepository':
      return [pull, ...transport(manifest)];
    case 'ImageUpdateAutomation':
      return [signingKey(secretAt(manifest, 'git', 'commit', 'signingKey'))];
    case 'Receiver':
      return [webhookToken(secretAt(manifest, 'secretRef'), textAt(manifest, 'spec', 'type'))];
    case 'OCIRepository':
      return [pull, ...transport(manifest), ...trusted(manifest)];
    case 'Bucket':
      return [keysOfBucket(manifest), ...transport(manifest)];
    case 'GitRepository':
      return [...gitAuthentication(manifest), ...transport(manifest)];
    case 'HelmRepository':
      return [...chartRepository(manifest), ...transport(manifest)];
    default:
      return trusted(manifest);
  }
}

/** What a bucket is read with. Azure has more ways than can be told apart by their keys. */
function keysOfBucket(manifest: any): WantedSecret {
  const provider = textAt(manifest, 'spec', 'provider') ?? 'generic';
  const [form, suits] = Object.hasOwn(BUCKET_KEYS, provider)
    ? BUCKET_KEYS[provider]
    : ['of any form', () => true];
  return { reference: secretAt(manifest, 'secretRef'), form, suits };
}

type KeysForm = readonly [form: string, suits: (keys: readonly string[]) => boolean];

const S3_KEYS: KeysForm = [
  "with keys 'accesskey' and 'secretkey'",
  (keys) => ['accesskey', 'secretkey'].every((key) => keys.includes(key)),
];

const BUCKET_KEYS: Readonly<Record<string, KeysForm>> = {
  aws: S3_KEYS,
  azure: [
    "with a key 'accountKey', 'sasKey' or 'clientId'",
    (keys) => ['accountKey', 'sasKey', 'clientId'].some((key) => keys.includes(key)),
  ],
  gcp: ["with a key 'serviceaccount'", (keys) => keys.includes('serviceaccount')],
  generic: S3_KEYS,
};

/** What a repository of charts over https is read with; one of a registry may be read with a pull secret, too. */
function chartRepository(manifest: any): WantedSecret[] {
  return textAt(manifest, 'spec', 'type') === 'oci'
    ? []
    : [
        {
          reference: secretAt(manifest, 'secretRef'),
          form: "with keys 'username' and 'password'",
          suits: (keys) =>
            keys.includes('username') === keys.includes('password') &&
            ['username', 'caFile', 'certFile'].some((key) => keys.includes(key)),
        },
      ];
}

/** What a Git host, and those who sign there, are known by. */
function gitAuthentication(manifest: any): WantedSecret[] {
  const reference = secretAt(manifest, 'secretRef');
  const signers: WantedSecret = {
    reference: secretAt(manifest, 'verify', 'secretRef'),
    form: "with a key that ends in '.asc' or '.sshpub'",
    suits: (keys) => keys.some((key) => /[.](?:asc|sshpub)$/.test(key)),
  };
  const url = textAt(manifest, 'spec', 'url') ?? '';
  if (textAt(manifest, 'spec', 'provider') === 'github') {
    return [{ reference, ...GITHUB_APP }, signers];
  }
  if (url.startsWith('ssh://')) {
    return [{ reference, ...SSH }, signers];
  }
  return url.startsWith('https://') ? [{ reference, ...HTTPS }, signers] : [signers];
}

const GITHUB_APP = {
  form: "with keys 'githubAppID', 'githubAppPrivateKey', and 'githubAppInstallationOwner' or 'githubAppInstallationID'",
  suits: (keys: readonly string[]) =>
    ['githubAppID', 'githubAppPrivateKey'].every((key) => keys.includes(key)) &&
    ['githubAppInstallationOwner', 'githubAppInstallationID'].some((key) => keys.includes(key)),
};

const SSH = {
  form: "with keys 'identity' and 'known_hosts'",
  suits: (keys: readonly string[]) =>
    ['identity', 'known_hosts'].every((key) => keys.includes(key)),
};

/** A Secret may hold an authority or a certificate alone, for a repository that needs nobody's password. */
const HTTPS = {
  form: "with keys 'username' and 'password', or with 'bearerToken'",
  suits: (keys: readonly string[]) =>
    keys.includes('username') === keys.includes('password') &&
    ['username', 'bearerToken', 'ca.crt', 'caFile', 'tls.crt'].some((key) => keys.includes(key)),
};

function secretAt(manifest: any, ...keys: string[]): Field {
  return { value: valueAt(manifest, 'spec', ...keys), pointer: pointerOf('spec', ...keys) };
}

/** By which way, and from which server, is fetched. */
function transport(manifest: any): WantedSecret[] {
  return [
    {
      reference: secretAt(manifest, 'certSecretRef'),
      form: "with 'ca.crt', or 'tls.crt' and 'tls.key'",
      suits: (keys) =>
        keys.includes('tls.crt') === keys.includes('tls.key') &&
        ['ca.crt', 'tls.crt'].some((key) => keys.includes(key)),
    },
    {
      reference: secretAt(manifest, 'proxySecretRef'),
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
