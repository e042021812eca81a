import { isOpaque } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { filtersOf, isForTenants } from '../admission-selectors';
import { ObjectCheck, Problem } from '../check';
import { itemsAt, textAt, textsAt, valueAt } from '../manifest-fields';
import { isMap } from '../../vocabulary/is-map';

const BINDING = 'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding';

export const TENANCY_POLICY_EXAMPLE = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: tenants-remote-clusters
spec:
  failurePolicy: Fail
  matchConstraints:
    namespaceSelector:
      matchExpressions:
        - key: toolkit.fluxcd.io/tenant
          operator: Exists
    resourceRules:
      - apiGroups: [kustomize.toolkit.fluxcd.io]
        apiVersions: ["*"]
        operations: [CREATE, UPDATE]
        resources: [kustomizations]
  validations:
    - expression: "!has(object.spec.kubeConfig)"
      message: Kustomizations of tenants must not apply to other clusters.
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: tenants-remote-clusters
spec:
  policyName: tenants-remote-clusters
  validationActions: [Deny]
`;

export const tenancyPolicyEnforced: ObjectCheck = {
  id: 'tenancy-policy-enforced',
  severity: 'warning',
  // To audit first is the way to begin, and a program that does so is told once.
  profile: 'strict',
  summary: 'a policy that keeps tenants apart must deny',
  why: 'A policy for the namespaces of tenants that audits or warns lets through what it was written against. Until it denies, the tenants keep themselves apart.',
  remedy:
    'have it deny once its reports are clean: validationActions with Deny, or failureAction: Enforce',
  links: [
    'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
    'https://kyverno.io/docs/guides/migration-to-cel/',
  ],
  types: [BINDING, 'kyverno.io/ClusterPolicy', 'policies.kyverno.io/ValidatingPolicy'],
  needs: 'cluster',
  bad: TENANCY_POLICY_EXAMPLE.replace('[Deny]', '[Audit, Warn]'),
  good: TENANCY_POLICY_EXAMPLE,
  *examine({ manifest }, cluster) {
    if (manifest.kind === 'ClusterPolicy') {
      yield* lenientRules(manifest);
      return;
    }
    const actions = valueAt(manifest, 'spec', 'validationActions');
    // Kyverno denies where nothing is said.
    const isLenient =
      Array.isArray(actions) && !actions.includes('Deny') && !actions.some(isOpaque);
    const policy =
      manifest.kind === 'ValidatingPolicy' ||
      cluster.ofPlatform.inForce.once(policiesThatDeny).has(nameIn(manifest))
        ? undefined
        : cluster.find(POLICY, undefined, nameIn(manifest))?.manifest;
    if (isLenient && (isForTenants(manifest) || isForTenants(policy))) {
      if (manifest.kind === 'ValidatingPolicy' || policy) {
        yield {
          message: `is for tenants and must deny, got ${JSON.stringify(actions)}`,
          pointer: '/spec/validationActions',
        };
      }
    }
  },
};

const POLICY = 'admissionregistration.k8s.io/ValidatingAdmissionPolicy';

function nameIn(binding: any): unknown {
  return valueAt(binding, 'spec', 'policyName');
}

/** Names of the policies that one of their bindings has deny. */
function policiesThatDeny(cluster: ClusterView): ReadonlySet<unknown> {
  return new Set(
    cluster
      .ofType(BINDING)
      .filter(({ manifest }) => textsAt(manifest, 'spec', 'validationActions').includes('Deny'))
      .map(({ manifest }) => nameIn(manifest)),
  );
}

function* lenientRules(policy: any): Generator<Problem> {
  for (const { value, pointer } of itemsAt(policy, 'spec', 'rules')) {
    const action =
      textAt(value, 'validate', 'failureAction') ??
      textAt(policy, 'spec', 'validationFailureAction') ??
      'Audit';
    const hasOverrides =
      valueAt(value, 'validate', 'failureActionOverrides') !== undefined ||
      valueAt(policy, 'spec', 'validationFailureActionOverrides') !== undefined;
    if (
      isMap(valueAt(value, 'validate')) &&
      filtersOf(value).length > 0 &&
      isForTenants({ spec: { rules: [value] } }) &&
      action.toLowerCase() === 'audit' &&
      !hasOverrides
    ) {
      yield {
        message: `is for tenants and must deny in rule '${textAt(value, 'name') ?? pointer}', got '${action}'`,
        pointer: `${pointer}/validate`,
      };
    }
  }
}
