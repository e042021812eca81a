import { itemsAt, mapAt, textAt, textsAt, valueAt } from '../../checks/manifest-fields';
import { AppliedObject } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { selectsName } from './name-pattern';
import { NamespaceIndex, Selection } from './namespace-index';
import { addTo } from '../../vocabulary/grouped';
import { isMap } from '../../vocabulary/is-map';

/** An admission policy that a cluster has. */
export interface PolicyFacts {
  readonly kind: string;
  readonly name: string;
  readonly effect: PolicyEffect;
  /** Namespaces of tenants that it is for. */
  readonly tenantNamespaces: number;
  /** Whether these are all of them. */
  readonly isForAllTenants: boolean;
  /** What it judges: resources, or kinds. */
  readonly judges: readonly string[];
  /** What else narrows it, in words: conditions, selectors of objects. */
  readonly narrowedBy: readonly string[];
}

/** `enforced` refuses; `audited` reports or warns; `unbound` does nothing, for nothing binds it; `unapplied` is none that Flux applies. */
export type PolicyEffect = 'enforced' | 'audited' | 'unbound' | 'unapplied';

type Draft = Omit<PolicyFacts, 'tenantNamespaces' | 'isForAllTenants'> & {
  /** Each namespace that one of these holds. */
  readonly selections: readonly Selection[];
};

/** The admission policies of a cluster, by kind and name. */
export function policiesOf(
  view: ClusterView,
  namespaces: NamespaceIndex,
  tenantNamespaces: readonly string[],
): PolicyFacts[] {
  const counts = new Map<string, number>();
  const drafts = [
    ...view
      .ofType('admissionregistration.k8s.io/ValidatingAdmissionPolicy')
      .map((policy) => asApplied(policy, native(policy, view.inForce.once(bindings), namespaces))),
    ...['ValidatingPolicy', 'ImageValidatingPolicy'].flatMap((kind) =>
      view
        .ofType(`policies.kyverno.io/${kind}`)
        .map((policy) => asApplied(policy, kyvernoCel(policy, namespaces))),
    ),
    ...view
      .ofType('kyverno.io/ClusterPolicy')
      .map((policy) => asApplied(policy, kyverno(policy, namespaces))),
  ];
  return drafts
    .map(({ selections, ...policy }) => {
      const key = JSON.stringify(selections.map(({ words }) => words));
      const count =
        counts.get(key) ??
        tenantNamespaces.filter((name) =>
          selections.some(({ members }) => members === undefined || members.has(name)),
        ).length;
      counts.set(key, count);
      return {
        ...policy,
        tenantNamespaces: count,
        isForAllTenants: count === tenantNamespaces.length,
      };
    })
    .sort((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1));
}

function asApplied({ held }: AppliedObject, draft: Draft): Draft {
  return held ? { ...draft, effect: 'unapplied' } : draft;
}

