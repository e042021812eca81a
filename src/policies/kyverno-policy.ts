import { Construct } from 'constructs';
import { ValidatingPolicy } from '../imports/policies.kyverno.io';
import { matchConstraints, namedExpressions } from './native-policy';
import { TenancyPolicy } from './tenancy-policy';

/** What a policy asks of Kyverno, but for what it does with what breaks it. */
export function kyvernoSpec(policy: TenancyPolicy) {
  const { rules } = policy;
  const variables = namedExpressions(policy);
  return {
    // Rules are written for pods and for nothing that Kyverno would derive from them.
    autogen: {
      podControllers: { controllers: [] },
      validatingAdmissionPolicy: { enabled: false },
    },
    evaluation: {
      admission: { enabled: true },
      // Nobody asks in a scan of what is there.
      background: { enabled: !rules.some(({ expression }) => expression.includes('request.')) },
    },
    failurePolicy: 'Fail' as const,
    matchConstraints: matchConstraints(policy),
    validations: rules.map(({ expression, message }) => ({
      expression,
      message,
      reason: 'Forbidden',
    })),
    ...(variables.length > 0 && { variables }),
  };
}

/** A policy that Kyverno enforces, and reports on what was there before; in an audit, it reports alone. */
export function kyvernoPolicy(scope: Construct, policy: TenancyPolicy, audits: boolean): void {
  const { name } = policy;
  new ValidatingPolicy(scope, name, {
    metadata: { name },
    spec: { ...kyvernoSpec(policy), validationActions: audits ? ['Audit'] : ['Deny'] },
  });
}
