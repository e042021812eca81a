import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  BucketAccess,
  BucketProvider,
  BucketSource,
  BucketSourceProps,
  Decryption,
  GitAccess,
  GitRevision,
  GitSource,
  GitSourceProps,
  GitVerification,
  HelmApp,
  HelmAppProps,
  HelmLifecycle,
  HelmRemediation,
  HelmSource,
  HelmSourceProps,
  HelmTests,
  HelmValuesFrom,
  OciContent,
  OciVersion,
  RegistryAccess,
  SecretRef,
  Signature,
  SignedOciSource,
  SignedOciSourceProps,
  Tenant,
  WorkflowRef,
} from '../../src';
import { validateAgainstSchemas } from '../schemas/schema-table';
import { find, objectsIn, smallFleet, synthesized } from '../synthesized';

const version = OciVersion.semver('>=1.0.0');
const signature = Signature.cosignKey(SecretRef.named('cosign-pub'));

/** The `verify` that an OCIRepository carries for a signature. */
function verifyOf(one: Signature): any {
  const { app, tenant } = smallFleet();
  new SignedOciSource(tenant('team-a'), 'manifests', { version, signature: one });
  return find(synthesized(app), 'OCIRepository').spec.verify;
}

describe('a signed OCI source', () => {
  test("is the tenant's own path below the fleet's registry, unless it says otherwise", () => {
    const { app, tenant } = smallFleet();
    new SignedOciSource(tenant('team-a'), 'manifests', { version, signature });
    expect(find(synthesized(app), 'OCIRepository').spec).toEqual({
      interval: '10m',
      ref: { semver: '>=1.0.0' },
      url: 'oci://ghcr.io/acme/manifests/team-a',
      verify: { provider: 'cosign', secretRef: { name: 'cosign-pub' } },
    });
  });

  test('covers every prop', () => {
    const { app, tenant } = smallFleet();
    const props: Required<SignedOciSourceProps> = {
      version: OciVersion.digest(`sha256:${'a'.repeat(64)}`),
      signature,
      url: 'oci://registry.acme.example:5000/charts/podinfo',
      registryAccess: RegistryAccess.pullSecret(SecretRef.named('pull')),
      content: OciContent.HELM_CHART,
      interval: Duration.hours(1),
    };
    new SignedOciSource(tenant('team-a'), 'chart', props);
    expect(find(synthesized(app), 'OCIRepository').spec).toEqual({
      interval: '1h',
      layerSelector: {
        mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
        operation: 'copy',
      },
      ref: { digest: `sha256:${'a'.repeat(64)}` },
      secretRef: { name: 'pull' },
      url: 'oci://registry.acme.example:5000/charts/podinfo',
      verify: { provider: 'cosign', secretRef: { name: 'cosign-pub' } },
    });
  });

  test.each([
    'https://ghcr.io/acme/x',
    'oci://ghcr.io/acme/x:1.0.0',
    'oci://ghcr.io/acme/x@sha256:0',
    'oci://ghcr.io/acme/../x',
    'oci://ghcr.io/acme//x',
    'oci://ghcr.io/acme/x/',
    'oci://ghcr.io/Acme/x',
    'oci://ghcr.io@evil.example/x',
    'oci://ghcr.io/acme/x?y',
    'oci://ghcr.io/acme/%2e%2e/x',
    'oci://ghcr/acme/x',
    'oci://ghcr.io',
  ])('is not at %p', (url) => {
    const { tenant } = smallFleet();
    expect(() => new SignedOciSource(tenant('team-a'), 'm', { version, signature, url })).toThrow(
      /url must/,
    );
  });

  test('with a key names no identity, which Flux would ignore', () => {
    expect(verifyOf(signature)).not.toHaveProperty('matchOIDCIdentity');
  });

  test('without a key names exactly one identity, and no Secret, which would switch it off', () => {
    const verify = verifyOf(
      Signature.keyless({ issuer: 'https://issuer.example', subject: 'https://ci.example/a+b' }),
    );
    expect(verify).toEqual({
      provider: 'cosign',
      matchOIDCIdentity: [
        {
          issuer: '^https://issuer\\.example$',
          subject: '^https://ci\\.example/a\\+b$',
        },
      ],
    });
  });

  describe('signed by a GitHub workflow', () => {
    const identity = (ref?: WorkflowRef) =>
      verifyOf(
        Signature.githubActions({ repository: 'acme/team-a', workflow: 'publish.yaml', ref }),
      ).matchOIDCIdentity[0];
    const workflow = 'https://github.com/acme/team-a/.github/workflows/publish.yaml';

    test('takes the workflow on its branch', () => {
      const { issuer, subject } = identity();
      expect('https://token.actions.githubusercontent.com').toMatch(new RegExp(issuer));
      expect(`${workflow}@refs/heads/main`).toMatch(new RegExp(subject));
    });

    test.each([
      'https://github.com/acme/team-a-evil/.github/workflows/publish.yaml@refs/heads/main',
      'https://github.com/evil/acme/team-a/.github/workflows/publish.yaml@refs/heads/main',
      `${workflow}@refs/heads/main-evil`,
      `${workflow}@refs/heads/evil`,
      `${workflow}@refs/pull/1/merge`,
      `${workflow}@refs/tags/v1.0.0`,
      'https://github.com/acme/team-a/.github/workflows/publish_yaml@refs/heads/main',
      'https://githubXcom/acme/team-a/.github/workflows/publish.yaml@refs/heads/main',
      `x${workflow}@refs/heads/main`,
    ])('does not take %s', (stranger) => {
      expect(stranger).not.toMatch(new RegExp(identity().subject));
    });

    test('takes tags when it says so, and only those', () => {
      const { subject } = identity(WorkflowRef.tags('v'));
      expect(`${workflow}@refs/tags/v1.2.3`).toMatch(new RegExp(subject));
      expect(`${workflow}@refs/tags/v`).not.toMatch(new RegExp(subject));
      expect(`${workflow}@refs/tags/x1.2.3`).not.toMatch(new RegExp(subject));
      expect(`${workflow}@refs/tags/v1/x`).not.toMatch(new RegExp(subject));
      expect(`${workflow}@refs/heads/v1`).not.toMatch(new RegExp(subject));
    });

    test.each([
      [{ repository: 'acme', workflow: 'publish.yaml' }, /repository must be 'owner\/name'/],
      [{ repository: 'acme/.*', workflow: 'publish.yaml' }, /repository must be/],
      [{ repository: 'acme/team-a', workflow: '.*' }, /workflow must be a file name/],
      [{ repository: 'acme/team-a', workflow: '../x.yaml' }, /workflow must be a file name/],
    ])('cannot be %j', (signer, message) => {
      expect(() => Signature.githubActions(signer)).toThrow(message);
    });

    test('is on no branch whose name is a pattern', () => {
      expect(() => WorkflowRef.branch('.*')).toThrow(/branch must be/);
      expect(() => WorkflowRef.tags('v|x')).toThrow(/tag prefix must be/);
    });
  });

  test.each([
    ['semver', () => OciVersion.semver('latest'), /semver range must be/],
    ['semver', () => OciVersion.semver('>=1.0.0"'), /semver range must be/],
    ['semver', () => OciVersion.semver('1.x.y'), /semver range must be/],
    ['semver', () => OciVersion.semver('1.2.3.4'), /semver range must be/],
    ['digest', () => OciVersion.digest('sha256:abc'), /digest must be/],
    ['tag', () => OciVersion.mutableTag('a/b'), /tag must be/],
  ])('refuses a %s that is none', (_what, make, message) => {
    expect(make).toThrow(message);
  });

  test.each(['Manifests', 'a/b', 'a..b', 'a b', 'a_b', '-a'])('is not called %p', (id) => {
    const { tenant } = smallFleet();
    const team = tenant('team-a');
    expect(() => new SignedOciSource(team, id, { version, signature })).toThrow(
      /^source must be lowercase letters, digits, '-' and '.'/,
    );
    const other = tenant('team-b');
    const source = new SignedOciSource(other, 'manifests', { version, signature });
    expect(() => other.sync(id, { source })).toThrow(/^sync must be lowercase letters, digits and/);
  });
});

