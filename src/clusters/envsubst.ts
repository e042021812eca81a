/** What a variable is that has a value which nobody here knows. */
export const UNKNOWN = Symbol('unknown');

/** The value of a variable; `undefined` where it is certain that there is none. */
export type Lookup = (name: string) => string | typeof UNKNOWN | undefined;

/** Why Flux refuses to substitute. */
export interface SubstitutionFault {
  /** The expression as it is written: `${name}`. */
  readonly expression: string;
  /** The variable that has no value. @default - Flux cannot read the expression */
  readonly variable?: string;
}

/** A text with its variables in place. */
export interface Expansion {
  /** What cannot be known, or not be read, is in it as it was written. */
  readonly text: string;
  readonly faults: readonly SubstitutionFault[];
}

type Part = string | Call;

/** `${name}`, or a function of the variable's value. */
interface Call {
  readonly name: string;
  /** How the function is written; empty for the value as it is. */
  readonly operator: string;
  readonly args: readonly Part[];
  readonly source: string;
}

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
      const reader = new Reader(text, at + 2);
      const call = reader.call();
      if (typeof call === 'string') {
        if (call === 'malformed') {
          faults.push({ expression: excerptOf(text.slice(at)) });
        }
        break; // where it ends is not known, so what follows is not either
      }
      result += evaluated(call, lookup, faults) ?? call.source;
      at = reader.at;
    } else {
      result += '$';
      at += text.startsWith('$$', at) ? 2 : 1;
    }
  }
  return { text: result + text.slice(at), faults };
}

/** Reads one expression, from behind its `${`. */
class Reader {
  private readonly start: number;

  public constructor(
    private readonly text: string,
    public at: number,
  ) {
    this.start = at - 2;
  }

  /** The expression; why there is none: it is no expression, or the text ends before it does. */
  public call(): Call | 'malformed' | 'unclosed' {
    if (this.peek() === '#') {
      this.at++;
      const measured = this.matched(/[\p{L}\p{Nd}_]+/uy);
      return measured ? this.closed(measured, '#', []) : 'malformed';
    }
    const name = this.matched(/[\p{L}\p{Nd}_]+/uy);
    if (!name) {
      return 'malformed';
    }
    const operator = this.matched(/:[=\-?+]|[:=]|[,^]{1,2}|\/[/#%]?|#{1,2}|%{1,2}/y);
    switch (operator[0]) {
      case undefined:
      case ',':
      case '^':
        return this.closed(name, operator, []);
      case '/':
        return this.replacement(name, operator);
      case '#':
      case '%':
        return this.withArgument(name, operator);
      default:
        return operator === ':' ? this.substring(name) : this.fallback(name, operator);
    }
  }

  private fallback(name: string, operator: string): Call | 'malformed' | 'unclosed' {
    const args: Part[] = [];
    while (this.peek() !== '}') {
      const part = this.argument(/[^}]/y);
      if (part === 'malformed' || part === 'unclosed') {
        return part;
      }
      args.push(...part);
    }
    return this.closed(name, operator, args);
  }

  private substring(name: string): Call | 'malformed' | 'unclosed' {
    const from = this.argument(/[^:}]/y);
    if (from === 'malformed' || from === 'unclosed') {
      return from;
    }
    if (!this.matched(/:+/y)) {
      return this.closed(name, ':', from);
    }
    const length = this.argument(/[^}]/y);
    return typeof length === 'string' ? length : this.closed(name, ':', [...from, ...length]);
  }

  private replacement(name: string, operator: string): Call | 'malformed' | 'unclosed' {
    const pattern = this.peek() === '/' ? [''] : this.argument(/[^/]/y, true);
    if (pattern === 'malformed' || pattern === 'unclosed') {
      return pattern;
    }
    if (!this.matched(/\/+/y)) {
      return this.at >= this.text.length ? 'unclosed' : 'malformed';
    }
    return this.peek() === '}'
      ? this.closed(name, operator, pattern)
      : this.withArgument(name, operator, pattern);
  }

  /** With what stands before the brace for its last argument. */
  private withArgument(
    name: string,
    operator: string,
    before: readonly Part[] = [],
  ): Call | 'malformed' | 'unclosed' {
    const last = this.argument(/[^}]/y, operator.startsWith('/'));
    return typeof last === 'string' ? last : this.closed(name, operator, [...before, ...last]);
  }

  /** Text of accepted characters up to the next expression, or that expression. */
  private argument(accepted: RegExp, escapes = false): Part[] | 'malformed' | 'unclosed' {
    if (this.text.startsWith('${', this.at)) {
      const inner = new Reader(this.text, this.at + 2);
      const call = inner.call();
      this.at = inner.at;
      return typeof call === 'string' ? call : [call];
    }
    let value = '';
    while (this.at < this.text.length && !this.text.startsWith('${', this.at)) {
      const isEscape = escapes && /\$\$|\\[/\\]/y.test(this.text.slice(this.at, this.at + 2));
      this.at += isEscape ? 1 : 0;
      accepted.lastIndex = this.at;
      if (!isEscape && !accepted.test(this.text)) {
        break;
      }
      value += this.text[this.at++];
    }
    if (this.at >= this.text.length) {
      return 'unclosed';
    }
    return value === '' ? 'malformed' : [value];
  }

  private closed(name: string, operator: string, args: readonly Part[]): Call | 'malformed' {
    if (this.peek() !== '}') {
      return 'malformed';
    }
    this.at++;
    return { name, operator, args, source: this.text.slice(this.start, this.at) };
  }

  private peek(): string | undefined {
    return this.text[this.at];
  }

  private matched(sticky: RegExp): string {
    sticky.lastIndex = this.at;
    const [found] = sticky.exec(this.text) ?? [''];
    this.at += found.length;
    return found;
  }
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
      return word === '' ? undefined : value.split(word).join(by);
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

/** Without the shortest or longest start or end that a pattern of texts and '*' fits. */
function trimmed(value: string, operator: string, pattern: string): string | undefined {
  if (/[?[\]\\]/.test(pattern)) {
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
