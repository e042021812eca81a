import * as fc from 'fast-check';
import { parse, parseAllDocuments, parseDocument } from 'yaml';
import { documents, yamlDocument } from '../../src/repo/yaml-text';
import { SetterField, SetterMarker } from '../../src/vocabulary/setter-marker';
import { anyText, HOSTILE_STRINGS } from './hostile-strings';

const number = fc.oneof(
  fc.integer(),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => (value === 0 ? 0 : value)),
  fc.constantFrom(0, -1, 0.1, 1e21, -1e-7, 1.5e300, 5e-324, 2 ** 53, 0o755),
);

const { value: anyJson } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    anyText,
    number,
    fc.boolean(),
    fc.constantFrom(null, {}, []),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(anyText, fc.constantFrom('__proto__', 'a.b/c')), tie('value')), {
        maxLength: 4,
      })
      .map((entries) => Object.fromEntries(entries)),
  ),
}));

/** What a parser of YAML 1.1 and one of YAML 1.2 make of `text`; neither may so much as warn. */
function readings(text: string): unknown[] {
  return (['1.1', '1.2'] as const).map((version) => {
    const document = parseDocument(text, { version, merge: version === '1.1' });
    expect([...document.errors, ...document.warnings]).toEqual([]);
    return document.toJS();
  });
}

function marker(pointer: string, expected: string, field = SetterField.IMAGE): SetterMarker {
  return {
    pointer,
    policyNamespace: 'team-a',
    policyName: 'podinfo',
    field,
    expected,
    imageName: 'ghcr.io/acme/podinfo',
    repository: 'https://github.com/acme/team-a',
    updatePath: '',
  };
}

