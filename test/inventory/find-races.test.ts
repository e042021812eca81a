import { Fleet, GitRevision, GitSource, GitTarget, image, SecretRef, Tenant } from '../../src';
import { addPipeline, TARGET } from '../pipelines';
import { smallFleet } from '../synthesized';

const MONOREPO = 'https://github.com/acme/apps';

function automate(
  tenant: Tenant,
  options: { repository?: string; pushBranch?: string } = {},
): void {
  const commitTo = GitTarget.pullRequestBranch({
    ...TARGET,
    repository: MONOREPO,
    environment: 'staging',
    ...options,
  });
  addPipeline(tenant, { commitTo });
}

const synth = (app: Fleet) => () => app.synth();

describe('two image automations', () => {
  test('cannot push one branch of one repository, which each would force back', () => {
    const { app, tenant } = smallFleet();
    automate(tenant('team-a'));
    automate(tenant('team-b'), { repository: 'ssh://git@github.com/acme/apps.git' });
    expect(synth(app)).toThrow(
      "[fleet-infra/team-b/ImageAutomation-image-updates/automation] both it and 'fleet-infra/team-a/" +
        "ImageAutomation-image-updates/automation' push branch 'flux-image-updates' of 'ssh://git@github.com/acme/apps.git' by force",
    );
  });

  test.each([
    ['another branch', { pushBranch: 'flux-image-updates-team-b' }],
    ['another repository', { repository: 'https://github.com/acme/apps-b' }],
  ])('can push to %s', (_, other) => {
    const { app, tenant } = smallFleet();
    automate(tenant('team-a'));
    automate(tenant('team-b'), other);
    expect(synth(app)).not.toThrow();
  });

  test('can push the branch that both check out, where Flux forces nothing', () => {
    const { app, tenant } = smallFleet();
    for (const id of ['team-a', 'team-b']) {
      const direct = { ...TARGET, repository: MONOREPO, environment: 'staging' };
      addPipeline(tenant(id), { commitTo: GitTarget.withoutReview(direct) });
    }
    expect(synth(app)).not.toThrow();
  });
});

test('an image automation runs on one cluster', () => {
  const { app, tenant } = smallFleet();
  const team = tenant('team-a');
  new image.ImageUpdateAutomation(team, 'updates', {
    metadata: { name: 'updates', namespace: 'team-a' },
    spec: { interval: '1h', sourceRef: { kind: 'GitRepository', name: 'elsewhere' } },
  });
  expect(synth(app)).toThrow(
    '[fleet-infra/team-a/updates] image automation must run on one cluster, got prod and staging',
  );
});

describe('credentials to push', () => {
  const source = (team: Tenant, secret: string) =>
    new GitSource(team, 'manifests', {
      url: TARGET.repository,
      revision: GitRevision.branch('main'),
      credentials: SecretRef.named(secret),
    });

  test('are not read with', () => {
    const { app, staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    addPipeline(team);
    source(team, 'git-push');
    expect(synth(app)).toThrow(
      "[fleet-infra/team-a/manifests/repository] must not read with Secret 'git-push', with which " +
        "'fleet-infra/team-a/ImageAutomation-image-updates/git' may push",
    );
  });

  test('may be read with by another tenant, whose Secret it is not', () => {
    const { app, staging, tenant } = smallFleet();
    addPipeline(tenant('team-a', { clusters: [staging] }));
    source(tenant('team-b', { clusters: [staging] }), 'git-push');
    expect(synth(app)).not.toThrow();
  });
});
