import { isForTenants, POLICY_TYPES } from '../admission-selectors';
import { ObjectCheck } from '../check';
import { valueAt } from '../manifest-fields';
import { TENANCY_POLICY_EXAMPLE } from './tenancy-policy-enforced';

export const policyFailureIgnore: ObjectCheck = {
  id: 'policy-failure-ignore',
  severity: 'warning',
  profile: 'recommended',
  summary: 'a policy that keeps tenants apart must fail closed',
  why: "With failurePolicy 'Ignore', what the policy cannot judge is let in: while Kyverno is down, or by an object on which an expression fails, which a tenant may find.",
  remedy: 'set failurePolicy: Fail, the default, and run Kyverno with three replicas',
  links: [
    'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
    'https://kyverno.io/docs/guides/high-availability/',
  ],
  types: POLICY_TYPES,
  needs: 'object',
  bad: TENANCY_POLICY_EXAMPLE.replace('failurePolicy: Fail', 'failurePolicy: Ignore'),
  good: TENANCY_POLICY_EXAMPLE,
  *examine({ manifest }) {
    for (const keys of [['failurePolicy'], ['webhookConfiguration', 'failurePolicy']]) {
      if (valueAt(manifest, 'spec', ...keys) === 'Ignore' && isForTenants(manifest)) {
        yield {
          message: "is for tenants and must have failurePolicy 'Fail', got 'Ignore'",
          pointer: `/spec/${keys.join('/')}`,
        };
      }
    }
  },
};
