import { isMap } from '../vocabulary/is-map';
import { setField } from './values';

/** A copy of content of YAML that shares nothing with it; unlike that of `structuredClone`, with its symbols. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map(copyOf) as T;
  }
  if (!isMap(value)) {
    return value;
  }
  const copy = { ...value };
  for (const [key, one] of Object.entries(value)) {
    setField(copy, key, copyOf(one));
  }
  return copy;
}
