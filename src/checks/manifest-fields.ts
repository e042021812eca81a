import { pointerTo } from '../vocabulary/json-pointer';
import { isMap } from '../vocabulary/is-map';

/** A value of a manifest, and where it is. */
export interface Field<T = any> {
  readonly value: T;
  /** JSON pointer within the object. */
  readonly pointer: string;
}

/** What is at `keys`; undefined where the way leads through anything but maps. */
export function valueAt(manifest: unknown, ...keys: readonly string[]): any {
  return at(manifest, keys);
}

/** As `valueAt`, which is asked more often than anything else, and so without a list made of a list. */
function at(manifest: unknown, keys: readonly string[]): any {
  let value: any = manifest;
  for (let i = 0; i < keys.length && value !== undefined; i++) {
    const below: unknown = isMap(value) ? value[keys[i]] : undefined;
    // Asked last, for most of what is asked for is not there at all.
    value = below !== undefined && Object.hasOwn(value, keys[i]) ? below : undefined;
  }
  return value;
}

/** The text at `keys`; undefined where there is none or something else. */
export function textAt(manifest: unknown, ...keys: readonly string[]): string | undefined {
  const value = at(manifest, keys);
  return typeof value === 'string' ? value : undefined;
}

/** The map at `keys`; empty where there is none or something else. */
export function mapAt(manifest: unknown, ...keys: readonly string[]): Record<string, any> {
  const value = at(manifest, keys);
  return isMap(value) ? value : {};
}

/** The items of the list at `keys`, each with its pointer; none where there is no list. */
export function itemsAt(manifest: unknown, ...keys: readonly string[]): Field[] {
  const value = at(manifest, keys);
  if (!Array.isArray(value)) {
    return [];
  }
  const pointer = pointerOf(...keys);
  return value.map((item, i) => ({ value: item, pointer: `${pointer}/${i}` }));
}

/** The texts of the list at `keys`, without whatever else is in it. */
export function textsAt(manifest: unknown, ...keys: readonly string[]): string[] {
  const value = at(manifest, keys);
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : [];
}

/** The JSON pointer to what lies at `keys`. */
export function pointerOf(...keys: readonly string[]): string {
  return keys.reduce(pointerTo, '');
}
