import { source, image, AllowedSources, AppRepo, GitRevision, GitSource, Tenant } from '../../src';
import { addPipeline } from '../pipelines';
import { find, smallFleet, synthesized } from '../synthesized';

const INTERVAL = { interval: '5m' };
const metadata = { name: 'x', namespace: 'team-a' };

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
    [{ git: 'https://github.com/acme' as any }, /^allowed sources of type 'git' must be a list/],
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

  test('has nothing below it that is of another tenant', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a', { sources: { oci: ['oci://ghcr.io/acme/manifests'] } });
    tenant('team-b');
    expect(() => app.synth()).toThrow(
      "sources of tenant 'team-a' must not have those of another below them, " +
        "but 'oci://ghcr.io/acme/manifests/team-b' is one of tenant 'team-b'",
    );
  });

  test('may be the very same as that of another, which both only read', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a', { sources: { helm: ['https://charts.acme.example'] } });
    tenant('team-b', { sources: { helm: ['https://charts.acme.example'] } });
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