describe('values', () => {
  test('any JSON value reads back the same in YAML 1.1 and 1.2', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(readings(yamlDocument(value))).toEqual([value, value]);
      }),
      { numRuns: 3000 },
    );
  });

  test.each(HOSTILE_STRINGS.map((text) => [text]))(
    '%j stays a string wherever it stands',
    (text) => {
      const value = { [text]: text, list: [text, [text], { [text]: { a: text } }], last: text };
      expect(readings(yamlDocument(value))).toEqual([value, value]);
      expect(readings(yamlDocument(text))).toEqual([text, text]);
      expect(readings(yamlDocument([text]))).toEqual([[text], [text]]);
    },
  );

  test('a number with an exponent has the dot without which YAML 1.1 reads a string', () => {
    expect(yamlDocument([1e21, -1e-7, 1.5e300, 12])).toBe(
      '- 1.0e+21\n- -1.0e-7\n- 1.5e+300\n- 12\n',
    );
  });

  test('keys keep the order they have', () => {
    expect(yamlDocument({ b: 1, a: { d: 2, c: 3 } })).toBe('b: 1\na:\n  d: 2\n  c: 3\n');
  });

  test('lists and maps nest with two spaces', () => {
    const value = { a: [{ b: 1, c: [2, [3, { d: 4 }]] }], e: {}, f: [] };
    expect(yamlDocument(value)).toBe(
      [
        'a:',
        '  - b: 1',
        '    c:',
        '      - 2',
        '      - - 3',
        '        - d: 4',
        'e: {}',
        'f: []',
        '',
      ].join('\n'),
    );
  });

  test.each([
    ['main', 'main'],
    ['./deploy', './deploy'],
    ['10m', '10m'],
    ['8Gi', '8Gi'],
    ['1h30m', '1h30m'],
    ['ghcr.io/acme/app:v1', 'ghcr.io/acme/app:v1'],
    ['>=1.0.0', "'>=1.0.0'"],
    ['1.10', "'1.10'"],
    ['0x1F', "'0x1F'"],
    ['yes', "'yes'"],
    ["it's", '"it\'s"'],
    ['a\nb\n', '|\n  a\n  b'],
    ['a\nb', '|-\n  a\n  b'],
    ['a\tb', '"a\\tb"'],
  ])('%j is written the way a person would', (text, written) => {
    expect(yamlDocument({ key: text })).toBe(`key: ${written}\n`);
  });

  test('an undefined field is left out, and a map of nothing else is empty', () => {
    expect(yamlDocument({ a: undefined, b: { c: undefined }, d: 1 })).toBe('b: {}\nd: 1\n');
  });

  test.each<[string, unknown, string]>([
    ['NaN', NaN, 'number must be finite, got NaN'],
    ['infinity', -Infinity, 'number must be finite, got -Infinity'],
    ['a function', () => 1, 'value must be JSON, got a function'],
    ['a symbol', Symbol('a'), 'value must be JSON, got a symbol'],
    ['a bigint', BigInt(1), 'value must be JSON, got a bigint'],
    ['a date', new Date(0), 'value must be JSON, got a Date'],
    ['a map', new Map([['a', 1]]), 'value must be JSON, got a Map'],
  ])('%s is refused', (_, value, message) => {
    expect(() => yamlDocument({ a: [value] })).toThrow(message);
  });

  test('undefined is refused where it cannot be left out', () => {
    expect(() => yamlDocument(undefined)).toThrow('value must be JSON, got a undefined');
    expect(() => yamlDocument({ a: [1, undefined] })).toThrow('value must be JSON');
  });

  test('a map without a prototype is a map', () => {
    expect(yamlDocument(Object.assign(Object.create(null), { a: 1 }))).toBe('a: 1\n');
  });

  test.each(['\ud800', 'a\udc00', '\udc00\ud800', 'a\n\ud83d'])(
    'half of a surrogate pair is refused: %j',
    (text) => {
      expect(() => yamlDocument({ a: text })).toThrow('text must be valid Unicode');
      expect(() => yamlDocument({ [text]: 'a' })).toThrow('key must be valid Unicode');
    },
  );

  test.each([
    ['a plain key', 'k'],
    ['a quoted key', ' '],
    ['a key of escapes', '\u0007'],
  ])('%s is written as long as parsers can read it, and refused beyond', (_, unit) => {
    let longest = 0;
    for (let length = 100; length <= 1200; length += 20) {
      const value = { a: { [unit.repeat(length)]: 'v' } };
      try {
        const text = yamlDocument(value);
        expect(readings(text)).toEqual([value, value]);
        longest = length;
      } catch (error) {
        expect((error as Error).message).toMatch(/^key must be at most \d+ characters/);
      }
    }
    expect(longest).toBeGreaterThanOrEqual(unit === '\u0007' ? 160 : 880);
    expect(longest).toBeLessThan(1200);
  });

  test('a text of a megabyte of digits is read once, not once for each digit', () => {
    const digits = '7'.repeat(1_000_000);
    expect(yamlDocument({ a: digits, b: `${digits}m=` })).toBe(
      `a: '${digits}'\nb: '${digits}m='\n`,
    );
  });
});

describe('form', () => {
  test('a document has no marker, blank, control or carriage return, and ends with one line break', () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, anyJson, { minKeys: 1 }), (value) => {
        const text = yamlDocument(value);
        expect(text).not.toMatch(/^(?:---|\.\.\.|%)/m);
        expect(text).not.toMatch(/^ +$/m);
        // What YAML 1.1 or 1.2 must not hold unescaped, or one of them takes for a line break.
        expect(text).not.toMatch(/[^\n -~\u00a0-\ufffd]|[\u2028\u2029\ufeff]/);
        expect(text).toMatch(/[^\n]\n$/);
      }),
      { numRuns: 1000 },
    );
  });

  test('documents of one file are as many as were put in, and none has a leading marker', () => {
    fc.assert(
      fc.property(fc.array(anyJson, { minLength: 1, maxLength: 4 }), (values) => {
        const text = documents(values.map((value) => yamlDocument(value)));
        expect(text.startsWith('---')).toBe(false);
        const read = parseAllDocuments(text) as { toJS(): unknown }[];
        expect(read.map((document) => document.toJS())).toEqual(values);
      }),
      { numRuns: 500 },
    );
  });
});

