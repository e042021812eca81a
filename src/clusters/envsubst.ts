import { Call, ExpressionReader } from './envsubst-expression';

/** What a variable is that has a value which nobody here knows. */
export const UNKNOWN = Symbol('unknown');

/** The value of a variable; `undefined` where it is certain that there is none. */
export type Lookup = (name: string) => string | typeof UNKNOWN | undefined;

/** Why Flux refuses to substitute. */
export interface SubstitutionFault {
  /** The expression as it is written: `${name}`. */
  readonly expression: string;
  /** The variable that has no value. @default - Flux cannot read the expression, or it makes too much */
  readonly variable?: string;
  /** Whether it makes a longer text than any object may hold. @default false */
  readonly isTooLong?: boolean;
}

/** A text with its variables in place. */
export interface Expansion {
  /** What cannot be known, or not be read, is in it as it was written. */
  readonly text: string;
  readonly faults: readonly SubstitutionFault[];
}

/** The API server takes no object that is longer, and no memory is without end. */
const LONGEST_RESULT = 3 * 1024 * 1024;

/** Operators that have an answer for a variable that is not set. */
const DEFAULTS = new Set(['=', ':=', ':-', ':?', ':+']);

/**
 * Expands `${…}` as Flux's `envsubst` does, which is not what a shell does: any of the operators for defaults gives its word for a
 * variable that is missing or empty, and `$$` is `$` wherever it stands outside of an expression.
 *
 * @see https://github.com/fluxcd/pkg/tree/main/envsubst
 */
export function expanded(text: string, lookup: Lookup): Expansion {
  const faults: SubstitutionFault[] = [];
  let result = '';
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar < 0) {
      break;
    }
    result += text.slice(at, dollar);
    at = dollar;
    if (text.startsWith('${', at)) {
      const reader = new ExpressionReader(text, at + 2);
      const call = reader.call();
      if (typeof call === 'string') {
        if (call === 'malformed') {
          faults.push({ expression: excerptOf(text.slice(at)) });
        }
        break; // where it ends is not known, so what follows is not either
      }
      const value = evaluated(call, lookup, faults) ?? call.source;
      if (result.length + value.length > LONGEST_RESULT) {
        faults.push({ expression: excerptOf(call.source), isTooLong: true });
        break;
      }
      result += value;
      at = reader.at;
    } else {
      result += '$';
      at += text.startsWith('$$', at) ? 2 : 1;
    }
  }
  return { text: result + text.slice(at), faults };
}

/** What a call comes to; undefined where that cannot be known, or is a fault. */
function evaluated(
  { name, operator, args, source }: Call,
  lookup: Lookup,
  faults: SubstitutionFault[],
): string | undefined {
  // Flux evaluates a default that it does not need, and refuses what is missing there.
  const words = args.map((arg) => (typeof arg === 'string' ? arg : evaluated(arg, lookup, faults)));
  const value = lookup(name);
  if (value === undefined && !DEFAULTS.has(operator)) {
    faults.push({ expression: source, variable: name });
    return undefined;
  }
  if (value === UNKNOWN || words.includes(undefined)) {
    return undefined;
  }
  return applied(value ?? '', operator, words as string[]);
}

/** What `operator` makes of a value; undefined where that is not certain. */
function applied(value: string, operator: string, words: readonly string[]): string | undefined {
  if (operator === '' || DEFAULTS.has(operator)) {
    return value === '' ? words.join('') : value;
  }
  if (/[^\x20-\x7e]/.test(value + words.join(''))) {
    return undefined; // Flux counts bytes and has Go's idea of upper case
  }
  const [word = '', by = ''] = words;
  switch (operator) {
    case ',':
      return value.slice(0, 1).toLowerCase() + value.slice(1);
    case ',,':
      return value.toLowerCase();
    case '^':
      return value.slice(0, 1).toUpperCase() + value.slice(1);
    case '^^':
      return value.toUpperCase();
    case '/':
      return value.replace(word, () => by);
    case '//':
      return word === '' ? undefined : replaced(value, word, by);
    case '/#':
      return words.length === 2 && value.startsWith(word) ? by + value.slice(word.length) : value;
    case '/%':
      return words.length === 2 && value.endsWith(word)
        ? value.slice(0, value.length - word.length) + by
        : value;
    case ':':
      return slice(value, words);
    case '#':
    case '##':
    case '%':
    case '%%':
      return words.length === 0 ? String(value.length) : trimmed(value, operator, word);
    default:
      return value; // such as ',^', which is no function, and Flux leaves the value as it is
  }
}

function replaced(value: string, word: string, by: string): string | undefined {
  const parts = value.split(word);
  return value.length + parts.length * by.length > LONGEST_RESULT ? undefined : parts.join(by);
}

function slice(value: string, [from, length]: readonly string[]): string | undefined {
  if (!isInteger(from) || (length !== undefined && !isInteger(length))) {
    return value;
  }
  if (length?.startsWith('-')) {
    return undefined; // versions differ
  }
  const start = Number(from) < 0 ? Math.max(0, value.length + Number(from)) : Number(from);
  return value.slice(start, length === undefined ? undefined : start + Number(length));
}

/** Longest value that each start and end of is tried. */
const LONGEST_TRIMMED = 1000;

/** Without the shortest or longest start or end that a pattern of texts and '*' fits. */
function trimmed(value: string, operator: string, pattern: string): string | undefined {
  if (/[?[\]\\]/.test(pattern) || value.length > LONGEST_TRIMMED) {
    return undefined;
  }
  const pieces = pattern.split(/\*+/);
  const isEnd = operator.startsWith('%');
  const lengths = [...value].map((_, i) => i + 1);
  const fitting = lengths.filter((length) =>
    fits(isEnd ? value.slice(value.length - length) : value.slice(0, length), pieces),
  );
  const cut = (operator.length === 1 ? fitting[0] : fitting[fitting.length - 1]) ?? 0;
  return isEnd ? value.slice(0, value.length - cut) : value.slice(cut);
}

/** Whether `text` is the pieces, with anything between them. */
function fits(text: string, pieces: readonly string[]): boolean {
  const [first, ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) {
    return text === first;
  }
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) {
    return false;
  }
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) {
      return false;
    }
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}

function isInteger(text: string): boolean {
  return /^[+-]?\d{1,15}$/.test(text);
}

/** The start of what cannot be read, short enough to be told. */
function excerptOf(text: string): string {
  const [line] = text.split('\n');
  const end = line.indexOf('}');
  const expression = end < 0 ? line : line.slice(0, end + 1);
  return expression.length > 60 ? `${expression.slice(0, 60)}…` : expression;
}