describe('a Git source', () => {
  test('covers every prop', () => {
    const { app, tenant } = smallFleet();
    const props: Required<GitSourceProps> = {
      url: 'ssh://git@github.com/acme/team-a',
      revision: GitRevision.semver('>=1.0.0'),
      access: GitAccess.ssh(SecretRef.named('deploy-key')),
      verification: GitVerification.commit(SecretRef.named('pgp')),
      sparseCheckout: ['./deploy/', 'base'],
      interval: Duration.seconds(90),
    };
    new GitSource(tenant('team-a'), 'manifests', props);
    expect(find(synthesized(app), 'GitRepository').spec).toEqual({
      interval: '1m30s',
      ref: { semver: '>=1.0.0' },
      secretRef: { name: 'deploy-key' },
      sparseCheckout: ['deploy', 'base'],
      url: 'ssh://git@github.com/acme/team-a',
      verify: { mode: 'HEAD', secretRef: { name: 'pgp' } },
    });
  });

  test('does not follow submodules, which could come from anywhere', () => {
    const { app, tenant } = smallFleet();
    new GitSource(tenant('team-a'), 'manifests', {
      url: 'https://github.com/acme/team-a',
      revision: GitRevision.branch('main'),
    });
    expect(find(synthesized(app), 'GitRepository').spec).toEqual({
      interval: '5m',
      ref: { branch: 'main' },
      url: 'https://github.com/acme/team-a',
    });
  });

  test.each([
    'http://github.com/acme/x',
    'git@github.com:acme/x',
    'https://user:password@github.com/acme/x',
    'https://token@github.com/acme/x',
    'file:///etc',
    'https://github.com/acme/../x',
    'https://github.com/acme/x\n',
    'https://github.com',
  ])('is not at %p', (url) => {
    const { tenant } = smallFleet();
    const revision = GitRevision.branch('main');
    expect(() => new GitSource(tenant('team-a'), 'm', { url, revision })).toThrow(/url must be/);
  });

  test.each([
    ['branch', () => GitRevision.branch('a..b')],
    ['branch', () => GitRevision.branch('-x')],
    ['tag', () => GitRevision.tag('a b')],
    ['commit', () => GitRevision.commit('abc123')],
    ['semver range', () => GitRevision.semver('v')],
  ])('refuses a %s that is none', (what, make) => {
    expect(make).toThrow(new RegExp(`^${what} must be`));
  });
});

