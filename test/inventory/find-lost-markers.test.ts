import { ApiObject } from 'cdk8s';
import { AppRepo, ContainerImage, GitTarget, Tenant } from '../../src';
import { addPipeline, TARGET } from '../pipelines';
import { smallFleet } from '../synthesized';

function imageOf(tenant: Tenant, repository: string, id?: string): ContainerImage {
  const target = { ...TARGET, repository, name: id, environment: 'staging' };
  return addPipeline(tenant, { commitTo: GitTarget.pullRequestBranch(target) }, id).image('1.0.0');
}

function markedIn(scope: AppRepo | Tenant, image: ContainerImage, id: string, kind = 'App'): void {
  const object = new ApiObject(scope, id, {
    apiVersion: 'example.com/v1',
    kind,
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

  test('is lost in the items of a list', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    markedIn(new AppRepo(app, 'team-a', { tenant: team }), imageOf(team, URL), 'x', 'AppList');
    expect(() => app.synth()).toThrow(/AppList 'x' can have no setter marker/);
  });

  test('is lost where other markers are for another repository', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const repo = new AppRepo(app, 'team-a', { tenant: team });
    markedIn(repo, imageOf(team, URL), 'one');
    markedIn(repo, imageOf(team, `${URL}-charts`, 'charts'), 'two');
    expect(() => app.synth()).toThrow(
      `[team-a/two] setter marker of policy 'charts' must be in the repository that its Git target commits to, ` +
        `'${URL}-charts', but other markers in 'team-a' are for 'github.com/acme/team-a'`,
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
});
