import { clusterRoots, directoryIn } from '../../src/clusters/cluster-roots';
import { configMapOf, repositoryOf, syncOf } from './repository-of';

const instance = (spec: string, namespace = 'flux-system') => `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: {name: flux, namespace: ${namespace}}
spec: ${spec}
`;

function rootsOf(files: Record<string, string>) {
  return clusterRoots(repositoryOf('fleet', files));
}

test.each([
  ['./clusters/prod', 'clusters/prod'],
  ['clusters/prod/', 'clusters/prod'],
  ['/clusters/prod', 'clusters/prod'],
  ['./', ''],
  ['.', ''],
  ['', ''],
  [undefined, ''],
  [['x'], ''],
])('path %j of Flux is the directory %j', (path, directory) => {
  expect(directoryIn(path)).toBe(directory);
});

describe('a root', () => {
  test('is fetched by the source that its Kustomization names', () => {
    const sync = syncOf('home', { path: 'kubernetes/flux', source: 'home-ops' });
    expect(rootsOf({ 'kubernetes/flux/sync.yaml': sync })).toMatchObject([
      {
        name: 'flux',
        path: 'kubernetes/flux',
        source: { kind: 'GitRepository', namespace: 'flux-system', name: 'home-ops' },
      },
    ]);
  });

  test('is fetched by the source that a FluxInstance makes, which is called as its namespace', () => {
    const spec = '{sync: {kind: OCIRepository, path: clusters/hub}}';
    const [{ source }] = rootsOf({
      'instance.yaml': instance(spec, 'flux'),
      'clusters/hub/a.yaml': configMapOf('a'),
    });
    expect(source).toEqual({ kind: 'OCIRepository', namespace: 'flux', name: 'flux' });
  });

  test('is called by its directory below clusters, and by its path where two are called the same', () => {
    const files = (path: string) => ({
      [`${path}/flux-system/gotk-sync.yaml`]: syncOf('flux-system', { path }),
    });
    const roots = rootsOf({
      ...files('clusters/prod/eu'),
      ...files('clusters/test'),
      ...files('infra/clusters/test'),
    });
    expect(roots.map(({ name }) => name)).toEqual(['prod', 'clusters/test', 'infra/clusters/test']);
  });

  test('is called by its directory below the innermost clusters', () => {
    const path = 'clusters/stages/dev/clusters/west';
    const [{ name }] = rootsOf({
      [`${path}/flux-system/gotk-sync.yaml`]: syncOf('flux-system', { path }),
    });
    expect(name).toBe('west');
  });

  test('is there once, though Kustomization and FluxInstance name it', () => {
    const roots = rootsOf({
      'clusters/prod/flux-system/gotk-sync.yaml': syncOf('flux-system', { path: 'clusters/prod' }),
      'clusters/prod/flux-system/instance.yaml': instance('{sync: {path: clusters/prod}}'),
    });
    expect(roots.map(({ path }) => path)).toEqual(['clusters/prod']);
  });

  test('is no directory that is not there', () => {
    expect(rootsOf({ 'a.yaml': instance('{sync: {path: elsewhere}}') })).toEqual([]);
  });

  test('is not the whole repository for a Kustomization without a path that is no bootstrap', () => {
    expect(rootsOf({ 'team/sync.yaml': syncOf('team', { path: '' }) })).toEqual([]);
  });
});
