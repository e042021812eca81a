import { Construct } from 'constructs';
import { ValidatingPolicy } from '../imports/policies.kyverno.io';
import { matchConstraints, namedExpressions } from './native-policy';
import { TenancyPolicy } from './tenancy-policy';

/** A policy that Kyverno enforces, and reports on what was there before; in an audit, it reports alone. */
export function kyvernoPolicy(scope: Construct, policy: TenancyPolicy, audits: boolean): void {
  const { name, rules } = policy;
  const variables = namedExpressions(policy);
  new ValidatingPolicy(scope, name, {
    metadata: { name },
    spec: {
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
      failurePolicy: 'Fail',
      matchConstraints: matchConstraints(policy),
      validationActions: audits ? ['Audit'] : ['Deny'],
      validations: rules.map(({ expression, message }) => ({
        expression,
        message,
        reason: 'Forbidden',
      })),
      ...(variables.length > 0 && { variables }),
    },
  });
}
