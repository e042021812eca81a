import { ClusterView } from '../../clusters/cluster-view';
import { kyvernoSpec } from '../../policies/kyverno-policy';
import { namespacePolicy } from '../../policies/namespace-policy';
import { nativeSpec } from '../../policies/native-policy';
import { tenancyPolicies } from '../../policies/tenancy-policies';
import { TenancyPolicy } from '../../policies/tenancy-policy';
import { typeOf } from '../../clusters/applied-object';
import { isSameJson } from '../../vocabulary/same-json';
import { ObjectCheck, Problem } from '../check';
import { kustomizationFile } from '../example-parts';
import { itemsAt, mapAt, textAt, valueAt } from '../manifest-fields';

const NATIVE = 'admissionregistration.k8s.io/ValidatingAdmissionPolicy';
const BINDING = 'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding';
const KYVERNO = 'policies.kyverno.io/ValidatingPolicy';

/** Groups beside that of the cluster's own administrators, where the policy on namespaces lists them. */
const GROUPS = /g in \[([^\]]*)\]/;

const PLAIN = new Map(tenancyPolicies().map((policy) => [policy.name, policy]));

export const tenancyPolicyAltered: ObjectCheck = {
  id: 'tenancy-policy-altered',
  severity: 'error',
  profile: 'recommended',
  summary: "this library's admission policies must all be there, as it writes them",
  why: 'They are tested as a whole, with objects that pass and objects that are refused. A rule, an operation or a policy less is a way around the others.',
  remedy:
    'take out what patches them, or write the fleet again with this version of the library, which knows other policies than the last one',
  links: [
    'https://github.com/cdk8s-flux-tenants/cdk8s-flux-tenants/blob/main/docs/adr/0009-admission-policies-in-cel-once.md',
    'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
  ],
  types: [NATIVE, KYVERNO, BINDING],
  needs: 'cluster',
  bad: `# with: tenant team-a
${kustomizationFile('infrastructure/admission', 'validatingadmissionpolicy.yaml', 'validatingadmissionpolicybinding.yaml')}patches:
  - target:
      kind: ValidatingAdmissionPolicy
      name: flux-tenants-pods
    patch: |
      - op: remove
        path: /spec/validations/0
`,
  good: `# with: tenant team-a
`,
  *examine({ manifest }, cluster) {
    const { name } = manifest.metadata;
    if (typeOf(manifest) === BINDING) {
      yield* narrowed(manifest);
      return;
    }
    const policy = knownPolicy(manifest);
    if (!policy) {
      return;
    }
    for (const field of alteredFields(manifest, policy)) {
      yield {
        message: `is not as this version of the library writes it, in spec.${field}`,
        pointer: `/spec/${field}`,
      };
    }
    const { first, missing } = cluster.ofPlatform.inForce.once(missingPolicies);
    if (name === first && missing.length > 0) {
      yield { message: `is there without ${missing.map((one) => `'${one}'`).join(', ')}` };
    }
  },
};

/** What keeps a binding of a policy from some of what the policy is for. */
function* narrowed(manifest: unknown): Generator<Problem> {
  const isOurs = PLAIN.has(textAt(manifest, 'spec', 'policyName') ?? '');
  for (const field of isOurs ? ['matchResources', 'paramRef'] : []) {
    if (valueAt(manifest, 'spec', field) !== undefined) {
      yield {
        message: `must bind its policy everywhere, without spec.${field}`,
        pointer: `/spec/${field}`,
      };
    }
  }
}

/** Fields of manifests that were compared: clusters share them. */
const COMPARED = new WeakMap<object, readonly string[]>();

/** The fields of a policy that are not as they are written. */
function alteredFields(manifest: any, policy: TenancyPolicy): readonly string[] {
  const known = COMPARED.get(manifest);
  if (known) {
    return known;
  }
  const { validationActions: _, ...spec } = mapAt(manifest, 'spec');
  const expected: Record<string, unknown> =
    typeOf(manifest) === NATIVE ? nativeSpec(policy) : kyvernoSpec(policy);
  const fields = [...new Set([...Object.keys(spec), ...Object.keys(expected)])].filter(
    (field) => !isSameJson(spec[field], expected[field]),
  );
  COMPARED.set(manifest, fields);
  return fields;
}

/** The policy that an object is by its name, for the groups that it lists. */
function knownPolicy(manifest: any): TenancyPolicy | undefined {
  const { name } = manifest.metadata;
  if (!PLAIN.has(name)) {
    return undefined;
  }
  const expressions = itemsAt(manifest, 'spec', 'validations')
    .map(({ value }) => textAt(value, 'expression') ?? '')
    .join('\n');
  const [, list = ''] = GROUPS.exec(expressions) ?? [];
  const groups = [...list.matchAll(/'([^']*)'/g)].map(([, group]) => group);
  return PLAIN.get(name)!.ofNamespaces
    ? namespacePolicy(groups.filter((group) => !group.startsWith('system:')))
    : PLAIN.get(name);
}

function missingPolicies(view: ClusterView): { first?: string; missing: string[] } {
  const there = new Set(
    [...view.ofType(NATIVE), ...view.ofType(KYVERNO)].map(({ manifest }) => manifest.metadata.name),
  );
  const [first] = [...PLAIN.keys()].filter((name) => there.has(name)).sort();
  return { first, missing: [...PLAIN.keys()].filter((name) => !there.has(name)).sort() };
}
