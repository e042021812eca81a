import { typeOf } from '../../clusters/applied-object';
import { credentialIn } from '../clear-text';
import { ObjectCheck } from '../check';
import { RELEASE } from '../release-example';
import { WRITTEN_TYPES, writtenValues } from '../written-values';

const withUrl = (url: string): string =>
  RELEASE.replace('---\n', `  values:\n    database:\n      url: ${url}\n---\n`);

export const clearCredentials: ObjectCheck = {
  id: 'clear-credentials',
  severity: 'error',
  profile: 'recommended',
  summary:
    'values of charts and variables of containers must hold no private key and no url with a password',
  why: 'Whoever may read the repository, the object on the cluster or the release of Helm reads the password. The history of the repository keeps it after it is gone.',
  remedy:
    'keep it in a Secret, which is encrypted or made by an operator: valuesFrom with a targetPath for a chart, valueFrom with a secretKeyRef for a container; then change it',
  links: [
    'https://fluxcd.io/flux/components/helm/helmreleases/#values-references',
    'https://kubernetes.io/docs/concepts/configuration/secret/',
  ],
  controls: [{ standard: 'PCI DSS 4.0', id: '8.6.2' }],
  types: WRITTEN_TYPES,
  needs: 'object',
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
