import { ClusterView } from '../../src/clusters/cluster-view';
import { viewClusters } from '../../src/clusters/view-clusters';
import { SourceRepository } from '../../src/inventory/source-file';
import { configMapOf, repositoryOf, syncOf } from './repository-of';

const URL = 'oci://ghcr.io/acme/apps';

/** An OCIRepository in namespace flux-system. */
function ociOf(spec = ''): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 1m
  url: ${URL}
${spec}`;
}

interface Artifact {
  readonly files: Record<string, string>;
  readonly path?: string;
  /** Further lines of the spec of the source. */
  readonly spec?: string;
}

/** A cluster that applies the artifact of the directory `deploy` of another repository. */
function viewOf({ files, path = '', spec }: Artifact) {
  const sync = syncOf('apps', { path, source: 'apps' }).replace(
    'kind: GitRepository',
    'kind: OCIRepository',
  );
  const fleet = repositoryOf('fleet', {
    'clusters/prod/apps.yaml': `${ociOf(spec)}---\n${sync}`,
  });
  const apps: SourceRepository = {
    ...repositoryOf('apps', files),
    directory: 'deploy',
    artifact: URL,
  };
  const all = viewClusters([fleet, apps]);
  const [prod] = all.clusters;
  return { all, apps, prod };
}

function configMaps(view: ClusterView): string[] {
  return view
    .ofType('/ConfigMap')
    .map(({ manifest, document }) => `${manifest.metadata.name} of ${document.path}`);
}

const FILES = {
  'deploy/shop/a.yaml': configMapOf('a'),
  'deploy/b.yaml': configMapOf('b'),
  'c.yaml': configMapOf('c'),
};

test('an artifact begins at the directory that is published, and its files keep their paths', () => {
  const { prod, all } = viewOf({ files: FILES });
  expect(configMaps(prod).sort()).toEqual(['a of deploy/shop/a.yaml', 'b of deploy/b.yaml']);
  expect(prod.unread).toEqual([]);
  expect(all.rest.flatMap(configMaps)).toEqual(['c of c.yaml']);
});

test('a sync applies a directory of the artifact', () => {
  expect(configMaps(viewOf({ files: FILES, path: 'shop' }).prod)).toEqual([
    'a of deploy/shop/a.yaml',
  ]);
});

test('what lies beside the directory is not in the artifact', () => {
  const kustomization = 'resources:\n  - ../c.yaml\n';
  const { all, apps, prod } = viewOf({
    files: { ...FILES, 'deploy/kustomization.yaml': kustomization },
  });
  expect(configMaps(prod)).toEqual([]);
  const errors = all.errors.get(apps)!.get('deploy/kustomization.yaml')!;
  expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('c.yaml')]);
});

test('what a source leaves out is meant from the root of the artifact', () => {
  const { prod } = viewOf({ files: FILES, spec: '  ignore: |\n    /shop\n    /deploy\n' });
  expect(configMaps(prod)).toEqual(['b of deploy/b.yaml']);
});

test('an ignore file counts within the artifact, and above it does not', () => {
  const files = { '.sourceignore': '*.yaml\n', 'deploy/.sourceignore': '/b.yaml\n', ...FILES };
  expect(configMaps(viewOf({ files }).prod)).toEqual(['a of deploy/shop/a.yaml']);
});
