import { ObjectCheck } from '../check';
import { mapAt, valueAt } from '../manifest-fields';
import { TENANCY_POLICY_EXAMPLE } from './tenancy-policy-enforced';
import { isMap } from '../../vocabulary/is-map';

const WITH_PARAMS = `# with: tenant team-a
${TENANCY_POLICY_EXAMPLE}`
  .replace(
    '  failurePolicy',
    '  paramKind:\n    apiVersion: v1\n    kind: ConfigMap\n  failurePolicy',
  )
  .replace(
    '  validationActions',
    `  paramRef:
    name: tenancy
    namespace: flux-system
    parameterNotFoundAction: Deny
  validationActions`,
  );

export const admissionBindingParams: ObjectCheck = {
  id: 'admission-binding-params',
  severity: 'error',
  profile: 'recommended',
  summary:
    'where there are tenants, parameters of an admission policy must be of a namespace of the platform',
  why: "A binding that names no namespace for its parameters takes those of the namespace of each request: a tenant sets its own policy's parameters by a ConfigMap of that name.",
  remedy: 'set paramRef.namespace to a namespace that tenants may not write to',
  links: ['https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/'],
  types: ['admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding'],
  needs: 'cluster',
  bad: WITH_PARAMS.replace('    namespace: flux-system\n', ''),
  good: WITH_PARAMS,
  *examine({ manifest }, cluster) {
    const { policyName } = mapAt(manifest, 'spec');
    const policy = cluster.find(
      'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
      undefined,
      policyName,
    );
    const { apiVersion, kind } = mapAt(policy?.manifest, 'spec', 'paramKind');
    const paramRef = valueAt(manifest, 'spec', 'paramRef');
    const isTheirs = apiVersion === 'v1' && (kind === 'ConfigMap' || kind === 'Secret');
    if (cluster.tenants.all.length === 0 || !isTheirs || !isMap(paramRef)) {
      return;
    }
    const { namespace } = paramRef;
    const owner = cluster.tenants.ownerOf(namespace);
    if (!namespace || owner !== undefined) {
      yield {
        message: `must have the namespace of a ${kind} of the platform in paramRef, got ${namespace ? `that of tenant '${owner}'` : 'none, which means that of each request'}`,
        pointer: '/spec/paramRef',
      };
    }
  },
};
