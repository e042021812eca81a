import * as fc from 'fast-check';
import { TagPolicy } from '../../src';
import { extracted, filters, numbers, words } from './extracted-cases';
import type { PolicySpec } from './flux';
import { ranges, versionTags } from './versions';

/** A policy as a program could ask for it, and tags that a registry could list. */
export interface Case {
  /** What the program writes. */
  readonly program: string;
  readonly build: () => TagPolicy;
  /** What Flux would get if the library refused nothing. */
  readonly spec: PolicySpec;
  readonly tags: readonly string[];
  /** The same with a little less of it each. */
  readonly simpler: () => Case[];
}

/** What a registry can list, and build metadata, which only versions elsewhere have. */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,127}$/;

/** Always the same cases. */
export function tagPolicyCases(count: number): Case[] {
  const sample = <T>(arbitrary: fc.Arbitrary<T>, share: number) =>
    fc.sample(arbitrary, { seed: 2_026_11, numRuns: Math.round(count * share) });
  const directed = fc.tuple(filters, fc.boolean());
  return [
    ...sample(fc.tuple(ranges, versionTags), 0.6).map(([range, tags]) =>
      semverCase(range, listed(tags)),
    ),
    ...sample(fc.tuple(directed, extracted(numbers)), 0.25).map(([[filter, descending], values]) =>
      extractedCase('numerical', filter.options(descending), listed(filter.tags(values))),
    ),
    ...sample(fc.tuple(directed, extracted(words)), 0.15).map(([[filter, descending], values]) =>
      extractedCase('alphabetical', filter.options(descending), listed(filter.tags(values))),
    ),
  ];
}

function listed(tags: readonly string[]): string[] {
  return tags.filter((tag) => TAG.test(tag));
}

function semverCase(range: string, tags: readonly string[]): Case {
  return {
    program: `semver(${JSON.stringify(range)})`,
    build: () => TagPolicy.semver(range),
    spec: { policy: { semver: { range } } },
    tags,
    simpler: () => [
      ...withoutOne(tags).map((fewer) => semverCase(range, fewer)),
      ...[/( *\|\| *)/, /((?: *, *| +)(?!-))/]
        .flatMap((separator) => withoutOne(range.split(separator), 2))
        .map((parts) => parts.join(''))
        .filter((shorter) => shorter.length < range.length)
        .map((shorter) => semverCase(shorter, tags)),
    ],
  };
}

function extractedCase(
  kind: 'numerical' | 'alphabetical',
  options: { pattern: string; extract: string; descending: boolean },
  tags: readonly string[],
): Case {
  const { descending, ...filterTags } = options;
  return {
    program: `${kind}(${JSON.stringify(options)})`,
    build: () => TagPolicy[kind](options),
    spec: { policy: { [kind]: { order: descending ? 'desc' : 'asc' } }, filterTags },
    tags,
    simpler: () => withoutOne(tags).map((fewer) => extractedCase(kind, options, fewer)),
  };
}

function withoutOne<T>(all: readonly T[], width: number = 1): T[][] {
  return all
    .map((_, i) => all.filter((__, j) => j < i || j >= i + width))
    .filter((fewer) => fewer.length < all.length);
}
