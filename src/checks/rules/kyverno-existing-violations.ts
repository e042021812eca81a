import { ObjectCheck, Problem } from '../check';
import { itemsAt, textAt, valueAt } from '../manifest-fields';
import { kyvernoLegacyPolicy } from './kyverno-legacy-policy';
import { isMap } from '../../vocabulary/is-map';

export const kyvernoExistingViolations: ObjectCheck = {
  id: 'kyverno-existing-violations',
  severity: 'warning',
  profile: 'strict',
  summary: 'an enforced rule of Kyverno should hold for changes of what is there already',
  why: 'By default, a rule of a ClusterPolicy lets through any change of an object that violated it before: what was there first is never held to it.',
  remedy:
    'set validate.allowExistingViolations: false, or move to a ValidatingPolicy, which has no such exemption',
  links: ['https://kyverno.io/docs/guides/migration-to-cel/'],
  types: ['kyverno.io/ClusterPolicy', 'kyverno.io/Policy'],
  needs: 'object',
  bad: kyvernoLegacyPolicy.bad.replace('failureAction: Audit', 'failureAction: Enforce'),
  good: kyvernoLegacyPolicy.good.replace('- Audit', '- Deny'),
  *examine({ manifest }): Generator<Problem> {
    for (const { value, pointer } of itemsAt(manifest, 'spec', 'rules')) {
      const action =
        textAt(value, 'validate', 'failureAction') ??
        textAt(manifest, 'spec', 'validationFailureAction') ??
        'Audit';
      if (
        isMap(valueAt(value, 'validate')) &&
        action.toLowerCase() === 'enforce' &&
        ![false, 'false'].includes(valueAt(value, 'validate', 'allowExistingViolations'))
      ) {
        yield {
          message: `must have allowExistingViolations: false in rule '${textAt(value, 'name') ?? pointer}', or it lets through changes of what violates it already`,
          pointer: `${pointer}/validate`,
        };
      }
    }
  },
};
