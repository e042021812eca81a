import { ObjectCheck } from '../check';
import { itemsAt, mapAt, textAt, valueAt } from '../manifest-fields';
import { kyvernoLegacyPolicy } from './kyverno-legacy-policy';

const OF_USERS = ['subjects', 'roles', 'clusterRoles'];

export const kyvernoUserInBackground: ObjectCheck = {
  id: 'kyverno-user-in-background',
  severity: 'error',
  profile: 'recommended',
  summary: 'a Kyverno policy that asks who makes a request must not scan in the background',
  why: 'In a background scan nobody makes a request. Kyverno refuses a policy whose rules match or exclude subjects, roles or clusterRoles while background is on, as it is by default.',
  remedy: 'set spec.background: false',
  links: ['https://kyverno.io/docs/guides/reports/'],
  types: ['kyverno.io/ClusterPolicy', 'kyverno.io/Policy'],
  // A patch, which may lie beside what is applied, need not be whole.
  needs: 'cluster',
  bad: kyvernoLegacyPolicy.bad.replace(
    '- Namespace\n',
    `- Namespace
      exclude:
        any:
          - clusterRoles:
              - cluster-admin
`,
  ),
  good: kyvernoLegacyPolicy.good,
  *examine({ manifest }) {
    if ([false, 'false'].includes(valueAt(manifest, 'spec', 'background'))) {
      return;
    }
    for (const { value, pointer } of itemsAt(manifest, 'spec', 'rules')) {
      const found = ['match', 'exclude'].find((key) => asksForUsers(value, key));
      if (found) {
        yield {
          message: `must have spec.background: false, as rule '${textAt(value, 'name') ?? pointer}' has subjects, roles or clusterRoles in ${found}`,
          pointer: `${pointer}/${found}`,
        };
      }
    }
  },
};

function asksForUsers(rule: any, key: string): boolean {
  const clauses = [
    { value: valueAt(rule, key) },
    ...itemsAt(rule, key, 'any'),
    ...itemsAt(rule, key, 'all'),
  ];
  return clauses.some(({ value }) =>
    OF_USERS.some((field) => itemsAt(mapAt(value), field).length > 0),
  );
}
