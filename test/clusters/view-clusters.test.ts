import { typeOf } from '../../src/clusters/applied-object';
import { ClusterView } from '../../src/clusters/cluster-view';
import { viewClusters } from '../../src/clusters/view-clusters';
import { configMapOf, gitOf, repositoryOf, syncOf } from './repository-of';

const GOTK = 'clusters/prod/flux-system/gotk-sync.yaml';
const FLEET = 'https://git.example.com/acme/fleet';

describe('a cluster gets', () => {
  test('what its root holds, and what the syncs in it apply', () => {
    const [prod] = clustersOf({
      [GOTK]: syncOf('flux-system', { path: 'clusters/prod' }),
      'clusters/prod/apps.yaml': syncOf('apps'),
      'apps/settings.yaml': configMapOf('settings'),
      'other/settings.yaml': configMapOf('other'),
    });
    expect(shown(prod)).toEqual(['apps', 'flux-system', 'settings']);
    expect(prod.find('/ConfigMap', 'flux-system', 'settings')?.sync?.manifest.metadata.name).toBe(
      'apps',
    );
    expect(prod.find('/ConfigMap', 'flux-system', 'other')).toBeUndefined();
  });

  test('nothing of what has a map or a list for a namespace, which the API server refuses', () => {
    for (const namespace of ['{toString: 1}', '[]', '{}']) {
      const odd = `{apiVersion: v1, kind: ConfigMap, metadata: {name: odd, namespace: ${namespace}}}`;
      const [prod] = clustersOf({
        [GOTK]: syncOf('flux-system', { path: 'clusters/prod' }),
        'clusters/prod/odd.yaml': `${odd}\n`,
      });
      expect(shown(prod)).toEqual(['flux-system']);
    }
  });

  test('what syncs apply that syncs apply', () => {
    const [prod] = clustersOf({
      [GOTK]: syncOf('flux-system', { path: 'clusters/prod' }),
      'clusters/prod/one.yaml': syncOf('one'),
      'one/two.yaml': syncOf('two'),
      'two/three.yaml': syncOf('three'),
      'three/settings.yaml': configMapOf('settings'),
    });
    expect(shown(prod)).toEqual(['flux-system', 'one', 'settings', 'three', 'two']);
  });

  test('each object once, though syncs apply each other in a circle', () => {
    const [prod] = clustersOf({
      [GOTK]: syncOf('flux-system', { path: 'clusters/prod' }),
      'clusters/prod/one.yaml': syncOf('one'),
      'one/two.yaml': syncOf('two'),
      'two/three.yaml': syncOf('three', { path: 'one' }),
    });
    expect(shown(prod)).toEqual(['flux-system', 'one', 'three', 'two', 'two']);
  });

  test('nothing of a sync whose directory is not there, which is not for want of reading', () => {
    const [prod] = clustersOf({ 'clusters/prod/apps.yaml': syncOf('apps', { path: 'nowhere' }) });
    expect([shown(prod), prod.unread]).toEqual([['apps'], []]);
  });

  test('its own, and not what another cluster of the repository gets', () => {
    const clusters = clustersOf({
      'clusters/prod/apps.yaml': syncOf('apps', { path: 'apps/prod' }),
      'clusters/test/apps.yaml': syncOf('apps', { path: 'apps/test' }),
      'apps/prod/settings.yaml': configMapOf('prod-settings'),
      'apps/test/settings.yaml': configMapOf('test-settings'),
    });
    expect(clusters.map((cluster) => [cluster.name, ...shown(cluster)])).toEqual([
      ['prod', 'apps', 'prod-settings'],
      ['test', 'apps', 'test-settings'],
    ]);
  });
});

