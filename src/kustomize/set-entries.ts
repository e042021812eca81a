import { changedAt, FieldSpec, mergedSpecs } from './field-spec';
import { ResourceList } from './resource-list';
import { TransformerConfig } from './transformer-config';
import { fieldOf } from './values';
import { isMap } from '../vocabulary/is-map';
import { copyOfMap, setField } from '../vocabulary/plain-map';

/** Sets labels or annotations wherever `specs` say. Throws where there is something else than a map. */
export function setEntries(
  list: ResourceList,
  entries: Readonly<Record<string, string>>,
  specs: readonly FieldSpec[],
): void {
  for (const resource of list.all) {
    for (const spec of specs) {
      resource.manifest = changedAt(resource.manifest, spec, 'map', (map) =>
        withEntries(map, entries),
      );
    }
  }
}

/** Where one of `labels` of a kustomization file goes. */
export function labelSpecs(label: any, config: TransformerConfig): FieldSpec[] {
  const own = mergedSpecs((label.fields ?? []).filter(Boolean), config.labels);
  if (label.includeSelectors) {
    return mergedSpecs(own, config.commonLabels);
  }
  const templates = label.includeTemplates ? mergedSpecs(own, config.templateLabels) : own;
  return mergedSpecs(templates, [{ path: 'metadata/labels', create: true }]);
}

function withEntries(map: any, entries: Readonly<Record<string, string>>): any {
  if (map === null) {
    return map;
  }
  if (!isMap(map)) {
    throw new Error(`${JSON.stringify(map)} is where a map of labels or annotations must be`);
  }
  const isSet = Object.entries(entries).every(([key, value]) => fieldOf(map, key) === value);
  if (isSet) {
    return map;
  }
  const copied = copyOfMap(map);
  Object.entries(entries).forEach(([key, value]) => setField(copied, key, value));
  return copied;
}
