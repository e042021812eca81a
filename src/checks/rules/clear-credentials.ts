import { typeOf } from '../../clusters/applied-object';
import { credentialIn } from '../clear-text';
import { ObjectCheck } from '../check';
import { RELEASE } from '../release-example';
import { KEPT_IN_SECRET, writtenValues } from '../written-values';

const withUrl = (url: string): string =>
  RELEASE.replace('---\n', `  values:\n    database:\n      url: ${url}\n---\n`);

export const clearCredentials: ObjectCheck = {
  id: 'clear-credentials',
  severity: 'error',
  profile: 'recommended',
  summary:
    'values of charts and variables of containers must hold no private key and no url with a password',
  why: 'Whoever may read the repository, the object on the cluster or the release of Helm reads the password. The history of the repository keeps it after it is gone.',
  ...KEPT_IN_SECRET,
  bad: withUrl('postgres://podinfo:correct-horse@db.example.com/podinfo'),
  good: withUrl('postgres://podinfo@db.example.com/podinfo'),
  *examine({ manifest }) {
    for (const { name, value, pointer } of writtenValues(manifest, typeOf(manifest))) {
      const credential = credentialIn(value);
      if (credential !== undefined) {
        yield { message: `must take '${name}' from a Secret, got ${credential} in clear`, pointer };
      }
    }
  },
};
