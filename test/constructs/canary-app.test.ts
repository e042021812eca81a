import { ApiObject, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { IConstruct } from 'constructs';
import {
  AlertSeverity,
  AppRepo,
  CanaryAlertChannel,
  CanaryAlerting,
  CanaryApp,
  CanaryAppProps,
  CanaryContainer,
  CanaryHook,
  CanaryHookKind,
  CanaryMetric,
  CanaryProvider,
  CanaryScaling,
  CanaryWorkload,
  ContainerImage,
  GitRevision,
  GitSource,
  Health,
  HelmApp,
  HelmSource,
  MetricSource,
  SecretRef,
  SlackAlerting,
  SlackCredentials,
  Tenant,
  TenantRules,
} from '../../src';
import { allObjects, find, smallFleet, synthesized, temporaryDirectory } from '../synthesized';
import { strictFleet } from './strict';

const image = ContainerImage.of('ghcr.io/acme/podinfo:1.0.0');
const checks = { interval: Duration.minutes(1), threshold: 5 };
const linear = CanaryProvider.linkerd().linear({ ...checks, stepWeight: 10 });
const blueGreen = CanaryProvider.kubernetes().blueGreen({ ...checks, iterations: 10 });
const basic = { workload: CanaryWorkload.image(image), port: 9898, rollout: linear };
const gateway = CanaryProvider.gatewayApi({
  hosts: ['shop.acme.example'],
  gateways: ['gateways/public', 'own'],
});

/** An app in the repository of a tenant, with props that may need something else in it. */
function canary(
  propsIn:
    Partial<CanaryAppProps> | ((repo: AppRepo, other: Tenant) => Partial<CanaryAppProps>) = {},
): Map<string, string> {
  const { app, tenant } = smallFleet({
    tenantRules: [TenantRules.flagger(), TenantRules.daemonSets()],
  });
  const team = tenant('team-a', { namespaces: ['team-a', 'team-a-jobs'] });
  const repo = new AppRepo(app, 'repo', { tenant: team });
  const props = typeof propsIn === 'function' ? propsIn(repo, tenant('team-b')) : propsIn;
  new CanaryApp(repo, 'podinfo', { ...basic, ...props });
  return synthesized(app);
}

const withContainer = (container: CanaryContainer) =>
  canary({ workload: CanaryWorkload.image(image, container) });

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
    expect(spec.containers[0]).toHaveProperty('livenessProbe');
    expect(spec.containers[0]).toHaveProperty('readinessProbe');
  });

  test('selects its pods by the label that Flagger goes by', () => {
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
    const { analysis, provider } = find(canary({ rollout: blueGreen }), 'Canary').spec;
    expect(provider).toBe('kubernetes');
    expect(analysis).toMatchObject({ iterations: 10, interval: '1m' });
    expect(analysis).not.toHaveProperty('stepWeight');
  });

  test('behind NGINX has the Ingress that Flagger needs, to the Service that Flagger makes', () => {
    const nginx = CanaryProvider.nginx({ host: 'app.acme.example' });
    const files = canary({ rollout: nginx.linear({ ...checks, stepWeight: 10 }) });
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
    const { template } = find(canary(), 'Deployment').spec;
    expect(template.metadata.annotations).toEqual({ 'linkerd.io/inject': 'enabled' });
    const istio = CanaryProvider.istio({ hosts: ['a.acme.example'], gateways: ['istio/public'] });
    const files = canary({ rollout: istio.blueGreen({ ...checks, iterations: 3 }) });
    expect(find(files, 'Deployment').spec.template.metadata.labels).toEqual({
      app: 'podinfo',
      'sidecar.istio.io/inject': 'true',
    });
    expect(find(files, 'Canary').spec.service).toEqual({
      gateways: ['istio/public'],
      hosts: ['a.acme.example'],
      port: 9898,
      portName: 'http',
      targetPort: 'http',
    });
  });

  test('behind the Gateway API is attached to Gateways that its namespace lists', () => {
    const files = canary((repo) => ({
      rollout: gateway.linear({ ...checks, stepWeight: 10 }),
      metrics: [errors(repo).atMost(1)],
    }));
    const group = { group: 'gateway.networking.k8s.io', kind: 'Gateway' };
    expect(find(files, 'Canary').spec.service).toMatchObject({
      gatewayRefs: [
        { ...group, name: 'public', namespace: 'gateways' },
        { ...group, name: 'own' },
      ],
      hosts: ['shop.acme.example'],
    });
    expect(find(files, 'Namespace', 'team-a').metadata.annotations).toMatchObject({
      'cdk8s-flux-tenants/allowed-gateways': 'gateways/public',
      'cdk8s-flux-tenants/allowed-hosts': 'shop.acme.example',
      'cdk8s-flux-tenants/allowed-endpoints': 'http://prometheus.monitoring.svc:9090',
    });
  });

  test('is not promoted for as much as running', () => {
    expect(() => canary({ rollout: gateway.linear({ ...checks, stepWeight: 10 }) })).toThrow(
      "canary 'repo/podinfo' must have metrics, because provider 'gatewayapi:v1' measures nothing: give it those of a CanaryMetric",
    );
  });

  test('covers every prop', () => {
    const files = canary((repo) => {
      const props: Required<CanaryAppProps> = {
        ...basic,
        workload: CanaryWorkload.image(image, {
          env: { LEVEL: 'on', A: '1' },
          args: ['--port=9898'],
          healthPath: '/healthz',
          cpu: '250m',
          memory: '1Gi',
          user: 1000,
          pullSecret: SecretRef.named('pull'),
        }),
        scaling: CanaryScaling.byCpu({ minReplicas: 3, maxReplicas: 9, cpuUtilization: 60 }),
        metrics: [errors(repo).between(0, 1)],
        hooks: [CanaryHook.call(CanaryHookKind.EVENT, { service: 'events' })],
        alerts: [alerting(repo, AlertSeverity.INFO)],
      };
      return props;
    });
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
    const { metrics, alerts, webhooks } = find(files, 'Canary').spec.analysis;
    expect(metrics[2]).toEqual({
      name: 'errors',
      interval: '1m',
      templateRef: { name: 'errors' },
      thresholdRange: { min: 0, max: 1 },
    });
    expect(alerts).toEqual([
      { name: 'on-call', providerRef: { name: 'on-call' }, severity: 'info' },
    ]);
    expect(webhooks).toEqual([
      { name: 'events event', type: 'event', url: 'http://events.team-a.svc/', timeout: '10s' },
    ]);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['a port', () => canary({ port: 0 }), /port must be/],
    ['a port as a text', () => canary({ port: '80' as any }), /'port' of canary 'podinfo' must/],
    [
      'a port too high',
      () => canary({ port: 65536 }),
      /port must be a whole number from 1 to 65535/,
    ],
    ['a scale', () => CanaryScaling.byCpu({ minReplicas: 5, maxReplicas: 4 }), /maxReplicas must/],
    ['root', () => withContainer({ user: 0 }), /user must be a number above 0/],
    ['memory', () => withContainer({ memory: '1 GB' }), /memory must be a quantity/],
    ['memory as a number', () => withContainer({ memory: 1024 as any }), /'memory' of container/],
    ['a variable', () => withContainer({ env: { 'A B': '1' } }), /environment variable must be/],
    ['a path', () => withContainer({ healthPath: 'x' }), /healthPath must start with/],
    ['a number for a text', () => withContainer({ env: { A: 1 as any } }), /must be a string/],
    ['arguments', () => withContainer({ args: [8080 as any] }), /'args' of container of a canary/],
  ])('refuses %s out of range', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

function errors(scope: AppRepo | Tenant, address = 'http://prometheus.monitoring.svc:9090') {
  return new CanaryMetric(scope, 'errors', {
    source: MetricSource.prometheus(address),
    query: 'sum(errors{namespace="{{ namespace }}"})',
  });
}

function alerting(scope: AppRepo | Tenant, severity?: AlertSeverity) {
  const channel = CanaryAlertChannel.slack(SecretRef.named('slack-webhook'));
  return new CanaryAlerting(scope, 'on-call', { channel, severity });
}

describe('how long a rollout can take', () => {
  /** Minutes, as the sync says that waits too short. */
  function minutesOf(rollout: CanaryAppProps['rollout'], hooks: CanaryHook[] = []): number {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const source = new GitSource(team, 'm', {
      url: 'https://github.com/acme/x',
      revision: GitRevision.branch('main'),
    });
    team.sync('apps', { source, health: Health.waitForAll(Duration.minutes(5)) });
    const repo = new AppRepo(app, 'repo', { tenant: team });
    new CanaryApp(repo, 'podinfo', { ...basic, rollout, hooks });
    let message = '';
    try {
      app.synth();
    } catch (error) {
      ({ message } = error as Error);
    }
    return Number(/takes up to ([0-9]+)m/.exec(message)?.[1]);
  }

  // Twenty minutes for pods to become ready twice; a look that finds the version, three that promote it, and four that fail.
  const OTHER = 20 + 1 + 3 + 4;
  const istio = CanaryProvider.istio();

  test.each<[string, CanaryAppProps['rollout'], number]>([
    ['in equal steps', linear, 5],
    ['in steps that do not add up', istio.linear({ ...checks, stepWeight: 30, maxWeight: 100 }), 4],
    ['in steps of their own', istio.stepWeights({ ...checks, weights: [1, 10, 50] }), 3],
    ['with a look that mirrors', istio.mirrored().linear({ ...checks, stepWeight: 10 }), 6],
    ['all at once, with a look at all traffic', blueGreen, 11],
    ['all at once, mirrored', istio.mirrored().blueGreen({ ...checks, iterations: 10 }), 11],
    ['with sessions', istio.sticky({ cookieName: 'x' }).linear({ ...checks, stepWeight: 25 }), 2],
  ])('counts its looks: %s', (_, rollout, looks) => {
    expect(minutesOf(rollout)).toBe(OTHER + looks);
  });

  test('counts the patience of gates, and tests that fail until they do not', () => {
    const call = (kind: CanaryHookKind, options = {}) =>
      CanaryHook.call(kind, { service: 'gate', ...options });
    const gates = [
      call(CanaryHookKind.CONFIRM_ROLLOUT),
      call(CanaryHookKind.CONFIRM_PROMOTION, { patience: Duration.minutes(7) }),
      call(CanaryHookKind.ROLLBACK),
      call(CanaryHookKind.POST_ROLLOUT, { timeout: Duration.minutes(9) }),
    ];
    expect(minutesOf(linear, gates)).toBe(OTHER + 5 + 60 + 7);
    const test = call(CanaryHookKind.PRE_ROLLOUT, { timeout: Duration.minutes(2) });
    expect(minutesOf(linear, [test])).toBe(OTHER + 5 + 5 * 2);
  });

  test('is that of the slowest canary, whichever was declared first', () => {
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
      team.sync('apps', { source, health: Health.waitForAll(Duration.minutes(34)) });
      const repo = new AppRepo(app, 'repo', { tenant: team });
      for (const rollout of order) {
        const name = rollout === blueGreen ? 'slow' : 'fast';
        new CanaryApp(repo, name, { ...basic, rollout });
      }
      expect(() => app.synth()).toThrow(
        "sync waits 34m, but the rollout of canary 'repo/slow' takes up to 39m",
      );
    }
  });
});

