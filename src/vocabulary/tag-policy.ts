import type { ImagePolicySpec } from '../imports/image.toolkit.fluxcd.io';
import { requireSemverRange } from './oci-version';

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

/**
 * Which of an image's tags is the current one.
 *
 * @see https://fluxcd.io/flux/components/image/imagepolicies/#policy
 */
export class TagPolicy {
  /**
   * The highest semantic version within a range. Give it an upper bound, such as `>=1.0.0 <2.0.0`, or the next
   * major version rolls out by itself.
   */
  public static semver(versions: string): TagPolicy {
    const spec = { policy: { semver: { range: requireSemverRange(versions) } } };
    return new TagPolicy(spec, /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/);
  }

  /** The tag whose extracted value is the greatest number. Throws when the pattern or the group is wrong. */
  public static numerical(tags: ExtractedTags): TagPolicy {
    return new TagPolicy({ policy: { numerical: order(tags) }, ...filter(tags) }, compile(tags));
  }

  /** The tag whose extracted value comes last in byte order. Throws when the pattern or the group is wrong. */
  public static alphabetical(tags: ExtractedTags): TagPolicy {
    return new TagPolicy({ policy: { alphabetical: order(tags) }, ...filter(tags) }, compile(tags));
  }

  private constructor(
    /** @internal */
    readonly _spec: Pick<ImagePolicySpec, 'policy' | 'filterTags'>,
    private readonly candidates: RegExp,
  ) {}

  /** Whether the policy could choose `tag`. @internal */
  public _admits(tag: string): boolean {
    return this.candidates.test(tag);
  }
}

function order(tags: ExtractedTags): { order: 'asc' | 'desc' } {
  return { order: tags.descending ? 'desc' : 'asc' };
}

function filter({ pattern, extract }: ExtractedTags): Pick<ImagePolicySpec, 'filterTags'> {
  return { filterTags: { pattern, extract } };
}

function compile({ pattern, extract }: ExtractedTags): RegExp {
  if (!pattern.startsWith('^') || !pattern.endsWith('$')) {
    throw new Error(`tag pattern must start with '^' and end with '$', got '${pattern}'`);
  }
  if (/\(\?(?:[=!]|<[=!])|\\[1-9]|\\k</.test(pattern)) {
    throw new Error(
      `tag pattern must do without look-around and back-references, which RE2 lacks, got '${pattern}'`,
    );
  }
  const group = /^\$([A-Za-z_][A-Za-z0-9_]*|[0-9]+)$/.exec(extract)?.[1];
  if (group === undefined) {
    throw new Error(`extract must be one group such as '$ts', got '${extract}'`);
  }
  const regex = asRegExp(pattern);
  const groups = new RegExp(`${regex.source}|`).exec('')!;
  const known = /^[0-9]/.test(group)
    ? Number(group) < groups.length
    : group in (groups.groups ?? {});
  if (!known) {
    throw new Error(`extract must name a group of the pattern '${pattern}', got '${extract}'`);
  }
  return regex;
}

function asRegExp(pattern: string): RegExp {
  try {
    return new RegExp(pattern.replace(/\(\?P</g, '(?<'));
  } catch (error) {
    throw new Error(`tag pattern must be a regular expression, got '${pattern}'`, { cause: error });
  }
}
