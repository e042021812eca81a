import {
  flagger,
  source,
  image,
  AllowedSources,
  AppRepo,
  Cluster,
  Fleet,
  FleetRepo,
  FleetSource,
  FluxInstallation,
  GitHost,
  GitRevision,
  GitSource,
  HelmSource,
  SecretRef,
  Signature,
  Tenant,
} from '../../src';
import { addPipeline } from '../pipelines';
import { find, smallFleet, synthesized, temporaryDirectory } from '../synthesized';

const INTERVAL = { interval: '5m' };
const metadata = { name: 'x', namespace: 'team-a' };

const GIT = 'https://git.acme.example';

/** What is wrong with a fleet of tenants that may fetch this. */
function errorsOf(...tenants: [name: string, sources?: AllowedSources][]): string {
  const { app, tenant } = smallFleet();
  tenants.forEach(([name, sources]) => tenant(name, { sources }));
  try {
    app.synth();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

function hostedFleet(name: string, app = new Fleet({ outdir: temporaryDirectory() })) {
  const gitHost = GitHost.github({ owner: 'acme' });
  const fleet = new FleetRepo(app, name, { registry: 'ghcr.io/acme/manifests', gitHost });
  const prod = new Cluster(fleet, 'prod', { environment: 'production' });
  return {
    app,
    add: (id: string, sources: AllowedSources) =>
      new Tenant(fleet, id, { clusters: [prod], sources }),
  };
}

/** A source that no construct lists. */
function add(team: Tenant, url: string): void {
  const raw = { name: 'raw', namespace: team.homeNamespace };
  new source.GitRepository(team, 'raw', { metadata: raw, spec: { ...INTERVAL, url } });
}

/** What Flagger asks in the name of a tenant. */
function addTemplate(team: Tenant, address?: string): void {
  new flagger.MetricTemplate(team, 'x', {
    metadata,
    spec: { provider: { type: 'prometheus', address }, query: '1' },
  });
}

/** A source that a program makes without the construct for it. */
const RAW: [string, keyof AllowedSources, string, (team: Tenant, place: string) => unknown][] = [
  [
    'GitRepository',
    'git',
    'https://git.acme.example/team-a',
    (team, url) => new source.GitRepository(team, 'x', { metadata, spec: { ...INTERVAL, url } }),
  ],
  [
    'OCIRepository',
    'oci',
    'oci://ghcr.io/acme/tools',
    (team, url) => new source.OCIRepository(team, 'x', { metadata, spec: { ...INTERVAL, url } }),
  ],
  [
    'HelmRepository',
    'helm',
    'https://charts.acme.example',
    (team, url) => new source.HelmRepository(team, 'x', { metadata, spec: { ...INTERVAL, url } }),
  ],
  [
    'Bucket',
    'buckets',
    's3.acme.example/team-a',
    (team, place) => {
      const [endpoint, bucketName] = place.split('/');
      const spec = { ...INTERVAL, endpoint, bucketName };
      return new source.Bucket(team, 'x', { metadata, spec });
    },
  ],
  [
    'ImageRepository',
    'images',
    'ghcr.io/acme/app',
    (team, place) =>
      new image.ImageRepository(team, 'x', { metadata, spec: { ...INTERVAL, image: place } }),
  ],
];

describe('a source of a tenant', () => {
  test.each(RAW)('%s is refused where its tenant does not list it', (kind, type, place, add) => {
    const { app, tenant } = smallFleet();
    add(tenant('team-a'), place);
    expect(() => app.synth()).toThrow(
      `[fleet-infra/team-a/x] ${kind} 'x' must be at one of the ${type} sources of tenant 'team-a'`,
    );
  });

  test.each(RAW)('%s is taken where its tenant lists it', (_, type, place, add) => {
    const { app, tenant } = smallFleet();
    add(tenant('team-a', { sources: { [type]: [place] } }), place);
    expect(() => app.synth()).not.toThrow();
  });

  test('is not moved elsewhere by a patch of an environment', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const url = 'https://git.acme.example/team-a';
    const git = new GitSource(team, 'x', { url, revision: GitRevision.branch('main') });
    team.patchInEnvironment('staging', git, [
      { op: 'replace', path: '/spec/url', value: `${url}-evil` },
    ]);
    expect(() => app.synth()).toThrow(
      `must be at one of the git sources of tenant 'team-a' (${url}), got '${url}-evil'`,
    );
  });

  test('is allowed by the construct that makes it, in each of the namespaces', () => {
    const { app, staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging], namespaces: ['team-a', 'team-a-jobs'] });
    addPipeline(team);
    const repo = new AppRepo(app, 'apps', { tenant: team });
    new GitSource(repo, 'more', {
      url: 'https://git.acme.example/more',
      revision: GitRevision.branch('main'),
    });
    const files = synthesized(app);
    for (const name of team.namespaces) {
      expect(find(files, 'Namespace', name).metadata.annotations).toEqual({
        'cdk8s-flux-tenants/allowed-git':
          'https://git.acme.example/more https://github.com/acme/team-a',
        'cdk8s-flux-tenants/allowed-images': 'ghcr.io/acme/podinfo',
        'cdk8s-flux-tenants/allowed-oci': 'oci://ghcr.io/acme/manifests/team-a',
        'cdk8s-flux-tenants/namespaces': 'team-a team-a-jobs',
        'cdk8s-flux-tenants/service-account': 'team-a',
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      });
    }
  });
});

