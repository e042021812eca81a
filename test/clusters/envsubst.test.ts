import * as fc from 'fast-check';
import { expanded, Lookup, UNKNOWN } from '../../src/clusters/envsubst';

const VALUES: Record<string, string | typeof UNKNOWN> = {
  city: 'utrecht',
  EMPTY: '',
  file: '/srv/data/report.final.csv',
  mixed: 'aBcAbC',
  word: 'prod',
  secret: UNKNOWN,
  uml: 'füß',
};

const lookup: Lookup = (name) => (Object.hasOwn(VALUES, name) ? VALUES[name] : undefined);

describe('Flux expands', () => {
  test.each([
    ['nothing where no variable is', 'no $variable {here}', 'no $variable {here}'],
    ['a variable', 'in ${city}!', 'in utrecht!'],
    ['two variables beside each other', '${word}${city}', 'produtrecht'],
    ['a variable that is set and empty', '[${EMPTY}]', '[]'],
    [
      'a double dollar to one, in front of a brace or not',
      '$${city} $$x $$$${word}',
      '${city} $x $${word}',
    ],
    ['a variable behind an escaped dollar', '$$${city}', '$utrecht'],
    ['a default for what is missing', '${a:=b} ${a:-c} ${a=d}', 'b c d'],
    ['a default for what is empty', '${EMPTY:=b}${EMPTY=c}', 'bc'],
    ['no default for what is set', '${city:=b}', 'utrecht'],
    ['an empty default', '[${a:=}]', '[]'],
    ['a default that holds anything but a brace', '${a:=x:y/$z "q"}', 'x:y/$z "q"'],
    ['a default made of variables', '${a:=in-${city}-${word}}', 'in-utrecht-prod'],
    ['what a shell would do otherwise as a default', '${a:?b}${a:+c}', 'bc'],
    ['the length', '${#city}', '7'],
    [
      'to upper and lower case',
      '${city^} ${city^^} ${mixed,} ${mixed,,}',
      'Utrecht UTRECHT aBcAbC abcabc',
    ],
    ['a part from a position', '${city:3}', 'echt'],
    ['a part of a length', '${city:1:3}', 'tre'],
    ['the whole from a position that is no number', '${city:${word}}', 'utrecht'],
    ['a part behind the end to nothing', '[${city:9}]', '[]'],
    ['a replacement of the first', '${mixed/b/-}', 'aBcA-C'],
    ['a replacement of all', '${file//t/T}', '/srv/daTa/reporT.final.csv'],
    ['a removal', '${city/t/}', 'urecht'],
    ['a replaced start', '${city/#ut/UT}', 'UTrecht'],
    ['a replaced end', '${city/%ht/HT}', 'utrecHT'],
    ['something put in front', '${city/#/x-}', 'x-utrecht'],
    ['a pattern with escaped slashes', '${file//\\//-}', '-srv-data-report.final.csv'],
    ['off the shortest start', '${file#*/}', 'srv/data/report.final.csv'],
    ['off the longest start', '${file##*/}', 'report.final.csv'],
    ['off the shortest end', '${file%.*}', '/srv/data/report.final'],
    ['off the longest end', '${file%%.*}', '/srv/data/report'],
    ['nothing off what does not fit', '${city#x*}', 'utrecht'],
  ])('%s', (_, text, result) => {
    expect(expanded(text, lookup).text).toBe(result);
  });
});

describe('Flux refuses', () => {
  test.each([
    ['${missing}', 'missing'],
    ['${1}', '1'],
    ['${missing^^}', 'missing'],
    ['${#missing}', 'missing'],
    ['${missing:0:3}', 'missing'],
    ['${missing/a/b}', 'missing'],
    ['${missing##*/}', 'missing'],
    ['${city:=${missing}}', 'missing'],
  ])('%s, for the variable is not set', (text, variable) => {
    expect(expanded(`a ${text} b`, lookup).faults.map((fault) => fault.variable)).toEqual([
      variable,
    ]);
  });

  test.each([
    ['${}'],
    ['${ city }'],
    ['${{ github.sha }}'],
    ['${city.name}'],
    ['${city-default}'],
    ['${city[0]}'],
    ['${city|upper}'],
    ['${city'],
    ['${city:}'],
    ['${city#}'],
    ['${city^^^}'],
    ['${#city^}'],
    ['${city#a${word}}'],
  ])('%s, for it is no expression', (text) => {
    const { text: result, faults } = expanded(`a ${text} b`, lookup);
    expect(faults).toEqual([{ expression: expect.stringContaining('${') }]);
    expect(result).toBe(`a ${text} b`);
  });
});

describe('what cannot be known stays as it is written', () => {
  test.each([
    ['a variable without a known value', '${secret}'],
    ['a default for one', '${secret:=b}'],
    ['a default of one', '${missing:=${secret}}'],
    ['a function of one', '${secret^^}'],
    ['upper case of other letters than of English', '${uml^^}'],
    ['a glob with more than a star', '${city#[a-z]}'],
    ['a negative length, on which versions differ', '${city:1:-1}'],
    ['an expression that the text does not end', '${city:=never ending'],
    ['a pattern that the text does not end', '${city/never ending}'],
  ])('%s', (_, text) => {
    expect(expanded(text, lookup)).toEqual({ text, faults: [] });
  });
});

test('neither depth nor length ends the stack or takes its time', () => {
  const deep = '${a:='.repeat(100_000);
  expect(expanded(deep, lookup)).toEqual({ text: deep, faults: [] });
  const closed = `${'${a:='.repeat(100_000)}x${'}'.repeat(100_000)}`;
  expect(expanded(closed, lookup)).toEqual({ text: closed, faults: [] });
  const long = () => 'a'.repeat(1_000_000);
  expect(expanded('${long##*b}', long).text).toBe('${long##*b}');
});

test('values that fill the memory are refused where they do', () => {
  const long = 'x'.repeat(1_000_000);
  const { text, faults } = expanded('${a}${a}${a}${a}${a}', () => long);

  expect(faults).toEqual([{ expression: '${a}', isTooLong: true }]);
  expect(text).toBe(`${long.repeat(3)}\${a}\${a}`);
});

test('what each part of a value is replaced by is not known where it fills the memory', () => {
  const expression = `\${a//x/${'y'.repeat(1000)}}`;

  expect(expanded(expression, () => 'x'.repeat(1_000_000)).text).toBe(expression);
});

test('no text is too much for it, and one without a dollar is never changed', () => {
  const pieces = fc.constantFrom(
    '${',
    '}',
    '$',
    '$$',
    ':',
    '=',
    '-',
    '/',
    '#',
    '%',
    '^',
    ',',
    'city',
    'x',
    '\\',
    ' ',
    '*',
  );
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      const text = parts.join('');
      const { text: result } = expanded(text, lookup);
      return text.includes('$') || result === text;
    }),
  );
});
