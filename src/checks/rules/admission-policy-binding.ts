import { ClusterView } from '../../clusters/cluster-view';
import { isOpaque } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { valueAt } from '../manifest-fields';
import { TENANCY_POLICY_EXAMPLE } from './tenancy-policy-enforced';

const BINDING = 'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding';

export const admissionPolicyBinding: ObjectCheck = {
  id: 'admission-policy-binding',
  severity: 'error',
  profile: 'recommended',
  summary: 'every ValidatingAdmissionPolicy must have a binding',
  why: 'The API server asks a policy only where a binding names it: without one, it is in force nowhere.',
  remedy: 'add a ValidatingAdmissionPolicyBinding with its name as policyName',
  links: ['https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/'],
  types: ['admissionregistration.k8s.io/ValidatingAdmissionPolicy'],
  needs: 'cluster',
  bad: TENANCY_POLICY_EXAMPLE.replace('policyName: tenants', 'policyName: tenant'),
  good: TENANCY_POLICY_EXAMPLE,
  *examine({ manifest }, cluster) {
    const { name } = manifest.metadata;
    const bound = cluster.ofPlatform.inForce.once(boundPolicies);
    if (!bound.has(name) && ![...bound].some(isOpaque) && !isOpaque(name)) {
      if (!cluster.mayHoldMore('')) {
        yield { message: 'must have a ValidatingAdmissionPolicyBinding, or nobody asks it' };
      }
    }
  },
};

function boundPolicies(cluster: ClusterView): ReadonlySet<unknown> {
  return new Set(
    cluster.ofType(BINDING).map(({ manifest }) => valueAt(manifest, 'spec', 'policyName')),
  );
}
