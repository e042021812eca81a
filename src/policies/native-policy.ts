import { Construct } from 'constructs';
import { IN_TENANTS, TenancyPolicy } from './tenancy-policy';
import {
  AdmissionMatch,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from './validating-admission-policy';

/** What is matched, in the words of Kubernetes, which Kyverno has taken over. */
export function matchConstraints({ scopes, ofNamespaces }: TenancyPolicy): AdmissionMatch {
  return {
    ...(ofNamespaces ? { objectSelector: IN_TENANTS } : { namespaceSelector: IN_TENANTS }),
    resourceRules: scopes.map(({ group, resources, operations = ['CREATE', 'UPDATE'] }) => ({
      apiGroups: [group],
      apiVersions: ['*'],
      operations,
      resources,
    })),
  };
}

export function namedExpressions({ variables }: TenancyPolicy) {
  return Object.entries(variables).map(([name, expression]) => ({ name, expression }));
}

/** What a policy asks of the API server. */
export function nativeSpec(policy: TenancyPolicy) {
  const variables = namedExpressions(policy);
  return {
    failurePolicy: 'Fail' as const,
    matchConstraints: matchConstraints(policy),
    ...(variables.length > 0 && { variables }),
    validations: policy.rules.map(({ expression, message }) => ({
      expression,
      message,
      reason: 'Forbidden' as const,
    })),
  };
}

/** A policy that the API server itself enforces; in an audit, it warns and writes to the audit log. */
export function nativePolicy(scope: Construct, policy: TenancyPolicy, audits: boolean): void {
  const { name } = policy;
  new ValidatingAdmissionPolicy(scope, name, { metadata: { name }, spec: nativeSpec(policy) });
  new ValidatingAdmissionPolicyBinding(scope, `${name}-binding`, {
    metadata: { name },
    spec: { policyName: name, validationActions: audits ? ['Audit', 'Warn'] : ['Deny'] },
  });
}
