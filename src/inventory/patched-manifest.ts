import { EnvironmentPatch, JsonPatchOperation } from '../vocabulary/environment-patch';
import { keysOf } from '../vocabulary/json-pointer';
import { ownPart } from '../vocabulary/own-part';
import { copyOfMap } from '../vocabulary/plain-map';
import { isSameJson } from '../vocabulary/same-json';

/**
 * `manifest` as a JSON patch leaves it, which shares with it what the patch leaves alone. Throws where kustomize would: the
 * patch libraries of JavaScript let much pass.
 */
export function patchedManifest(manifest: any, operations: readonly JsonPatchOperation[]): any {
  const patched = copyOfMap(manifest);
  const own = new Set<object>([patched]);
  for (const operation of operations) {
    apply(patched, operation, own);
  }
  return patched;
}

/** The manifest as it is, and as each environment has it; a patch that does not apply is left out, and told elsewhere. */
export function formsOf({
  manifest,
  patches,
}: {
  readonly manifest: any;
  readonly patches: readonly EnvironmentPatch[];
}): any[] {
  return [
    manifest,
    ...patches.flatMap(({ operations }) => {
      try {
        return [patchedManifest(manifest, operations)];
      } catch {
        return [];
      }
    }),
  ];
}

/** @param own what of the manifest was copied already, and may be changed */
function apply(manifest: any, { op, path, value }: JsonPatchOperation, own: Set<object>): void {
  if (value === undefined && op !== 'remove') {
    throw new Error(`cannot ${op} '${path}' without a value`);
  }
  const keys = keysOf(path);
  const key = keys.pop()!;
  const parent = keys.reduce(
    (above, one) => (child(above, one) === undefined ? undefined : ownPart(above, one, own)),
    manifest,
  );
  if (op === 'add') {
    add(parent, key, copy(value), path);
    return;
  }
  if (child(parent, key) === undefined) {
    throw new Error(`cannot ${op} '${path}', which is not there`);
  }
  if (op === 'test') {
    if (!isSameJson(parent[key], value)) {
      throw new Error(`'${path}' is ${JSON.stringify(parent[key])}, not ${JSON.stringify(value)}`);
    }
  } else if (op === 'replace') {
    parent[key] = copy(value);
  } else if (Array.isArray(parent)) {
    parent.splice(Number(key), 1);
  } else {
    delete parent[key];
  }
}

function add(parent: any, key: string, value: any, path: string): void {
  if (Array.isArray(parent)) {
    const index = key === '-' ? parent.length : indexOf(key);
    if (index === undefined || index > parent.length) {
      throw new Error(`cannot add '${path}' to a list of ${parent.length}`);
    }
    parent.splice(index, 0, value);
  } else if (typeof parent === 'object' && parent !== null) {
    parent[key] = value;
  } else {
    throw new Error(`cannot add '${path}', because there is nothing to add it to`);
  }
}

function child(parent: any, key: string): any {
  if (Array.isArray(parent)) {
    const index = indexOf(key);
    return index === undefined ? undefined : parent[index];
  }
  const isMap = typeof parent === 'object' && parent !== null;
  return isMap && Object.hasOwn(parent, key) ? parent[key] : undefined;
}

function indexOf(key: string): number | undefined {
  return /^(?:0|[1-9][0-9]*)$/.test(key) ? Number(key) : undefined;
}

function copy(value: any): any {
  return JSON.parse(JSON.stringify(value));
}