describe('a cluster is', () => {
  test('what a FluxInstance names', () => {
    const [hub] = clustersOf({
      'bootstrap/instance.yaml': `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: {name: flux, namespace: flux-system}
spec: {sync: {kind: GitRepository, path: deploy/hub, url: '${FLEET}'}}
`,
      'deploy/hub/settings.yaml': configMapOf('settings'),
    });
    expect([hub.name, hub.path, shown(hub)]).toEqual(['hub', 'deploy/hub', ['settings']]);
  });

  test('what the values of the chart of a FluxInstance name', () => {
    const [home] = clustersOf({
      'bootstrap/values.yaml': 'instance: {sync: {kind: GitRepository, path: kubernetes/flux}}\n',
      'kubernetes/flux/apps.yaml': syncOf('apps', { path: 'kubernetes/apps' }),
      'kubernetes/apps/settings.yaml': configMapOf('settings'),
    });
    expect([home.path, shown(home)]).toEqual(['kubernetes/flux', ['apps', 'settings']]);
  });

  test('the whole repository, where that is what flux bootstrap was told', () => {
    const [root] = clustersOf({
      'flux-system/gotk-sync.yaml': syncOf('flux-system', { path: '' }),
      'settings.yaml': configMapOf('settings'),
    });
    expect([root.path, shown(root)]).toEqual(['', ['flux-system', 'settings']]);
  });

  test("a directory below 'clusters' before flux bootstrap has run", () => {
    const [prod] = clustersOf({
      'clusters/prod/flux-system/kustomization.yaml':
        'resources: [gotk-components.yaml, gotk-sync.yaml]\n',
    });
    expect(prod.name).toBe('prod');
    expect(prod.unread.map(({ isFlux }) => isFlux)).toEqual([true, true]);
    expect(prod.mayHoldMore('flux-system')).toBe(false);
  });

  test("no directory below 'clusters' without anything of Flux", () => {
    expect(clustersOf({ 'clusters/prod/settings.yaml': configMapOf('settings') })).toEqual([]);
  });
});

test('what a sync sends to a remote cluster is not of the cluster that it runs in', () => {
  const spec = 'kubeConfig: {secretRef: {name: edge}}';
  const [prod, edge] = clustersOf({
    'clusters/prod/apps.yaml': syncOf('apps', { spec }),
    'apps/settings.yaml': configMapOf('settings'),
  });
  expect([prod.isCluster, shown(prod)]).toEqual([true, ['apps']]);
  expect([edge.isCluster, edge.name, shown(edge)]).toEqual([false, 'prod/edge', ['settings']]);
});

describe('a sync of another repository', () => {
  const sources = {
    [GOTK]:
      syncOf('flux-system', { path: 'clusters/prod' }) + '---\n' + gitOf('flux-system', FLEET),
    'clusters/prod/team.yaml':
      gitOf('team', 'ssh://git@git.example.com/acme/team.git') +
      '---\n' +
      syncOf('team', { source: 'team', path: 'deploy' }),
  };

  test('brings what that holds, where it is known', () => {
    const team = repositoryOf(
      'team',
      { 'deploy/settings.yaml': configMapOf('settings') },
      'git.example.com/acme/team',
    );
    const { clusters, rest } = viewClusters([repositoryOf('fleet', sources), team]);
    expect(clusters.map(({ name }) => name)).toEqual(['prod']);
    expect(clusters[0].find('/ConfigMap', 'flux-system', 'settings')?.repository).toBe(team);
    expect(rest.flatMap(({ objects }) => objects)).toEqual([]);
  });

  test('may bring anything, where it is not', () => {
    const [prod] = clustersOf(sources);
    expect(prod.unread.map(({ what }) => what)).toEqual([
      "what Kustomization 'team' in namespace 'flux-system' applies",
    ]);
    expect(prod.mayHoldMore('anything')).toBe(true);
  });

  test('may bring anything, where it is of the same repository but another branch', () => {
    const [prod] = clustersOf({
      ...sources,
      'clusters/prod/team.yaml':
        gitOf('team', FLEET, 'next') + '---\n' + syncOf('team', { source: 'team', path: 'deploy' }),
      'deploy/settings.yaml': configMapOf('settings'),
    });
    expect(shown(prod)).not.toContain('settings');
    expect(prod.mayHoldMore('anything')).toBe(true);
  });

  test('is read from the same repository, where it is only another name for it', () => {
    const [prod] = clustersOf({
      ...sources,
      'clusters/prod/team.yaml':
        gitOf('team', `${FLEET}.git`) +
        '---\n' +
        syncOf('team', { source: 'team', path: 'deploy' }),
      'deploy/settings.yaml': configMapOf('settings'),
    });
    expect(shown(prod)).toContain('settings');
  });
});

