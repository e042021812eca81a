import { readSourceFile } from '../../src/inventory/read-source-file';

describe('a file of YAML', () => {
  test.each([
    ['a block', 'a: 1\nb: 2\na: 3\n', 3],
    ['a flow', 'x: { a: 1,\n  a: 2 }\n', 2],
    ['a list of maps', '- b: 1\n- a: 1\n  "a": 2\n', 3],
    ['a later document', 'a: 1\n---\na: 1\na: 2\n', 4],
  ])('with a key twice in %s is a problem at the second', (_, text, line) => {
    expect(readSourceFile('a.yaml', text).problems).toEqual([
      { message: 'Map keys must be unique', line },
    ]);
  });

  test('with a key in several maps is none', () => {
    const { problems, documents } = readSourceFile('a.yaml', 'a: { b: 1 }\nb: { b: 2, a: 1 }\n');

    expect(problems).toEqual([]);
    expect(documents[0].manifest).toEqual({ a: { b: 1 }, b: { b: 2, a: 1 } });
  });

  test('with a key twice holds no object, and those beside it stay', () => {
    const { documents } = readSourceFile('a.yaml', 'a: 1\na: 2\n---\nb: 1\n');

    expect(documents.map(({ index, manifest }) => [index, manifest])).toEqual([[1, { b: 1 }]]);
  });

  // What Flux makes of each, as its own build says.
  test.each([
    ['a text in base64', '!!binary Kg==', '*'],
    [
      'a text in base64 of several lines',
      '!!binary |\n  Y2x1c3Rlci\n  1hZG1pbg==',
      'cluster-admin',
    ],
    ['an ordered map', '!!omap [x: 1]', [{ x: 1 }]],
    ['pairs', '!!pairs [{ x: 1, y: 2 }]', [{ x: 1, y: 2 }]],
    ['a set', '!!set { x, y }', { x: null, y: null }],
    ['a tag that nobody knows', '!mine 5', '5'],
  ])('has for %s what Go has', (_, text, value) => {
    const { documents, problems } = readSourceFile('a.yaml', `a: ${text}\n`);

    expect(problems).toEqual([]);
    expect(documents[0].manifest).toEqual({ a: value });
  });

  test('with a text that is no base64 cannot be read', () => {
    expect(readSourceFile('a.yaml', 'b: 1\na: !!binary "***"\n').problems).toEqual([
      { message: '!!binary must be base64', line: 2 },
    ]);
  });

  test('whose aliases fill the memory cannot be read', () => {
    const long = `a: &a '${'x'.repeat(100_000)}'\nb: [${'*a, '.repeat(100)}]\n`;
    const { documents, problems } = readSourceFile('a.yaml', long);

    expect(documents).toEqual([]);
    expect(problems).toEqual([{ message: 'aliases add more than 3145728 characters' }]);
  });
});