describe('a bucket source', () => {
  const props: Required<BucketSourceProps> = {
    endpoint: 's3.eu-central-1.amazonaws.com',
    bucketName: 'team-a-manifests',
    provider: BucketProvider.AWS,
    region: 'eu-central-1',
    prefix: 'prod/',
    access: BucketAccess.keys(SecretRef.named('s3')),
    interval: Duration.minutes(3),
  };

  test('covers every prop, and is always read over TLS', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    team.sync('apps', { source: new BucketSource(team, 'manifests', props) });
    const files = synthesized(app);
    expect(find(files, 'Bucket').spec).toEqual({
      bucketName: 'team-a-manifests',
      endpoint: 's3.eu-central-1.amazonaws.com',
      interval: '3m',
      prefix: 'prod/',
      provider: 'aws',
      region: 'eu-central-1',
      secretRef: { name: 's3' },
    });
    expect(find(files, 'Kustomization', 'apps').spec.sourceRef).toEqual({
      kind: 'Bucket',
      name: 'manifests',
    });
  });

  test.each([
    [{ endpoint: 'http://x.example' }, /endpoint must be a host name/],
    [{ endpoint: 'evil.com/.acme.example' }, /endpoint must be a host name/],
    [{ endpoint: 'a..example' }, /endpoint must be a host name/],
    [{ endpoint: '-a.example' }, /endpoint must be a host name/],
    [{ endpoint: 'a.example:0' }, /endpoint must be a host name/],
    [{ endpoint: 'a.example:65536' }, /endpoint must be a host name/],
    [{ bucketName: '../x' }, /bucket name must be/],
    [{ region: '' }, /region must be letters, digits and '-', got ''/],
    [{ region: 'eu central' }, /region must be/],
    [{ region: 'eu\n' }, /region must be/],
    [{ region: '-eu' }, /region must be/],
    [{ prefix: '' }, /prefix must be a text of one line/],
    [{ prefix: 'a\nb' }, /prefix must be/],
    [{ prefix: 'a\0' }, /prefix must be/],
    [{ prefix: 'a'.repeat(1025) }, /prefix must be .*, got 'a{80}…'$/],
    [{ interval: Duration.seconds(1) }, /interval must be at least 10 seconds/],
  ])('refuses %j', (wrong, message) => {
    const { tenant } = smallFleet();
    expect(() => new BucketSource(tenant('team-a'), 'm', { ...props, ...wrong })).toThrow(message);
  });
});

