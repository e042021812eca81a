import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { itemsAt, valueAt } from '../manifest-fields';
import { TENANCY_POLICY_EXAMPLE } from './tenancy-policy-enforced';
import { isMap } from '../../vocabulary/is-map';

const ACTIONS = ['Deny', 'Warn', 'Audit'];

export const admissionBindingForm: ObjectCheck = {
  id: 'admission-binding-form',
  severity: 'error',
  profile: 'recommended',
  summary: 'a binding of an admission policy must be one that the API server takes',
  why: 'The API server refuses a binding without action, with Deny and Warn together, or with parameters chosen by both name and selector. The policy is then not in force.',
  remedy: 'choose Deny, or any of Warn and Audit; and name or selector of the parameters',
  links: ['https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/'],
  types: ['admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding'],
  // A patch, which may lie beside what is applied, need not be whole.
  needs: 'cluster',
  bad: TENANCY_POLICY_EXAMPLE.replace('[Deny]', '[Deny, Warn]'),
  good: TENANCY_POLICY_EXAMPLE,
  *examine({ manifest }) {
    const actions = itemsAt(manifest, 'spec', 'validationActions');
    const pointer = '/spec/validationActions';
    const values = actions.map(({ value }) => value);
    if (values.length === 0 && !isOpaque(valueAt(manifest, 'spec', 'validationActions'))) {
      yield { message: "must have validationActions, one or more of 'Deny', 'Warn' and 'Audit'" };
    }
    if (values.includes('Deny') && values.includes('Warn')) {
      yield { message: "must not have validationActions 'Deny' and 'Warn' together", pointer };
    }
    for (const { value, pointer: at } of actions) {
      if (!ACTIONS.includes(value) && !isOpaque(value)) {
        yield {
          message: `must have validationActions 'Deny', 'Warn' or 'Audit', got ${JSON.stringify(value)}`,
          pointer: at,
        };
      }
    }
    const { name, selector } = valueAt(manifest, 'spec', 'paramRef') ?? {};
    if (name && isMap(selector)) {
      yield {
        message: 'must have name or selector in paramRef, got both',
        pointer: '/spec/paramRef',
      };
    }
  },
};
