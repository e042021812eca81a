import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import {
  AppRepo,
  CanaryAnalysis,
  CanaryApp,
  CanaryProvider,
  Cluster,
  ContainerImage,
  Fleet,
  FleetRepo,
  GitTarget,
  ImageAutomationPipeline,
  RegistryAccess,
  SecretRef,
  TagPolicy,
  Tenant,
} from '../../src';
import { anyText, HOSTILE_STRINGS } from '../../test/repo/hostile-strings';

type Policy = [tags: () => TagPolicy, tag: string];

interface AppSpec {
  readonly pipeline: number;
  readonly canary: boolean;
  /** Objects of one kind, and so documents of one file: the texts of each. */
  readonly objects: string[][];
}

interface TenantSpec {
  readonly name: string;
  readonly path: string;
  readonly pipelines: { name: string; image: string; policy: Policy; secondTarget: boolean }[];
  readonly apps: AppSpec[];
}

/** A program, made of what is easy to get wrong. */
export type FleetSpec = TenantSpec[];

const number = fc.integer({ min: 0, max: 30 });
const version = fc.tuple(number, number).map(([a, b]) => `1.${a}.${b}`);
const policy: fc.Arbitrary<Policy> = fc.oneof(
  fc
    .tuple(fc.constantFrom('>=1.0.0', '>=1.0.0 <2.0.0', '^1.0.0', '1.x', '>=0.1.0 <3.0.0'), version)
    .map(([range, tag]): Policy => [() => TagPolicy.semver(range), tag]),
  version.map((tag): Policy => [() => TagPolicy.semver('>=1.0.0-0'), `${tag}-rc.1`]),
  version.map((tag): Policy => [() => TagPolicy.semver('>=1.0.0'), `v${tag}`]),
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
const LONG = 'a long line of words that nobody would want to see folded, '.repeat(5).trim();
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
  pipelines: fc.array(fc.record({ image, policy, secondTarget: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
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

/** @param prefix of the names of all policies */
export function buildFleet(spec: FleetSpec, outdir: string, prefix: string = ''): Fleet {
  const app = new Fleet({ outdir });
  const fleet = new FleetRepo(app, 'fleet-infra', { registry: 'ghcr.io/acme/manifests' });
  const cluster = new Cluster(fleet, 'staging', { environment: 'staging' });
  for (const { name, path, pipelines, apps } of spec) {
    const team = new Tenant(fleet, name, { clusters: [cluster] });
    const images = pipelines.map(({ policy: [tags, tag], ...pipeline }) =>
      new ImageAutomationPipeline(team, `${prefix}${pipeline.name}`, {
        image: pipeline.image,
        tags: tags(),
        registryAccess: RegistryAccess.anonymous(),
        commitTo: GitTarget.pullRequestBranch({
          repository: `https://github.com/acme/${name}`,
          path: `./${path}`,
          credentials: SecretRef.named('git-push'),
          author: { email: 'bot@acme.example' },
          ...(pipeline.secondTarget && { name: 'others' }),
        }),
      }).image(tag),
    );
    const repo = new AppRepo(app, name, { tenant: team, path });
    apps.forEach((one, i) => addApp(repo, `app-${i}`, one, images[one.pipeline % images.length]));
  }
  return app;
}

function addApp(repo: AppRepo, id: string, spec: AppSpec, used: ContainerImage): void {
  if (spec.canary) {
    new CanaryApp(repo, `${id}-canary`, {
      image: used,
      port: 9898,
      provider: CanaryProvider.nginx({ host: 'podinfo.acme.example' }),
      analysis: CanaryAnalysis.linear({
        interval: Duration.minutes(1),
        threshold: 5,
        stepWeight: 10,
        maxWeight: 50,
      }),
    });
  }
  const scope = new Construct(repo, id);
  spec.objects.forEach((texts, i) => {
    const fields = Object.fromEntries(texts.map((one, j) => [`text-${j}`, one]));
    const object = new ApiObject(scope, `object-${i}`, {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: `${id}-${i}`, annotations: { 'example.com/note': texts[0] } },
      data: fields,
      image: used.reference,
      spec: {
        'a/b~c': used.reference,
        ...fields,
        list: [texts[0], { image: used.reference, text: texts[0] }, used.reference],
        nested: [[used.reference, LONG], []],
        none: null,
        number: 1.5,
      },
    });
    for (const pointer of [
      '/image',
      '/spec/a~1b~0c',
      '/spec/list/1/image',
      '/spec/list/2',
      '/spec/nested/0/0',
    ]) {
      used.markIn(object, pointer);
    }
  });
}
