import { ApiObject } from 'cdk8s';
import { AppRepo, GitTarget } from '../../src';
import { appliedManifests, unreadOf } from '../../src/inventory/applied-manifests';
import { takeInventory } from '../../src/inventory/take-inventory';
import { addPipeline, TARGET } from '../pipelines';
import { smallFleet } from '../synthesized';

const prod = { key: 'fleet-infra/prod', environment: 'production' };
const staging = { key: 'fleet-infra/staging', environment: 'staging' };

/** A tenant with a ConfigMap that says which environment it is in, and one in its repository. */
function program() {
  const { app, tenant } = smallFleet();
  const team = tenant('team-a');
  const map = { apiVersion: 'v1', kind: 'ConfigMap', data: { environment: 'all' } };
  const own = new ApiObject(team, 'own', { ...map, metadata: { name: 'own' } });
  const repo = new AppRepo(app, 'repo', { tenant: team });
  new ApiObject(repo, 'app', { ...map, metadata: { name: 'app' } });
  return { app, team, own, repo, tenant };
}

/** What each ConfigMap says on a cluster. */
function maps(app: any, cluster: typeof prod): Record<string, string> {
  const applied = appliedManifests(takeInventory(app).objects, cluster);
  const found = applied.filter(({ manifest }) => manifest.kind === 'ConfigMap');
  return Object.fromEntries(
    found.map(({ manifest, constructPath }) => [constructPath, manifest.data.environment]),
  );
}

describe('what a cluster applies', () => {
  test('has the patches of its environment, all of them, and no others', () => {
    const { app, team, own } = program();
    const say = (value: string) => [{ op: 'replace', path: '/data/environment', value }];
    team.patchInEnvironment('staging', own, say('test'));
    team.patchInEnvironment('staging', own, say('staging'));
    expect(maps(app, staging)).toEqual({ 'fleet-infra/team-a/own': 'staging', 'repo/app': 'all' });
    expect(maps(app, prod)).toEqual({ 'fleet-infra/team-a/own': 'all', 'repo/app': 'all' });
  });

  test('leaves the manifest as it was written', () => {
    const { app, team, own } = program();
    team.patchInEnvironment('staging', own, [{ op: 'remove', path: '/data/environment' }]);
    const { objects } = takeInventory(app);
    appliedManifests(objects, staging);
    expect(
      objects.find(({ constructPath }) => constructPath.endsWith('/own'))!.manifest.data,
    ).toEqual({ environment: 'all' });
  });

  test('has nothing of tenants that are elsewhere, nor of overlays of other environments', () => {
    const { app, team } = program();
    addPipeline(team, {
      commitTo: GitTarget.pullRequestBranch({ ...TARGET, environment: 'staging' }),
    });
    const kinds = (cluster: typeof prod) =>
      appliedManifests(takeInventory(app).objects, cluster).map(({ manifest }) => manifest.kind);
    expect(kinds(staging)).toContain('ImagePolicy');
    expect(kinds(prod)).not.toContain('ImagePolicy');
    expect(kinds({ key: 'fleet-infra/dev', environment: 'staging' })).toEqual([]);
    expect(kinds({ key: 'prod', environment: 'production' })).toEqual([]);
  });
});

test('files of a repository of a tenant are applied as the tenant, and need no reading', () => {
  const { app, repo, team } = program();
  repo.includeFile('mine.yaml');
  team.includeFile('platform.yaml');
  expect(unreadOf(takeInventory(app), prod)).toEqual([
    'clusters/prod/flux-system/gotk-components.yaml',
    'clusters/prod/flux-system/gotk-sync.yaml',
    'tenants/base/team-a/platform.yaml',
  ]);
});
