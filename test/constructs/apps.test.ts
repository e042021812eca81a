import { ApiObject, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import {
  AlertSeverity,
  AppRepo,
  CanaryAnalysis,
  CanaryApp,
  CanaryAppProps,
  CanaryProvider,
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
import {
  allObjects,
  find,
  objectsIn,
  smallFleet,
  synthesized,
  temporaryDirectory,
} from '../synthesized';

const image = ContainerImage.of('ghcr.io/acme/podinfo:1.0.0');
const linear = CanaryAnalysis.linear({
  interval: Duration.minutes(1),
  threshold: 5,
  stepWeight: 10,
});
const blueGreen = CanaryAnalysis.blueGreen({
  interval: Duration.seconds(30),
  threshold: 2,
  iterations: 10,
});
const basic = { image, port: 9898, provider: CanaryProvider.linkerd(), analysis: linear };

function canary(props: Partial<CanaryAppProps> = {}): Map<string, string> {
  const { app, tenant } = smallFleet();
  new CanaryApp(new AppRepo(app, 'repo', { tenant: tenant('team-a') }), 'podinfo', {
    ...basic,
    ...props,
  });
  return synthesized(app);
}

describe('a canary app', () => {
  test('is a Deployment without replicas, an autoscaler and a Canary, and nothing that Flagger owns', () => {
    const objects = allObjects(canary()).filter(({ metadata }) => metadata.name === 'podinfo');
    expect(objects.map(({ kind }) => kind).sort()).toEqual([
      'Canary',
      'Deployment',
      'HorizontalPodAutoscaler',
    ]);
    const deployment = objects.find(({ kind }) => kind === 'Deployment');
    expect(deployment.spec).not.toHaveProperty('replicas');
  });

  test('passes the Pod Security Standard restricted', () => {
    const { spec } = find(canary(), 'Deployment').spec.template;
    expect(spec.securityContext).toEqual({
      fsGroup: 65532,
      runAsNonRoot: true,
      runAsUser: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.containers).toHaveLength(1);
    expect(spec.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
    expect(spec.containers[0].livenessProbe.tcpSocket).toEqual({ port: 'http' });
  });

  test('has a label that Flagger tells its versions apart by', () => {
    const { selector, template } = find(canary(), 'Deployment').spec;
    expect(selector.matchLabels).toEqual({ app: 'podinfo' });
    expect(template.metadata.labels).toMatchObject(selector.matchLabels);
  });

  test('keeps its pods when the Canary is deleted', () => {
    expect(find(canary(), 'Canary').spec.revertOnDeletion).toBe(true);
  });

  test('moves traffic in steps and judges success and latency', () => {
    expect(find(canary(), 'Canary').spec.analysis).toEqual({
      interval: '1m',
      threshold: 5,
      maxWeight: 50,
      stepWeight: 10,
      metrics: [
        { name: 'request-success-rate', interval: '1m', thresholdRange: { min: 99 } },
        { name: 'request-duration', interval: '1m', thresholdRange: { max: 500 } },
      ],
    });
  });

  test('on plain Kubernetes moves all traffic at once', () => {
    const files = canary({ provider: CanaryProvider.kubernetes(), analysis: blueGreen });
    const { analysis, provider } = find(files, 'Canary').spec;
    expect(provider).toBe('kubernetes');
    expect(analysis).toMatchObject({ iterations: 10, interval: '30s' });
    expect(analysis).not.toHaveProperty('stepWeight');
    expect(() => canary({ provider: CanaryProvider.kubernetes() })).toThrow(
      /must use CanaryAnalysis.blueGreen: provider 'kubernetes' cannot move traffic in steps/,
    );
  });

  test('behind NGINX has the Ingress that Flagger needs, to the Service that Flagger makes', () => {
    const files = canary({ provider: CanaryProvider.nginx({ host: 'app.acme.example' }) });
    const spec = find(files, 'Ingress').spec;
    expect(spec.ingressClassName).toBe('nginx');
    expect(spec.rules[0].host).toBe('app.acme.example');
    expect(spec.rules[0].http.paths[0].backend.service).toEqual({
      name: 'podinfo',
      port: { number: 9898 },
    });
    const { ingressRef, analysis } = find(files, 'Canary').spec;
    expect(ingressRef).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      name: 'podinfo',
    });
    expect(analysis.metrics.map(({ name }: any) => name)).toEqual(['request-success-rate']);
  });

  test('in a mesh asks for its proxies', () => {
    const pods = (provider: CanaryProvider) =>
      find(canary({ provider }), 'Deployment').spec.template.metadata;
    expect(pods(CanaryProvider.linkerd()).annotations).toEqual({ 'linkerd.io/inject': 'enabled' });
    expect(pods(CanaryProvider.istio()).labels).toEqual({
      app: 'podinfo',
      'sidecar.istio.io/inject': 'true',
    });
    const istio = CanaryProvider.istio({ hosts: ['a.acme.example'], gateways: ['istio/public'] });
    expect(find(canary({ provider: istio }), 'Canary').spec.service).toEqual({
      gateways: ['istio/public'],
      hosts: ['a.acme.example'],
      port: 9898,
      portName: 'http',
      targetPort: 'http',
    });
  });

  test('covers every prop', () => {
    const props: Required<CanaryAppProps> = {
      ...basic,
      scale: { minReplicas: 3, maxReplicas: 9, cpuUtilization: 60 },
      container: {
        env: { LEVEL: 'on', A: '1' },
        args: ['--port=9898'],
        healthPath: '/healthz',
        cpu: '250m',
        memory: '1Gi',
        user: 1000,
        pullSecret: SecretRef.named('pull'),
      },
    };
    const files = canary(props);
    const [container] = find(files, 'Deployment').spec.template.spec.containers;
    expect(container).toMatchObject({
      args: ['--port=9898'],
      env: [
        { name: 'A', value: '1' },
        { name: 'LEVEL', value: 'on' },
      ],
      readinessProbe: { httpGet: { path: '/healthz', port: 'http' } },
      resources: { limits: { memory: '1Gi' }, requests: { cpu: '250m', memory: '1Gi' } },
    });
    expect(find(files, 'Deployment').spec.template.spec.imagePullSecrets).toEqual([
      { name: 'pull' },
    ]);
    expect(find(files, 'HorizontalPodAutoscaler').spec).toMatchObject({
      minReplicas: 3,
      maxReplicas: 9,
    });
  });

  test.each([
    [{ port: 0 }, /port must be/],
    [{ scale: { minReplicas: 5, maxReplicas: 4 } }, /maxReplicas must be/],
    [{ container: { user: 0 } }, /user must be a number above 0/],
    [{ container: { memory: '1 GB' } }, /memory must be a quantity/],
    [{ container: { env: { 'A B': '1' } } }, /environment variable must be/],
    [{ container: { healthPath: 'x' } }, /healthPath must start with/],
    [
      { container: { env: { PORT: 8080 as any } } },
      /value of environment variable 'PORT' must be a string, got a number/,
    ],
    [{ container: { env: { DEBUG: true as any } } }, /must be a string, got a boolean/],
    [
      { container: { args: ['--port', 8080 as any] } },
      /'args' of container of canary 'podinfo' must be a list, each item a text/,
    ],
    [
      { container: { memory: 1024 as any } },
      /'memory' of container of canary 'podinfo' must be a text/,
    ],
    [{ port: '80' as any }, /'port' of canary 'podinfo' must be a number, got '80'/],
    [{ port: 65536 }, /port must be a whole number from 1 to 65535, got 65536/],
  ] as [Partial<CanaryAppProps>, RegExp][])('refuses %j', (wrong, message) => {
    expect(() => canary(wrong)).toThrow(message);
  });

  const interval = Duration.minutes(1);
  test.each([
    [() => CanaryAnalysis.linear({ interval, threshold: 0, stepWeight: 1 }), /threshold must/],
    [() => CanaryAnalysis.linear({ interval, threshold: 1, stepWeight: 60 }), /stepWeight must/],
    [
      () => CanaryAnalysis.linear({ interval, threshold: 1, stepWeight: 5, maxWeight: 101 }),
      /maxWeight must/,
    ],
    [() => CanaryAnalysis.blueGreen({ interval, threshold: 1, iterations: 0 }), /iterations must/],
    [
      () =>
        CanaryAnalysis.blueGreen({ interval: Duration.seconds(5), threshold: 1, iterations: 1 }),
      /interval must be at least 10 seconds/,
    ],
    ...[Duration.millis(0), Duration.millis(0.5)].map((maxLatency): [() => unknown, RegExp] => [
      () => CanaryAnalysis.linear({ interval, threshold: 1, stepWeight: 5, maxLatency }),
      /maxLatency must be at least a millisecond/,
    ]),
    ...['a b', 'a..b', '-a.b', 'a-.b', '*', '*a.b', '*.*.b', '10.0.0.1', 'a:80', 'A.b', ''].flatMap(
      (host): [() => unknown, RegExp][] => [
        [() => CanaryProvider.nginx({ host }), /host must be a lowercase DNS name/],
        [() => CanaryProvider.istio({ hosts: ['a.b', host] }), /host must be a lowercase DNS name/],
      ],
    ),
    ...['../x', 'a/b/c', '/a', 'a/', 'a_b', 'a/-b', '-a/b', 'a.b/c', ''].map(
      (gateway): [() => unknown, RegExp] => [
        () => CanaryProvider.istio({ gateways: [gateway] }),
        /gateway must be '<namespace>\/<name>'/,
      ],
    ),
    [
      () => CanaryProvider.nginx({ host: 'a.b', ingressClass: 'a..b' }),
      /ingress class must be lowercase letters/,
    ],
    [() => CanaryProvider.nginx({ host: 'a.b', ingressClass: '*.b' }), /ingress class must be/],
  ])('refuses an analysis or provider out of range (%#)', (make, message) => {
    expect(make).toThrow(message);
  });
});

test('the slowest canary counts, whichever was declared first', () => {
  for (const order of [
    [linear, blueGreen],
    [blueGreen, linear],
  ]) {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const source = new GitSource(team, 'm', {
      url: 'https://github.com/acme/x',
      revision: GitRevision.branch('main'),
    });
    team.sync('apps', { source, health: Health.waitForAll(Duration.minutes(17)) });
    const repo = new AppRepo(app, 'repo', { tenant: team });
    for (const analysis of order) {
      const name = analysis === linear ? 'slow' : 'fast';
      new CanaryApp(repo, name, { ...basic, analysis });
    }
    expect(() => app.synth()).toThrow(
      "sync waits 17m, but the rollout of canary 'repo/slow' takes up to 20m",
    );
  }
});

test('a Secret of another namespace is not used to pull an image, or to talk to Slack', () => {
  const { tenant } = smallFleet();
  const [a, b] = [tenant('team-a'), tenant('team-b')];
  const theirs = SecretRef.fromSecret(new kplus.Secret(b, 's', { metadata: { name: 'token' } }));
  const message = "secret 'token' must be in namespace 'team-a', where it is used, got 'team-b'";
  expect(() => new CanaryApp(a, 'x', { ...basic, container: { pullSecret: theirs } })).toThrow(
    message,
  );
  expect(
    () => new SlackAlerting(a, 'y', { credentials: SlackCredentials.webhook(theirs) }),
  ).toThrow(message);
});

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
      image: ContainerImage.of('ghcr.io/acme/shop:1'),
      port: 8080,
      provider: CanaryProvider.nginx({ host: 'shop.acme.example' }),
      analysis: CanaryAnalysis.linear({
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