describe('a workload that the program has already', () => {
  const labels = { app: 'shop' };
  const pods = { selector: { matchLabels: labels }, template: { metadata: { labels } } };
  function object(scope: IConstruct, kind = 'Deployment', spec: any = pods, metadata: any = {}) {
    return new ApiObject(scope as AppRepo, 'pods', {
      apiVersion: 'apps/v1',
      kind,
      metadata: { name: 'shop', ...metadata },
      spec,
    });
  }

  function ofPlus(repo: AppRepo, then: (deployment: kplus.Deployment) => void): kplus.Deployment {
    const deployment = new kplus.Deployment(repo, 'shop', {
      metadata: { name: 'shop' },
      podMetadata: { labels },
      replicas: 3,
      containers: [{ image: 'ghcr.io/acme/shop:1' }],
    });
    then(deployment);
    return deployment;
  }

  test('keeps its pods and name, and loses its replicas', () => {
    for (const replicas of [3, undefined]) {
      const files = canary((repo) => ({
        workload: CanaryWorkload.existing(object(repo, 'Deployment', { ...pods, replicas })),
      }));
      expect(find(files, 'Deployment').spec).toEqual(pods);
      const { targetRef, service, autoscalerRef } = find(files, 'Canary', 'podinfo').spec;
      expect(targetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' });
      expect(service).toEqual({ port: 9898, portName: 'http' });
      expect(autoscalerRef.name).toBe('podinfo');
      expect(find(files, 'HorizontalPodAutoscaler').spec.scaleTargetRef.name).toBe('shop');
    }
  });

  test('is one of cdk8s-plus, which writes replicas', () => {
    const files = canary((repo) => ({
      workload: CanaryWorkload.existing(
        ofPlus(repo, (deployment) => deployment.select(kplus.LabelSelector.of({ labels }))),
      ),
    }));
    expect(find(files, 'Deployment').spec).not.toHaveProperty('replicas');
  });

  test('selects its pods by a label that Flagger knows', () => {
    expect(() =>
      canary((repo) => ({ workload: CanaryWorkload.existing(ofPlus(repo, () => undefined)) })),
    ).toThrow(
      "[repo/podinfo] workload of canary 'repo/podinfo' must select its pods by one of 'app', 'name', 'app.kubernetes.io/name', " +
        "of which Flagger changes the value, got 'cdk8s.io/metadata.addr'",
    );
  });

  test('is a DaemonSet, which nothing scales', () => {
    const files = canary((repo) => ({
      workload: CanaryWorkload.existing(object(repo, 'DaemonSet')),
    }));
    expect(find(files, 'Canary').spec).not.toHaveProperty('autoscalerRef');
    expect(allObjects(files).map(({ kind }) => kind)).not.toContain('HorizontalPodAutoscaler');
  });

  test('has the backend of its Ingress, and its Service, named as it is', () => {
    const nginx = CanaryProvider.nginx({ host: 'shop.acme.example' });
    const files = canary((repo) => ({
      workload: CanaryWorkload.existing(object(repo)),
      rollout: nginx.blueGreen({ ...checks, iterations: 1 }),
    }));
    const [{ http }] = find(files, 'Ingress', 'podinfo').spec.rules;
    expect(http.paths[0].backend.service.name).toBe('shop');
  });

  test.each<[string, (repo: AppRepo, other: Tenant) => IConstruct, RegExp]>([
    [
      'of a kind that Flagger does not copy',
      (repo) => object(repo, 'StatefulSet'),
      /workload of canary 'repo\/podinfo' must be a Deployment or DaemonSet of apps\/v1, got 'StatefulSet'/,
    ],
    [
      'of another tenant',
      (_, other) => object(other),
      /must not be 'fleet-infra\/team-b\/pods', which is another tenant's/,
    ],
    [
      'of another namespace',
      (repo) => object(repo, 'Deployment', pods, { namespace: 'team-a-jobs' }),
      /must be in namespace 'team-a', as the canary, got 'team-a-jobs'/,
    ],
    [
      'named as no Service can be',
      (repo) => object(repo, 'Deployment', pods, { name: 'shop.v1' }),
      /name of the workload of canary 'repo\/podinfo' must be lowercase letters/,
    ],
  ])('is none %s', (_, make, message) => {
    expect(() =>
      canary((repo, other) => ({ workload: CanaryWorkload.existing(make(repo, other)) })),
    ).toThrow(message);
  });
});

describe('an autoscaler that the program has already', () => {
  function scaler(repo: AppRepo, name: string, type = 'autoscaling/v2 HorizontalPodAutoscaler') {
    const [apiVersion, kind] = type.split(' ');
    const spec = { scaleTargetRef: { name } };
    return new ApiObject(repo, 'scaler', { apiVersion, kind, metadata: { name: 'scaler' }, spec });
  }
  const KEDA = 'keda.sh/v1alpha1 ScaledObject';

  test('is the only one', () => {
    const files = canary((repo) => ({
      scaling: CanaryScaling.autoscaler(scaler(repo, 'podinfo')),
    }));
    expect(find(files, 'HorizontalPodAutoscaler').metadata.name).toBe('scaler');
    expect(find(files, 'Canary').spec.autoscalerRef).toEqual({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      name: 'scaler',
    });
  });

  test('is one of KEDA, with queries of its own for the copy', () => {
    const rules = TenantRules.allowing({ apiGroup: 'keda.sh', resources: ['scaledobjects'] });
    const { app, tenant } = smallFleet({ tenantRules: [TenantRules.flagger(), rules] });
    const repo = new AppRepo(app, 'repo', { tenant: tenant('team-a') });
    const queries = { queue: 'sum(queue{app="podinfo-primary"})' };
    const scaling = CanaryScaling.scaledObject(scaler(repo, 'podinfo', KEDA), queries);
    new CanaryApp(repo, 'podinfo', { ...basic, scaling });
    const files = synthesized(app);
    expect(find(files, 'Canary').spec.autoscalerRef).toEqual({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      name: 'scaler',
      primaryScalerQueries: queries,
    });
    expect(allObjects(files).map(({ kind }) => kind)).not.toContain('HorizontalPodAutoscaler');
  });

  test.each<[string, (repo: AppRepo) => CanaryScaling, RegExp]>([
    [
      'another kind',
      (repo) => CanaryScaling.autoscaler(scaler(repo, 'podinfo', KEDA)),
      /scaling of canary 'repo\/podinfo' must be a HorizontalPodAutoscaler of autoscaling\/v2, got 'ScaledObject'/,
    ],
    [
      'another version',
      (repo) =>
        CanaryScaling.autoscaler(
          scaler(repo, 'podinfo', 'autoscaling/v2beta2 HorizontalPodAutoscaler'),
        ),
      /must be a HorizontalPodAutoscaler of autoscaling\/v2, got .* of autoscaling\/v2beta2/,
    ],
    [
      'another workload',
      (repo) => CanaryScaling.scaledObject(scaler(repo, 'other', KEDA)),
      /must be for Deployment 'podinfo', got one for Deployment 'other'/,
    ],
  ])('is none of %s', (_, scalingIn, message) => {
    expect(() => canary((repo) => ({ scaling: scalingIn(repo) }))).toThrow(message);
  });
});

describe('what a canary refers to', () => {
  test.each<[string, (other: Tenant) => Partial<CanaryAppProps>, RegExp]>([
    [
      'metric',
      (other) => ({ metrics: [errors(other).atMost(1)] }),
      /must not use metric 'fleet-infra\/team-b\/errors', which is another tenant's/,
    ],
    [
      'alerting',
      (other) => ({ alerts: [alerting(other)] }),
      /canary alerting 'on-call' must be in namespace 'team-a', as the canary, got 'team-b'/,
    ],
  ])('is no %s of another tenant', (_, propsOf, message) => {
    expect(() => canary((_repo, other) => propsOf(other))).toThrow(message);
  });

  test('is no metric of another of its namespaces, which Flagger would not follow', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a', { namespaces: ['team-a', 'team-a-jobs'] });
    const jobs = new AppRepo(app, 'jobs', { tenant: team, targetNamespace: 'team-a-jobs' });
    const repo = new AppRepo(app, 'repo', { tenant: team });
    expect(() => new CanaryApp(repo, 'x', { ...basic, metrics: [errors(jobs).atMost(1)] })).toThrow(
      "metric 'errors' must be in namespace 'team-a', as the canary, got 'team-a-jobs'",
    );
  });

  test('is no Secret of another namespace', () => {
    const { tenant } = smallFleet();
    const [a, b] = [tenant('team-a'), tenant('team-b')];
    const theirs = SecretRef.fromSecret(new kplus.Secret(b, 's', { metadata: { name: 'token' } }));
    const message = "secret 'token' must be in namespace 'team-a', where it is used, got 'team-b'";
    const workload = CanaryWorkload.image(image, { pullSecret: theirs });
    const source = MetricSource.datadog(theirs);
    const channel = CanaryAlertChannel.discord(theirs);
    for (const make of [
      () => new CanaryApp(a, 'x', { ...basic, workload }),
      () => new SlackAlerting(a, 'y', { credentials: SlackCredentials.webhook(theirs) }),
      () => new CanaryMetric(a, 'z', { source, query: '1' }),
      () => new CanaryAlerting(a, 'w', { channel }),
    ]) {
      expect(make).toThrow(message);
    }
  });
});

