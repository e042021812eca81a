import { readSourceFile } from '../../src/inventory/read-source-file';
import { copyOf } from '../../src/kustomize/copy-of';

const read = (text: string): any => readSourceFile('a.yaml', text).documents[0].manifest;

test('a copy shares nothing with what it is of', () => {
  const original = { a: [{ b: 1 }], c: null };
  const copy = copyOf(original);
  copy.a[0].b = 2;

  expect(original).toEqual({ a: [{ b: 1 }], c: null });
  expect(copy).toEqual({ a: [{ b: 2 }], c: null });
});

test('a field that is called __proto__ stays a field', () => {
  const copy = copyOf(read('__proto__: { a: 1 }'));

  expect(Object.keys(copy)).toEqual(['__proto__']);
  expect(copy.a).toBeUndefined();
});

test('a map with a field toString can be taken for a text, and so can a copy', () => {
  const map = read('toString: 1');

  expect(`${map}${copyOf(map)}${{ ...map }}`).toBe('');
  expect(Object.entries(map)).toEqual([['toString', 1]]);
});