describe('a Helm app', () => {
  test('is installed as the tenant, corrects drift, rolls back what fails, and leaves CRDs to the platform', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const charts = new HelmSource(team, 'charts', { url: 'https://charts.acme.example/stable' });
    new HelmApp(team, 'podinfo', { chart: charts.chart('podinfo', '6.x') });
    const files = synthesized(app);
    expect(find(files, 'HelmRelease').spec).toEqual({
      chartRef: { kind: 'HelmChart', name: 'charts-podinfo' },
      driftDetection: { mode: 'enabled' },
      install: { crds: 'Skip', remediation: { retries: 3 } },
      interval: '10m',
      releaseName: 'podinfo',
      serviceAccountName: 'team-a',
      storageNamespace: 'team-a',
      targetNamespace: 'team-a',
      timeout: '5m',
      upgrade: { crds: 'Skip', remediation: { retries: 3, strategy: 'rollback' } },
    });
    expect(find(files, 'HelmChart').spec).toEqual({
      chart: 'podinfo',
      interval: '1h',
      sourceRef: { kind: 'HelmRepository', name: 'charts' },
      version: '6.x',
    });
  });

  test('covers every prop', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a', { namespaces: ['team-a', 'data'] });
    const source: Required<HelmSourceProps> = {
      url: 'https://charts.acme.example',
      credentials: SecretRef.named('charts'),
      interval: Duration.hours(2),
    };
    const lifecycle: Required<HelmLifecycle> = {
      timeout: Duration.minutes(40),
      remediation: HelmRemediation.rollback(5, {
        timeout: Duration.minutes(2),
        cleanupOnFail: true,
      }),
      tests: HelmTests.required().without(['redis-load']),
      ignoredDrift: [{ kind: 'StatefulSet', name: 'redis.main', paths: ['/spec/replicas'] }],
      storageNamespace: 'team-a',
    };
    const props: Required<HelmAppProps> = {
      chart: new HelmSource(team, 'charts', source).chart('redis', '>=1.0.0'),
      values: { on: 'on', n: 1, nested: { list: ['a'] } },
      valuesFrom: [HelmValuesFrom.secret(SecretRef.named('redis-auth'))],
      targetNamespace: 'data',
      interval: Duration.minutes(45),
      dependencies: [
        new HelmApp(team, 'operator', {
          chart: new HelmSource(team, 'more', source).chart('operator', '1.x'),
        }),
      ],
      lifecycle,
    };
    new HelmApp(team, 'redis', props);
    const files = synthesized(app);
    expect(find(files, 'HelmRepository', 'charts').spec).toEqual({
      interval: '2h',
      secretRef: { name: 'charts' },
      url: 'https://charts.acme.example',
    });
    const release = find(files, 'HelmRelease', 'redis');
    expect(release.spec).toEqual({
      chartRef: { kind: 'HelmChart', name: 'charts-redis' },
      dependsOn: [{ name: 'operator' }],
      driftDetection: {
        ignore: [
          {
            paths: ['/spec/replicas'],
            target: { kind: 'StatefulSet', name: 'redis[.]main' },
          },
        ],
        mode: 'enabled',
      },
      install: { crds: 'Skip', remediation: { retries: 5 } },
      interval: '45m',
      releaseName: 'redis',
      rollback: { cleanupOnFail: true, timeout: '2m' },
      serviceAccountName: 'team-a',
      storageNamespace: 'team-a',
      targetNamespace: 'data',
      test: { enable: true, filters: [{ name: 'redis-load', exclude: true }] },
      timeout: '40m',
      upgrade: {
        cleanupOnFail: true,
        crds: 'Skip',
        remediation: { retries: 5, strategy: 'rollback' },
      },
      values: { on: 'on', n: 1, nested: { list: ['a'] } },
      valuesFrom: [{ kind: 'Secret', name: 'redis-auth' }],
    });
    expect(validateAgainstSchemas(release)).toEqual([]);
    const [sync] = objectsIn(files.get('fleet-infra/clusters/prod/tenants.yaml'));
    expect(sync.spec).toMatchObject({ timeout: '41m', interval: '41m' });
  });

  test('takes a signed chart from a registry', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const chart = new SignedOciSource(team, 'chart', {
      version,
      signature,
      url: 'oci://ghcr.io/acme/charts/podinfo',
      content: OciContent.HELM_CHART,
    });
    new HelmApp(team, 'podinfo', { chart });
    expect(find(synthesized(app), 'HelmRelease').spec.chartRef).toEqual({
      kind: 'OCIRepository',
      name: 'chart',
    });
  });

  test('does not take manifests for a chart, nor a sync a chart for manifests', () => {
    const { tenant } = smallFleet();
    const team = tenant('team-a');
    const manifests = new SignedOciSource(team, 'manifests', { version, signature });
    const chart = new SignedOciSource(team, 'chart', {
      version,
      signature,
      content: OciContent.HELM_CHART,
    });
    expect(() => new HelmApp(team, 'podinfo', { chart: manifests })).toThrow(
      "release 'podinfo' must have a source with content 'helm-chart', but that of 'fleet-infra/team-a/manifests' is 'manifests'",
    );
    expect(() => team.sync('apps', { source: chart })).toThrow(
      "sync 'apps' must have a source with content 'manifests', but that of 'fleet-infra/team-a/chart' is 'helm-chart'",
    );
    expect(() => team.sync('right', { source: manifests })).not.toThrow();
  });

  test('takes a chart whose object has a name that fits into a label', () => {
    const { app, tenant } = smallFleet();
    const charts = new HelmSource(tenant('team-a'), 'charts', {
      url: 'https://charts.acme.example',
    });
    charts.chart('a'.repeat(56), '1.x');
    expect(find(synthesized(app), 'HelmChart').metadata.name).toHaveLength(63);
    expect(() => charts.chart('b'.repeat(57), '1.x')).toThrow(
      `names of source and chart must together be at most 62 characters, got 'charts-${'b'.repeat(57)}'`,
    );
    for (const name of ['', '../x', 'a/b', 'A', 'a b']) {
      expect(() => charts.chart(name, '1.x')).toThrow(/chart must be lowercase/);
    }
  });

  test('has other values in another environment', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const charts = new HelmSource(team, 'charts', { url: 'https://charts.acme.example' });
    const release = new HelmApp(team, 'podinfo', { chart: charts.chart('podinfo', '6.x') });
    release.inEnvironment('production', { values: { replicas: 3 } });
    const [overlay] = objectsIn(
      synthesized(app).get('fleet-infra/tenants/production/team-a/kustomization.yaml'),
    );
    expect(objectsIn(overlay.patches[0].patch)[0]).toEqual([
      { op: 'add', path: '/spec/values', value: { replicas: 3 } },
    ]);
  });

  test('is told when it gives no values in another environment', () => {
    const { tenant } = smallFleet();
    const team = tenant('team-a');
    const charts = new HelmSource(team, 'charts', { url: 'https://charts.acme.example' });
    const release = new HelmApp(team, 'podinfo', { chart: charts.chart('podinfo', '6.x') });
    const misspelt: any = { value: { replicas: 3 } };
    expect(() => release.inEnvironment('production', misspelt)).toThrow(
      "override of release 'podinfo' has no 'value'; did you mean 'values'?",
    );
  });

  test("cannot use another tenant's chart, another's namespace, or a name too long for Helm", () => {
    const { tenant } = smallFleet();
    const [a, b] = [tenant('team-a'), tenant('team-b')];
    const chart = new HelmSource(b, 'c', { url: 'https://charts.acme.example' }).chart('x', '1.x');
    expect(() => new HelmApp(a, 'x', { chart })).toThrow(/which is another tenant's/);
    const own = new HelmSource(a, 'c', { url: 'https://charts.acme.example' }).chart('x', '1.x');
    expect(() => new HelmApp(a, 'y', { chart: own, targetNamespace: 'team-b' })).toThrow(
      /target namespace must be one of tenant 'team-a' \(team-a\), got 'team-b'/,
    );
    expect(() => new HelmApp(a, 'x'.repeat(54), { chart: own })).toThrow(/at most 53 characters/);
    expect(() => new HelmSource(a, 'd', { url: 'http://charts.acme.example' })).toThrow(/url must/);
  });

  test('gets no chart of a registry by a HelmSource, which says what fetches it', () => {
    const url = 'oci://ghcr.io/acme/charts';
    expect(() => new HelmSource(smallFleet().tenant('team-a'), 'charts', { url })).toThrow(
      "url must be 'https://<host>/<path>', got 'oci://ghcr.io/acme/charts'; fetch a chart in a registry by a SignedOciSource with OciContent.HELM_CHART",
    );
  });
});

