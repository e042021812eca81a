import { ApiObject, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  AppRepo,
  CanaryAlertChannel,
  CanaryAlerting,
  CanaryApp,
  CanaryHookKind,
  CanaryMetric,
  CanaryProvider,
  CanaryScaling,
  CanaryWorkload,
  CheckProfile,
  Cluster,
  ContainerImage,
  Fleet,
  FleetRepo,
  LoadTester,
  MetricCheck,
  MetricSource,
  OciVersion,
  SecretRef,
  Signature,
  SignedOciSource,
  Tenant,
  TenantRules,
} from '../../src';
import { BLUE_GREEN, LINEAR, ROLLOUTS } from './rollouts';

const IMAGE = ContainerImage.of('ghcr.io/acme-platform/shop:1.0.0');

/** One team with an app for each strategy of each provider, and one with everything else that a canary can have. */
export function canaries(outdir: string): Fleet {
  const app = new Fleet({ outdir, checkProfile: CheckProfile.STRICT });
  const fleet = new FleetRepo(app, 'fleet-infra', {
    registry: 'ghcr.io/acme-platform/manifests',
    tenantRules: [TenantRules.flagger(), TenantRules.daemonSets()],
  });
  const prod = new Cluster(fleet, 'prod', { environment: 'production' });
  const team = new Tenant(fleet, 'shop', {
    clusters: [prod],
    network: {
      ingressFromNamespaces: ['ingress-nginx', 'monitoring'],
      egressToNamespaces: ['ingress-nginx'],
    },
  });
  const source = new SignedOciSource(team, 'manifests', {
    version: OciVersion.semver('>=1.0.0 <2.0.0'),
    signature: Signature.githubActions({
      repository: 'acme-platform/shop',
      workflow: 'publish.yaml',
    }),
  });
  team.sync('apps', { source });
  const tester = new LoadTester(team, 'load-tester');
  const repo = new AppRepo(app, 'shop', { tenant: team });

  const errors = errorRate(repo);
  for (const [name, rolloutOf] of Object.entries(ROLLOUTS)) {
    new CanaryApp(repo, name, {
      workload: CanaryWorkload.image(IMAGE),
      port: 8080,
      rollout: rolloutOf(name),
      metrics: name.startsWith('gateway') ? [errors] : [],
    });
  }
  addCheckout(repo, tester);
  addAgent(repo);
  return app;
}

/** What a Gateway of Envoy measures, which Flagger does not ask it by itself. */
function errorRate(repo: AppRepo): MetricCheck {
  const requests = (codes: string) =>
    `sum(rate(envoy_cluster_upstream_rq{envoy_cluster_name=~"{{ namespace }}_{{ target }}-canary_[0-9a-zA-Z-]+"${codes}}[{{ interval }}]))`;
  const metric = new CanaryMetric(repo, 'error-rate', {
    source: MetricSource.prometheus('http://prometheus.monitoring.svc:9090'),
    query: `100 * ${requests(',envoy_response_code=~"5.*"')} / ${requests('')}`,
  });
  return metric.atMost(1);
}

/** A Deployment and an autoscaler that the team has already, load, a test, two gates, a metric of Datadog's, and alerts. */
function addCheckout(repo: AppRepo, tester: LoadTester): void {
  const metadata = { name: 'checkout' };
  const deployment = new kplus.Deployment(repo, 'checkout-pods', {
    metadata,
    podMetadata: { labels: { app: 'checkout' } },
    containers: [
      {
        image: 'ghcr.io/acme-platform/checkout:2.1.0',
        portNumber: 8080,
        resources: {
          cpu: { request: kplus.Cpu.millis(100) },
          memory: { request: Size.mebibytes(128), limit: Size.mebibytes(128) },
        },
        // What the namespace's Pod Security Standard, `restricted`, asks for beyond cdk8s-plus's own defaults.
        securityContext: {
          user: 65532,
          capabilities: { drop: [kplus.Capability.ALL] },
          seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
        },
      },
    ],
  });
  // Of the labels in a selector, Flagger changes this one; cdk8s-plus has one of its own.
  deployment.select(kplus.LabelSelector.of({ labels: { app: 'checkout' } }));
  const autoscaler = new kplus.HorizontalPodAutoscaler(repo, 'checkout-autoscaler', {
    metadata,
    target: deployment,
    minReplicas: 2,
    maxReplicas: 6,
    metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(70))],
  });
  const orders = new CanaryMetric(repo, 'orders', {
    source: MetricSource.datadog(SecretRef.named('datadog-keys')),
    query: 'sum:shop.orders{service:{{ target }}}.as_rate()',
  });
  const onCall = new CanaryAlerting(repo, 'on-call', {
    channel: CanaryAlertChannel.slack(SecretRef.named('slack-webhook')),
  });
  new CanaryApp(repo, 'checkout', {
    workload: CanaryWorkload.existing(deployment),
    port: 8080,
    rollout: CanaryProvider.nginx({ host: 'checkout.acme.example' }).linear(LINEAR),
    scaling: CanaryScaling.autoscaler(autoscaler),
    metrics: [orders.atLeast(0.5)],
    hooks: [
      tester.acceptance('curl -sf http://checkout-canary.shop.svc:8080/healthz'),
      tester.load({ through: 'http://ingress-nginx-controller.ingress-nginx' }),
      tester.gate(CanaryHookKind.CONFIRM_PROMOTION, Duration.hours(4)),
      tester.gate(CanaryHookKind.ROLLBACK),
    ],
    alerts: [onCall],
  });
}

/** A DaemonSet, which nothing scales, made without a construct. */
function addAgent(repo: AppRepo): void {
  const labels = { app: 'agent' };
  const pods = new ApiObject(repo, 'agent-pods', {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          containers: [
            {
              name: 'agent',
              image: 'ghcr.io/acme-platform/agent:1.0.0',
              ports: [{ containerPort: 8080 }],
              resources: {
                limits: { memory: '128Mi' },
                requests: { cpu: '100m', memory: '128Mi' },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
                readOnlyRootFilesystem: true,
              },
            },
          ],
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65532,
            seccompProfile: { type: 'RuntimeDefault' },
          },
        },
      },
    },
  });
  new CanaryApp(repo, 'agent', {
    workload: CanaryWorkload.existing(pods),
    port: 8080,
    rollout: CanaryProvider.kubernetes().blueGreen(BLUE_GREEN),
  });
}

if (require.main === module) {
  const app = canaries(process.argv[2] ?? 'out/canaries');
  app.synth();
  console.log(`wrote fleet-infra and shop below ${app.outdir}/`);
}
