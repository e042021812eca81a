import { typeOf } from '../../clusters/applied-object';
import { credentialIn, isPassword } from '../clear-text';
import { ObjectCheck } from '../check';
import { RELEASE } from '../release-example';
import { KEPT_IN_SECRET, writtenValues } from '../written-values';

const withValue = (value: string): string =>
  RELEASE.replace('---\n', `  values:\n    auth:\n      ${value}\n---\n`);

export const clearPassword: ObjectCheck = {
  id: 'clear-password',
  severity: 'warning',
  profile: 'strict',
  summary: 'values of charts and variables of containers should hold no password',
  why: 'A value is no Secret: whoever may read the repository, the object on the cluster or the release of Helm reads it, and the history of the repository keeps it after it is gone. Found by names such as adminPassword, API_KEY or authToken; references, places and placeholders are left alone.',
  ...KEPT_IN_SECRET,
  bad: withValue('adminPassword: correct-horse'),
  good: withValue('existingSecret: podinfo-admin'),
  *examine({ manifest }) {
    for (const written of writtenValues(manifest, typeOf(manifest))) {
      if (isPassword(written) && credentialIn(written.value) === undefined) {
        yield {
          message: `should take '${written.name}' from a Secret, got it in clear`,
          pointer: written.pointer,
        };
      }
    }
  },
};
