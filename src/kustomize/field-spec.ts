import { gvkOf, Gvk, isOf } from './resource-id';
import { fieldOf } from './values';
import { isMap } from '../vocabulary/is-map';
import { copyWith } from '../vocabulary/plain-map';
import { remembering } from '../vocabulary/remembering';

/** A field of certain kinds, as kustomize has them: `spec/template/metadata/labels`, through all items of lists. */
export interface FieldSpec extends Gvk {
  readonly path: string;
  /** Whether the way there is made where it is missing. */
  readonly create?: boolean;
}

/** What a missing field is made as: an empty map, or an empty text. */
export type Made = 'map' | 'text' | undefined;

/**
 * `manifest` with what `change` makes of the field; the very same where that changes nothing. Throws where something
 * that is neither a map nor a list is on the way.
 */
export function changedAt(
  manifest: any,
  spec: FieldSpec,
  made: Made,
  change: (value: any) => any,
): any {
  const isOfSome = Boolean(spec.group || spec.version || spec.kind);
  if (isOfSome && !isOf(spec, gvkOf(manifest))) {
    return manifest;
  }
  const parts = partsOf(spec.path);
  return visited(manifest, 0);

  function visited(node: any, depth: number): any {
    if (depth === parts.length) {
      return change(node);
    }
    if (node === null || node === undefined) {
      return node;
    }
    if (Array.isArray(node)) {
      return changedItems(node, (item) => visited(item, depth));
    }
    if (!isMap(node)) {
      throw new Error(`'${spec.path}' leads through ${JSON.stringify(node)}`);
    }
    const isList = parts[depth].endsWith('[]');
    const key = isList ? parts[depth].slice(0, -2) : parts[depth];
    const isMade = spec.create === true && made !== undefined && !isList;
    const found = fieldOf(node, key);
    if (found === undefined && !isMade) {
      return node;
    }
    const isEmpty = found === undefined || found === null;
    const before = isEmpty
      ? isMade
        ? depth === parts.length - 1 && made === 'text'
          ? ''
          : {}
        : isList
          ? []
          : found
      : found;
    const after = visited(before, depth + 1);
    return after === found ? node : copyWith(node, key, after);
  }
}

/** A list with what `change` makes of its items; the very same where that changes nothing. */
export function changedItems(list: any[], change: (item: any) => any): any[] {
  const after = list.map(change);
  return after.some((item, i) => item !== list[i]) ? after : list;
}

/** Of these there are few, and each is asked for of every object. */
const partsOf = remembering((path) => pathParts(path));

/** The parts of a path; a '/' behind a backslash is none of its ends. */
export function pathParts(path: string, delimiter = '/'): string[] {
  const parts = path.split(delimiter);
  if (parts.length > 1 && parts[0] === '') {
    parts.shift();
  }
  return parts.slice(1).reduce(
    (found, part) => {
      const last = found[found.length - 1];
      if (last.endsWith('\\')) {
        found[found.length - 1] = last.slice(0, -1) + delimiter + part;
      } else {
        found.push(part);
      }
      return found;
    },
    [parts[0]],
  );
}

/** `specs` and those of `others` that they do not have. Throws where they disagree about making what is missing. */
export function mergedSpecs(
  specs: readonly FieldSpec[],
  others: readonly FieldSpec[],
): FieldSpec[] {
  const merged = [...specs];
  for (const other of others) {
    const known = merged.find((one) => one.path === other.path && isOf(other, one));
    if (!known) {
      merged.push(other);
    } else if (!known.create !== !other.create) {
      throw new Error(`'${other.path}' is both made and not made where it is missing`);
    }
  }
  return merged;
}
