import { NameReferences } from './default-name-references';
import { changedAt, changedItems } from './field-spec';
import { Resource } from './resource';
import { Gvk, isOf, NO_NAMESPACE } from './resource-id';
import { described, ResourceList } from './resource-list';
import { fieldOf, textOf, withField } from './values';
import { addTo } from '../vocabulary/grouped';
import { isMap } from '../vocabulary/is-map';

/**
 * Names that changed are changed where objects refer to them, too. What kustomize takes for a reference is any text in
 * such a field that an object of that kind was once called, whatever was meant.
 *
 * @param refuse told of objects that kustomize cannot find out the references of
 */
export function fixNameReferences(
  list: ResourceList,
  references: readonly NameReferences[],
  refuse: (resource: Resource, message: string) => void,
): void {
  const renamed = list.all.filter(({ previous }) => previous.length > 0);
  const byName = new Map<string, Resource[]>();
  for (const resource of renamed) {
    for (const name of new Set(resource.previous.map((one) => one.name))) {
      addTo(byName, name, resource);
    }
  }
  const byKind = knownByKind.get(references) ?? referencesByKind(references);
  knownByKind.set(references, byKind);
  for (const referrer of list.all) {
    const { originalGvk } = referrer;
    const candidates = [...(byKind.get(originalGvk.kind) ?? []), ...(byKind.get('') ?? [])];
    const known = candidates.filter(({ spec }) => isOf(spec, originalGvk));
    if (known.length > 0) {
      try {
        fix(referrer, known, byName, list);
      } catch (error) {
        refuse(referrer, (error as Error).message);
      }
    }
  }
}

interface Reference {
  readonly target: Gvk;
  readonly spec: NameReferences['fieldSpecs'][number];
}

/** Nearly all builds have the same, those of kustomize itself. */
const knownByKind = new WeakMap<readonly NameReferences[], Map<string, Reference[]>>();

function referencesByKind(references: readonly NameReferences[]): Map<string, Reference[]> {
  const byKind = new Map<string, Reference[]>();
  for (const { fieldSpecs, ...target } of references) {
    for (const spec of fieldSpecs) {
      const kind = spec.kind ?? '';
      addTo(byKind, kind, { target, spec });
    }
  }
  return byKind;
}

function fix(
  referrer: Resource,
  references: readonly Reference[],
  byName: ReadonlyMap<string, readonly Resource[]>,
  list: ResourceList,
): void {
  const isVisible = visibleFrom(referrer);
  for (const { target, spec } of references) {
    const { path } = spec;
    const referral = (
      name: string,
      isNear: (one: Resource) => boolean,
      same: (one: Resource) => string,
    ) =>
      chosen(
        referrer,
        (byName.get(name) ?? []).filter(
          (one) => isVisible(one) && isNear(one) && isMeant(one, target, referrer, path),
        ),
        same,
      );
    const setName = (value: any): any => {
      const found = referral(
        textOf(value),
        () => true,
        (one) => one.name,
      );
      return found && found.name !== textOf(value) ? found.name : value;
    };
    const setMap = (value: any): any => {
      if (!Object.hasOwn(value, 'name')) {
        throw new Error(`${path} of ${described(referrer)} has an item without a name`);
      }
      const found = referral(
        textOf(value.name),
        isInNamespace(value, list),
        (one) => `${one.namespace}/${one.name}`,
      );
      if (!found) {
        return value;
      }
      const named = value.name === found.name ? value : withField(value, 'name', found.name);
      return found.namespace === '' || named.namespace === found.namespace
        ? named
        : withField(named, 'namespace', found.namespace);
    };
    const set = (value: any): any =>
      value === null || value === undefined ? value : isMap(value) ? setMap(value) : setName(value);
    referrer.manifest = changedAt(referrer.manifest, { path }, undefined, (value) =>
      Array.isArray(value) ? changedItems(value, set) : set(value),
    );
  }
}

/** Which objects one can refer to at all. */
function visibleFrom(referrer: Resource): (one: Resource) => boolean {
  const { effectiveNamespace: namespace, kind, manifest } = referrer;
  const subjects = kind === 'RoleBinding' ? fieldOf(manifest, 'subjects') : undefined;
  const named = new Set(
    (Array.isArray(subjects) ? subjects : [])
      .filter((one) => requireMap(one, referrer).kind === 'ServiceAccount')
      .map((one) => fieldOf(one, 'namespace')),
  );
  const strange = [...named].find((one) => one !== undefined && typeof one !== 'string');
  if (strange !== undefined) {
    throw new Error(
      `a subject of ${described(referrer)} is of namespace ${JSON.stringify(strange)}`,
    );
  }
  return (one) =>
    namespace === NO_NAMESPACE ||
    one.effectiveNamespace === NO_NAMESPACE ||
    one.effectiveNamespace === namespace ||
    // Of those in other namespaces, accounts alone are looked for.
    (named.has(one.namespace) && one.kind === 'ServiceAccount');
}

function requireMap(subject: any, referrer: Resource): any {
  if (!isMap(subject)) {
    throw new Error(`${JSON.stringify(subject)} is no subject of ${described(referrer)}`);
  }
  return subject;
}

/** Those that are, or first were, in the namespace that a reference names; all where it names none. */
function isInNamespace(value: any, list: ResourceList): (one: Resource) => boolean {
  if (!Object.hasOwn(value, 'namespace')) {
    return () => true;
  }
  const namespace = textOf(value.namespace);
  if (namespace === NO_NAMESPACE) {
    return () => false;
  }
  const isOriginal = list.all.some(({ original }) => original.namespace === namespace);
  return (one) => (isOriginal ? one.original.namespace : one.effectiveNamespace) === namespace;
}

function isMeant(one: Resource, target: Gvk, referrer: Resource, path: string): boolean {
  const { gvk } = one;
  const was = (selector: Gvk) => one.previous.some(({ kind }) => isOf(selector, { ...gvk, kind }));
  const role = path.endsWith('roleRef/name') ? fieldOf(referrer.manifest, 'roleRef') : undefined;
  const isRole =
    fieldOf(role, 'apiGroup') === undefined ||
    fieldOf(role, 'kind') === undefined ||
    was({ group: textOf(role.apiGroup), kind: textOf(role.kind) });
  return was(target) && isRole;
}

/** The one that is meant; undefined where there is none. Throws where kustomize cannot tell. */
function chosen(
  referrer: Resource,
  candidates: readonly Resource[],
  same: (one: Resource) => string,
): Resource | undefined {
  if (candidates.length <= 1) {
    return candidates[0];
  }
  let near = candidates.filter((one) => isAffixedAlike(one, referrer, true));
  if (near.length > 1) {
    near = near.filter((one) => isAffixedAlike(one, referrer, false));
  }
  if (new Set(near.map(same)).size > 1) {
    throw new Error(
      `${described(referrer)} refers to what may be any of ${near.map(described).join(', ')}`,
    );
  }
  return near[0];
}

function isAffixedAlike(one: Resource, other: Resource, allowsNone: boolean): boolean {
  return (['prefixes', 'suffixes'] as const).every((field) => {
    const [a, b] = [one[field], other[field]];
    const [short, long] = a.length > b.length ? [b, a] : [a, b];
    if (short.length === 0) {
      return allowsNone || long.length === 0;
    }
    const end = long.slice(long.length - short.length);
    return short.every((text, i) => text === end[i]);
  });
}
