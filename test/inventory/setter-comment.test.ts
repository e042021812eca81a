import { committedObjects } from '../../src/repo/committed-objects';

/** The setters that a text is marked with, by pointer. */
function settersIn(text: string): Record<string, string> {
  const fields = committedObjects(text).flatMap((object) => object.fields);
  return Object.fromEntries(fields.map(({ pointer, setter }) => [pointer, setter]));
}

const MARKER = '{"$imagepolicy": "a:b"}';

// What kyaml 0.21.1 says of the same texts.
describe('Flux takes for a marker', () => {
  test.each([
    '#{"$imagepolicy":"a:b"}',
    '# { "$imagepolicy": "a:b" }',
    `## ${MARKER}`,
    '# {"$imagepolicy": "a:b", "by": "hand"}',
    '# {"$imagepolicy": "a:b", "by": null}',
    `# ${MARKER}  `,
    `# ${MARKER}\n  # of the platform team`,
  ])('a comment %j', (comment) => {
    expect(settersIn(`x: y ${comment}\nz: 1\n`)).toEqual({ '/x': 'a:b' });
    expect(settersIn(`x: y ${comment}\nz: 1\n`.replace(/\n/g, '\r\n'))).toEqual({ '/x': 'a:b' });
  });

  test.each([
    ['above a value', `x:\n  # ${MARKER}\n  y\n`, '/x'],
    ['above the first item', `x:\n  # ${MARKER}\n  - y\n  - z\n`, '/x/0'],
    ['above another item', `x:\n- y\n# ${MARKER}\n- z\n`, '/x/1'],
    ['above an item, and indented', `x:\n  - y\n    # ${MARKER}\n  - z\n`, '/x/1'],
    ['behind the dash of an item', `x:\n  - # ${MARKER}\n    y\n`, '/x/0'],
    ['in front of an empty line', `x:\n  # ${MARKER}\n\n  y\n`, '/x'],
    ['behind an item of a flow', `x: { v: z, # ${MARKER}\n  w: 1 }\n`, '/x/v'],
  ])('a comment %s', (_, text, pointer) => {
    expect(settersIn(text)).toEqual({ [pointer]: 'a:b' });
  });
});

describe('Flux does not take for a marker', () => {
  test.each([
    `# for ${MARKER}`,
    `# ${MARKER} and more`,
    `# # ${MARKER}`,
    '# {"$imagepolicy": "a:b", "n": 1}',
    '# {"$imagepolicy": ["a:b"]}',
    '# {"$imagepolicy": ""}',
    '# "$imagepolicy"',
    '# null "$imagepolicy"',
  ])('a comment %j', (comment) => {
    expect(settersIn(`x: y ${comment}\n`)).toEqual({});
  });

  test.each([
    ['below the value', `x: y\n  # ${MARKER}\nz: 1\n`],
    ['above a key', `# ${MARKER}\nx: y\n`],
    ['behind a key', `x: # ${MARKER}\n  y\n`],
    ['behind a list', `x: [y] # ${MARKER}\n`],
    ['behind the key of a list', `x: # ${MARKER}\n  - y\n`],
    ['of two lines', `x:\n  # mind:\n  # ${MARKER}\n  - y\n`],
    ['above a value with a comment of its own', `x:\n  # ${MARKER}\n  - y # of people\n`],
    ['that is text', `x:\n  - |\n    # ${MARKER}\n  - y\n`],
  ])('a comment %s', (_, text) => {
    expect(settersIn(text)).toEqual({});
  });
});

test('a value of null is none', () => {
  const [{ fields }] = committedObjects(
    `x: null # ${MARKER}\ny: # ${MARKER}\n  1.10\nz: 1.10 # ${MARKER}`,
  );
  expect(fields.map(({ pointer, value }) => [pointer, value])).toEqual([
    ['/x', undefined],
    ['/z', '1.10'],
  ]);
});
