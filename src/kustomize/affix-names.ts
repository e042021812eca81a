import { changedAt, FieldSpec } from './field-spec';
import { isOf } from './resource-id';
import { ResourceList } from './resource-list';
import { textOf } from './values';

/** Kinds whose names kustomize leaves alone. */
const LEFT_ALONE = [
  { kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { kind: 'Namespace' },
];

/** Puts something before the name of every object. */
export function prefixNames(list: ResourceList, prefix: string, specs: readonly FieldSpec[]): void {
  affix(list, specs, 'prefixes', prefix, (name) => prefix + name);
}

/** Puts something behind the name of every object. */
export function suffixNames(list: ResourceList, suffix: string, specs: readonly FieldSpec[]): void {
  affix(list, specs, 'suffixes', suffix, (name) => name + suffix);
}

function affix(
  list: ResourceList,
  specs: readonly FieldSpec[],
  noted: 'prefixes' | 'suffixes',
  text: string,
  renamed: (name: string) => string,
): void {
  for (const resource of list.all) {
    const gvk = resource.originalGvk;
    if (LEFT_ALONE.some((one) => isOf(one, gvk))) {
      continue;
    }
    for (const spec of specs.filter((one) => isOf(one, gvk))) {
      if (spec.path === 'metadata/name') {
        resource[noted].push(text);
        resource.remember();
      }
      resource.manifest = changedAt(resource.manifest, spec, 'text', (name) =>
        renamed(name === null ? '' : textOf(name)),
      );
    }
  }
  list.forget();
}