describe('what no cluster gets', () => {
  test('lies in the rest, once', () => {
    const { rest } = viewClusters([
      repositoryOf('fleet', {
        'clusters/prod/apps.yaml': syncOf('apps'),
        'apps/settings.yaml': configMapOf('settings'),
        'spare/kustomization.yaml': 'resources: [settings.yaml]\n',
        'spare/settings.yaml': configMapOf('spare'),
        'lonely.yaml': configMapOf('lonely'),
      }),
    ]);
    expect(rest.map(shown)).toEqual([['lonely', 'spare']]);
  });

  test('is none of what lies in a chart of Helm, which is no object before it is installed', () => {
    const { rest } = viewClusters([
      repositoryOf('fleet', {
        'charts/app/Chart.yaml': 'name: app\n',
        'charts/app/templates/settings.yaml': configMapOf('"{{ .Release.Name }}"'),
      }),
    ]);
    expect(rest.map(shown)).toEqual([[]]);
  });

  test.each([
    [
      'a patch',
      'patches: [{patch: "{kind: Deployment, apiVersion: apps/v1, metadata: {name: a}}"}]',
    ],
    ['a merge', 'configMapGenerator: [{name: a, behavior: merge, literals: [a=b]}]'],
    [
      'a replacement',
      'replacements: [{source: {kind: Namespace}, targets: [{select: {kind: Secret}, fieldPaths: [a]}]}]',
    ],
  ])('may be a component with %s of what only others bring along', (_, field) => {
    const errorsOf = (kind: string) => {
      const text = `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: ${kind}\n${field}\n`;
      const repository = repositoryOf('fleet', { 'part/kustomization.yaml': text });
      return [...viewClusters([repository]).errors.get(repository)!.values()].flat();
    };
    expect(errorsOf('Component')).toEqual([]);
    expect(errorsOf('Kustomization')).toHaveLength(1);
  });

  test('may be a component that names a file which is not there', () => {
    const repository = repositoryOf('fleet', {
      'part/kustomization.yaml': 'kind: Component\nresources: [a.yaml]\n',
    });
    expect(viewClusters([repository]).errors.get(repository)!.size).toBe(1);
  });
});

test.each([
  'spec: {path: [], sourceRef: 5}',
  'spec: {sourceRef: {kind: GitRepository, name: flux-system}, path: {}}',
  'spec: text',
  'spec: {kubeConfig: 1, dependsOn: {}}',
  'metadata: {}',
])('a sync of another shape does no harm: %s', (spec) => {
  const metadata = spec.startsWith('metadata')
    ? ''
    : 'metadata: {name: x, namespace: flux-system}\n';
  const text = `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n${metadata}${spec}\n`;
  expect(() => clustersOf({ 'clusters/prod/x.yaml': text })).not.toThrow();
});

function clustersOf(files: Record<string, string>): readonly ClusterView[] {
  return viewClusters([repositoryOf('fleet', files)]).clusters;
}

/** Names of all objects but sources. */
function shown({ objects }: ClusterView): string[] {
  return objects
    .filter(({ manifest }) => !typeOf(manifest).startsWith('source.'))
    .map(({ manifest }) => manifest.metadata.name)
    .sort();
}

