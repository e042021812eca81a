import { findTwins } from '../../src/inventory/find-twins';
import { ManifestObject } from '../../src/inventory/manifest-object';

function object(
  constructPath: string,
  identity: { apiVersion?: string; kind?: string; name?: string; namespace?: string },
  clusters = ['prod'],
): ManifestObject {
  const { apiVersion = 'apps/v1', kind = 'Deployment', name = 'web', namespace } = identity;
  return {
    manifest: { apiVersion, kind, metadata: { name, namespace } },
    constructPath,
    location: {
      repository: 'repo',
      shelf: { kind: 'app', path: 'apps' },
      owner: 'repo',
      clusters,
    },
    markers: [],
    patches: [],
  };
}

test('an object that one cluster gets twice is an error that names both constructs', () => {
  const twins = [
    object('repo/a', { namespace: 'team-a' }, ['staging', 'prod']),
    object('repo/b', { namespace: 'team-a' }, ['prod', 'dev']),
  ];
  expect(findTwins(twins)).toEqual([
    "[repo/b] both 'repo/a' and 'repo/b' write Deployment 'web' in namespace 'team-a' to cluster 'prod'; rename one of them",
  ]);
});

test('versions of one kind are the same object', () => {
  const twins = [
    object('a', { apiVersion: 'apps/v1' }),
    object('b', { apiVersion: 'apps/v1beta1' }),
  ];
  expect(findTwins(twins)).toHaveLength(1);
});

test('a namespace that a chart put on a cluster-wide object does not tell it from its twin', () => {
  const twins = [
    object('a', { apiVersion: 'rbac/v1', kind: 'ClusterRole', namespace: 'flux-system' }),
    object('b', { apiVersion: 'rbac/v1', kind: 'ClusterRole' }),
  ];
  expect(findTwins(twins)).toEqual([
    "[b] both 'a' and 'b' write ClusterRole 'web' to cluster 'prod'; rename one of them",
  ]);
});

test.each([
  ['cluster', object('b', { namespace: 'x' }, ['staging'])],
  ['group', object('b', { namespace: 'x', apiVersion: 'other/v1' })],
  ['kind', object('b', { namespace: 'x', kind: 'StatefulSet' })],
  ['namespace', object('b', { namespace: 'y' })],
  ['name', object('b', { namespace: 'x', name: 'worker' })],
])('objects that differ in their %s are two', (_, other) => {
  expect(findTwins([object('a', { namespace: 'x' }), other])).toEqual([]);
});

test('the core API is a group of its own', () => {
  const core = object('a', { apiVersion: 'v1', kind: 'Service' });
  const knative = object('b', { apiVersion: 'serving.knative.dev/v1', kind: 'Service' });
  expect(findTwins([core, knative])).toEqual([]);
  expect(findTwins([core, { ...core, constructPath: 'c' }])).toHaveLength(1);
});

test('every pair that meets in a cluster is told', () => {
  const objects = [
    object('a', {}, ['prod']),
    object('b', {}, ['staging']),
    object('c', {}, ['staging', 'prod']),
  ];
  expect(findTwins(objects).map((error) => error.split(' write ')[0])).toEqual([
    "[c] both 'a' and 'c'",
    "[c] both 'b' and 'c'",
  ]);
});
