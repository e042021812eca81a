import { ClusterView } from '../../src/clusters/cluster-view';
import { viewClusters } from '../../src/clusters/view-clusters';
import { configMapOf, gitOf, repositoryOf, syncOf } from './repository-of';

const GOTK = 'clusters/prod/flux-system/gotk-sync.yaml';
const ROOT = { [GOTK]: syncOf('flux-system', { path: 'clusters/prod' }) };
const APPS = { 'apps/settings.yaml': configMapOf('settings') };

function clusterOf(files: Record<string, string>): ClusterView {
  return viewClusters([repositoryOf('fleet', files, 'git.example.com/acme/fleet')]).clusters[0];
}

/** Who holds the ConfigMap 'settings', and why. */
function heldBy(files: Record<string, string>): unknown[] {
  const { held } = clusterOf(files).find('/ConfigMap', 'flux-system', 'settings')!;
  return [held?.by?.manifest.metadata.name, held?.why, held?.pointer];
}

function withMetadata(manifest: string, metadata: string): string {
  return manifest.replace('  namespace:', `  ${metadata}\n  namespace:`);
}

describe('an object', () => {
  test.each([
    ['annotations', 'kustomize.toolkit.fluxcd.io/ssa', 'Ignore'],
    ['annotations', 'kustomize.toolkit.fluxcd.io/ssa', 'ignore'],
    ['labels', 'kustomize.toolkit.fluxcd.io/ssa', 'Ignore'],
    ['annotations', 'kustomize.toolkit.fluxcd.io/reconcile', 'disabled'],
    ['labels', 'kustomize.toolkit.fluxcd.io/reconcile', 'Disabled'],
  ])('of %s %s: %s is there, and not in force', (field, key, value) => {
    const cluster = clusterOf({
      ...ROOT,
      'clusters/prod/a.yaml': withMetadata(configMapOf('settings'), `${field}: {${key}: ${value}}`),
    });
    const held = cluster.find('/ConfigMap', 'flux-system', 'settings')?.held;
    expect(held?.why).toBe(`has '${key}: ${value}'`);
    expect(held?.pointer).toBe(`/metadata/${field}/${key.replace('/', '~1')}`);
    expect(cluster.inForce.ofType('/ConfigMap')).toEqual([]);
    expect(cluster.ofType('/ConfigMap')).toHaveLength(1);
  });

  test.each(['ssa: IfNotPresent', 'ssa: Merge', 'prune: disabled', 'reconcile: enabled'])(
    'of annotation %s is in force',
    (annotation) => {
      const metadata = `annotations: {kustomize.toolkit.fluxcd.io/${annotation}}`;
      const cluster = clusterOf({
        ...ROOT,
        'clusters/prod/a.yaml': withMetadata(configMapOf('settings'), metadata),
      });
      expect(cluster.inForce).toBe(cluster);
    },
  );

  test('is held by the Kustomization that applies it and is suspended', () => {
    const apps = syncOf('apps', { spec: 'suspend: true' });
    expect(heldBy({ ...ROOT, ...APPS, 'clusters/prod/apps.yaml': apps })).toEqual([
      'apps',
      'is suspended',
      '/spec/suspend',
    ]);
  });

  test('is held by what holds the Kustomization that applies it', () => {
    const files = {
      ...ROOT,
      ...APPS,
      'clusters/prod/one.yaml': syncOf('one', { spec: 'suspend: true' }),
      'one/apps.yaml': syncOf('apps'),
    };
    expect(heldBy(files)[0]).toBe('one');
  });

  test('is held by the annotation of the Kustomization that applies it', () => {
    const metadata = 'annotations: {kustomize.toolkit.fluxcd.io/reconcile: disabled}';
    const files = { 'clusters/prod/apps.yaml': withMetadata(syncOf('apps'), metadata) };
    expect(heldBy({ ...ROOT, ...APPS, ...files })[0]).toBe('apps');
  });

  test('is held by the source of its Kustomization, where that is suspended', () => {
    const git = gitOf('again', 'https://git.example.com/acme/fleet');
    const files = {
      [GOTK]: `${gitOf('flux-system', 'https://git.example.com/acme/fleet')}---\n${ROOT[GOTK]}`,
      'clusters/prod/git.yaml': `${git}  suspend: true\n`,
      'clusters/prod/apps.yaml': syncOf('apps', { source: 'again' }),
    };
    expect(heldBy({ ...APPS, ...files })).toEqual(['again', 'is suspended', '/spec/suspend']);
  });

  test('is held by the root of the cluster, and by what the root is fetched by', () => {
    const git = gitOf('flux-system', 'https://git.example.com/acme/fleet');
    const settings = { 'clusters/prod/a.yaml': configMapOf('settings') };
    const root = syncOf('flux-system', { path: 'clusters/prod', spec: 'suspend: true' });
    expect(heldBy({ [GOTK]: root, ...settings })[0]).toBe('flux-system');
    const fetched = { [GOTK]: `${git}  suspend: true\n---\n${ROOT[GOTK]}` };
    expect(heldBy({ ...fetched, ...settings })[0]).toBe('flux-system');
  });

  test('is followed where one of two that are the same is in force', () => {
    const metadata = 'annotations: {kustomize.toolkit.fluxcd.io/ssa: Ignore}';
    const cluster = clusterOf({
      ...ROOT,
      ...APPS,
      'clusters/prod/kustomization.yaml': 'resources: [one.yaml, two.yaml]\n',
      'clusters/prod/one.yaml': syncOf('one'),
      'clusters/prod/two.yaml': syncOf('two'),
      'one/apps.yaml': withMetadata(syncOf('apps'), metadata),
      'two/apps.yaml': syncOf('apps'),
    });
    expect(cluster.inForce.ofType('/ConfigMap')).toHaveLength(1);
  });
});
