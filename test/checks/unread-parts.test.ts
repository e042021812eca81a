import { UnreadPart, unreadParts } from '../../src/checks/unread-parts';
import { viewClusters } from '../../src/clusters/view-clusters';
import { gitOf, repositoryOf, syncOf } from '../clusters/repository-of';
import { object } from './tenancy-example';

const FLEET = 'https://git.example.com/acme/fleet';

/** What is unread of a cluster whose platform has these files, and where team-a's repository is given. */
function unread(
  files: Record<string, string>,
  ofTenant: Record<string, string> = {},
): UnreadPart[] {
  const namespace = object('v1', 'Namespace', 'team-a', {
    labels: "{ 'toolkit.fluxcd.io/tenant': team-a }",
  });
  const git = gitOf('apps', 'https://git.example.com/acme/team-a').replace(
    /flux-system/g,
    'team-a',
  );
  const sync = syncOf('apps', { source: 'apps', spec: 'serviceAccountName: team-a' });
  const fleet = viewClusters([
    repositoryOf('fleet', {
      'clusters/prod/flux-system/gotk-sync.yaml': `${gitOf('flux-system', FLEET)}---\n${syncOf('flux-system', { path: 'clusters/prod' })}`,
      'clusters/prod/team-a.yaml': `${namespace}---\n${git}---\n${sync.replace(/flux-system/g, 'team-a')}`,
      ...files,
    }),
    repositoryOf('team-a', { 'apps/a.yaml': '', ...ofTenant }, 'git.example.com/acme/team-a'),
  ]);
  return unreadParts(fleet);
}

function release(place: string, chart: string, more = ''): string {
  return object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', place, {
    body: `spec: { interval: 1h, chart: { spec: { chart: ${chart} } } ${more} }`,
  });
}

const GONE = syncOf('gone', { source: 'gone' });
const SET = object('fluxcd.controlplane.io/v1', 'ResourceSet', 'flux-system/all', {
  body: 'spec: {}',
});
const GENERATING = object('kyverno.io/v1', 'ClusterPolicy', 'all', {
  body: 'spec: { rules: [{ name: all, generate: { kind: ResourceQuota } }] }',
});

test('nothing is unread where everything is there', () => {
  expect(unread({})).toEqual([]);
});

describe('of the platform', () => {
  test.each([
    [
      'a source that was not given',
      GONE,
      "what Kustomization 'gone' in namespace 'flux-system' applies",
    ],
    ['a ResourceSet', SET, "what ResourceSet 'all' in namespace 'flux-system' makes"],
    ['a policy that generates', GENERATING, "what ClusterPolicy 'all' makes"],
    [
      'a binding of whom a variable names',
      object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'team-a/x', {
        body: 'subjects: [{ kind: ServiceAccount, name: "${who}", namespace: team-a }]',
      }),
      "where RoleBinding 'x' in namespace 'team-a' lies, or whom it binds",
    ],
    [
      'a chart that applies what its values say',
      release('flux-system/raw', 'raw'),
      "what HelmRelease 'raw' in namespace 'flux-system' installs",
    ],
    [
      'another cluster',
      syncOf('apps', { spec: 'kubeConfig: { secretRef: { name: edge } }' }),
      "what else the cluster gets that Kustomization 'apps' in namespace 'flux-system' applies to",
    ],
    [
      'a Kustomization in the namespace of a tenant that acts as the platform',
      GONE.replace('namespace: flux-system', 'namespace: team-a').replace(
        'kind: GitRepository',
        'kind: GitRepository\n    namespace: flux-system',
      ),
      "what Kustomization 'gone' in namespace 'team-a' applies",
    ],
  ])('%s decides', (_title, text, what) => {
    const parts = unread({ 'clusters/prod/more.yaml': text, 'apps/a.yaml': '' });
    expect(parts).toEqual([
      {
        what,
        repository: 'fleet',
        path: 'clusters/prod/more.yaml',
        clusters: ['prod'],
        decides: true,
      },
    ]);
  });

  test('a remote base decides', () => {
    const kustomization =
      'resources: [flux-system, team-a.yaml, https://git.example.com/acme/more]\n';
    const parts = unread({ 'clusters/prod/kustomization.yaml': kustomization });
    expect(parts).toMatchObject([{ decides: true, clusters: ['prod'] }]);
  });

  test('a chart does not, and neither does Flux itself', () => {
    const parts = unread({
      'clusters/prod/flux-system/kustomization.yaml':
        'resources: [gotk-components.yaml, gotk-sync.yaml]\n',
      'clusters/prod/web.yaml': release('web/nginx', 'ingress-nginx'),
    });
    expect(parts.map(({ decides }) => decides)).toEqual([false, false]);
  });
});

describe('of a tenant', () => {
  test.each([
    ['a source that was not given', GONE.replace(/flux-system/g, 'team-a')],
    ['a source that was not given, in the namespace of Flux', GONE],
    ['a ResourceSet in the namespace of Flux', SET],
    ['a chart that applies what its values say', release('team-a/raw', 'raw')],
  ])('%s is listed with its name, and does not decide', (_title, text) => {
    expect(unread({}, { 'apps/b.yaml': text })).toEqual([
      expect.objectContaining({
        repository: 'team-a',
        path: 'apps/b.yaml',
        tenant: 'team-a',
        decides: false,
      }),
    ]);
  });

  test('a policy that generates makes nothing', () => {
    expect(unread({}, { 'apps/b.yaml': GENERATING })).toEqual([]);
  });
});

test('nothing is read where no cluster is, which decides', () => {
  const fleet = viewClusters([repositoryOf('apps', { 'a.yaml': '' })]);
  expect(unreadParts(fleet)).toMatchObject([{ repository: 'apps', clusters: [], decides: true }]);
});

test('what two clusters get is told once, with both', () => {
  const gotk = (name: string): string =>
    `${gitOf('flux-system', FLEET)}---\n${syncOf('flux-system', { path: `clusters/${name}` })}`;
  const fleet = viewClusters([
    repositoryOf('fleet', {
      'clusters/b/flux-system/gotk-sync.yaml': gotk('b'),
      'clusters/b/apps.yaml': syncOf('apps'),
      'clusters/a/flux-system/gotk-sync.yaml': gotk('a'),
      'clusters/a/apps.yaml': syncOf('apps'),
      'apps/gone.yaml': GONE,
    }),
  ]);
  expect(unreadParts(fleet)).toMatchObject([{ path: 'apps/gone.yaml', clusters: ['a', 'b'] }]);
});