describe('what a tenant may fetch', () => {
  test.each<[AllowedSources, RegExp]>([
    [{ git: ['https://github.com'] }, /^allowed Git repository must be/],
    [{ git: ['https://github.com/acme/'] }, /^allowed Git repository must be/],
    [{ git: ['https://github.com/acme https://evil.example/x'] }, /^allowed Git repository/],
    [
      { git: 'https://github.com/acme' as any },
      /^'git' of sources of tenant 'team-a' must be a list, each item a text, got 'https/,
    ],
    [{ oci: ['oci://ghcr.io/acme*'] }, /^allowed artifact must be/],
    [{ oci: ['oci://ghcr'] }, /^allowed artifact must be/],
    [{ oci: ['ghcr.io/acme'] }, /^allowed artifact must start with/],
    [{ helm: ['http://charts.acme.example'] }, /^allowed Helm repository must be/],
    [{ buckets: ['s3.acme.example'] }, /^allowed bucket must be/],
    [{ buckets: ['s3.acme.example/a/b'] }, /^allowed bucket must be/],
    [{ images: ['acme/app'] }, /^allowed image must/],
  ])('is not %j', (sources, message) => {
    const { tenant } = smallFleet();
    expect(() => tenant('team-a', { sources })).toThrow(message);
  });

  test.each<[AllowedSources, AllowedSources]>([
    [{ endpoints: ['https://a.example:443'] }, { endpoints: ['https://a.example/hook'] }],
    [{ git: [`${GIT}/shared`] }, { git: [`${GIT}/shared/secret`] }],
    [{ git: [`${GIT}/shared`] }, { git: ['ssh://git@git.acme.example:2222/shared/secret'] }],
    [{ git: [`${GIT}/Shared.git`] }, { git: [`${GIT}/shared/secret`] }],
    [{ git: ['https://dev.azure.com/acme/p/_git'] }, { git: ['https://dev.azure.com/acme/p/r'] }],
    [{ git: ['https://git.acme.example/scm'] }, { git: ['ssh://git@git.acme.example/p/r'] }],
    [{ oci: ['oci://ghcr.io/acme/apps'] }, { oci: ['oci://ghcr.io/acme/apps/x'] }],
    [{ oci: ['oci://ghcr.io/acme/apps'] }, { images: ['ghcr.io/acme/apps/x'] }],
    [{ images: ['ghcr.io:443/acme/apps'] }, { oci: ['oci://ghcr.io/acme/apps/x'] }],
    [{ images: ['docker.io/acme'] }, { oci: ['oci://registry-1.docker.io/acme/x'] }],
  ])('has nothing below it that is of another tenant: %j, %j', (above, below) => {
    const error = `sources of tenant 'team-a' must not have those of another below them, but '${
      Object.values(below)[0][0]
    }' is one of tenant 'team-c'`;
    const declared = errorsOf(['team-a', above], ['team-c', below]);
    expect(declared).toContain(`[fleet-infra/team-a] ${error}`);
    expect(errorsOf(['team-c', below], ['team-a', above])).toBe(declared);
  });

  test('has nothing below it that is of another tenant, who has the place above, too', () => {
    const git = [`${GIT}/shared`, `${GIT}/shared/secret-c`];
    const declared = errorsOf(['team-a', { git: git.slice(0, 1) }], ['team-c', { git }]);
    expect(declared).toContain(
      `sources of tenant 'team-a' must not have those of another below them, but '${git[1]}' is one of tenant 'team-c'`,
    );
    expect(declared.match(/must not/g)).toHaveLength(1);
    expect(errorsOf(['team-c', { git }], ['team-a', { git: git.slice(0, 1) }])).toBe(declared);
  });

  test('is told in an order that is not that of declaration', () => {
    const tenants: [string, AllowedSources][] = [
      ['team-a', { git: [`${GIT}/x`, `${GIT}/y`], oci: ['oci://ghcr.io/acme'] }],
      ['team-b', { git: [`${GIT}/x`, `${GIT}/x/b`, `${GIT}/y/b`] }],
      ['team-c', { git: [`${GIT}/x/c`, `${GIT}/x/b`], oci: ['oci://ghcr.io/x/y'] }],
    ];
    const declared = errorsOf(...tenants);
    expect(declared).toContain('and 2 more are others');
    expect(errorsOf(...[...tenants].reverse())).toBe(declared);
    expect(errorsOf(tenants[1], tenants[2], tenants[0])).toBe(declared);
  });

  test.each<AllowedSources>([
    { helm: ['https://charts.acme.example'] },
    { git: [`${GIT}/shared`] },
    { oci: ['oci://ghcr.io/acme/shared'] },
    { oci: ['oci://ghcr.io/acme/manifests/shared'] },
    { images: ['ghcr.io/acme/shared'] },
    { buckets: ['s3.acme.example/shared'] },
  ])('may be the very same as that of another, which both only read: %j', (sources) => {
    expect(errorsOf(['team-a', sources], ['team-b', sources])).toBe('');
  });

  test('is apart from that of another type, whose names only look alike', () => {
    const oci = ['oci://ghcr.io/acme/a', 'oci://charts.acme.example/a'];
    const endpoints = ['https://ghcr.io/acme', 'https://charts.acme.example'];
    const others = { buckets: ['ghcr.io/acme'], helm: ['https://ghcr.io/acme/manifests'] };
    expect(errorsOf(['team-a', { endpoints, ...others }], ['team-b', { oci }])).toBe('');
  });

  test('is told to each of many tenants that have others below theirs, by the first of another', () => {
    const above = { git: [`${GIT}/x`, `${GIT}/x/own`] };
    const declared = errorsOf(
      ['team-a', above],
      ['team-b', above],
      ['team-c', { git: [`${GIT}/x/c`] }],
    );
    const told = [
      ...declared.matchAll(/tenant '(team-.)' must.*?'([^']*)' is one of tenant '(.*?)'(.*?);/g),
    ];
    expect(told.map(([, ...parts]) => parts)).toEqual([
      ['team-a', `${GIT}/x/own`, 'team-b', ", and 1 more are others'"],
      ['team-b', `${GIT}/x/own`, 'team-a', ", and 1 more are others'"],
    ]);
  });

  test('may begin like that of another without being above it', () => {
    const [a, b] = [`${GIT}/team`, `${GIT}/team-b`];
    expect(errorsOf(['team-a', { git: [a] }], ['team-b', { git: [b] }])).toBe('');
  });

  test('may be a host of charts above that of another', () => {
    const { app, tenant } = smallFleet();
    new HelmSource(tenant('team-a'), 'x', { url: 'https://charts.bitnami.com' });
    new HelmSource(tenant('team-b'), 'x', { url: 'https://charts.bitnami.com/bitnami' });
    expect(() => app.synth()).not.toThrow();
  });

  test.each<AllowedSources>([
    { oci: ['oci://ghcr.io/acme/manifests/team-b'] },
    { images: ['ghcr.io/acme/manifests/team-b'] },
    { images: ['ghcr.io:443/acme/manifests/team-b'] },
  ])('is not where another tenant publishes: %j', (sources) => {
    const declared = errorsOf(['team-a', sources], ['team-b']);
    expect(declared).toContain(
      `[fleet-infra/team-a] tenant 'team-a' must not fetch from '${Object.values(sources)[0][0]}', ` +
        "where tenant 'team-b' publishes",
    );
    expect(errorsOf(['team-b'], ['team-a', sources])).toBe(declared);
    expect(errorsOf(['team-a', sources])).toBe('');
  });

  test('may be where the tenant itself publishes, whatever fetches it', () => {
    const place = 'ghcr.io/acme/manifests/team-a';
    const sources = { oci: [`oci://${place}`], images: [place, `${place}/app`] };
    expect(errorsOf(['team-a', sources], ['team-b'])).toBe('');
  });

  test.each(['oci://ghcr.io/acme', 'oci://ghcr.io/acme/manifests'])(
    'is not above what tenants publish, the only one included: %s',
    (place) => {
      for (const sources of [{ oci: [place] }, { images: [place.slice(6)] }]) {
        expect(errorsOf(['team-a', sources])).toContain(
          `[fleet-infra/team-a] tenant 'team-a' must not fetch from '${Object.values(sources)[0][0]}', ` +
            "which has all that tenants publish to 'ghcr.io/acme/manifests' below it",
        );
      }
    },
  );

  const OWN = 'give the tenant a place of its own';
  test.each([
    ['https://github.com/acme/fleet-infra', OWN],
    ['https://github.com/acme/Fleet-Infra.git', OWN],
    ['ssh://git@ssh.github.com:443/acme/fleet-infra', OWN],
    ['https://github.com/acme', 'list what is below'],
  ])('is neither the repository of the fleet nor above it: %s', (url, remedy) => {
    const { app, add } = hostedFleet('fleet-infra');
    add('team-a', { git: [url] });
    expect(() => app.synth()).toThrow(
      `[fleet-infra/team-a] tenant 'team-a' must not fetch from '${url}', which is, or has below it, ` +
        `that of a fleet, 'github.com/acme/fleet-infra'; ${remedy}`,
    );
  });

  test('may be beside the repository of the fleet', () => {
    const { app, add } = hostedFleet('fleet-infra');
    add('team-a', { git: ['https://github.com/acme/fleet', 'https://github.com/acme/apps'] });
    expect(() => app.synth()).not.toThrow();
  });

  test.each([
    FleetSource.git({ url: 'https://git.acme.example/platform/fleet' }),
    FleetSource.signedOci({
      url: 'oci://ghcr.io/platform/fleet',
      tag: 'prod',
      signature: Signature.cosignKey(SecretRef.named('cosign')),
    }),
  ])('is not above what Flux Operator has a cluster fetch', (from) => {
    const { app, tenant } = smallFleet({ flux: FluxInstallation.operator({ source: from }) });
    const sources = { git: ['https://git.acme.example/platform'], oci: ['oci://ghcr.io/platform'] };
    tenant('team-a', { sources });
    expect(() => app.synth()).toThrow(/which is, or has below it, that of a fleet, '.*fleet'/);
  });

  test('is that of the tenant of its own fleet, where another has one of that name', () => {
    for (const names of [
      ['fleet-x', 'fleet-y'],
      ['fleet-y', 'fleet-x'],
    ]) {
      const app = new Fleet({ outdir: temporaryDirectory() });
      const [first, second] = names.map((name) => hostedFleet(name, app));
      add(first.add('team-a', { git: [`${GIT}/x`] }), `${GIT}/x`);
      const team = second.add('team-a', { git: [`${GIT}/y`] });
      expect(() => app.synth()).not.toThrow();
      add(team, `${GIT}/x/y`);
      expect(() => app.synth()).toThrow(
        `[${names[1]}/team-a/raw] GitRepository 'raw' must be at one of the git sources of tenant 'team-a' (${GIT}/y)`,
      );
    }
  });

  test('is compared with that of tenants of its own fleet', () => {
    const app = new Fleet({ outdir: temporaryDirectory() });
    hostedFleet('fleet-x', app).add('team-a', { git: [`${GIT}/x`] });
    hostedFleet('fleet-y', app).add('team-b', { git: [`${GIT}/x/y`] });
    expect(() => app.synth()).not.toThrow();
  });

  test('is not widened by a patch of the namespace', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const namespace = team.node.findAll().find((one: any) => one.kind === 'Namespace')!;
    team.patchInEnvironment('staging', namespace, [
      {
        op: 'replace',
        path: '/metadata/annotations/cdk8s-flux-tenants~1allowed-oci',
        value: 'oci://evil.example/x',
      },
    ]);
    expect(() => app.synth()).toThrow(/Namespace 'team-a' must keep '\/metadata\/annotations\//);
  });
});

describe('a metric template of a tenant', () => {
  const endpoints = ['http://prometheus.monitoring.svc:9090'];

  test.each([undefined, endpoints[0], `${endpoints[0]}/tenants/team-a`])(
    'may ask %p',
    (address) => {
      const { app, tenant } = smallFleet();
      addTemplate(tenant('team-a', { sources: { endpoints } }), address);
      expect(() => synthesized(app)).not.toThrow();
    },
  );

  test.each(['http://prometheus.team-b.svc:9090', `${endpoints[0]}.evil.example`])(
    'does not have Flagger ask %p, which nobody listed',
    (address) => {
      const { app, tenant } = smallFleet();
      addTemplate(tenant('team-a', { sources: { endpoints } }), address);
      expect(() => app.synth()).toThrow(
        `MetricTemplate 'x' must be at one of the endpoints sources of tenant 'team-a' (${endpoints[0]}), got '${address}'`,
      );
    },
  );
});
