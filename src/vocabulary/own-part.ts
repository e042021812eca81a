import { copyOfMap } from './plain-map';

/**
 * What lies at a key that `parent` has, copied into it unless that was done before: so that a patch changes what is its own, and
 * shares the rest. A list or map that is copied shares what is in it.
 *
 * @param own what was copied already, and may be changed
 */
export function ownPart(parent: any, key: string | number, own: Set<object>): any {
  const part = parent[key];
  if (typeof part !== 'object' || part === null || own.has(part)) {
    return part;
  }
  const copied = Array.isArray(part) ? [...part] : copyOfMap(part);
  own.add(copied);
  parent[key] = copied;
  return copied;
}
