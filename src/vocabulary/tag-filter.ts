import type { RE2JS } from 're2js';
import { goRegex } from './go-regex';
import { quoted } from './quoted';

/** Tags that carry a value to compare, such as `main-<sha>-<timestamp>`. */
export interface ExtractedTags {
  /**
   * Regular expression of Go (RE2) that a tag must match as a whole: it starts with `^` and ends with `$`.
   * Groups are named `(?P<name>…)`.
   */
  readonly pattern: string;
  /**
   * The group whose text is compared, as `$name`. It must differ from build to build: of two tags with the
   * same value, Flux keeps an arbitrary one.
   */
  readonly extract: string;
  /**
   * Whether the lowest value wins.
   *
   * @default false - the highest wins
   */
  readonly descending?: boolean;
}

/** A compiled `filterTags`, with the regular expressions of Go that Flux uses. */
export class TagFilter {
  /** The pattern in a form that matches whole tags only. */
  public readonly pattern: string;
  private readonly regex: RE2JS;
  private readonly group: string | number;

  /** Throws when Flux could not use the pattern, or would use it otherwise than it reads. */
  constructor(
    pattern: string,
    private readonly extract: string,
  ) {
    this.pattern = wholeTag('tag pattern', pattern);
    this.regex = goRegex('tag pattern', this.pattern);
    const name = /^\$([A-Za-z_][A-Za-z0-9_]*|[0-9]+)$/.exec(extract)?.[1];
    if (name === undefined) {
      throw new Error(`extract must be one group such as '$ts', got '${extract}'`);
    }
    this.group = /^[0-9]/.test(name) ? Number(name) : name;
    const known =
      typeof this.group === 'number'
        ? this.group <= this.regex.groupCount()
        : Object.hasOwn(this.regex.namedGroups(), this.group);
    if (!known) {
      throw new Error(`extract must name a group of the pattern '${pattern}', got '${extract}'`);
    }
  }

  /** What is compared of `tag`; `undefined` when the pattern does not match it. */
  public valueOf(tag: string): string | undefined {
    const matcher = this.regex.matcher(tag);
    return matcher.find() ? (matcher.group(this.group) ?? '') : undefined;
  }

  /** The tags that match, by what is compared of them. Throws when two have the same value, as Flux keeps one of them. */
  public byValue(tags: readonly string[]): Map<string, string> {
    const found = new Map<string, string>();
    for (const tag of tags) {
      const value = this.valueOf(tag);
      if (value === undefined) {
        continue;
      }
      const other = found.get(value);
      if (other !== undefined && other !== tag) {
        throw new Error(
          `extract '${this.extract}' of pattern '${this.pattern}' must differ from tag to tag, ` +
            `but is '${value}' for both '${other}' and '${tag}'`,
        );
      }
      found.set(value, tag);
    }
    return found;
  }
}

/**
 * `pattern` in a form that matches whole tags only: in `^a|b$` either end is open on one side, and `\\$` and `\\Q$` are a
 * dollar sign. Throws when it is no regular expression of Go, or open at an end.
 */
export function wholeTag(what: string, pattern: string): string {
  // Alone first: a bracket too many would find its match in what is put around it.
  goRegex(what, pattern);
  const inner = pattern.slice(1, -1);
  const escaped = /\\*$/.exec(inner)![0].length % 2 === 1;
  if (
    pattern.length < 2 ||
    pattern.includes('\\Q') ||
    !pattern.startsWith('^') ||
    !pattern.endsWith('$') ||
    escaped
  ) {
    throw new Error(`${what} must start with '^' and end with '$', got ${quoted(pattern)}`);
  }
  return inner.includes('|') ? `^(?:${inner})$` : pattern;
}
