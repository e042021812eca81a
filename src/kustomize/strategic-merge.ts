import { copyOf } from './copy-of';
import { mergedList } from './merged-list';
import { MergeSchema, mergeSchemaOf } from './merge-keys';
import { fieldOf, textOf } from './values';
import { setField } from '../vocabulary/plain-map';
import { isMap } from '../vocabulary/is-map';

/** A null that was there before: kustomize keeps it, where every other null takes a field away. */
const KEPT_NULL = Symbol('null');

/** `manifest` as a strategic merge patch leaves it; undefined where it deletes it. Throws where kustomize would. */
export function strategicallyMerged(manifest: any, patch: any): any {
  return merged(copyOf(manifest), copyOf(patch), undefined);
}

/**
 * What both make, as kustomize walks them: `into` is changed, and directives are taken out of `patch`. Undefined is what is
 * not there. What only the patch has is merged with itself, which takes nulls and directives out of it.
 */
function merged(into: any, patch: any, known: MergeSchema | undefined): any {
  const first = into ?? patch;
  const schema = known ?? mergeSchemaOf(into) ?? mergeSchemaOf(patch);
  if (first !== undefined && first !== null && !isMap(first)) {
    for (const one of [into, patch]) {
      if (one !== undefined && one !== null && shapeOf(one) !== shapeOf(first)) {
        throw new Error(`cannot merge ${JSON.stringify(patch)} into ${JSON.stringify(into)}`);
      }
    }
    if (Array.isArray(first) && schema?.keys) {
      return mergedList(into, patch, schema.keys, (one, by) => merged(one, by, schema.items));
    }
    return patch === undefined ? into : patch;
  }
  return mergedMap(into, patch, schema);
}

function mergedMap(before: any, patch: any, schema: MergeSchema | undefined): any {
  for (const one of [before, patch]) {
    if (one !== undefined && one !== null && !isMap(one)) {
      throw new Error(`cannot merge ${JSON.stringify(patch)} into ${JSON.stringify(before)}`);
    }
  }
  const into = chosen(before, patch);
  if (!isMap(into)) {
    return into;
  }
  const keys = new Set([...Object.keys(into), ...Object.keys(patch ?? {})]);
  for (const key of [...keys].sort()) {
    const of = schema?.fields && Object.hasOwn(schema.fields, key) ? schema.fields[key] : undefined;
    const value = merged(fieldOf(into, key), fieldOf(patch, key), of);
    if (value === undefined || value === null) {
      delete into[key];
    } else {
      setField(into, key, value === KEPT_NULL ? null : value);
    }
  }
  return into;
}

/** Which of both maps is gone through. */
function chosen(into: any, patch: any): any {
  if (into === undefined || into === null) {
    if (into === null && patch === undefined) {
      return KEPT_NULL;
    }
    return isMap(patch) && takenDirective(patch) === 'delete' ? undefined : patch;
  }
  if (patch === null) {
    return undefined;
  }
  switch (isMap(patch) ? takenDirective(patch) : 'merge') {
    case 'delete':
      return undefined;
    case 'replace':
      return patch;
    default:
      return into;
  }
}

/** What `$patch` says, which is taken out of the map. */
function takenDirective(patch: any): string {
  if (!Object.hasOwn(patch, '$patch')) {
    return 'merge';
  }
  const directive = textOf(patch.$patch);
  if (!['delete', 'replace', 'merge'].includes(directive)) {
    throw new Error(`$patch must be delete, replace or merge, got '${directive}'`);
  }
  delete patch.$patch;
  return directive;
}

function shapeOf(value: any): string {
  return Array.isArray(value) ? 'list' : isMap(value) ? 'map' : 'scalar';
}
