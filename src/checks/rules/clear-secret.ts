import { ObjectCheck } from '../check';
import { mapAt, textAt } from '../manifest-fields';

const EXAMPLE = (value: string, sops: string): string => `apiVersion: v1
kind: Secret
metadata:
  name: registry
  namespace: apps
stringData:
  password: ${value}
${sops}`;

/** How SOPS marks what it encrypted, whole files included. */
const ENCRYPTED = /(?:^|[\s"':=])ENC\[AES256_GCM,data:[^\]]*\]/;

/** A variable that Flux may substitute. */
const VARIABLE = /\$\{[A-Za-z_][^}]*\}/;

/** What is a secret whatever stands around it. */
const PRIVATE = /PRIVATE KEY|:\/\/[^/@\s]*:[^/@\s]+@/;

/** Keys of what is no secret, though clients want it in one. */
const PUBLIC_KEY =
  /^(?:username|url|type|name|project|known_hosts|ca\.crt|caFile|.+\.pub|namespace)$/i;

const PUBLIC_PEM = /^-----BEGIN (?:CERTIFICATE|PUBLIC KEY|PGP PUBLIC KEY BLOCK)-----/;

export const clearSecret: ObjectCheck = {
  id: 'clear-secret',
  severity: 'error',
  profile: 'recommended',
  summary: 'a Secret in Git must be encrypted',
  why: 'Whoever may read the repository reads the Secret, and its history keeps it after it is gone. data is base64, which hides nothing.',
  remedy:
    'encrypt the file with SOPS, or have an operator for external secrets make it; then change what it held',
  links: [
    'https://fluxcd.io/flux/security/secrets-management/',
    'https://fluxcd.io/flux/guides/mozilla-sops/',
  ],
  controls: [{ standard: 'PCI DSS 4.0', id: '8.6.2' }],
  types: ['/Secret'],
  needs: 'object',
  bad: EXAMPLE('correct-horse', ''),
  good: EXAMPLE(
    'ENC[AES256_GCM,data:h8sVmQ==,iv:aXY=,tag:dGFn,type:str]',
    'sops:\n  version: 3.10.2\n',
  ),
  *examine({ manifest }) {
    for (const field of ['data', 'stringData']) {
      for (const key of Object.keys(mapAt(manifest, field))) {
        const written = textAt(manifest, field, key) ?? '';
        const value = field === 'data' ? Buffer.from(written, 'base64').toString() : written;
        const isHidden = [written, value].some(
          (text) => ENCRYPTED.test(text) || VARIABLE.test(text),
        );
        const isPublic = (PUBLIC_KEY.test(key) || PUBLIC_PEM.test(value)) && !PRIVATE.test(value);
        if (!isHidden && value.trim() !== '' && !isPublic) {
          yield {
            message: `must be encrypted, got ${field} '${key}' in clear`,
            pointer: `/${field}`,
          };
          break;
        }
      }
    }
  },
};
