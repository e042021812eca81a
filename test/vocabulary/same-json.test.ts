import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'util';
import { isSameJson } from '../../src/vocabulary/same-json';

const plain = (value: unknown) =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('a', 'b', 0, 1, true, null, undefined),
    fc.array(tie('any'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'toString', '__proto__'), tie('any'), { maxKeys: 2 }),
  ),
})).any;

test('two values are the same where their JSON is', () => {
  fc.assert(
    fc.property(value, value, (one, other) => {
      expect(isSameJson(one, other)).toBe(isDeepStrictEqual(plain(one), plain(other)));
    }),
    { numRuns: 3000 },
  );
});

test('the order of keys makes no difference, that of items does', () => {
  expect(isSameJson({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
  expect(isSameJson({ b: [1, 2] }, { b: [2, 1] })).toBe(false);
});