describe('setter markers', () => {
  const comment = '{"$imagepolicy": "team-a:podinfo"}';
  const oneLine = anyText.filter((text) => !/[\n\r]/.test(text));

  test('a marked string is followed by exactly its comment, and stays the same string', () => {
    fc.assert(
      fc.property(oneLine, oneLine, anyJson, (text, key, beside) => {
        const value = { before: beside, [key]: ['x', { image: text, other: text }], after: beside };
        const pointer = `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}/1/image`;
        const written = yamlDocument(value, [marker(pointer, text)]);

        expect(readings(written)).toEqual([value, value]);
        const document = parseDocument(written);
        expect(document.getIn([key, 1, 'image'], true)).toMatchObject({
          value: text,
          comment: ` ${comment}`,
        });
        expect(written.split(comment)).toHaveLength(2);
        expect(written).toMatch(
          /^ +(?:- )?image: .*[^ ] # \{"\$imagepolicy": "team-a:podinfo"\}$/m,
        );
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    [SetterField.IMAGE, '{"$imagepolicy": "team-a:podinfo"}'],
    [SetterField.NAME, '{"$imagepolicy": "team-a:podinfo:name"}'],
    [SetterField.TAG, '{"$imagepolicy": "team-a:podinfo:tag"}'],
  ])('the field %j is told in the comment', (field, text) => {
    expect(yamlDocument({ a: 'b:1' }, [marker('/a', 'b:1', field)])).toBe(`a: b:1 # ${text}\n`);
  });

  test('a marker follows a quoted string, outside of its quotes', () => {
    expect(yamlDocument(['1.10'], [marker('/0', '1.10')])).toBe(`- '1.10' # ${comment}\n`);
  });

  test('only the marked field is commented', () => {
    const text = yamlDocument({ a: 'x', b: 'x', c: { a: 'x' } }, [marker('/b', 'x')]);
    expect(text).toBe(`a: x\nb: x # ${comment}\nc:\n  a: x\n`);
  });

  test.each<[string, unknown]>([
    ['a text of several lines', 'a\nb'],
    ['a text of several lines in quotes', '\na'],
    ['a line break at the end', 'a\n'],
    ['a carriage return', 'a\rb'],
    ['a number', 1],
    ['null', null],
    ['a list', ['a']],
    ['an empty map', {}],
    ['an undefined field', undefined],
  ])('a marker on %s is an error', (_, value) => {
    expect(() => yamlDocument({ image: value, other: 'a' }, [marker('/image', 'a')])).toThrow(
      "setter marker at '/image' must name a string of one line in the object",
    );
  });

  test.each(['/nothing', '/list/1', '/list/-', 'image', '/image/', '/list/00', '/a~1b'])(
    'a marker on %s, where there is nothing, is an error',
    (pointer) => {
      expect(() => yamlDocument({ image: 'a', list: ['b'] }, [marker(pointer, 'a')])).toThrow(
        `setter marker at '${pointer}' must name a string of one line in the object`,
      );
    },
  );

  test.each([
    ['team-a', "got 'team-a'"],
    ['ghcr.io/acme/podinfo:1.0.1', "got 'ghcr.io/acme/podinfo:1.0.1'"],
    ['', "got ''"],
    ['x'.repeat(200), `got '${'x'.repeat(80)}…'`],
  ])('a marker on %j, which is not what Flux is to replace, is an error', (value, got) => {
    const image = 'ghcr.io/acme/podinfo:1.0.0';
    expect(() => yamlDocument({ a: [value] }, [marker('/a/0', image)])).toThrow(
      `setter marker at '/a/0' must be behind '${image}', ${got}`,
    );
    expect(() => yamlDocument({ a: [image] }, [marker('/a/0', image)])).not.toThrow();
  });

  test('one field cannot have two policies', () => {
    const one = marker('/a', 'b:1');
    const other = { ...one, policyName: 'other' };
    expect(() => yamlDocument({ a: 'b:1' }, [one, other])).toThrow(
      `two setter markers at '/a': ${comment} and {"$imagepolicy": "team-a:other"}`,
    );
    expect(yamlDocument({ a: 'b:1' }, [one, { ...one }])).toBe(`a: b:1 # ${comment}\n`);
  });

  test('what Flux reads is the comment of a real parser too', () => {
    expect(parse(yamlDocument({ a: 'b:1' }, [marker('/a', 'b:1')]))).toEqual({ a: 'b:1' });
  });
});
