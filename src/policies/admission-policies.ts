import { Construct } from 'constructs';
import { Admission } from '../vocabulary/admission';
import { warn } from '../vocabulary/warning';
import { admissionTests } from './admission-tests';
import { kyvernoPolicy } from './kyverno-policy';
import { nativePolicy } from './native-policy';
import { tenancyPolicies } from './tenancy-policies';

/** What keeps tenants apart at admission, in the component `scope`. */
export function admissionPolicies(scope: Construct, component: string, admission: Admission): void {
  const policy = admission._engine === 'kyverno' ? kyvernoPolicy : nativePolicy;
  for (const one of tenancyPolicies(admission._breakGlassGroups)) {
    policy(scope, one, admission._audits);
  }
  if (admission._audits) {
    warn(
      scope,
      'admission policies let through what breaks them; enforce them once the audit is clean',
    );
  }
  if (admission._hasTests) {
    admissionTests(scope, component);
  }
}
