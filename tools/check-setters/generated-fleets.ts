import * as fc from 'fast-check';
import { TagPolicy } from '../../src';
import { anyText, HOSTILE_STRINGS } from '../../test/repo/hostile-strings';

type Policy = [tags: () => TagPolicy, tag: string];

export interface AppSpec {
  readonly pipeline: number;
  readonly canary: boolean;
  /** Objects of one kind, and so documents of one file: the texts of each. */
  readonly objects: string[][];
}

/** Where a pipeline commits to, of what a tenant has. */
type Target = 'own' | 'beside' | 'elsewhere';

export interface PipelineSpec {
  readonly name: string;
  readonly image: string;
  readonly policy: Policy;
  /** `beside`: another target of the same directory; `elsewhere`: in another repository, with another path. */
  readonly target: Target;
  /** Whether the digest is followed, and then whether the program starts with one. */
  readonly digest: 'none' | 'followed' | 'given';
  /** Whether kustomize puts the image in the place of another, too. */
  readonly replaces: boolean;
}

export interface TenantSpec {
  readonly name: string;
  readonly path: string;
  readonly elsewhere: string;
  readonly pipelines: PipelineSpec[];
  readonly apps: AppSpec[];
}

/** A program, made of what is easy to get wrong. */
export type FleetSpec = TenantSpec[];

const number = fc.integer({ min: 0, max: 30 });
const version = fc.tuple(number, number).map(([a, b]) => `1.${a}.${b}`);
const policy: fc.Arbitrary<Policy> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('>=1.0.0, <2.0.0', '>=1.0.0 <2.0.0', '^1.0.0', '1.x', '>=0.1.0 <3.0.0'),
      version,
    )
    .map(([range, tag]): Policy => [() => TagPolicy.semver(range), tag]),
  version.map((tag): Policy => [() => TagPolicy.semver('>=1.0.0-0 <3.0.0-0'), `${tag}-rc.1`]),
  version.map((tag): Policy => [() => TagPolicy.semver('>=1.0.0 <3.0.0'), `v${tag}`]),
  fc
    .integer({ min: 1_700_000_000, max: 1_800_000_000 })
    .map((time): Policy => [
      () => TagPolicy.numerical({ pattern: '^main-[a-f0-9]+-(?P<ts>[0-9]+)$', extract: '$ts' }),
      `main-0e1-${time}`,
    ]),
  // Tags that look like numbers of several kinds.
  fc
    .constantFrom('1.10', '0755', '20261121', '1_0', '12.0')
    .map((tag): Policy => [
      () =>
        tag === '1_0'
          ? TagPolicy.alphabetical({ pattern: '^(?P<n>[0-9_]+)$', extract: '$n' })
          : TagPolicy.numerical({ pattern: '^(?P<n>[0-9]+\\.?[0-9]*)$', extract: '$n' }),
      tag,
    ]),
  fc.boolean().map((descending): Policy => [
    () =>
      TagPolicy.alphabetical({
        pattern: '^RELEASE\\.(?P<d>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9-]+Z)$',
        extract: '$d',
        descending,
      }),
    'RELEASE.2026-05-11T05-55-05Z',
  ]),
);
const image = fc.constantFrom(
  'ghcr.io/acme/podinfo',
  'registry.example.com:5000/team/app',
  'registry.example.com:5000/1.10',
  'quay.io/0755/1e3',
  `ghcr.io/acme/${'very-long-name/'.repeat(14)}app`,
);
export const LONG = 'a long line of words that nobody would want to see folded, '.repeat(5).trim();
/** Texts that could be taken for a marker, or for a list of another style, next to those that hurt any parser. */
const text = fc.oneof(
  { weight: 6, arbitrary: anyText },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      LONG,
      `${LONG}: ${LONG}`,
      `${LONG}\n${LONG}\n`,
      'image: x:1 # {"$imagepolicy": "alpha:p0"}',
      'image: x:1 # {"$imagepolicy": "alpha:p0"}\n',
      'list:\n- a\n- b\n',
      'list:\n  - a\n  - b',
      '{"$imagepolicy": "alpha:p0"}',
    ),
  },
);
/** What kyaml writes as we do; `reformatted.txt` shows the rest. */
const plainText = fc.constantFrom(
  LONG,
  `${LONG}: ${LONG}`,
  'image: x:1 # {"$imagepolicy": "alpha:p0"}\n',
  'list:\n  - a\n  - b',
  ...HOSTILE_STRINGS.filter((one) => /^[ -~\n]*$/.test(one) && !/ \n/.test(one)),
);
const objects = (texts: fc.Arbitrary<string>) =>
  fc.array(fc.array(texts, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 });
const app: fc.Arbitrary<AppSpec> = fc.record({
  pipeline: fc.nat(5),
  canary: fc.boolean(),
  objects: fc.oneof(objects(text), objects(plainText)),
});
const tenant = fc.record({
  path: fc.constantFrom('apps', 'deploy/all.d', 'k8s/1.10'),
  elsewhere: fc.constantFrom('other/apps', 'apps', '1e3'),
  pipelines: fc.array(
    fc.record({
      image,
      policy,
      target: fc.constantFrom('own', 'beside', 'elsewhere'),
      digest: fc.constantFrom('none', 'followed', 'given'),
      replaces: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  apps: fc.array(app, { minLength: 1, maxLength: 3 }),
});

const NAMES = ['alpha', '1e3', '2026', 'null'];
const PIPELINES = ['p0', '0755', 'true'];

/** Always the same fleets. */
export function generatedFleets(count: number): FleetSpec[] {
  const fleets = fc.array(tenant, { minLength: 1, maxLength: 4 });
  return fc.sample(fleets, { seed: 2_026_11, numRuns: count }).map((tenants) =>
    tenants.map((one, i) => ({
      ...one,
      name: NAMES[i],
      pipelines: one.pipelines.map((pipeline, j) => ({ ...pipeline, name: PIPELINES[j] })),
    })),
  );
}
