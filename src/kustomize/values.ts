import { isMap } from '../vocabulary/is-map';

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
  const { [key]: _, ...others } = isMap(map) ? map : ({} as any);
  return value === undefined ? others : { ...others, [key]: value };
}

/** `manifest` with a field of its metadata set; without it where `value` is undefined. */
export function withMetadata(manifest: any, key: string, value: any): any {
  return { ...manifest, metadata: withField(manifest.metadata, key, value) };
}

/** The values of a map as texts; that of anything else is empty. */
export function textsOf(map: any): Record<string, string> {
  return isMap(map)
    ? Object.fromEntries(Object.entries(map).map(([key, value]) => [key, textOf(value)]))
    : {};
}

/** Sets a field of a map, whatever it is called. */
export function setField(map: any, key: string, value: any): void {
  if (key === '__proto__') {
    Object.defineProperty(map, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    map[key] = value;
  }
}