test('hooks of one look that could outlast its interval are refused', () => {
  const load = (seconds: number) =>
    CanaryHook.call(CanaryHookKind.ROLLOUT, {
      service: 'load',
      timeout: Duration.seconds(seconds),
    });
  expect(() => canary({ hooks: [load(30), load(29)] })).not.toThrow();
  expect(() => canary({ hooks: [load(30), load(30)] })).toThrow(
    "hooks of canary 'repo/podinfo' must together time out before its interval of 60s ends, got 60s",
  );
});

test('every alert has a severity, without which Flagger sends none', () => {
  const files = canary((repo) => ({ alerts: [alerting(repo)] }));
  expect(find(files, 'Canary').spec.analysis.alerts[0].severity).toBe('error');
  expect(find(files, 'AlertProvider').spec).toEqual({
    type: 'slack',
    secretRef: { name: 'slack-webhook' },
  });
});

test.each([
  [undefined, 2],
  [{ ingressFromNamespaces: ['ingress-nginx'] }, 0],
])('with network %j, the plan warns where no request could come', (network, warnings) => {
  const { app, fleet, tenant } = smallFleet();
  const team = tenant('team-a', { ...(network && { network }) });
  for (const [id, rollout] of Object.entries({
    shop: CanaryProvider.nginx({ host: 'shop.acme.example' }),
    api: CanaryProvider.contour(),
  })) {
    new CanaryApp(team, id, { ...basic, rollout: rollout.blueGreen({ ...checks, iterations: 3 }) });
  }
  // A chart of the tenant can bring no policy that would let them in.
  const charts = new HelmSource(team, 'charts', { url: 'https://charts.acme.example' });
  new HelmApp(team, 'redis', { chart: charts.chart('redis', '1.x') });
  app.synth();
  expect(
    fleet
      .plan(temporaryDirectory())
      .warnings.filter((warning) => warning.includes('(canary-traffic)')),
  ).toHaveLength(warnings);
});

