import { goRegex } from '../../src/vocabulary/go-regex';
import { remembering, rememberingLast } from '../../src/vocabulary/remembering';

test('what was asked lately is not asked again, and what was asked long ago is', () => {
  const asked: string[] = [];
  const shouted = remembering((text) => {
    asked.push(text);
    return text.toUpperCase();
  }, 2);
  expect(['a', 'b', 'a', 'c', 'b', 'a'].map(shouted)).toEqual(['A', 'B', 'A', 'C', 'B', 'A']);
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
});

test('an answer of nothing is remembered, too', () => {
  let times = 0;
  const nothing = remembering(() => void times++);
  expect([nothing(''), nothing(''), times]).toEqual([undefined, undefined, 1]);
});

test('what was asked last is not asked again, of the very same arguments alone', () => {
  const asked: unknown[] = [];
  const sizes = rememberingLast((list: unknown[], more: number) => {
    asked.push(list);
    return list.length + more;
  });
  const [one, two] = [['a'], ['a']];
  expect([sizes(one, 0), sizes(one, 0), sizes(two, 0), sizes(two, 1), sizes(one, 0)]).toEqual([
    1, 1, 1, 2, 1,
  ]);
  expect(asked).toEqual([one, two, two, one]);
});

test('a failure is not remembered, and does not make what was said before come back', () => {
  const first = rememberingLast((list: string[]) => list[0].length);
  expect(first(['ab'])).toBe(2);
  expect(() => first([])).toThrow(TypeError);
  expect(first(['abc'])).toBe(3);
});

test('what is no regular expression is refused each time, by the name that it is asked for', () => {
  for (const what of ['tag pattern', 'name of a target', 'tag pattern']) {
    expect(() => goRegex(what, '(?=a)')).toThrow(
      `${what} must be a regular expression of Go (RE2: no look-around, no back-references), got '(?=a)'`,
    );
  }
});
