import { clusterRoots } from '../../src/clusters/cluster-roots';
import { viewClusters } from '../../src/clusters/view-clusters';
import { readSourceFile } from '../../src/inventory/read-source-file';
import { SourceRepository, SourceTree } from '../../src/inventory/source-file';

const SYNC = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { path: ./clusters/prod, sourceRef: { kind: GitRepository, name: flux-system } }
`;

function repository(files: Record<string, string>): SourceRepository {
  const read = Object.entries(files).map(([path, text]) => readSourceFile(path, text));
  return { name: 'fleet-infra', tree: new SourceTree(read) };
}

describe('a file that somebody adds', () => {
  test('does not move a cluster to another source', () => {
    const planted = 'instance: { sync: { path: clusters/prod, kind: OCIRepository, name: x } }\n';
    const roots = clusterRoots(
      repository({ 'apps/values.yaml': planted, 'clusters/prod/flux-system/gotk-sync.yaml': SYNC }),
    );
    expect(roots.map(({ source }) => source.kind)).toEqual(['GitRepository']);
  });

  test('does not take the place of a cluster that is only known by its directory', () => {
    const roots = clusterRoots(
      repository({
        'clusters/prod/flux-system/kustomization.yaml': 'resources: []\n',
        'clusters/prod/sub/a.yaml': 'a: 1\n',
        'docs/x.yaml': 'instance: { sync: { path: clusters/prod/sub } }\n',
      }),
    );
    expect(roots.map(({ path }) => path)).toContain('clusters/prod');
  });

  test.each([
    ['a sync that applies its own directory', 'clusters/prod/team-a/sync.yaml', 'prod/team-a'],
    ['what flux bootstrap writes', 'clusters/prod/team-a/gotk-sync.yaml', 'prod/team-a'],
  ])('does not end a cluster that is only known by its directory: %s', (_, file, path) => {
    const roots = clusterRoots(
      repository({
        'clusters/prod/apps.yaml': SYNC.replace('./clusters/prod', './apps'),
        [file]: SYNC.replace('./clusters/prod', `./clusters/${path}`),
      }),
    );
    expect(roots.map((root) => root.path)).toContain('clusters/prod');
  });

  test('does not end a cluster that is only known by its directory: values for all of them', () => {
    const roots = clusterRoots(
      repository({
        'clusters/prod/apps.yaml': SYNC.replace('./clusters/prod', './apps'),
        'docs/x.yaml': 'instance: { sync: { path: clusters } }\n',
      }),
    );
    expect(roots.map((root) => root.path)).toContain('clusters/prod');
  });

  test('makes a tenant the owner of no namespace by the name of a kind alone', () => {
    const namespace = (apiVersion: string, name: string): string =>
      `---\napiVersion: ${apiVersion}\nkind: Namespace\nmetadata:\n  name: ${name}\n  labels: { toolkit.fluxcd.io/tenant: team-a }\n`;
    const { clusters } = viewClusters([
      repository({
        'clusters/prod/flux-system/gotk-sync.yaml': SYNC,
        'clusters/prod/a.yaml':
          namespace('v1', 'team-a') + namespace('evil.example.com/v1', 'kube-system'),
      }),
    ]);
    expect(clusters[0].tenants.ownerOf('team-a')).toBe('team-a');
    expect(clusters[0].tenants.ownerOf('kube-system')).toBeUndefined();
  });
});
