import { isMap } from '../vocabulary/is-map';
import { copyOfMap, setField } from '../vocabulary/plain-map';

/** A copy of content of YAML that shares nothing with it; unlike that of `structuredClone`, with its symbols. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map(copyOf) as T;
  }
  if (!isMap(value)) {
    return value;
  }
  const copy = copyOfMap(value);
  for (const [key, one] of Object.entries(value)) {
    setField(copy, key, copyOf(one));
  }
  return copy;
}

/** The API server takes no more of an object. */
const MOST_CHARACTERS = 3 * 1024 * 1024;

/**
 * Copies parts of an object into it. Throws where that makes more of it than any object is: each copy may hold the one before.
 */
export function copierWithin(manifest: unknown): <T>(value: T) => T {
  let left: number | undefined;
  return (value) => {
    left ??= MOST_CHARACTERS - charactersOf(manifest);
    left -= charactersOf(value);
    if (left < 0) {
      throw new Error(`copies make an object of more than ${MOST_CHARACTERS} characters`);
    }
    return copyOf(value);
  };
}

/** How many characters a value is written with, more or less. */
function charactersOf(value: unknown): number {
  if (Array.isArray(value)) {
    return value.reduce((sum: number, one) => sum + charactersOf(one), 2);
  }
  return isMap(value)
    ? Object.entries(value).reduce((sum, [key, one]) => sum + key.length + charactersOf(one), 2)
    : String(value).length;
}
