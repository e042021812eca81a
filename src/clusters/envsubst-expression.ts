export type Part = string | Call;

/** `${name}`, or a function of the variable's value. */
export interface Call {
  readonly name: string;
  /** How the function is written; empty for the value as it is. */
  readonly operator: string;
  readonly args: readonly Part[];
  readonly source: string;
}

/** How far people nest expressions, and no stack ends. */
const DEEPEST = 50;

/** Reads one expression, from behind its `${`. */
export class ExpressionReader {
  private readonly start: number;

  public constructor(
    private readonly text: string,
    public at: number,
    private readonly depth = 0,
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
      const inner = new ExpressionReader(this.text, this.at + 2, this.depth + 1);
      const call = this.depth < DEEPEST ? inner.call() : 'unclosed';
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
