import { Holder, holderOf } from '../../access/holder';
import { AccessRule, takesEffectInNamespace } from '../../access/policy-rule';
import { Binding, RbacObjects } from '../../access/rbac-objects';
import { ClusterView } from '../../clusters/cluster-view';
import { addTo } from '../../vocabulary/grouped';

/** One role that somebody has, and where. */
export interface Right {
  /** The namespace that it holds in; null for all of the cluster. */
  readonly where: string | null;
  /** The binding in words. */
  readonly binding: string;
  /** Title of the role. */
  readonly role: string;
  /** The file of the binding. */
  readonly path: string;
}

/** Somebody who holds rights. */
export interface HolderFacts extends Holder {
  /** What Flux applies as this account, in words. */
  readonly appliedBy: readonly string[];
  readonly rights: readonly Right[];
}

/** What a role allows. */
export interface RoleFacts {
  readonly title: string;
  /** Whether this is what bindings in namespaces give of it, or what those for the whole cluster do. */
  readonly bound: 'cluster' | 'namespace';
  readonly allows: readonly Allowance[];
  /** Why it may allow more. */
  readonly unknowns: readonly string[];
}

/** Verbs on resources, all of them on all. */
export interface Allowance {
  readonly verbs: readonly string[];
  /** `<plural>[.<API group>][/<subresource>]`, or paths that are no object's. */
  readonly resources: readonly string[];
  /** The only objects that it is for; empty for all. */
  readonly names: readonly string[];
}

/** A right and who holds it. */
export interface HeldRight extends Right {
  readonly holder: Holder;
}

/** What every holder of a cluster may do. */
export class ClusterRights {
  public readonly roles: readonly RoleFacts[];
  public readonly held: readonly HeldRight[];
  private readonly byHolder = new Map<string, HeldRight[]>();
  private readonly byNamespace = new Map<string, HeldRight[]>();

  public constructor(view: ClusterView) {
    const rbac = new RbacObjects(
      view.objects.map(({ manifest, document: { path } }) => ({ manifest, constructPath: path })),
    );
    const roles = new Map<string, RoleFacts>();
    const held: HeldRight[] = [];
    for (const binding of rbac.bindings) {
      const role = roleFacts(binding, rbac, roles);
      for (const subject of role ? binding.subjects : []) {
        const holder = holderOf(subject, binding.inNamespace);
        if (holder) {
          held.push({
            holder,
            where: binding.inNamespace ?? null,
            binding: binding.title,
            role: role!.title,
            path: binding.constructPath,
          });
        }
      }
    }
    this.held = held;
    this.roles = [...roles.values()].sort(
      (a, b) => compare(a.title, b.title) || compare(a.bound, b.bound),
    );
    for (const right of held) {
      addTo(this.byHolder, keyOf(right.holder), right);
      addTo(this.byNamespace, right.where ?? '', right);
    }
  }

  public of(holder: Holder): readonly Right[] {
    return written(this.byHolder.get(keyOf(holder)) ?? []);
  }

  /** Who is bound in a namespace, each with the rights there. */
  public heldIn(namespace: string): readonly HeldRight[] {
    return this.byNamespace.get(namespace) ?? [];
  }
}

/** Holders with their rights, sorted. */
export function holders(
  rights: readonly HeldRight[],
  appliedBy: (holder: Holder) => readonly string[] = () => [],
): HolderFacts[] {
  const found = new Map<string, HeldRight[]>();
  rights.forEach((right) => addTo(found, keyOf(right.holder), right));
  return [...found]
    .sort(([a], [b]) => compare(a, b))
    .map(([, of]) => ({
      ...of[0].holder,
      appliedBy: appliedBy(of[0].holder),
      rights: written(of),
    }));
}

/** What tells a holder from all others. */
export function keyOf({ kind, inNamespace, name }: Holder): string {
  return JSON.stringify([kind, inNamespace ?? '', name]);
}

function written(rights: readonly HeldRight[]): Right[] {
  const texts = new Map(
    rights.map(({ where, binding, role, path }) => {
      const right: Right = { where, binding, role, path };
      return [JSON.stringify(right), right] as const;
    }),
  );
  return [...texts].sort(([a], [b]) => compare(a, b)).map(([, right]) => right);
}

/** What a binding gives; undefined where that is known to be nothing. */
function roleFacts(
  binding: Binding,
  rbac: RbacObjects,
  known: Map<string, RoleFacts>,
): RoleFacts | undefined {
  const bound = binding.inNamespace === undefined ? 'cluster' : 'namespace';
  const title = rbac.titleOfRole(binding);
  const key = JSON.stringify([title, bound]);
  const facts = known.get(key);
  if (facts) {
    return facts;
  }
  const { rules, unknowns } = rbac.roleOf(binding);
  const allows = allowances(
    rules.map(({ rule }) => rule),
    bound,
  );
  if (allows.length === 0 && unknowns.length === 0) {
    return undefined;
  }
  const why =
    rules.length === 0 && unknowns.length > 0
      ? 'the role is not in the repository'
      : 'it takes in the rules of every ClusterRole with its labels, also of those that are not in the repository';
  const made: RoleFacts = { title, bound, allows, unknowns: unknowns.length > 0 ? [why] : [] };
  known.set(key, made);
  return made;
}

/** The rules with the same verbs as one. */
function allowances(rules: readonly AccessRule[], bound: RoleFacts['bound']): Allowance[] {
  const found = new Map<string, { verbs: string[]; resources: Set<string>; names: string[] }>();
  for (const rule of rules) {
    const verbs = [...new Set(rule.verbs)].sort();
    const names = [...new Set(rule.resourceNames)].sort();
    const key = JSON.stringify([verbs, names]);
    const one = found.get(key) ?? { verbs, names, resources: new Set<string>() };
    resourcesOf(rule, bound).forEach((resource) => one.resources.add(resource));
    if (verbs.length > 0 && one.resources.size > 0) {
      found.set(key, one);
    }
  }
  return [...found.values()].map(({ verbs, resources, names }) => ({
    verbs,
    resources: [...resources].sort(),
    names,
  }));
}

function resourcesOf(rule: AccessRule, bound: RoleFacts['bound']): string[] {
  const objects = rule.apiGroups.flatMap((group) =>
    rule.resources
      .filter((resource) => bound === 'cluster' || takesEffectInNamespace(group, resource))
      .map((resource) => {
        const [plural, ...sub] = resource.split('/');
        return [`${plural}${group === '' ? '' : `.${group}`}`, ...sub].join('/');
      }),
  );
  return bound === 'cluster' ? [...objects, ...rule.nonResourceUrls] : objects;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
