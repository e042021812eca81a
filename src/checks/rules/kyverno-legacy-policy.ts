import { ObjectCheck } from '../check';

const REPLACED_BY: ReadonlyMap<string, string> = new Map([
  ['ClusterPolicy', 'ValidatingPolicy, MutatingPolicy, GeneratingPolicy or ImageValidatingPolicy'],
  ['Policy', 'NamespacedValidatingPolicy and its like'],
  ['ClusterCleanupPolicy', 'DeletingPolicy'],
  ['CleanupPolicy', 'NamespacedDeletingPolicy'],
]);

export const kyvernoLegacyPolicy: ObjectCheck = {
  id: 'kyverno-legacy-policy',
  severity: 'warning',
  profile: 'strict',
  summary: 'Kyverno policies should be of the kinds that will stay',
  why: 'The kinds of kyverno.io are deprecated since Kyverno 1.17. Kyverno 1.20 refuses to create them and to change their spec, and 1.21 does not know them.',
  remedy: 'write the policy in CEL, as a kind of policies.kyverno.io/v1',
  links: [
    'https://kyverno.io/docs/policy-types/overview/',
    'https://kyverno.io/docs/guides/migration-to-cel/',
  ],
  types: [...REPLACED_BY.keys()].map((kind) => `kyverno.io/${kind}`),
  needs: 'object',
  bad: `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: require-owner
spec:
  background: true
  rules:
    - name: owner
      match:
        any:
          - resources:
              kinds:
                - Namespace
      validate:
        failureAction: Audit
        message: Namespaces must name their owner.
        pattern:
          metadata:
            labels:
              owner: "?*"
`,
  good: `apiVersion: policies.kyverno.io/v1
kind: ValidatingPolicy
metadata:
  name: require-owner
spec:
  validationActions:
    - Audit
  matchConstraints:
    resourceRules:
      - apiGroups: [""]
        apiVersions: ["*"]
        operations: [CREATE, UPDATE]
        resources: [namespaces]
  validations:
    - expression: has(object.metadata.labels) && 'owner' in object.metadata.labels
      message: Namespaces must name their owner.
`,
  *examine({ manifest }) {
    yield {
      message: `is of a kind that Kyverno gives up; use ${REPLACED_BY.get(manifest.kind)} of policies.kyverno.io`,
      pointer: '/kind',
    };
  },
};
