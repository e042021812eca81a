import { ApiObject, JsonPatch } from 'cdk8s';
import {
  AppRepo,
  CommitSigning,
  Decryption,
  GitAccess,
  GitRevision,
  GitSource,
  GitVerification,
  GitTarget,
  HelmApp,
  HelmSource,
  HelmValuesFrom,
  SecretRef,
  SlackAlerting,
  SlackCredentials,
  Tenant,
} from '../../src';
import { addPipeline, TARGET } from '../pipelines';
import { smallFleet } from '../synthesized';

const PUSH = SecretRef.named('git-push');
const WRITER = "with which 'fleet-infra/team-a/ImageAutomation-image-updates/git' may push";

function source(
  team: Tenant,
  options: { access?: GitAccess; verification?: GitVerification } = {},
) {
  return new GitSource(team, 'manifests', {
    url: TARGET.repository,
    revision: GitRevision.branch('main'),
    ...options,
  });
}

function pod(repo: AppRepo, spec: any): void {
  const metadata = { name: 'x' };
  new ApiObject(repo, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata, spec });
}

describe('the Secret that image automation pushes with', () => {
  const uses: [string, (team: Tenant, repo: AppRepo) => unknown][] = [
    ['reads', (team) => source(team, { access: GitAccess.https(PUSH) })],
    ['verifies', (team) => source(team, { verification: GitVerification.commit(PUSH) })],
    [
      'decrypts',
      (team) => team.sync('apps', { source: source(team), decryption: Decryption.keys(PUSH) }),
    ],
    [
      'gives values to a chart',
      (team) =>
        new HelmApp(team, 'app', {
          chart: new HelmSource(team, 'charts', { url: 'https://charts.acme.example' }).chart(
            'app',
            '1.x',
          ),
          valuesFrom: [HelmValuesFrom.secret(PUSH, { key: 'token', targetPath: 'token' })],
        }),
    ],
    [
      'talks to Slack',
      (team) => new SlackAlerting(team, 'alerts', { credentials: SlackCredentials.webhook(PUSH) }),
    ],
    [
      'reads in one environment',
      (team) =>
        team.patchInEnvironment(
          'staging',
          source(team, { access: GitAccess.https(SecretRef.named('read')) }),
          [{ op: 'replace', path: '/spec/secretRef/name', value: 'git-push' }],
        ),
    ],
    ['pulls images', (_, repo) => pod(repo, { imagePullSecrets: [{ name: 'git-push' }] })],
    [
      'mounts it',
      (_, repo) => pod(repo, { volumes: [{ name: 'x', secret: { secretName: 'git-push' } }] }),
    ],
    [
      'has it in its environment',
      (_, repo) => pod(repo, { containers: [{ envFrom: [{ secretRef: { name: 'git-push' } }] }] }),
    ],
  ];

  test.each(uses)('is not what something else %s with', (_, use) => {
    const { app, staging, tenant } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    addPipeline(team);
    use(team, new AppRepo(app, 'apps', { tenant: team }));
    expect(() => app.synth()).toThrow(`must not use Secret 'git-push', ${WRITER}`);
  });

  test('does not sign', () => {
    const { app, staging, tenant } = smallFleet();
    const signing = CommitSigning.ssh(PUSH);
    addPipeline(tenant('team-a', { clusters: [staging] }), {
      commitTo: GitTarget.pullRequestBranch({ ...TARGET, signing }),
    });
    expect(() => app.synth()).toThrow(`must not use Secret 'git-push', ${WRITER}`);
  });

  test('is another in the namespace of another tenant', () => {
    const { app, staging, tenant } = smallFleet();
    addPipeline(tenant('team-a', { clusters: [staging] }));
    source(tenant('team-b', { clusters: [staging] }), { access: GitAccess.https(PUSH) });
    expect(() => app.synth()).not.toThrow();
  });
});

test('nothing is applied from the source that is pushed to', () => {
  const { app, staging, tenant } = smallFleet();
  const team = tenant('team-a', { clusters: [staging] });
  addPipeline(team);
  const { kustomization } = team.sync('apps', { source: source(team) });
  kustomization.addJsonPatch(JsonPatch.replace('/spec/sourceRef/name', 'image-updates'));
  expect(() => app.synth()).toThrow(
    "[fleet-infra/team-a/apps/kustomization] must not read from 'fleet-infra/team-a/ImageAutomation-image-updates/git'",
  );
});
