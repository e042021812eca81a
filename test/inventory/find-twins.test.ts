import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AppRepo, Cluster, Fleet, FleetRepo, PlatformComponent, Tenant } from '../../src';
import { findTwins } from '../../src/inventory/find-twins';
import { ManifestObject } from '../../src/inventory/manifest-object';
import { takeInventory } from '../../src/inventory/take-inventory';

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

test('clusters of one name in two fleets are two', () => {
  const app = new Fleet({ outdir: 'unused' });
  const components = ['one', 'other'].map((id) => {
    const fleet = new FleetRepo(app, id, { registry: 'ghcr.io/acme' });
    new Cluster(fleet, 'prod', { environment: 'production' });
    return new PlatformComponent(fleet, 'ingress');
  });
  const [one, other] = components.map(settings);
  expect(findTwins(takeInventory(app).objects)).toEqual([]);
  const twin = settings(new Construct(components[1], 'below'));
  expect(findTwins(takeInventory(app).objects)).toEqual([
    `[${twin}] both '${other}' and '${twin}' write ConfigMap 'settings' to cluster 'prod'; rename one of them`,
  ]);
  expect(one).toBe('one/ingress/settings');
});

test('what an app repository holds meets what the fleet of its tenant holds, and no other', () => {
  const app = new Fleet({ outdir: 'unused' });
  const [one, other] = ['one', 'other'].map((id) => {
    const fleet = new FleetRepo(app, id, { registry: 'ghcr.io/acme' });
    const clusters = [new Cluster(fleet, 'prod', { environment: 'production' })];
    return new Tenant(fleet, 'team-a', { clusters });
  });
  settings(one);
  const below = settings(new AppRepo(app, 'apps', { tenant: other }));
  expect(findTwins(takeInventory(app).objects)).toEqual([]);
  const twin = settings(new AppRepo(app, 'more', { tenant: other }));
  expect(findTwins(takeInventory(app).objects)).toEqual([
    expect.stringContaining(`both '${below}' and '${twin}' write`),
  ]);
});

function settings(scope: Construct): string {
  return new ApiObject(scope, 'settings', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings' },
  }).node.path;
}