describe('the root of a cluster', () => {
  const SETTINGS = { 'clusters/prod/settings.yaml': configMapOf('settings', '{a: "${level}"}') };
  const patch = (value: string) =>
    `patches:\n- target: {kind: ConfigMap}\n  patch: '[{"op": "add", "path": "/data/b", "value": "${value}"}]'\n`;
  const dataOf = (view: ClusterView) =>
    view.find('/ConfigMap', 'flux-system', 'settings')?.manifest.data;

  test('is built with what its own Kustomization adds', () => {
    const spec = `${patch('x')}postBuild: {substitute: {level: high}}\ncommonMetadata: {labels: {c: d}}\n`;
    const [prod] = clustersOf({
      [GOTK]: syncOf('flux-system', { path: 'clusters/prod', spec }),
      ...SETTINGS,
    });
    const { manifest, sync } = prod.find('/ConfigMap', 'flux-system', 'settings')!;
    expect([manifest.data, manifest.metadata.labels]).toEqual([{ a: 'high', b: 'x' }, { c: 'd' }]);
    expect(sync).toBeUndefined();
  });

  test('takes variables from what it brings along itself', () => {
    const spec = 'postBuild: {substituteFrom: [{kind: ConfigMap, name: variables}]}\n';
    const [prod] = clustersOf({
      [GOTK]: syncOf('flux-system', { path: 'clusters/prod', spec }),
      'clusters/prod/variables.yaml': configMapOf('variables', '{level: low}'),
      ...SETTINGS,
    });
    expect(dataOf(prod)).toEqual({ a: 'low' });
  });

  test('is built with what a kustomization file makes of its own Kustomization', () => {
    const own = `resources: [gotk-sync.yaml]
patches:
- patch: |
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: flux-system, namespace: flux-system}
    spec: {postBuild: {substitute: {level: patched}}}
`;
    const [prod] = clustersOf({
      [GOTK]: syncOf('flux-system', { path: 'clusters/prod' }),
      'clusters/prod/flux-system/kustomization.yaml': own,
      ...SETTINGS,
    });
    expect(dataOf(prod)).toEqual({ a: 'patched' });
  });

  test('may change its own Kustomization, which counts from then on', () => {
    const spec = `patches:
- target: {kind: Kustomization, name: flux-system}
  patch: '[{"op": "add", "path": "/spec/postBuild", "value": {"substitute": {"level": "later"}}}]'
`;
    const [prod] = clustersOf({
      [GOTK]: syncOf('flux-system', { path: 'clusters/prod', spec }),
      ...SETTINGS,
    });
    expect(dataOf(prod)).toEqual({ a: 'later' });
  });

  test('may change its own Kustomization without end, which does no harm', () => {
    const spec = `patches:
- target: {kind: Kustomization, name: flux-system}
  patch: '[{"op": "remove", "path": "/spec/patches"}]'
`;
    const files = { [GOTK]: syncOf('flux-system', { path: 'clusters/prod', spec }), ...SETTINGS };
    expect(dataOf(clustersOf(files)[0])).toEqual({ a: '${level}' });
  });

  test('is built with what a FluxInstance patches into the Kustomization that it makes', () => {
    const instance = `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: {name: flux, namespace: flux-system}
spec:
  sync: {kind: GitRepository, path: clusters/prod, url: '${FLEET}', ref: refs/heads/main}
  kustomize:
    patches:
    - target: {kind: Kustomization}
      patch: |
        - op: add
          path: /spec/patches
          value: [{target: {kind: ConfigMap}, patch: '[{"op": "add", "path": "/data/b", "value": "x"}]'}]
    - target: {kind: Deployment, name: kustomize-controller}
      patch: '[{"op": "remove", "path": "/spec/replicas"}]'
`;
    const [prod] = clustersOf({ 'clusters/prod/instance.yaml': instance, ...SETTINGS });
    expect(dataOf(prod)).toEqual({ a: '${level}', b: 'x' });
  });

  test('is applied by what Flux writes, and not by what anybody adds below', () => {
    const [root] = clustersOf({
      'flux-system/gotk-sync.yaml': syncOf('flux-system', { path: '' }),
      'kustomization.yaml':
        'resources: [flux-system/gotk-sync.yaml, clusters/prod/settings.yaml]\n',
      'apps/team-a/gotk-sync.yaml': syncOf('flux-system', { path: '', spec: patch('planted') }),
      ...SETTINGS,
    });
    expect(dataOf(root)).toEqual({ a: '${level}' });
  });

  test('may be applied by a second Kustomization, which changes it otherwise', () => {
    const [prod] = clustersOf({
      [GOTK]: syncOf('flux-system', { path: 'clusters/prod' }),
      'clusters/prod/again.yaml': syncOf('again', { path: 'clusters/prod', spec: patch('again') }),
      ...SETTINGS,
    });
    const twins = prod.twinsOf(prod.find('/ConfigMap', 'flux-system', 'settings')!.manifest);
    expect(twins.map(({ manifest }) => manifest.data.b)).toEqual([undefined, 'again']);
    expect(twins[1].sync?.manifest.metadata.name).toBe('again');
  });
});
