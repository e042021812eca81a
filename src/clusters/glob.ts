import { RE2JS } from 're2js';
import { remembering } from '../vocabulary/remembering';

/**
 * Tells whether a name matches a pattern of Go's `filepath.Match`, in which '*' stands for any text; a pattern that is
 * malformed matches nothing.
 */
export const globOf = remembering(compiledGlob);

function compiledGlob(pattern: string): (name: string) => boolean {
  if (!/[*?[\\]/.test(pattern)) {
    return (name) => name === pattern;
  }
  if (/^\*[^*?[\\]*$/.test(pattern)) {
    const end = pattern.slice(1); // the usual form, and asked of every part of every path
    return (name) => name.endsWith(end);
  }
  const regex = regexOf([...pattern]);
  if (regex === undefined) {
    return () => false;
  }
  const compiled = RE2JS.compile(regex, RE2JS.DOTALL); // needs no more time than the name is long
  return (name) => compiled.matcher(name).matches();
}

/** The pattern as a regular expression; undefined where it is malformed. */
function regexOf(pattern: readonly string[]): string | undefined {
  let regex = '';
  for (let at = 0; at < pattern.length; at++) {
    switch (pattern[at]) {
      case '*':
        regex += '.*';
        break;
      case '?':
        regex += '.';
        break;
      case '\\':
        if (++at === pattern.length) {
          return undefined;
        }
        regex += RE2JS.quote(pattern[at]);
        break;
      case '[': {
        const found = classAt(pattern, at + 1);
        if (!found) {
          return undefined;
        }
        regex += found.regex;
        at = found.end;
        break;
      }
      default:
        regex += RE2JS.quote(pattern[at]);
    }
  }
  return regex;
}

/** The class of characters that begins at `start`, behind its bracket; undefined where it is malformed. */
function classAt(
  pattern: readonly string[],
  start: number,
): { readonly regex: string; readonly end: number } | undefined {
  const isNegated = pattern[start] === '^';
  let at = isNegated ? start + 1 : start;
  const ranges: string[] = [];
  let isAny = false;
  while (pattern[at] !== ']' || !isAny) {
    const low = characterAt(pattern, at);
    const isRange = low && pattern[low.next] === '-';
    const high = isRange ? characterAt(pattern, low.next + 1) : low;
    if (!low || !high) {
      return undefined;
    }
    isAny = true;
    at = high.next;
    if (low.code <= high.code) {
      ranges.push(`\\x{${low.code.toString(16)}}-\\x{${high.code.toString(16)}}`);
    }
  }
  const nothing = isNegated ? '.' : '[^\\x00-\\x{10ffff}]';
  const regex = ranges.length > 0 ? `[${isNegated ? '^' : ''}${ranges.join('')}]` : nothing;
  return { regex, end: at };
}

/** A character of a class; '-' and ']' stand for themselves behind a backslash alone. */
function characterAt(
  pattern: readonly string[],
  at: number,
): { readonly code: number; readonly next: number } | undefined {
  const isEscaped = pattern[at] === '\\';
  const where = isEscaped ? at + 1 : at;
  const character = pattern[where];
  const isBare = !isEscaped && (character === '-' || character === ']');
  // Something must follow, be it the bracket that ends the class.
  return character === undefined || isBare || where + 1 >= pattern.length
    ? undefined
    : { code: character.codePointAt(0)!, next: where + 1 };
}