function bindings(view: ClusterView): Map<string, any[]> {
  const found = new Map<string, any[]>();
  for (const { manifest } of view.ofType(
    'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  )) {
    const policy = String(valueAt(manifest, 'spec', 'policyName'));
    addTo(found, policy, manifest);
  }
  return found;
}

function native(
  { manifest }: AppliedObject,
  bound: ReadonlyMap<string, any[]>,
  namespaces: NamespaceIndex,
): Draft {
  const name = manifest.metadata.name;
  const all = bound.get(name) ?? [];
  const denying = all.filter((one) => textsAt(one, 'spec', 'validationActions').includes('Deny'));
  const used = denying.length > 0 ? denying : all;
  const constraints = valueAt(manifest, 'spec', 'matchConstraints');
  const own = namespaces.select(valueAt(constraints, 'namespaceSelector'));
  return {
    kind: manifest.kind,
    name,
    effect: all.length === 0 ? 'unbound' : denying.length > 0 ? 'enforced' : 'audited',
    judges: resourcesJudged(constraints),
    narrowedBy: [
      ...narrowings(manifest, constraints),
      ...used.flatMap((one) => narrowings(undefined, valueAt(one, 'spec', 'matchResources'))),
    ],
    selections: used.map((one) =>
      both(own, namespaces.select(valueAt(one, 'spec', 'matchResources', 'namespaceSelector'))),
    ),
  };
}

function kyvernoCel({ manifest }: AppliedObject, namespaces: NamespaceIndex): Draft {
  const constraints = valueAt(manifest, 'spec', 'matchConstraints');
  const actions = textsAt(manifest, 'spec', 'validationActions');
  return {
    kind: manifest.kind,
    name: manifest.metadata.name,
    effect: actions.length === 0 || actions.includes('Deny') ? 'enforced' : 'audited',
    judges: resourcesJudged(constraints),
    narrowedBy: narrowings(manifest, constraints),
    selections: [namespaces.select(valueAt(constraints, 'namespaceSelector'))],
  };
}

/** Each rule of a ClusterPolicy says for itself what it is for. */
function kyverno({ manifest }: AppliedObject, namespaces: NamespaceIndex): Draft {
  const rules = itemsAt(manifest, 'spec', 'rules').map(({ value }) => value);
  const general = textAt(manifest, 'spec', 'validationFailureAction') ?? 'Audit';
  const enforces = (rule: unknown): boolean =>
    /^enforce$/i.test(textAt(rule, 'validate', 'failureAction') ?? general);
  const blocks = rules.flatMap((rule) => [
    ...itemsAt(rule, 'match', 'any').map(({ value }) => value),
    ...itemsAt(rule, 'match', 'all').map(({ value }) => value),
    ...(isMap(valueAt(rule, 'match', 'resources')) ? [mapAt(rule, 'match')] : []),
  ]);
  const excludes = rules.some((rule) => Object.keys(mapAt(rule, 'exclude')).length > 0);
  const conditions = rules.some((rule) => valueAt(rule, 'preconditions') !== undefined);
  const checking = rules.filter((rule) => isMap(valueAt(rule, 'validate')));
  return {
    kind: manifest.kind,
    name: manifest.metadata.name,
    effect: checking.some(enforces) ? 'enforced' : 'audited',
    judges: unique(blocks.flatMap((block) => textsAt(block, 'resources', 'kinds'))),
    narrowedBy: [...(excludes ? ['exclusions'] : []), ...(conditions ? ['conditions'] : [])],
    selections: blocks.map((block) => {
      const selector = namespaces.select(valueAt(block, 'resources', 'namespaceSelector'));
      const patterns = textsAt(block, 'resources', 'namespaces');
      return patterns.length === 0 ? selector : both(selector, selectsName(patterns, namespaces));
    }),
  };
}

function both(a: Selection, b: Selection): Selection {
  if (a.members === undefined || b.members === undefined) {
    return a.members === undefined ? b : a;
  }
  const members = new Set([...a.members].filter((name) => b.members!.has(name)));
  return { words: `${a.words} and ${b.words}`, members };
}

function resourcesJudged(constraints: unknown): string[] {
  return unique(
    itemsAt(constraints, 'resourceRules').flatMap(({ value }) =>
      textsAt(value, 'resources').flatMap((resource) =>
        textsAt(value, 'apiGroups').map((group) => {
          const [plural, ...sub] = resource.split('/');
          return [`${plural}${group === '' ? '' : `.${group}`}`, ...sub].join('/');
        }),
      ),
    ),
  );
}

function narrowings(policy: unknown, constraints: unknown): string[] {
  return [
    ...(Object.keys(mapAt(constraints, 'objectSelector')).length > 0 ? ['labels of objects'] : []),
    ...(itemsAt(constraints, 'excludeResourceRules').length > 0 ? ['exclusions'] : []),
    ...(itemsAt(policy, 'spec', 'matchConditions').length > 0 ? ['conditions'] : []),
  ];
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
