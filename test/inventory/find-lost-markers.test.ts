import { ApiObject, JsonPatch } from 'cdk8s';
import { AppRepo, ContainerImage, GitTarget, Tenant } from '../../src';
import { Automations } from '../../src/inventory/automations';
import { findLostMarkers } from '../../src/inventory/find-lost-markers';
import { takeInventory } from '../../src/inventory/take-inventory';
import { addPipeline, TARGET } from '../pipelines';
import { smallFleet } from '../synthesized';

function imageOf(tenant: Tenant, repository: string, id?: string): ContainerImage {
  const target = { ...TARGET, repository, name: id, environment: 'staging' };
  return addPipeline(tenant, { commitTo: GitTarget.pullRequestBranch(target) }, id).image('1.0.0');
}

function markedIn(scope: AppRepo | Tenant, image: ContainerImage, id: string): void {
  const object = new ApiObject(scope, id, {
    apiVersion: 'example.com/v1',
    kind: 'App',
    metadata: { name: id, namespace: 'team-a' },
    items: [{ image: image.reference }],
  });
  image.markIn(object, '/items/0/image');
}

const URL = 'https://github.com/acme/team-a';

describe('a setter marker', () => {
  test('is found in the repository that its target commits to', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const repo = new AppRepo(app, 'team-a', { tenant: team });
    markedIn(repo, imageOf(team, URL), 'one');
    markedIn(repo, imageOf(team, 'ssh://git@github.com:22/acme/team-a.git', 'other'), 'two');
    expect(() => app.synth()).not.toThrow();
  });

  test('is lost in the fleet repository, which a tenant must not be able to push to', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    markedIn(team, imageOf(team, URL), 'x');
    expect(() => app.synth()).toThrow(
      /\[fleet-infra\/team-a\/x\] setter marker of policy 'podinfo' must be in an AppRepo/,
    );
  });

  test('is lost where other markers are for another repository', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const repo = new AppRepo(app, 'team-a', { tenant: team });
    markedIn(repo, imageOf(team, URL), 'one');
    markedIn(repo, imageOf(team, `${URL}-charts`, 'charts'), 'two');
    expect(() => app.synth()).toThrow(
      `[team-a/two] setter marker of policy 'charts' must be in the repository that its Git target commits to, ` +
        `'${URL}-charts', but 'team-a' is 'github.com/acme/team-a'`,
    );
  });

  test('is lost in a second repository, of kustomization files, too', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const image = imageOf(team, URL);
    markedIn(new AppRepo(app, 'team-a', { tenant: team }), image, 'one');
    new AppRepo(app, 'team-a-too', { tenant: team }).useImage(image);
    expect(() => app.synth()).toThrow(
      `[team-a-too/Resources] setter marker of policy 'podinfo' commits to '${URL}', ` +
        "which is the repository of 'team-a', not of 'team-a-too'",
    );
  });

  test('is lost where the repository is said to be another', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const repo = new AppRepo(app, 'team-a', { tenant: team, url: `${URL}-apps` });
    markedIn(repo, imageOf(team, URL), 'x');
    expect(() => app.synth()).toThrow(/but 'team-a' is 'github.com\/acme\/team-a-apps'/);
  });

  test.each<[string, string, JsonPatch, RegExp]>([
    [
      'looks elsewhere',
      'ImageUpdateAutomation',
      JsonPatch.replace('/spec/update/path', './charts'),
      /must be where '.*' looks, 'charts' of/,
    ],
    [
      'selects others',
      'ImageUpdateAutomation',
      JsonPatch.replace('/spec/policySelector', { matchLabels: { a: 'b' } }),
      /must be of a policy that one ImageUpdateAutomation selects, got 0/,
    ],
    [
      'selects nothing, as the API server refuses its selector',
      'ImageUpdateAutomation',
      JsonPatch.replace('/spec/policySelector', {
        matchExpressions: [{ key: 'a', operator: 'NotIn', values: [] }],
      }),
      /must be of a policy that one ImageUpdateAutomation selects, got 0/,
    ],
    [
      'pushes elsewhere',
      'GitRepository',
      JsonPatch.replace('/spec/url', `${URL}-other`),
      /must be where '.*' looks, 'apps\/team-a' of '.*-other'/,
    ],
    [
      'is for another policy',
      'ImagePolicy',
      JsonPatch.replace('/metadata/name', 'other'),
      /must be of an ImagePolicy 'podinfo' in namespace 'team-a', which is not there/,
    ],
  ])('is lost where what a patch made of the automation %s', (_, kind, patch, message) => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    markedIn(new AppRepo(app, 'team-a', { tenant: team }), imageOf(team, URL), 'x');
    const object = team.node.findAll().find((one: any) => one.kind === kind) as ApiObject;
    object.addJsonPatch(patch);
    expect(() => app.synth()).toThrow(message);
  });

  test.each([
    ['no selector', JsonPatch.remove('/spec/policySelector')],
    ['a selector of everything', JsonPatch.replace('/spec/policySelector', {})],
  ])('is found by an automation with %s, which applies every policy', (_, patch) => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    markedIn(new AppRepo(app, 'team-a', { tenant: team }), imageOf(team, URL), 'x');
    const isAutomation = (one: any) => one.kind === 'ImageUpdateAutomation';
    (team.node.findAll().find(isAutomation) as ApiObject).addJsonPatch(patch);
    const { objects } = takeInventory(app);
    expect(objects.flatMap(({ markers }) => markers)).toHaveLength(1);
    expect(findLostMarkers(objects, [], new Automations(objects))).toEqual([]);
  });

  test('is emptied where a patch has its policy follow no digests', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const target = GitTarget.pullRequestBranch({ ...TARGET, environment: 'staging' });
    const image = addPipeline(team, { commitTo: target }).image(
      '1.0.0',
      `sha256:${'a'.repeat(64)}`,
    );
    new AppRepo(app, 'team-a', { tenant: team }).useImage(image);
    const policy = team.node.findAll().find((one: any) => one.kind === 'ImagePolicy') as ApiObject;
    policy.addJsonPatch(JsonPatch.remove('/spec/digestReflectionPolicy'));
    expect(() => app.synth()).toThrow(/must be of a policy that follows digests/);
  });

  test.each(['config.kubernetes.io/path', 'internal.config.kubernetes.io/index'])(
    'has no annotation %s beside it, on which automation fails',
    (key) => {
      const { app, tenant } = smallFleet();
      const repo = new AppRepo(app, 'team-a', { tenant: tenant('team-a') });
      new ApiObject(repo, 'x', {
        apiVersion: 'example.com/v1',
        kind: 'App',
        metadata: { name: 'x', annotations: { [key]: '0' } },
      });
      expect(() => app.synth()).toThrow(`[team-a/x] annotation '${key}' must not be set`);
    },
  );

  test('is not written over by an image of a kustomization file', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const repo = new AppRepo(app, 'team-a', { tenant: team });
    markedIn(repo, imageOf(team, URL), 'x');
    repo.useImage(ContainerImage.of('ghcr.io/acme/podinfo:1.1.0'));
    expect(() => app.synth()).toThrow(
      "[team-a/Resources] image 'ghcr.io/acme/podinfo' must not be replaced, because fields that hold it are marked with policy 'podinfo'",
    );
  });
});
