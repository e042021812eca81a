/**
 * Makes empty maps that are filled key by key, or copied.
 *
 * Engines give objects that are filled alike one shape, which is what makes them small and fast to read. All that begin as `{}` share one table of
 * first keys, though, and once some 1,500 names have been first in one, as the children of 1,500 constructs are, each new object gets a shape
 * of its own. Copies by `{ ...map }` get one, too, where maps of many shapes come along. These have a table to themselves.
 */
const PlainMap = function () {} as unknown as new () => any;
PlainMap.prototype = Object.prototype;

/** An empty map, as `{}` is one. */
export function plainMap(): any {
  return new PlainMap();
}

/**
 * A copy of a map, as `{ ...map }` is one; what is in it is shared.
 *
 * @param isKept which of its keys are copied. Default: all
 */
export function copyOfMap(map: any, isKept: (key: string) => boolean = () => true): any {
  const copied = new PlainMap();
  for (const key of Object.keys(map)) {
    if (isKept(key)) {
      setField(copied, key, map[key]);
    }
  }
  if (Object.hasOwn(map, Symbol.toPrimitive)) {
    copied[Symbol.toPrimitive] = map[Symbol.toPrimitive];
  }
  return copied;
}

/** A copy of a map with another value in a field, as `{ ...map, [key]: value }` is one. */
export function copyWith(map: any, key: string, value: any): any {
  const copied = copyOfMap(map);
  setField(copied, key, value);
  return copied;
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