test('no check finds anything in what a canary may be made of, good practice included', () => {
  const { app, team } = strictFleet({ network: { ingressFromNamespaces: ['gateways'] } });
  new CanaryApp(team, 'shop', {
    ...basic,
    rollout: gateway.mirrored().blueGreen({ ...checks, iterations: 10 }),
    metrics: [errors(team).atMost(1)],
    hooks: [CanaryHook.call(CanaryHookKind.CONFIRM_PROMOTION, { service: 'gate' })],
    alerts: [alerting(team)],
  });
  const { findings } = JSON.parse(app.audit().toJson());
  expect(findings.map(({ check }: any) => check)).toEqual([]);
});

test('a name that leaves Flagger no room for its own is refused', () => {
  const { app, tenant } = smallFleet();
  const repo = new AppRepo(app, 'repo', { tenant: tenant('team-a') });
  expect(() => new CanaryApp(repo, 'a'.repeat(55), basic)).not.toThrow();
  expect(() => new CanaryApp(repo, 'b'.repeat(56), basic)).toThrow(
    /must be at most 55 characters, because Flagger makes Services of it with '-primary' behind/,
  );
});

test('two canaries at one host are refused, of whichever tenants', () => {
  const { app, tenant } = smallFleet();
  const network = {
    sharedHosts: ['shop.acme.example'],
    ingressFromNamespaces: ['ingress-nginx'],
  };
  const at = (host: string, ingressClass?: string) => ({
    ...basic,
    rollout: CanaryProvider.nginx({ host, ingressClass }).blueGreen({ ...checks, iterations: 3 }),
  });
  const team = tenant('team-a', { network });
  new CanaryApp(team, 'shop', at('shop.acme.example'));
  new CanaryApp(team, 'internal', at('shop.acme.example', 'internal'));
  expect(() => app.synth()).not.toThrow();
  new CanaryApp(tenant('team-b', { network }), 'shop', at('shop.acme.example'));
  expect(() => app.synth()).toThrow(
    "Canary team-a/shop must have hosts and paths of its own, but Ingress 'shop' in namespace 'team-b' answers for 'shop.acme.example/', too",
  );
});

