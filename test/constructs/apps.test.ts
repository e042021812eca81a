import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AlertSeverity,
  AppRepo,
  CanaryApp,
  CanaryProvider,
  CanaryWorkload,
  Cluster,
  ContainerImage,
  Fleet,
  FleetRepo,
  GitRevision,
  GitSource,
  Health,
  PlatformComponent,
  SecretRef,
  SlackAlerting,
  SlackAlertingProps,
  SlackCredentials,
  Tenant,
} from '../../src';
import { find, objectsIn, smallFleet, synthesized, temporaryDirectory } from '../synthesized';

const basic = {
  workload: CanaryWorkload.image(ContainerImage.of('ghcr.io/acme/podinfo:1.0.0')),
  port: 9898,
  rollout: CanaryProvider.linkerd().linear({
    interval: Duration.minutes(1),
    threshold: 5,
    stepWeight: 10,
  }),
};

function canary(): Map<string, string> {
  const { app, tenant } = smallFleet();
  new CanaryApp(new AppRepo(app, 'repo', { tenant: tenant('team-a') }), 'podinfo', basic);
  return synthesized(app);
}

describe('an app repository', () => {
  test('has a directory for each app, each with its kustomization file', () => {
    const files = canary();
    expect([...files.keys()].filter((file) => file.startsWith('repo/apps'))).toEqual([
      'repo/apps/team-a/kustomization.yaml',
      'repo/apps/team-a/podinfo/canary.yaml',
      'repo/apps/team-a/podinfo/deployment.yaml',
      'repo/apps/team-a/podinfo/horizontalpodautoscaler.yaml',
      'repo/apps/team-a/podinfo/kustomization.yaml',
    ]);
    expect(objectsIn(files.get('repo/apps/team-a/kustomization.yaml'))[0].resources).toEqual([
      'podinfo',
    ]);
  });

  test('takes another path, within the repository only', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    new ApiObject(new AppRepo(app, 'repo', { tenant: team, path: 'deploy' }), 'settings', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
    });
    expect([...synthesized(app).keys()]).toContain('repo/deploy/settings/configmap.yaml');
    for (const [i, path] of ['../x', '/x', 'a//b', '.git', 'a/../b', ''].entries()) {
      expect(() => new AppRepo(app, `r${i}`, { tenant: team, path })).toThrow(/path must be a/);
    }
  });

  test('holds objects of one namespace, to which its sync moves everything', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a', { namespaces: ['team-a', 'jobs'] });
    const repo = new AppRepo(app, 'repo', { tenant: team, targetNamespace: 'jobs' });
    new CanaryApp(repo, 'podinfo', basic);
    expect(find(synthesized(app), 'Canary').metadata.namespace).toBe('jobs');
    new ApiObject(repo, 'a', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'x', namespace: 'team-a' },
    });
    expect(() => app.synth()).toThrow(/must be in a namespace of tenant 'team-a' \(jobs\)/);
    expect(() => new AppRepo(app, 'r2', { tenant: team, targetNamespace: 'other' })).toThrow(
      /target namespace must be one of tenant 'team-a' \(team-a, jobs\), got 'other'/,
    );
  });

  test('without apps has an empty list, with which Flux removes the last one rather than fails', () => {
    const { app, tenant } = smallFleet();
    new AppRepo(app, 'repo', { tenant: tenant('team-a') });
    const files = synthesized(app);
    expect([...files.keys()].filter((file) => file.startsWith('repo/apps'))).toEqual([
      'repo/apps/team-a/kustomization.yaml',
    ]);
    // kustomize takes a list of nothing, and refuses a file without the list.
    expect(files.get('repo/apps/team-a/kustomization.yaml')).toMatch(/^resources: \[\]$/m);
  });

  test('holds nothing that the tenant could not apply', () => {
    const { app, tenant } = smallFleet();
    const repo = new AppRepo(app, 'repo', { tenant: tenant('team-a') });
    const metadata = { name: 'x', namespace: 'team-b' };
    new ApiObject(repo, 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
    new ApiObject(repo, 'b', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } });
    expect(() => app.synth()).toThrow(
      /must be in a namespace of tenant 'team-a' \(team-a\), got 'team-b'[^]*\[repo\/b\] Namespace 'x' is cluster-wide/,
    );
  });
});

