import * as v8 from 'v8';
import * as vm from 'vm';
import * as fc from 'fast-check';
import { copyOfMap, copyWith, plainMap, setField } from '../../src/vocabulary/plain-map';

/** Whether the engine has one shape for both objects. */
function haveOneShape(one: object, other: object): boolean {
  v8.setFlagsFromString('--allow-natives-syntax');
  try {
    return vm.runInThisContext('(one, other) => %HaveSameMap(one, other)')(one, other);
  } finally {
    v8.setFlagsFromString('--no-allow-natives-syntax');
  }
}

function filled(map: any, ...keys: string[]): object {
  keys.forEach((key) => (map[key] = key));
  return map;
}

/** More maps that begin with a name of their own than an engine keeps names. */
function namedMaps(): object[] {
  return [...Array(3000).keys()].map((i) => filled({}, `child-${i}`));
}

test('maps are plain to everybody who looks at them', () => {
  const map = filled(plainMap(), 'a');
  expect(map).toStrictEqual({ a: 'a' });
  expect([Object.getPrototypeOf(map), map.constructor]).toEqual([Object.prototype, Object]);
  expect([JSON.stringify(map), `${map}`]).toEqual(['{"a":"a"}', '[object Object]']);
});

test('a copy is what a spread would have made, whatever the keys are called', () => {
  const key = fc.constantFrom('a', 'b', '__proto__', 'constructor', 'toString', '7', '');
  const entries = fc.array(fc.tuple(key, fc.constantFrom<any>(null, undefined, 1, {}, [])));
  fc.assert(
    fc.property(entries, (all) => {
      const map = plainMap();
      all.forEach(([name, value]) => setField(map, name, value));
      const copied = copyOfMap(map);
      expect(copied).not.toBe(map);
      expect(Object.entries(copied)).toEqual(Object.entries({ ...map }));
      expect(Object.values(copied).every((value, i) => value === Object.values(map)[i])).toBe(true);
      expect(Object.getPrototypeOf(copied)).toBe(Object.prototype);
      const changed = copyWith(map, 'b', 2);
      expect(Object.entries(changed)).toEqual(Object.entries({ ...map, b: 2 }));
      expect(Object.entries(copied)).toEqual(Object.entries(map));
      expect(Object.keys(copyOfMap(map, (n) => n !== 'a'))).toEqual(
        Object.keys(map).filter((n) => n !== 'a'),
      );
    }),
  );
});

test('maps that are filled alike have one shape, however many constructs with names of their own there are', () => {
  const kept = namedMaps();
  expect(haveOneShape(filled(plainMap(), 'new', 'b'), filled(plainMap(), 'new', 'b'))).toBe(true);
  expect(kept).toHaveLength(3000);
});

test('copies of maps of one shape have one shape, whatever else is copied', () => {
  const alike = () => filled(plainMap(), 'metadata', 'spec');
  const copies = [copyOfMap(alike())];
  for (let i = 0; i < 100; i++) {
    copyOfMap(filled(plainMap(), `x${i % 7}`, `y${i % 5}`));
  }
  copies.push(copyOfMap(alike()));
  expect(haveOneShape(copies[0], copies[1])).toBe(true);
});
