import { quoted } from './quoted';

/** What each provider calls a request with a header, or with a cookie. */
export type MatchDialect = 'contour' | 'gatewayapi' | 'istio' | 'nginx';

/** Name and value of a cookie, or a header: they end up in regular expressions, annotations and commands. */
const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const VALUE = /^[A-Za-z0-9._-]{1,128}$/;

/** The only value by which NGINX sends a request with a cookie to the new version. */
const NGINX_COOKIE = 'always';

/** Which requests go to a new version in an A/B test. */
export class RequestMatch {
  /**
   * Those with a header of exactly this value. Throws when either is not letters, digits and `.`, `_` and `-`, or the header is
   * `Cookie`.
   *
   * @param name as in `X-Canary`, whatever its case
   */
  public static header(name: string, value: string): RequestMatch {
    if (String(name).toLowerCase() === 'cookie') {
      throw new Error(
        "header must not be 'cookie', which holds all of them; use RequestMatch.cookie",
      );
    }
    return new RequestMatch('header', requireToken('header', NAME, name).toLowerCase(), value);
  }

  /**
   * Those with a cookie of exactly this value; NGINX knows the value `always` only.
   *
   * Throws when either is not letters, digits and `.`, `_` and `-`.
   */
  public static cookie(name: string, value: string): RequestMatch {
    return new RequestMatch('cookie', requireToken('cookie', NAME, name), value);
  }

  private constructor(
    private readonly kind: 'cookie' | 'header',
    private readonly name: string,
    private readonly value: string,
  ) {
    requireToken(`value of ${kind} '${name}'`, VALUE, value);
  }

  /** `spec.analysis.match` of a Canary. Throws when the provider cannot tell such requests apart. @internal */
  public _spec(dialect: MatchDialect): any[] {
    const headers =
      this.kind === 'header'
        ? { [this.name]: { exact: this.value } }
        : { cookie: this.cookieIn(dialect) };
    return [{ headers }];
  }

  /** The header that a client sends. @internal */
  public get _header(): string {
    return this.kind === 'header'
      ? `${this.name}: ${this.value}`
      : `Cookie: ${this.name}=${this.value}`;
  }

  private cookieIn(dialect: MatchDialect): any {
    switch (dialect) {
      case 'nginx':
        if (this.value !== NGINX_COOKIE) {
          throw new Error(
            `cookie '${this.name}' must have the value '${NGINX_COOKIE}', which is the only one that NGINX knows, got '${this.value}'`,
          );
        }
        return { exact: this.name };
      case 'contour':
        // Flagger has Contour look for it anywhere in the header.
        return { suffix: `${this.name}=${this.value}` };
      default:
        return { regex: `^(.*; *)?${this.name}=${this.value.replace(/\./g, '[.]')}(;.*)?$` };
    }
  }
}

function requireToken(what: string, pattern: RegExp, value: string): string {
  if (typeof value !== 'string' || !pattern.test(value)) {
    throw new Error(
      `${what} must be letters, digits, '_' and '-'${pattern === VALUE ? ", and '.'" : ''}, got ${quoted(value)}`,
    );
  }
  return value;
}
