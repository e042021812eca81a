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
 * @param without a key that is left out
 */
export function copyOfMap(map: any, without?: string): any {
  const copied = new PlainMap();
  for (const key of Object.keys(map)) {
    if (key !== without) {
      setField(copied, key, map[key]);
    }
  }
  if (Object.hasOwn(map, Symbol.toPrimitive)) {
    copied[Symbol.toPrimitive] = map[Symbol.toPrimitive];
  }
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
