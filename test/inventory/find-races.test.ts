import { Fleet, GitTarget, image, Tenant } from '../../src';
import { addPipeline, TARGET } from '../pipelines';
import { smallFleet, synthesized } from '../synthesized';

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
      "[fleet-infra/team-a/ImageAutomation-image-updates/automation] must not force branch 'flux-image-updates' of " +
        "'https://github.com/acme/apps', which 'fleet-infra/team-b/ImageAutomation-image-updates/automation' uses, too",
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
    const warnings = ['team-a', 'team-b'].map(
      (id) =>
        `[fleet-infra/${id}/podinfo] new tags get to 'main' without review: whoever can push the image changes what ` +
        'runs in production and staging',
    );
    expect(() => synthesized(app, warnings)).not.toThrow();
  });
});

describe('a branch that is forced', () => {
  const direct = (tenant: Tenant, branch: string) =>
    addPipeline(tenant, {
      commitTo: GitTarget.withoutReview({
        ...TARGET,
        repository: MONOREPO,
        environment: 'staging',
        branch,
      }),
    });

  test.each([false, true])('is pushed by no other, in whichever order (%p)', (reversed) => {
    const { app, tenant } = smallFleet();
    const steps = [
      () => automate(tenant('team-a')),
      () => direct(tenant('team-b'), 'flux-image-updates'),
    ];
    (reversed ? steps.reverse() : steps).forEach((step) => step());
    expect(synth(app)).toThrow(/must not force branch 'flux-image-updates'/);
  });

  test('is checked out by no other', () => {
    const { app, tenant } = smallFleet();
    direct(tenant('team-a'), 'main');
    const commitTo = GitTarget.pullRequestBranch({
      ...TARGET,
      repository: MONOREPO,
      environment: 'staging',
      branch: 'develop',
      pushBranch: 'main',
    });
    addPipeline(tenant('team-b'), { commitTo });
    expect(synth(app)).toThrow(/must not force branch 'main'/);
  });
});

describe('an image automation without a construct', () => {
  function raw(spec: any, withSelector = true): Fleet {
    const { app, staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    new image.ImageUpdateAutomation(team, 'updates', {
      metadata: { name: 'updates', namespace: 'team-a' },
      spec: {
        interval: '1h',
        sourceRef: { kind: 'GitRepository', name: 'elsewhere' },
        ...(withSelector && { policySelector: { matchLabels: { a: 'b' } } }),
        ...spec,
      },
    });
    return app;
  }

  test('selects its policies', () => {
    expect(synth(raw({}, false))).toThrow(
      '[fleet-infra/team-a/updates] image automation must select its policies',
    );
    expect(synth(raw({}))).not.toThrow('must select its policies');
  });

  test.each(['{{ .Updated.Images }}', '{{ range .Changed.ImageResult }}{{ end }}'])(
    'has no commit message that Flux refuses: %s',
    (messageTemplate) => {
      const commit = { author: { email: 'bot@acme.example' }, messageTemplate };
      expect(synth(raw({ git: { commit } }))).toThrow(/commit message must not use '\./);
    },
  );
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
