import type { ImagePolicySpec } from '../imports/image.toolkit.fluxcd.io';
import { BOOLEAN, TEXT, listOf, optional, requireProps } from './form';
import { SemverRange } from './semver-range';
import { ExtractedTags, TagFilter } from './tag-filter';

/** Tags as a registry could list them, and what should become of them. */
export interface TagExamples {
  /** Tags, in any order. */
  readonly tags: string[];
  /** The one that the policy must choose. */
  readonly winner: string;
}

const EXTRACTED = { pattern: TEXT, extract: TEXT, descending: optional(BOOLEAN) };

/**
 * Which of an image's tags is the current one.
 *
 * @see https://fluxcd.io/flux/components/image/imagepolicies/#policy
 */
export class TagPolicy {
  /**
   * The highest semantic version within a range. Give it an upper bound, such as `>=1.0.0 <2.0.0`, or the next
   * major version rolls out by itself.
   *
   * Throws when the range is none.
   */
  public static semver(versions: string): TagPolicy {
    const range = new SemverRange(versions);
    const doubt = range.isBounded
      ? undefined
      : `takes any version that comes; give '${versions}' an upper bound, such as '<2.0.0'`;
    const policy = { semver: { range: versions } };
    return new TagPolicy({ policy }, (tags) => range.highest(tags), doubt);
  }

  /**
   * The tag whose extracted value is the greatest number. One tag that matches without being a number makes Flux give
   * up on all of them.
   *
   * Throws when the pattern or the group is wrong.
   */
  public static numerical(tags: ExtractedTags): TagPolicy {
    requireProps('tag policy', tags, EXTRACTED);
    return TagPolicy.extracted(tags, { numerical: order(tags) }, (value, tag) => {
      const number = Number(value);
      if (!/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(value)) {
        throw new Error(`value of tag '${tag}' must be a number, got '${value}'`);
      }
      if (Math.abs(number) > Number.MAX_SAFE_INTEGER) {
        throw new Error(
          `value of tag '${tag}' must be at most 2^53 to be compared, got '${value}'`,
        );
      }
      return number;
    });
  }

  /**
   * The tag whose extracted value comes last in byte order.
   *
   * Throws when the pattern or the group is wrong.
   */
  public static alphabetical(tags: ExtractedTags): TagPolicy {
    requireProps('tag policy', tags, EXTRACTED);
    return TagPolicy.extracted(tags, { alphabetical: order(tags) }, (value) => value);
  }

  private static extracted(
    options: ExtractedTags,
    policy: ImagePolicySpec['policy'],
    comparable: (value: string, tag: string) => string | number,
  ): TagPolicy {
    const { pattern, extract, descending } = options;
    const filter = new TagFilter(pattern, extract);
    return new TagPolicy({ policy, filterTags: { pattern: filter.pattern, extract } }, (tags) => {
      let winner: { tag: string; key: string | number } | undefined;
      for (const [value, tag] of filter.byValue(tags)) {
        const key = comparable(value, tag);
        if (winner?.key === key) {
          throw new Error(
            `values of tags '${winner.tag}' and '${tag}' must differ in more than their spelling`,
          );
        }
        if (winner === undefined || (descending ? key < winner.key : key > winner.key)) {
          winner = { tag, key };
        }
      }
      return winner?.tag;
    });
  }

  private constructor(
    /** @internal */
    readonly _spec: Pick<ImagePolicySpec, 'policy' | 'filterTags'>,
    private readonly chooseFrom: (tags: readonly string[]) => string | undefined,
    /**
     * Why it takes more than it hardly should; undefined when it does not.
     *
     * @internal
     */
    readonly _doubt?: string,
  ) {}

  /**
   * The tag that Flux would choose of these, or nothing when none fits.
   *
   * Throws when Flux would give up on them, or choose by chance.
   */
  public choose(tags: string[]): string | undefined {
    return this.chooseFrom(tags);
  }

  /**
   * Runs tags through the policy and returns it, so that what a policy is for stands beside it.
   *
   * Throws when another tag than the expected one wins.
   */
  public withExamples(examples: TagExamples): TagPolicy {
    requireProps('examples', examples, { tags: listOf(TEXT), winner: TEXT });
    const chosen = this.choose(examples.tags);
    if (chosen !== examples.winner) {
      throw new Error(
        `tag policy must choose '${examples.winner}' of ${examples.tags.join(', ')}, ` +
          `but chooses ${chosen === undefined ? 'none' : `'${chosen}'`}`,
      );
    }
    return this;
  }
}

function order(tags: ExtractedTags): { order: 'asc' | 'desc' } {
  return { order: tags.descending ? 'desc' : 'asc' };
}
