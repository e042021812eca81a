import { patchedManifest } from '../../src/inventory/patched-manifest';
import { JsonPatchOperation } from '../../src/vocabulary/environment-patch';

const MANIFEST = {
  kind: 'A',
  spec: { list: ['a', 'b'], map: { 'x/y~z': 1, deep: {} }, nothing: null, zero: 0 },
};

function patched(...operations: JsonPatchOperation[]): unknown {
  return patchedManifest(MANIFEST, operations).spec;
}

test.each<[string, JsonPatchOperation, object]>([
  ['adds a field', { op: 'add', path: '/spec/new', value: [1] }, { new: [1] }],
  ['adds in the place of a field', { op: 'add', path: '/spec/zero', value: 1 }, { zero: 1 }],
  [
    'adds before an item',
    { op: 'add', path: '/spec/list/1', value: 'x' },
    { list: ['a', 'x', 'b'] },
  ],
  [
    'adds behind the last item',
    { op: 'add', path: '/spec/list/2', value: 'x' },
    { list: ['a', 'b', 'x'] },
  ],
  [
    "adds to a list's end",
    { op: 'add', path: '/spec/list/-', value: 'x' },
    { list: ['a', 'b', 'x'] },
  ],
  ['replaces a field', { op: 'replace', path: '/spec/zero', value: { a: 1 } }, { zero: { a: 1 } }],
  ['replaces null', { op: 'replace', path: '/spec/nothing', value: 1 }, { nothing: 1 }],
  ['replaces an item', { op: 'replace', path: '/spec/list/0', value: 'x' }, { list: ['x', 'b'] }],
  ['removes an item', { op: 'remove', path: '/spec/list/0' }, { list: ['b'] }],
  ['reads escapes', { op: 'remove', path: '/spec/map/x~1y~0z' }, { map: { deep: {} } }],
  ['tests a value', { op: 'test', path: '/spec/list', value: ['a', 'b'] }, {}],
])('a patch that %s applies', (_, operation, changes) => {
  expect(patched(operation)).toEqual({ ...MANIFEST.spec, ...changes });
});

test('a removed field is gone', () => {
  expect(patched({ op: 'remove', path: '/spec/zero' })).not.toHaveProperty('zero');
});

test.each<[JsonPatchOperation, string]>([
  [{ op: 'remove', path: '/spec/x' }, "cannot remove '/spec/x', which is not there"],
  [{ op: 'replace', path: '/spec/x', value: 1 }, "cannot replace '/spec/x', which is not there"],
  [{ op: 'test', path: '/spec/x', value: 1 }, "cannot test '/spec/x', which is not there"],
  [{ op: 'replace', path: '/spec/x/y', value: 1 }, "cannot replace '/spec/x/y'"],
  [{ op: 'replace', path: '/spec/list/2', value: 1 }, "cannot replace '/spec/list/2'"],
  [{ op: 'replace', path: '/spec/list/-', value: 1 }, "cannot replace '/spec/list/-'"],
  [{ op: 'remove', path: '/spec/list/length' }, "cannot remove '/spec/list/length'"],
  [{ op: 'remove', path: '/spec/list/00' }, "cannot remove '/spec/list/00'"],
  [{ op: 'remove', path: '/spec/toString' }, "cannot remove '/spec/toString'"],
  [{ op: 'remove', path: '/spec/nothing/x' }, "cannot remove '/spec/nothing/x'"],
  [{ op: 'remove', path: '/kind/0' }, "cannot remove '/kind/0'"],
  [{ op: 'add', path: '/spec/list/3', value: 1 }, "cannot add '/spec/list/3' to a list of 2"],
  [{ op: 'add', path: '/spec/list/x', value: 1 }, "cannot add '/spec/list/x' to a list of 2"],
  [
    { op: 'add', path: '/spec/x/y', value: 1 },
    "cannot add '/spec/x/y', because there is nothing to add it to",
  ],
  [
    { op: 'add', path: '/spec/nothing/y', value: 1 },
    "cannot add '/spec/nothing/y', because there is nothing to add it to",
  ],
  [{ op: 'add', path: '/spec/zero/y', value: 1 }, "cannot add '/spec/zero/y'"],
  [{ op: 'add', path: '/spec/x' }, "cannot add '/spec/x' without a value"],
  [{ op: 'replace', path: '/spec/zero' }, "cannot replace '/spec/zero' without a value"],
  [{ op: 'test', path: '/spec/zero', value: '0' }, '\'/spec/zero\' is 0, not "0"'],
])('the patch %j does not apply', (operation, message) => {
  expect(() => patched(operation)).toThrow(message);
});

test('each operation sees what those before it left', () => {
  const add = { op: 'add', path: '/spec/new', value: {} };
  const fill = { op: 'add', path: '/spec/new/a', value: 1 };
  expect(patched(add, fill)).toMatchObject({ new: { a: 1 } });
  expect(() => patched(fill, add)).toThrow("cannot add '/spec/new/a'");
  expect(() =>
    patched({ op: 'remove', path: '/spec/map' }, { op: 'remove', path: '/spec/map' }),
  ).toThrow("cannot remove '/spec/map', which is not there");
});

test('neither the manifest nor the values of a patch are changed', () => {
  const before = structuredClone(MANIFEST);
  const value = {};
  patched(
    { op: 'add', path: '/spec/new', value },
    { op: 'add', path: '/spec/new/a', value: 1 },
    { op: 'replace', path: '/spec/zero', value },
    { op: 'add', path: '/spec/zero/a', value: 1 },
    { op: 'remove', path: '/spec/list/0' },
  );
  expect(value).toEqual({});
  expect(MANIFEST).toEqual(before);
});
