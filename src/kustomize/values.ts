import { isMap } from '../vocabulary/is-map';
import { copyOfMap, copyWith, plainMap, setField } from '../vocabulary/plain-map';

/** What lies at `key` of a map; undefined where it is none, or has none. */
export function fieldOf(value: any, key: string): any {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A scalar as its text, as kustomize compares and joins them; that of a map or a list is empty. */
export function textOf(value: any): string {
  return value === undefined || typeof value === 'object'
    ? value === null
      ? 'null'
      : ''
    : String(value);
}

/** `map` with `value` at `key`; without that key where the value is undefined. */
export function withField(map: any, key: string, value: any): any {
  const copied = isMap(map) ? copyOfMap(map, (one) => one !== key) : plainMap();
  if (value !== undefined) {
    setField(copied, key, value);
  }
  return copied;
}

/** `manifest` with a field of its metadata set; without it where `value` is undefined. */
export function withMetadata(manifest: any, key: string, value: any): any {
  return copyWith(manifest, 'metadata', withField(manifest.metadata, key, value));
}

/** The values of a map as texts; that of anything else is empty. */
export function textsOf(map: any): Record<string, string> {
  return isMap(map)
    ? Object.fromEntries(Object.entries(map).map(([key, value]) => [key, textOf(value)]))
    : {};
}
