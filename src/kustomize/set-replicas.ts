import { NotOneObject } from './build-log';
import { changedAt, FieldSpec } from './field-spec';
import { isOf } from './resource-id';
import { ResourceList } from './resource-list';

/** Sets how many replicas the objects of a name have. Throws where there is none of that name. */
export function setReplicas(
  list: ResourceList,
  { name = '', count = 0 }: { readonly name?: string; readonly count?: number },
  specs: readonly FieldSpec[],
): void {
  let isFound = false;
  for (const resource of list.ofName(name)) {
    for (const spec of specs) {
      const { gvk, kind } = resource;
      const ids = [...resource.previous, { kind, name: resource.name }];
      if (ids.some((id) => id.name === name && isOf(spec, { ...gvk, kind: id.kind }))) {
        isFound = true;
        resource.manifest = changedAt(resource.manifest, spec, 'text', () => count);
      }
    }
  }
  if (!isFound) {
    throw new NotOneObject(`there is nothing called '${name}' that has replicas`);
  }
}
