import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  AppRepo,
  Cluster,
  CommitSigning,
  ContainerImage,
  DigestReflection,
  Fleet,
  FleetRepo,
  FluxInstallation,
  GitHost,
  GitTarget,
  ImageAutomationPipelineProps,
  RegistryAccess,
  SecretRef,
  TagPolicy,
  Tenant,
} from '../../src';
import { addPipeline, TARGET } from '../pipelines';
import { allObjects, find, smallFleet, synthesized, temporaryDirectory } from '../synthesized';

const UNREVIEWED =
  "[fleet-infra/team-a/podinfo] new tags get to 'main' without review: whoever can push the image changes what runs in staging";

describe('an image automation pipeline', () => {
  test('scans, chooses, and commits to a branch for review, with credentials of its own', () => {
    const { app, staging, tenant } = smallFleet();
    addPipeline(tenant('team-a', { clusters: [staging] }));
    const files = synthesized(app);
    expect(find(files, 'ImageRepository').spec).toEqual({
      image: 'ghcr.io/acme/podinfo',
      interval: '5m',
      secretRef: { name: 'pull' },
    });
    expect(find(files, 'ImagePolicy').spec).toEqual({
      digestReflectionPolicy: 'IfNotPresent',
      imageRepositoryRef: { name: 'podinfo' },
      policy: { semver: { range: '>=1.0.0 <2.0.0' } },
    });
    expect(find(files, 'GitRepository').spec).toEqual({
      interval: '5m',
      ref: { branch: 'main' },
      secretRef: { name: 'git-push' },
      url: 'https://github.com/acme/team-a',
    });
    const { spec } = find(files, 'ImageUpdateAutomation');
    expect(spec.sourceRef).toEqual({ kind: 'GitRepository', name: 'image-updates' });
    expect(spec.git.checkout).toEqual({ ref: { branch: 'main' } });
    expect(spec.git.push).toEqual({ branch: 'flux-image-updates' });
    expect(spec.update).toEqual({ path: './apps/team-a', strategy: 'Setters' });
    expect(spec.git.commit.author).toEqual({ email: 'bot@acme.example', name: 'fluxcdbot' });
  });

  test('writes a commit message without the fields that Flux removed', () => {
    const { app, staging, tenant } = smallFleet();
    addPipeline(tenant('team-a', { clusters: [staging] }));
    const { messageTemplate } = find(synthesized(app), 'ImageUpdateAutomation').spec.git.commit;
    expect(messageTemplate).toContain('.Changed.Changes');
    expect(messageTemplate).not.toMatch(/\.Updated|\.Changed\.ImageResult/);
  });

  test('shares one commit with the other images of its target', () => {
    const { app, staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    addPipeline(team, {}, 'one');
    addPipeline(team, { commitTo: GitTarget.pullRequestBranch({ ...TARGET }) }, 'two');
    const other = GitTarget.pullRequestBranch({ ...TARGET, name: 'charts', path: './charts' });
    addPipeline(team, { commitTo: other }, 'three');
    const files = synthesized(app);
    const chosenBy = (automation: string) => {
      const { matchLabels } = find(files, 'ImageUpdateAutomation', automation).spec.policySelector;
      return allObjects(files)
        .filter(
          ({ kind, metadata }) =>
            kind === 'ImagePolicy' &&
            Object.entries(matchLabels).every(([key, value]) => metadata.labels[key] === value),
        )
        .map(({ metadata }) => metadata.name);
    };
    expect(chosenBy('image-updates')).toEqual(['one', 'two']);
    expect(chosenBy('charts')).toEqual(['three']);
    const pushes = ['image-updates', 'charts'].map(
      (name) => find(files, 'ImageUpdateAutomation', name).spec.git.push.branch,
    );
    expect(pushes).toEqual(['flux-image-updates', 'flux-image-updates-charts']);
  });

  test('cannot mean two targets by one name', () => {
    const { staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    addPipeline(team, {}, 'one');
    const commitTo = GitTarget.pullRequestBranch({ ...TARGET, path: './elsewhere' });
    expect(() => addPipeline(team, { commitTo }, 'two')).toThrow(
      "tenant 'team-a' has two different targets named 'image-updates'",
    );
  });

  test('runs in one environment, whose overlay holds it', () => {
    const { app, tenant } = smallFleet();
    addPipeline(tenant('team-a'), {
      commitTo: GitTarget.pullRequestBranch({ ...TARGET, environment: 'staging' }),
    });
    const files = [...synthesized(app).keys()].filter((file) => file.includes('image-automation'));
    expect(files).toEqual(['fleet-infra/tenants/staging/team-a/image-automation.yaml']);
  });

  test('must be told which environment when there are several', () => {
    const { tenant } = smallFleet();
    expect(() => addPipeline(tenant('team-a'))).toThrow(
      "the Git target of tenant 'team-a' must name one environment to commit from, of production, staging",
    );
  });

  test('cannot run on two clusters, which would undo each other', () => {
    const { fleet, staging, tenant } = smallFleet();
    const second = new Cluster(fleet, 'staging-2', { environment: 'staging' });
    expect(() => addPipeline(tenant('team-a', { clusters: [staging, second] }))).toThrow(
      /only one cluster may commit for tenant 'team-a', but staging and staging-2 share environment 'staging'/,
    );
  });

  test('covers every prop', () => {
    const { app, tenant } = smallFleet({
      flux: FluxInstallation.bootstrap({ workloadIdentity: true }),
    });
    const props: Required<ImageAutomationPipelineProps> = {
      image: 'registry.example.com/team/checkout',
      tags: TagPolicy.alphabetical({ pattern: '^(?P<day>[0-9.]+)-x$', extract: '$day' }),
      commitTo: GitTarget.pullRequestBranch({
        ...TARGET,
        branch: 'trunk',
        pushBranch: 'bumps',
        pushOptions: { 'merge_request.create': '' },
        author: { name: 'robot', email: 'robot@acme.example' },
        environment: 'production',
        interval: Duration.hours(1),
        signing: CommitSigning.ssh(SecretRef.named('signing')),
        refspec: 'refs/heads/bumps:refs/for/trunk',
      }),
      registryAccess: RegistryAccess.aws('ecr-reader'),
      scanInterval: Duration.minutes(7),
      excludedTags: ['^dev-'],
      digests: DigestReflection.always(Duration.minutes(20)),
    };
    addPipeline(tenant('team-a'), props);
    const files = synthesized(app, [
      "[fleet-infra/team-a/podinfo] 'registry.example.com' is not known to be a registry of aws, whose identity is shown to it",
    ]);
    expect(find(files, 'ImageRepository').spec).toEqual({
      exclusionList: ['^.*\\.sig$', '^dev-'],
      image: 'registry.example.com/team/checkout',
      interval: '7m',
      provider: 'aws',
      serviceAccountName: 'ecr-reader',
    });
    expect(find(files, 'ImagePolicy').spec).toMatchObject({
      filterTags: { extract: '$day', pattern: '^(?P<day>[0-9.]+)-x$' },
      policy: { alphabetical: { order: 'asc' } },
      digestReflectionPolicy: 'Always',
      interval: '20m',
    });
    const { spec } = find(files, 'ImageUpdateAutomation');
    expect(spec.interval).toBe('1h');
    expect(spec.git.checkout.ref.branch).toBe('trunk');
    expect(spec.git.push).toEqual({
      branch: 'bumps',
      options: { 'merge_request.create': '' },
      refspec: 'refs/heads/bumps:refs/for/trunk',
    });
    expect(spec.git.commit.signingKey).toEqual({ type: 'ssh', secretRef: { name: 'signing' } });
    expect(spec.git.commit.author).toEqual({ name: 'robot', email: 'robot@acme.example' });
  });
});

test.each([
  'podinfo',
  'ghcr.io/acme/podinfo:1.0.0',
  'https://ghcr.io/acme/podinfo',
  'ghcr.io/acme/../podinfo',
  'localhost:5000/podinfo',
  '10.0.0.1/podinfo',
  'ghcr..io/podinfo',
])('a pipeline does not scan %p', (wrong) => {
  const { staging, tenant } = smallFleet();
  const team = tenant('team-a', { clusters: [staging] });
  expect(() => addPipeline(team, { image: wrong })).toThrow(/^image must /);
});

describe('the plan of a fleet repository warns', () => {
  function warnings(props: Partial<ImageAutomationPipelineProps>): string[] {
    const flux = FluxInstallation.bootstrap({ workloadIdentity: true });
    const { fleet, staging, tenant } = smallFleet({ flux });
    addPipeline(tenant('team-a', { clusters: [staging] }), props);
    const plan = fleet.plan(temporaryDirectory());
    expect(plan.warnings.every((warning) => plan.toString().includes(`warning ${warning}`))).toBe(
      true,
    );
    return plan.warnings;
  }
  const PREFIX = '[fleet-infra/team-a/podinfo] ';

  test('of nothing by default', () => {
    expect(warnings({})).toEqual([]);
  });

  test('of new tags that nobody reviews', () => {
    expect(warnings({ commitTo: GitTarget.withoutReview(TARGET) })).toEqual([UNREVIEWED]);
  });

  test('of merge requests that merge themselves', () => {
    const pushOptions = { 'merge_request.merge_when_pipeline_succeeds': '' };
    const told = warnings({ commitTo: GitTarget.gitlabMergeRequest({ ...TARGET, pushOptions }) });
    expect(told).toEqual([expect.stringContaining("new tags get to 'main' without review")]);
  });

  test.each(['>=1.0.0', '*', '>1', '>=1.0.0 <2.0.0 || >=3.0.0', '!=1.5.0'])(
    'of versions without upper bound, as in %s',
    (range) => {
      expect(warnings({ tags: TagPolicy.semver(range) })).toEqual([
        `${PREFIX}tag policy takes any version that comes; give '${range}' an upper bound, such as '<2.0.0'`,
      ]);
    },
  );

  test.each(['^1.0.0', '~1.2', '1.x', '1.0.0 - 2.0.0', '<5', '=1.2.3'])(
    'of no versions with one, as in %s',
    (range) => {
      expect(warnings({ tags: TagPolicy.semver(range) })).toEqual([]);
    },
  );

  const pull = RegistryAccess.pullSecret(SecretRef.named('pull'));
  const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
  test.each([
    [
      `${ecr}/podinfo`,
      pull,
      `'${ecr}' gives out passwords for twelve hours only; use RegistryAccess.aws`,
    ],
    ['acme.azurecr.io/podinfo', pull, undefined],
    ['public.ecr.aws/acme/podinfo', RegistryAccess.anonymous(), undefined],
    ['acme.azurecr.io:443/podinfo', RegistryAccess.azure('reader'), undefined],
    ['123456789012.dkr-ecr.eu-west-1.on.aws/podinfo', RegistryAccess.aws('reader'), undefined],
    [
      'europe-docker.pkg.dev/acme/podinfo',
      RegistryAccess.aws('reader'),
      "'europe-docker.pkg.dev' is not known to be a registry of aws, whose identity is shown to it",
    ],
    [
      'ghcr.io/acme/podinfo',
      RegistryAccess.gcp('reader'),
      "'ghcr.io' is not known to be a registry of gcp, whose identity is shown to it",
    ],
    [`${ecr}/podinfo`, RegistryAccess.aws('reader'), undefined],
    ['acme.azurecr.io/podinfo', RegistryAccess.azure('reader'), undefined],
    ['gcr.io/acme/podinfo', RegistryAccess.gcp('reader'), undefined],
    ['ghcr.io/acme/podinfo', RegistryAccess.anonymous(), undefined],
    ['notgcr.io/acme/podinfo', RegistryAccess.anonymous(), undefined],
  ])('of a registry that wants to know another: %s', (image, registryAccess, warning) => {
    const told = warnings({ image, registryAccess });
    expect(told).toEqual(warning === undefined ? [] : [`${PREFIX}${warning}`]);
  });

  test('and so does synth, on standard error', () => {
    const { app, staging, tenant } = smallFleet();
    addPipeline(tenant('team-a', { clusters: [staging] }), {
      commitTo: GitTarget.withoutReview(TARGET),
    });
    expect(() => synthesized(app, [UNREVIEWED])).not.toThrow();
  });
});

test.each([
  [DigestReflection.whenChosen(), { digestReflectionPolicy: 'IfNotPresent' }],
  [
    DigestReflection.always(Duration.hours(1)),
    { digestReflectionPolicy: 'Always', interval: '1h' },
  ],
  [DigestReflection.never(), {}],
])('digests are followed as the pipeline says (%#)', (digests, expected) => {
  const { app, staging, tenant } = smallFleet();
  addPipeline(tenant('team-a', { clusters: [staging] }), { digests });
  const { policy, imageRepositoryRef, ...rest } = find(synthesized(app), 'ImagePolicy').spec;
  expect(rest).toEqual(expected);
});

test('a registry is not asked more than once a minute, nor for a digest every second', () => {
  const { staging, tenant } = smallFleet();
  const team = tenant('team-a', { clusters: [staging] });
  expect(() => addPipeline(team, { scanInterval: Duration.seconds(59) })).toThrow(
    /scanInterval must be at least 60 seconds/,
  );
  expect(() => DigestReflection.always(Duration.seconds(1))).toThrow(/digest interval must be/);
});

test.each([
  [['(?=x)'], /excluded tag must be a regular expression of Go/],
  [['('], /excluded tag must be a regular expression of Go/],
  [['^dev-|'], /excluded tag must not match the empty text/],
  [Array.from({ length: 25 }, (_, i) => `^x${i}`), /excluded tags must be at most 24 patterns/],
])('tags are not excluded by %j', (excludedTags, message) => {
  const { staging, tenant } = smallFleet();
  const team = tenant('team-a', { clusters: [staging] });
  expect(() => addPipeline(team, { excludedTags })).toThrow(message);
});

test.each([
  'https://github.com/acme/fleet-infra',
  'ssh://git@github.com/Acme/fleet-infra.git',
  'ssh://git@ssh.github.com:443/acme/fleet-infra.git',
  'https://www.github.com/acme/fleet-infra',
])('a tenant does not commit to the fleet repository, such as by %s', (repository) => {
  const app = new Fleet({ outdir: temporaryDirectory() });
  const fleet = new FleetRepo(app, 'fleet-infra', {
    registry: 'ghcr.io/acme/manifests',
    gitHost: GitHost.github({ owner: 'acme' }),
  });
  const staging = new Cluster(fleet, 'staging', { environment: 'staging' });
  const team = new Tenant(fleet, 'team-a', { clusters: [staging] });
  addPipeline(team, { commitTo: GitTarget.pullRequestBranch({ ...TARGET, repository }) });
  expect(() => app.synth()).toThrow(
    `image automation of tenant 'team-a' must commit to a repository of its own, got the fleet's, '${repository}'`,
  );
});

test('targets that come to the same are one, however they are said', () => {
  const { app, staging, tenant } = smallFleet();
  const team = tenant('team-a', { clusters: [staging] });
  const { path, ...rest } = TARGET;
  addPipeline(team, { commitTo: GitTarget.pullRequestBranch({ ...rest, path }) }, 'one');
  const same = { path: 'apps/team-a/', ...rest, branch: 'main' };
  addPipeline(team, { commitTo: GitTarget.pullRequestBranch(same) }, 'two');
  expect(
    allObjects(synthesized(app)).filter((o) => o.kind === 'ImageUpdateAutomation'),
  ).toHaveLength(1);
});

test('an image does not start at a tag that the scan leaves out', () => {
  const { staging, tenant } = smallFleet();
  const team = tenant('team-a', { clusters: [staging] });
  const pipeline = addPipeline(team, { excludedTags: ['.'] });
  expect(() => pipeline.image('1.0.0')).toThrow(/initial tag of .* must be one that/);
});

describe('an image of a pipeline', () => {
  test('that is handed out must be marked somewhere, or Flux would never rewrite it', () => {
    const { app, staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    const image = addPipeline(team).image('1.2.3');
    const repo = new AppRepo(app, 'team-a', { tenant: team });
    const deployment = new kplus.Deployment(repo, 'x', {
      containers: [{ image: image.reference }],
    });
    expect(() => app.synth()).toThrow(
      "[fleet-infra/team-a/podinfo] no field is marked with the image of pipeline 'podinfo'",
    );
    image.markIn(deployment, '/spec/template/spec/containers/0/image');
    expect(() => app.synth()).not.toThrow();
  });

  test('has no digest where its pipeline follows none', () => {
    const { staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    const pipeline = addPipeline(team, { digests: DigestReflection.never() });
    expect(() => pipeline.image('1.2.3', `sha256:${'0'.repeat(64)}`)).toThrow(
      /must have no digest, which pipeline 'podinfo' does not follow: Flux would remove it/,
    );
  });

  test('carries a setter marker as a comment, wherever it is used', () => {
    const { app, staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    const image = addPipeline(team).image('1.2.3');
    const repo = new AppRepo(app, 'team-a', { tenant: team });
    const deployment = new kplus.Deployment(repo, 'podinfo', {
      containers: [{ image: image.reference }],
    });
    image.markIn(deployment, '/spec/template/spec/containers/0/image');
    const lines = synthesized(app)
      .get('team-a/apps/team-a/podinfo/deployment.yaml')!
      .split('\n')
      .filter((line) => line.includes('ghcr.io/acme/podinfo'));
    expect(lines).toEqual([
      '        - image: ghcr.io/acme/podinfo:1.2.3 # {"$imagepolicy": "team-a:podinfo"}',
    ]);
  });

  test('is not used by another tenant, where Flux would ignore its marker', () => {
    const { app, staging, tenant } = smallFleet();
    const image = addPipeline(tenant('team-a', { clusters: [staging] })).image('1.2.3');
    const theirs = new AppRepo(app, 'team-b', { tenant: tenant('team-b') });
    const deployment = new kplus.Deployment(theirs, 'x', {
      containers: [{ image: image.reference }],
    });
    expect(() => image.markIn(deployment, '/spec/template/spec/containers/0/image')).toThrow(
      "'team-b/x' must not use the image policy 'podinfo' of tenant 'team-a'",
    );
  });

  test('cannot be marked at a field that is not there', () => {
    const { app, staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    const image = addPipeline(team).image('1.2.3');
    const deployment = new kplus.Deployment(new AppRepo(app, 'team-a', { tenant: team }), 'x', {
      containers: [{ image: image.reference }],
    });
    image.markIn(deployment, '/spec/template/spec/containers/7/image');
    expect(() => app.synth()).toThrow(
      /\[team-a\/x\/Resource\] setter marker at '\/spec\/template\/spec\/containers\/7\/image' must name a string/,
    );
  });

  test.each([
    ['/metadata/name', "got 'web'"],
    ['/spec/template/spec/containers/1/image', "got 'docker.io/library/envoy:1.2.3'"],
  ])('cannot be marked at %s, which holds something else', (pointer, got) => {
    const { app, staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    const image = addPipeline(team).image('1.2.3');
    const deployment = new kplus.Deployment(new AppRepo(app, 'team-a', { tenant: team }), 'x', {
      metadata: { name: 'web' },
      containers: [
        { image: image.reference },
        { image: 'docker.io/library/envoy:1.2.3', name: 'proxy', portNumber: 1 },
      ],
    });
    image.markIn(deployment, pointer);
    expect(() => app.synth()).toThrow(
      `setter marker at '${pointer}' must be behind 'ghcr.io/acme/podinfo:1.2.3', ${got}`,
    );
  });

  test.each(['latest', '1.2', 'v', ''])('does not start at tag %p, which is no version', (tag) => {
    const { staging, tenant } = smallFleet();
    const pipeline = addPipeline(tenant('team-a', { clusters: [staging] }));
    expect(() => pipeline.image(tag)).toThrow(
      /initial tag of 'fleet-infra\/team-a\/podinfo' must be/,
    );
  });

  test('that only people change has no marker', () => {
    const image = ContainerImage.of(`ghcr.io/acme/podinfo:1.0@sha256:${'0'.repeat(64)}`);
    expect(image.reference).toContain(':1.0@sha256');
    const wrongs = ['ghcr.io/acme/podinfo', 'podinfo:1.0', 'ghcr.io/acme/x:1 # {"a": 1}'];
    const unsafe = ['10.0.0.1/x:1', 'localhost:5000/x:1', 'a..b/x:1', 'a.b:0/x:1'];
    for (const wrong of [...wrongs, ...unsafe, `ghcr.io/${'a'.repeat(1_000_000)}:1`]) {
      expect(() => ContainerImage.of(wrong)).toThrow(/image must/);
    }
  });
});

describe('a tag policy', () => {
  const numerical = (pattern: string, extract: string) => () =>
    TagPolicy.numerical({ pattern, extract });

  test.each([
    ['is not anchored', 'main-(?P<ts>[0-9]+)', '$ts', /must start with '\^' and end with '\$'/],
    [
      'ends in an escaped dollar sign',
      '^v(?P<ts>.)\\$',
      '$ts',
      /must start with '\^' and end with/,
    ],
    ['closes a bracket too many', '^a)|(?P<ts>b$', '$ts', /must be a regular expression of Go/],
    ['quotes its end', '^(?P<ts>v)\\Q$', '$ts', /must start with '\^' and end with '\$'/],
    ['looks ahead', '^(?=x)(?P<ts>[0-9]+)$', '$ts', /RE2: no look-around, no back-references/],
    ['looks behind', '^(?<!x)(?P<ts>[0-9]+)$', '$ts', /RE2: no look-around, no back-references/],
    ['refers back', '^(?P<ts>[0-9]+)\\1$', '$ts', /no back-references/],
    ['is no expression', '^(?P<ts>[0-9]+$', '$ts', /must be a regular expression/],
    ['lacks the group', '^(?P<ts>[0-9]+)$', '$nope', /must name a group of the pattern/],
    ['lacks the numbered group', '^([0-9]+)$', '$2', /must name a group of the pattern/],
    ['is used with braces, which Flux substitutes', '^(?P<ts>[0-9]+)$', '${ts}', /extract must be/],
    ['is used with more than a group', '^(?P<ts>[0-9]+)$', '$ts.$ts', /extract must be/],
  ])('is refused when its pattern %s', (_why, pattern, extract, message) => {
    expect(numerical(pattern, extract)).toThrow(message);
  });

  test.each([
    ['>=1.0.0 <2.0.0', ['0.9.0', '1.2.0', '1.10.0', '2.0.0', '1.11.0-rc.1', 'latest'], '1.10.0'],
    ['>=1.0.0, <2.0.0', ['1.9.9', '2.0.0'], '1.9.9'],
    ['>=1.0.0-0', ['1.0.0', '1.1.0-rc.1'], '1.1.0-rc.1'],
    ['>=1.0.0-0 <2.0.0', ['1.0.0', '1.1.0-rc.1'], '1.1.0-rc.1'],
    ['>=1.0.0 !=1.2.0', ['1.1.0', '1.2.0'], '1.1.0'],
    ['1.x || 3.x', ['1.5.0', '2.0.0', '3.1.0'], '3.1.0'],
    ['>=1.0.0', ['v1.0.0', '1.1', '1'], 'v1.0.0'],
    ['>=1.0.0', ['latest'], undefined],
  ])('of range %p chooses of %j the tag %p', (range, tags, winner) => {
    expect(TagPolicy.semver(range).choose(tags)).toBe(winner);
  });

  test.each([
    '',
    ' ',
    '||',
    '1.x ||',
    '^x',
    '<=x',
    '==1',
    '> =1',
    '1.2.x.x',
    'x.1',
    '1.0.0 - 2 || 3',
    '>=1,,<2',
  ])('has no range %j, which others read otherwise than Flux', (range) => {
    expect(() => TagPolicy.semver(range)).toThrow(/semver range must be such as/);
  });

  test('does not choose between two spellings of one version', () => {
    expect(() => TagPolicy.semver('1.x').choose(['v1.0.0', '1.0.0'])).toThrow(
      "tags 'v1.0.0' and '1.0.0' must differ in more than their spelling",
    );
  });

  const builds = { pattern: '^main-[a-f0-9]+-(?P<ts>[0-9]+)$', extract: '$ts' };

  test('chooses the greatest number, not the last text', () => {
    const tags = ['main-a-9', 'main-b-10', 'dev-c-11', 'latest'];
    expect(TagPolicy.numerical(builds).choose(tags)).toBe('main-b-10');
    expect(TagPolicy.alphabetical(builds).choose(tags)).toBe('main-a-9');
    expect(TagPolicy.numerical({ ...builds, descending: true }).choose(tags)).toBe('main-a-9');
  });

  test('does not choose by chance between builds with one value', () => {
    const days = { pattern: '^(?P<day>[0-9.]+)-[a-f0-9]+$', extract: '$day' };
    expect(() => TagPolicy.alphabetical(days).choose(['2026.06.01-a', '2026.06.01-b'])).toThrow(
      "extract '$day' of pattern '^(?P<day>[0-9.]+)-[a-f0-9]+$' must differ from tag to tag, but is '2026.06.01' for both",
    );
  });

  test.each([
    ['main-a-x1', /value of tag 'main-a-x1' must be a number, got 'x1'/],
    ['main-a-90071992547409930', /must be at most 2\^53/],
  ])('gives up on %p as Flux would', (tag, message) => {
    const policy = TagPolicy.numerical({ pattern: '^main-a-(?P<ts>.+)$', extract: '$ts' });
    expect(() => policy.choose([tag])).toThrow(message);
  });

  test('says what it is for by examples that are run', () => {
    const policy = TagPolicy.semver('1.x');
    expect(policy.withExamples({ tags: ['1.0.0', '1.1.0'], winner: '1.1.0' })).toBe(policy);
    expect(() => policy.withExamples({ tags: ['1.0.0', '2.0.0'], winner: '2.0.0' })).toThrow(
      "tag policy must choose '2.0.0' of 1.0.0, 2.0.0, but chooses '1.0.0'",
    );
    expect(() => policy.withExamples({ tags: ['x'], winner: 'x' })).toThrow(/but chooses none/);
  });

  test('matches whole tags, whichever side of an alternative they are on', () => {
    const policy = TagPolicy.alphabetical({
      pattern: '^v(?P<x>1)|(?P<y>release)$',
      extract: '$x',
    });
    expect(policy.choose(['v1-evil', 'evil-release'])).toBeUndefined();
    expect(policy.choose(['v1'])).toBe('v1');
  });

  test('takes a numbered group', () => {
    expect(numerical('^main-([0-9]+)$', '$1')).not.toThrow();
  });

  test('counts down when asked to', () => {
    const { app, staging, tenant } = smallFleet();
    addPipeline(tenant('team-a', { clusters: [staging] }), {
      tags: TagPolicy.numerical({ pattern: '^([0-9]+)$', extract: '$1', descending: true }),
    });
    expect(find(synthesized(app), 'ImagePolicy').spec.policy).toEqual({
      numerical: { order: 'desc' },
    });
  });
});

describe('a Git target', () => {
  const PUSHED = 'refs/heads/flux-image-updates';

  test.each([
    [{ repository: 'http://github.com/acme/x' }, /repository must be/],
    [{ path: '../x' }, /path must be a relative directory/],
    [{ path: '/x' }, /path must be a relative directory/],
    [{ path: 'apps' }, undefined],
    [{ author: { email: 'nobody' } }, /author email must be an address/],
    [{ author: { email: '[email protected]' } }, /author email must be an address/],
    [{ branch: 'a b' }, /branch must be/],
    [{ refspec: '+a:b' }, /refspec must be/],
    [{ refspec: ':refs/heads/main' }, /refspec must be/],
    [{ refspec: 'a:refs/heads/flux-image-updates' }, /refspec must be/],
    [{ refspec: `${PUSHED}:${PUSHED}` }, /which is pushed already/],
    [{ refspec: `${PUSHED}:refs/heads/main` }, /around the review; use GitTarget.withoutReview/],
    [{ refspec: `${PUSHED}:main` }, /refspec must be/],
    [{ refspec: `${PUSHED}:refs//heads/x` }, /refspec must be/],
    [{ refspec: 'HEAD:refs/heads/main' }, /refspec must be/],
    [{ refspec: `${PUSHED}:refs/for/main%topic=images` }, undefined],
    [{ name: 'A' }, /target name must be/],
  ])('with %j is judged', (wrong, message) => {
    const make = () => GitTarget.pullRequestBranch({ ...TARGET, ...wrong });
    if (message) {
      expect(make).toThrow(message);
    } else {
      expect(make).not.toThrow();
    }
  });

  test('for review does not push to the branch that is reviewed', () => {
    expect(() => GitTarget.pullRequestBranch({ ...TARGET, pushBranch: 'main' })).toThrow(
      /push branch must differ/,
    );
  });

  test('without review says so', () => {
    const { app, staging, tenant } = smallFleet();
    addPipeline(tenant('team-a', { clusters: [staging] }), {
      commitTo: GitTarget.withoutReview(TARGET),
    });
    const files = synthesized(app, [UNREVIEWED]);
    expect(find(files, 'ImageUpdateAutomation').spec.git.push).toEqual({ branch: 'main' });
  });
});