describe('slack alerting', () => {
  function alerting(props: SlackAlertingProps): Map<string, string> {
    const { app, tenant } = smallFleet();
    new SlackAlerting(tenant('team-a'), 'alerts', props);
    return synthesized(app);
  }
  const bot = SlackCredentials.bot(SecretRef.named('slack-token'));

  test("lies in the tenant's namespace and hears only that, or it would hear nothing", () => {
    const files = alerting({ credentials: bot, channel: 'team-a' });
    expect(find(files, 'Provider').metadata.namespace).toBe('team-a');
    const { metadata, spec } = find(files, 'Alert');
    expect(metadata.namespace).toBe('team-a');
    expect(spec.eventSeverity).toBe('error');
    expect(spec.providerRef).toEqual({ name: 'alerts' });
    expect(spec.eventSources.map(({ kind }: any) => kind)).toEqual(
      expect.arrayContaining(['Kustomization', 'HelmRelease', 'OCIRepository', 'GitRepository']),
    );
    for (const source of spec.eventSources) {
      expect(source).toEqual({ kind: expect.any(String), name: '*' });
    }
  });

  test('of the platform lies in flux-system, and hears of that alone', () => {
    const { app, fleet } = smallFleet();
    const component = new PlatformComponent(fleet, 'alerting');
    new SlackAlerting(component, 'platform', { credentials: bot, channel: 'platform' });
    const files = synthesized(app);
    for (const kind of ['Provider', 'Alert']) {
      expect(find(files, kind).metadata).toEqual({ name: 'platform', namespace: 'flux-system' });
    }
    expect([...files.keys()]).toContain('fleet-infra/infrastructure/alerting/alerts.yaml');
  });

  test('says what it hears of, in whichever repository that is', () => {
    const { app, tenant } = smallFleet();
    const [team, other] = [tenant('team-a'), tenant('team-b')];
    for (const one of [team, other]) {
      const source = new GitSource(one, 'manifests', {
        url: 'https://github.com/acme/x',
        revision: GitRevision.branch('main'),
      });
      one.sync('apps', { source, health: Health.waitForAll(Duration.hours(1)) });
    }
    new CanaryApp(new AppRepo(app, 'team-a', { tenant: team }), 'shop', {
      workload: CanaryWorkload.image(ContainerImage.of('ghcr.io/acme/shop:1')),
      port: 8080,
      rollout: CanaryProvider.nginx({ host: 'shop.acme.example' }).linear({
        interval: Duration.minutes(1),
        threshold: 5,
        stepWeight: 50,
      }),
    });
    const alerting = new SlackAlerting(team, 'alerts', { credentials: bot, channel: 'team-a' });
    expect(alerting.coverage()).toEqual([
      { kind: 'GitRepository', namespace: 'team-a', name: 'manifests', isCovered: true },
      { kind: 'Kustomization', namespace: 'team-a', name: 'apps', isCovered: true },
      { kind: 'Canary', namespace: 'team-a', name: 'shop', isCovered: false },
    ]);
  });

  const REVISION = GitRevision.branch('main');
  const slack = { credentials: bot, channel: 'x' };

  function objectOf(scope: Construct, name: string, namespace: string, kind = 'HelmRelease') {
    const apiVersion = 'helm.toolkit.fluxcd.io/v2';
    return new ApiObject(scope, name, { apiVersion, kind, metadata: { name, namespace } });
  }

  function names(alerting: SlackAlerting, isCovered: boolean): string[] {
    const found = alerting.coverage().filter((one) => one.isCovered === isCovered);
    return found.map(({ namespace, name }) => `${namespace}/${name}`);
  }

  test('does not hear of the other namespaces of its tenant, and says so', () => {
    const { tenant } = smallFleet();
    const team = tenant('team-a', { namespaces: ['team-a', 'team-a-jobs'] });
    objectOf(team, 'home', 'team-a');
    objectOf(team, 'jobs', 'team-a-jobs');
    const alerting = new SlackAlerting(team, 'alerts', slack);
    expect(names(alerting, true)).toEqual(['team-a/home']);
    expect(names(alerting, false)).toEqual(['team-a-jobs/jobs']);
  });

  test('takes nothing of a namesake in another fleet for its own', () => {
    const app = new Fleet({ outdir: temporaryDirectory() });
    const [first] = ['fleet-x', 'fleet-y'].map((name) => {
      const fleet = new FleetRepo(app, name, { registry: 'ghcr.io/acme/manifests' });
      const prod = new Cluster(fleet, 'prod', { environment: 'production' });
      const team = new Tenant(fleet, 'team-a', { clusters: [prod] });
      const repo = new AppRepo(new Construct(app, `squad-${name}`), 'apps', { tenant: team });
      new GitSource(team, 'source', { url: `https://github.com/acme/${name}`, revision: REVISION });
      objectOf(repo, `${name}-app`, 'team-a');
      const component = new PlatformComponent(fleet, 'alerting');
      objectOf(component, `${name}-chart`, 'flux-system');
      return {
        team: new SlackAlerting(team, 'alerts', slack),
        platform: new SlackAlerting(component, 'alerts', slack),
      };
    });
    expect(names(first.team, true)).toEqual(['team-a/source', 'team-a/fleet-x-app']);
    expect(names(first.team, false)).toEqual([]);
    expect(names(first.platform, true)).toContain('flux-system/fleet-x-chart');
    expect(names(first.platform, true)).not.toContain('flux-system/fleet-y-chart');
  });

  test('sees what was declared after it was asked, and a repository within its tenant once', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const alerting = new SlackAlerting(team, 'alerts', slack);
    expect(alerting.coverage()).toEqual([]);
    objectOf(new AppRepo(app, 'later', { tenant: team }), 'later', 'team-a');
    objectOf(new AppRepo(team, 'within', { tenant: team }), 'within', 'team-a');
    objectOf(new AppRepo(team, 'foreign', { tenant: tenant('team-b') }), 'foreign', 'team-b');
    expect(names(alerting, true).sort()).toEqual(['team-a/later', 'team-a/within']);
    expect(names(alerting, false)).toEqual([]);
  });

  test('of the platform hears of what its clusters have, and of no others', () => {
    const { fleet, prod, staging, tenant } = smallFleet();
    tenant('team-a', { clusters: [prod] });
    tenant('team-b', { clusters: [staging] });
    const component = new PlatformComponent(fleet, 'alerting', { clusters: [prod] });
    const alerting = new SlackAlerting(component, 'platform', slack);
    objectOf(new PlatformComponent(fleet, 'everywhere'), 'both', 'flux-system');
    const elsewhere = new PlatformComponent(fleet, 'elsewhere', { clusters: [staging] });
    objectOf(elsewhere, 'other', 'flux-system');
    objectOf(component, 'monitoring', 'monitoring');
    expect(names(alerting, true).sort()).toEqual(
      ['admission', 'alerting', 'both', 'everywhere', 'team-a', 'tenancy'].map(
        (name) => `flux-system/${name}`,
      ),
    );
    expect(names(alerting, false)).toEqual(['monitoring/monitoring']);
  });

  test('hears of an image that cannot be scanned, chosen or committed', () => {
    const { spec } = find(alerting({ credentials: bot, channel: 'team-a' }), 'Alert');
    expect(spec.eventSources.map(({ kind }: any) => kind)).toEqual(
      expect.arrayContaining(['ImageRepository', 'ImagePolicy', 'ImageUpdateAutomation']),
    );
  });

  test('as a bot posts to a channel, at the only address whose answers Flux understands', () => {
    expect(find(alerting({ credentials: bot, channel: 'team-a' }), 'Provider').spec).toEqual({
      address: 'https://slack.com/api/chat.postMessage',
      channel: 'team-a',
      secretRef: { name: 'slack-token' },
      type: 'slack',
    });
    expect(() => alerting({ credentials: bot })).toThrow(/must have a channel/);
    expect(() => alerting({ credentials: bot, channel: 'a b' })).toThrow(/channel must be/);
  });

  test('through a webhook has the channel of the webhook', () => {
    const credentials = SlackCredentials.webhook(SecretRef.named('slack-url'));
    expect(find(alerting({ credentials }), 'Provider').spec).toEqual({
      secretRef: { name: 'slack-url' },
      type: 'slack',
    });
    expect(() => alerting({ credentials, channel: 'x' })).toThrow(/must not have channel 'x'/);
  });

  test('covers every prop', () => {
    const props: Required<SlackAlertingProps> = {
      credentials: bot,
      channel: '#team-a',
      severity: AlertSeverity.INFO,
    };
    expect(find(alerting(props), 'Alert').spec.eventSeverity).toBe('info');
  });
});