test('a metric of a name that Flagger has a query of its own for is refused', () => {
  const team = smallFleet().tenant('team-a');
  const source = MetricSource.prometheus('http://prometheus.monitoring.svc:9090');
  for (const id of ['request-duration', 'request-success-rate']) {
    expect(() => new CanaryMetric(team, id, { source, query: '1' })).toThrow(
      `metric must not be called '${id}'`,
    );
  }
});

test('a metric whose query Flagger could not fill in is refused', () => {
  const source = MetricSource.prometheus('http://prometheus.monitoring.svc:9090');
  const query = 'sum(errors{namespace="{{ .Namespace }}"})';
  expect(() => new CanaryMetric(smallFleet().tenant('team-a'), 'm', { source, query })).toThrow(
    "query of metric 'fleet-infra/team-a/m' must be a template that Flagger can fill in, got '{{ .Namespace }}', where",
  );
});

test('a metric without a bound, which every version would pass, is refused', () => {
  const none: any = undefined;
  for (const check of ['atLeast', 'atMost'] as const) {
    expect(() => canary((repo) => ({ metrics: [errors(repo)[check](none)] }))).toThrow(
      "bound of metric 'errors' must be a number, got undefined",
    );
  }
  expect(() => canary((repo) => ({ metrics: [errors(repo).between(0, none)] }))).toThrow(
    "bound of metric 'errors' must be a number, got undefined",
  );
});

test('a metric that Flagger would ask in clear text outside of the cluster is refused', () => {
  for (const address of ['http://prometheus.example', 'http://prometheus.monitoring:9090']) {
    expect(() => MetricSource.prometheus(address)).toThrow(/address of a metric source must be/);
  }
  expect(() => canary((repo) => ({ metrics: [errors(repo).between(2, 1)] }))).toThrow(
    "metric 'errors' must be between 1 and 2, the lower one first",
  );
});