describe('every source', () => {
  const interval = Duration.millis(9_999);
  const url = 'https://git.acme.example/x';
  const revision = GitRevision.branch('main');
  const makers: [string, (team: Tenant) => unknown][] = [
    ['OCI', (team) => new SignedOciSource(team, 'x', { version, signature, interval })],
    ['Git', (team) => new GitSource(team, 'x', { url, revision, interval })],
    ['Helm', (team) => new HelmSource(team, 'x', { url, interval })],
    [
      'sync',
      (team) => team.sync('x', { source: new GitSource(team, 'y', { url, revision }), interval }),
    ],
    [
      'release',
      (team) =>
        new HelmApp(team, 'x', {
          chart: new HelmSource(team, 'y', { url }).chart('z', '1.x'),
          interval,
        }),
    ],
  ];

  test.each(makers)('of %s is looked at no more often than every ten seconds', (_, make) => {
    const { tenant } = smallFleet();
    expect(() => make(tenant('team-a'))).toThrow(/^interval must be at least 10 seconds, got /);
  });

  const users: [string, (team: Tenant, secret: SecretRef) => unknown][] = [
    [
      'OCI',
      (team, secret) =>
        new SignedOciSource(team, 'x', {
          version,
          signature,
          registryAccess: RegistryAccess.pullSecret(secret),
        }),
    ],
    [
      'keys',
      (team, keys) =>
        new SignedOciSource(team, 'x', { version, signature: Signature.cosignKey(keys) }),
    ],
    [
      'Git',
      (team, secret) =>
        new GitSource(team, 'x', { url, revision, access: GitAccess.https(secret) }),
    ],
    [
      'signers',
      (team, signers) =>
        new GitSource(team, 'x', {
          url,
          revision,
          verification: GitVerification.commit(signers),
        }),
    ],
    ['Helm', (team, credentials) => new HelmSource(team, 'x', { url, credentials })],
    [
      'a bucket',
      (team, secret) =>
        new BucketSource(team, 'x', {
          endpoint: 's3.example',
          bucketName: 'b',
          access: BucketAccess.keys(secret),
        }),
    ],
    [
      'a sync',
      (team, keys) =>
        team.sync('x', {
          source: new GitSource(team, 'y', { url, revision }),
          decryption: Decryption.keys(keys),
        }),
    ],
  ];

  test.each(users)('with a Secret for %s refuses one of another tenant', (_, use) => {
    const { tenant } = smallFleet();
    const [a, b] = [tenant('team-a'), tenant('team-b')];
    const theirs = new kplus.Secret(b, 's', { metadata: { name: 'token' } });
    expect(() => use(a, SecretRef.fromSecret(theirs))).toThrow(
      "secret 'token' must be in namespace 'team-a', where it is used, got 'team-b'",
    );
    expect(() => use(b, SecretRef.fromSecret(theirs))).not.toThrow();
  });
});
