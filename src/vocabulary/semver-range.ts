import compare from 'semver/functions/compare'; // the whole library takes four times as long to load
import { TEXT, requireForm } from './form';
import { quoted } from './quoted';

const PART = '(?:0|[1-9][0-9]{0,14})';
const PRE = '[0-9A-Za-z-]+(?:[.][0-9A-Za-z-]+)*';
/** A full version, or its first parts, with or without `x` for the rest. */
const VERSION = `v?(${PART})(?:[.](${PART})(?:[.](${PART})(?:-(${PRE}))?)?)?((?:[.][xX*]){0,2})`;
const COMPARISON = new RegExp(`^(=|!=|>=|<=|>|<|~|\\^|)${VERSION}$`);
const HYPHEN = /^(\S+)\s+-\s+(\S+)$/;

/** A tag as Flux reads it: numbers may have leading zeros. */
const TAG = new RegExp(`^v?([0-9]+)(?:[.]([0-9]+))?(?:[.]([0-9]+))?(?:-(${PRE}))?(?:[+]${PRE})?$`);

/** As many characters and alternatives as Flux takes. */
const LONGEST = 512;
const MOST_ALTERNATIVES = 32;

interface Comparison {
  readonly operator: string;
  readonly version: Version;
  /** How many of the three parts are given. */
  readonly parts: number;
}

interface Version {
  readonly numbers: readonly number[];
  readonly pre: string;
  /** In the form that compares. */
  readonly text: string;
}

/**
 * Semantic versions as the library reads them that Flux uses: a comma or a space means 'and', and a pre-release counts where
 * one of the comparisons beside it names one. Forms that other libraries read otherwise are refused.
 */
export class SemverRange {
  private readonly alternatives: readonly (readonly Comparison[])[];

  /** Throws when `text` is not made of versions and comparisons. */
  constructor(private readonly text: string) {
    requireForm('semver range', text, TEXT);
    const alternatives = String(text).split('||');
    if (text.length > LONGEST || alternatives.length > MOST_ALTERNATIVES) {
      throw this.error();
    }
    this.alternatives = alternatives.map((one) =>
      this.comparisons(one.trim(), alternatives.length),
    );
  }

  /** Whether there is a version that nothing above it can be. */
  public get isBounded(): boolean {
    return this.alternatives.every((comparisons) =>
      comparisons.some(({ operator, version, parts }) =>
        operator === '~'
          ? parts < 3 || version.numbers.some((number) => number > 0)
          : !['>', '>=', '!='].includes(operator) && parts > 0,
      ),
    );
  }

  /** The highest of `tags` in the range. Throws when two are the same version, of which Flux would take either. */
  public highest(tags: readonly string[]): string | undefined {
    let best: { tag: string; version: Version } | undefined;
    for (const tag of new Set(tags)) {
      const version = versionOf(tag);
      if (!version || !this.includes(version)) {
        continue;
      }
      const order = best ? compare(version.text, best.version.text) : 1;
      if (order === 0) {
        throw new Error(`tags '${best!.tag}' and '${tag}' must differ in more than their spelling`);
      }
      if (order > 0) {
        best = { tag, version };
      }
    }
    return best?.tag;
  }

  private includes(version: Version): boolean {
    return this.alternatives.some(
      (comparisons) =>
        (version.pre === '' || comparisons.some((one) => one.version.pre !== '')) &&
        comparisons.every((one) => holds(one, version)),
    );
  }

  private comparisons(text: string, alternatives: number): Comparison[] {
    // Flux loses digits of what stands beside one.
    const hyphen = alternatives === 1 ? HYPHEN.exec(text) : null;
    const joined = hyphen
      ? `>=${hyphen[1]} <=${hyphen[2]}`
      : text.replace(/([=<>~^])\s+(?=[v0-9])/g, '$1');
    return joined.split(/\s*,\s*|\s+/).map((one) => this.comparison(one));
  }

  private comparison(text: string): Comparison {
    if (/^[xX*]$/.test(text)) {
      return { operator: '>=', version: version([0, 0, 0], ''), parts: 0 };
    }
    const match = COMPARISON.exec(text);
    const [, operator, major, minor, patch, pre = '', wildcards = ''] = match ?? [];
    const given = [major, minor, patch].filter((part) => part !== undefined);
    if (!match || given.length + wildcards.length / 2 > 3 || !isPreRelease(pre)) {
      throw this.error();
    }
    const numbers = [major, minor ?? '0', patch ?? '0'].map(Number);
    return { operator: operator || '=', version: version(numbers, pre), parts: given.length };
  }

  private error(): Error {
    return new Error(
      `semver range must be such as '>=1.0.0 <2.0.0', '^1.2.0' or '1.x', got ${quoted(this.text)}`,
    );
  }
}

function version(numbers: readonly number[], pre: string): Version {
  return { numbers, pre, text: `${numbers.join('.')}${pre && `-${pre}`}` };
}

/** Numbers in a pre-release have no leading zero, and are small enough to compare. */
function isPreRelease(pre: string): boolean {
  return pre
    .split('.')
    .every((part) => !/^[0-9]+$/.test(part) || new RegExp(`^${PART}$`).test(part));
}

/** Throws on numbers that cannot be compared. */
function versionOf(tag: string): Version | undefined {
  const match = tag.split('.').length < 3 ? null : TAG.exec(tag);
  if (!match) {
    return undefined;
  }
  const [, major, minor = '0', patch = '0', pre = ''] = match;
  const numbers = [major, minor, patch].map(Number);
  const tooLong = pre.split('.').some((part) => /^[1-9][0-9]{15,}$/.test(part));
  if (tooLong || numbers.some((number) => number > Number.MAX_SAFE_INTEGER)) {
    throw new Error(`version of tag '${tag}' must have numbers below 2^53`);
  }
  return isPreRelease(pre) ? version(numbers, pre) : undefined;
}

function holds({ operator, version: bound, parts }: Comparison, tag: Version): boolean {
  const order = compare(tag.text, bound.text);
  const isFull = parts === 3;
  switch (operator) {
    case '=':
      return isFull ? order === 0 : order >= 0 && compareParts(tag, bound, parts) === 0;
    case '!=':
      return isFull
        ? order !== 0
        : compareParts(tag, bound, parts) !== 0 || (parts === 2 && tag.pre !== '');
    case '>':
      return isFull ? order > 0 : compareParts(tag, bound, parts) > 0;
    case '<=':
      return isFull ? order <= 0 : compareParts(tag, bound, parts) <= 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '~':
      return (
        order >= 0 &&
        (isFull && isZero(bound) ? true : !compareParts(tag, bound, Math.min(parts, 2)))
      );
    default:
      return order >= 0 && compareParts(tag, bound, caretParts(bound, parts)) === 0;
  }
}

function isZero({ numbers }: Version): boolean {
  return numbers.every((number) => number === 0);
}

/** How many parts `^` holds fast: those up to the first that is not zero. */
function caretParts({ numbers }: Version, parts: number): number {
  const first = numbers.findIndex((number) => number > 0);
  return Math.min(first < 0 ? 3 : first + 1, parts);
}

/** Compares as many parts as are given. */
function compareParts(tag: Version, bound: Version, parts: number): number {
  for (let i = 0; i < parts; i++) {
    if (tag.numbers[i] !== bound.numbers[i]) {
      return tag.numbers[i] - bound.numbers[i];
    }
  }
  return 0;
}
