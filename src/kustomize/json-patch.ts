import { copierWithin, copyOf } from './copy-of';
import { keysOf } from '../vocabulary/json-pointer';
import { ownPart } from '../vocabulary/own-part';
import { isSameJson } from '../vocabulary/same-json';
import { fieldOf, textOf } from './values';
import { isMap } from '../vocabulary/is-map';
import { copyOfMap, setField } from '../vocabulary/plain-map';

/**
 * `manifest` as a JSON patch leaves it, as the library of kustomize applies it: it replaces a field of a map that is not
 * there, too, and takes a missing value for null. It shares with `manifest` what the patch leaves alone. Throws where the
 * library would.
 */
export function jsonPatched(manifest: any, operations: readonly any[]): any {
  const patched = copyOfMap(manifest);
  const target = { root: patched, own: new Set<object>([patched]) };
  const copied = copierWithin(manifest);
  for (const operation of operations) {
    apply(target, operation, copied);
  }
  return patched;
}

/** What is patched. */
interface Target {
  readonly root: any;
  /** What of it was copied already, and may be changed. */
  readonly own: Set<object>;
}

/** The operations of a document; undefined where it is no JSON patch. */
export function operationsOf(document: any): any[] | undefined {
  return Array.isArray(document) && document.every(isMap) ? document : undefined;
}

function apply(
  root: Target,
  { op, path, from, value }: any,
  copied: ReturnType<typeof copierWithin>,
): void {
  switch (op) {
    case 'add':
      add(root, path, copyOf(value ?? null));
      return;
    case 'replace':
      replace(root, path, copyOf(value ?? null));
      return;
    case 'remove':
      remove(root, path);
      return;
    case 'move': {
      const moved = found(root, from);
      remove(root, from);
      add(root, path, moved);
      return;
    }
    case 'copy':
      add(root, path, copied(found(root, from) ?? null));
      return;
    case 'test': {
      const is = found(root, path) ?? null;
      if (!isSameJson(is, value ?? null)) {
        throw new Error(`'${path}' is ${JSON.stringify(is)}, not ${JSON.stringify(value)}`);
      }
      return;
    }
    default:
      throw new Error(`op must be add, remove, replace, move, copy or test, got '${textOf(op)}'`);
  }
}

function add(root: Target, path: any, value: any): void {
  const [parent, key] = placeOf(root, path);
  if (Array.isArray(parent)) {
    // One place more than there are items: behind the last.
    parent.splice(key === '-' ? parent.length : indexIn(key, parent.length + 1, path), 0, value);
  } else {
    setField(parent, key, value);
  }
}

function replace(root: Target, path: any, value: any): void {
  const [parent, key] = placeOf(root, path);
  if (Array.isArray(parent)) {
    parent[indexIn(key, parent.length, path)] = value;
  } else {
    setField(parent, key, value);
  }
}

function remove(root: Target, path: any): void {
  const [parent, key] = placeOf(root, path);
  if (Array.isArray(parent)) {
    parent.splice(indexIn(key, parent.length, path), 1);
  } else if (Object.hasOwn(parent, key)) {
    delete parent[key];
  } else {
    throw new Error(`cannot remove '${path}', which is not there`);
  }
}

function found(root: Target, path: any): any {
  const [parent, key] = placeOf(root, path);
  return Array.isArray(parent) ? parent[indexIn(key, parent.length, path)] : fieldOf(parent, key);
}

/** The map or list that a path ends in, and the key there. */
function placeOf({ root, own }: Target, path: any): [any, string] {
  if (typeof path !== 'string' || !path.includes('/')) {
    throw new Error(
      `path must be a JSON pointer such as /spec/replicas, got ${JSON.stringify(path)}`,
    );
  }
  const keys = keysOf(path);
  const key = keys.pop()!;
  let parent = root;
  for (const each of keys) {
    const at = Array.isArray(parent) ? indexIn(each, parent.length, path) : each;
    const below = Array.isArray(parent) ? parent[at as number] : fieldOf(parent, each);
    if (below === null || typeof below !== 'object') {
      throw new Error(`'${path}' leads nowhere, because '${each}' is neither a map nor a list`);
    }
    parent = ownPart(parent, at, own);
  }
  return [parent, key];
}

/** Which of `length` items a key means; a negative one counts from the end. */
function indexIn(key: string, length: number, path: string): number {
  const index = /^[+-]?\d+$/.test(key) ? Number(key) : NaN;
  const counted = index < 0 ? index + length : index;
  if (!(counted >= 0 && counted < length)) {
    throw new Error(`'${path}' leads to place ${key} of ${length} in a list`);
  }
  return counted;
}
