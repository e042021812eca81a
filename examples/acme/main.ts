import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  AppRepo,
  CanaryApp,
  CanaryProvider,
  CanaryWorkload,
  Cluster,
  Fleet,
  FleetRepo,
  GitHost,
  GitRevision,
  GitSource,
  GitTarget,
  GitVerification,
  Health,
  HelmApp,
  HelmSource,
  ImageAutomationPipeline,
  OciVersion,
  RegistryAccess,
  SecretRef,
  Signature,
  SignedOciSource,
  SlackAlerting,
  SlackCredentials,
  TagPolicy,
  Tenant,
  TenantAccess,
  WorkflowRef,
} from '../../src';

/** Acme's fleet: two clusters, three teams, and the repositories of two of the teams. */
export function acme(outdir: string): Fleet {
  const app = new Fleet({ outdir });
  const fleet = new FleetRepo(app, 'fleet-infra', {
    registry: 'ghcr.io/acme-platform/manifests',
    gitHost: GitHost.github({ owner: 'acme-platform' }),
  });
  const prod = new Cluster(fleet, 'prod', { environment: 'production' });
  const staging = new Cluster(fleet, 'staging', { environment: 'staging' });

  addTeamA(app, fleet, prod, staging);
  addTeamB(app, fleet, prod, staging);
  addTeamC(fleet, staging);
  return app;
}

/** Signed manifests in a registry, tags chosen by build time, a canary, alerts in Slack, access for people. */
function addTeamA(app: Fleet, fleet: FleetRepo, prod: Cluster, staging: Cluster): void {
  const team = new Tenant(fleet, 'team-a', {
    clusters: [prod, staging],
    network: { ingressFromNamespaces: ['ingress-nginx', 'monitoring'] },
  });
  const manifests = new SignedOciSource(team, 'manifests', {
    version: OciVersion.semver('>=1.0.0-0'),
    signature: Signature.githubActions({
      repository: 'acme-platform/team-a',
      workflow: 'publish.yaml',
      ref: WorkflowRef.tags('v'),
    }),
    registryAccess: RegistryAccess.pullSecret(SecretRef.named('ghcr-auth')),
  });
  manifests.inEnvironment('production', { version: OciVersion.semver('>=1.0.0') });
  team.sync('apps', { source: manifests, health: Health.waitForAll(Duration.minutes(40)) });

  const podinfo = new ImageAutomationPipeline(team, 'podinfo', {
    image: 'ghcr.io/acme-platform/podinfo',
    tags: TagPolicy.numerical({
      pattern: '^main-[a-f0-9]+-(?P<ts>[0-9]+)$',
      extract: '$ts',
    }),
    commitTo: GitTarget.pullRequestBranch({
      repository: 'https://github.com/acme-platform/team-a',
      path: './apps/team-a',
      credentials: SecretRef.named('team-a-git-push'),
      author: { email: 'fluxcdbot@acme.example' },
      environment: 'staging',
    }),
    registryAccess: RegistryAccess.pullSecret(SecretRef.named('ghcr-auth')),
  });
  const repo = new AppRepo(app, 'team-a', { tenant: team });
  new CanaryApp(repo, 'podinfo', {
    workload: CanaryWorkload.image(podinfo.image('main-abc123-1718000000'), {
      healthPath: '/healthz',
      pullSecret: SecretRef.named('ghcr-auth'),
    }),
    port: 9898,
    rollout: CanaryProvider.nginx({ host: 'podinfo.acme.example' }).linear({
      interval: Duration.minutes(1),
      threshold: 5,
      stepWeight: 10,
      maxWeight: 50,
    }),
  });
  new SlackAlerting(team, 'alerts', {
    channel: 'team-a',
    credentials: SlackCredentials.bot(SecretRef.named('slack-token')),
  });
  new TenantAccess(team, 'people', {
    viewers: ['acme:team-a'],
    debuggers: ['acme:team-a-on-call'],
  });
}

/** Manifests signed with a key, released versions below 2.0.0, a Deployment made with cdk8s-plus. */
function addTeamB(app: Fleet, fleet: FleetRepo, prod: Cluster, staging: Cluster): void {
  const team = new Tenant(fleet, 'team-b', {
    clusters: [prod, staging],
    quota: { cpuRequests: '8', memoryLimits: '32Gi' },
  });
  const manifests = new SignedOciSource(team, 'manifests', {
    version: OciVersion.semver('>=1.0.0 <2.0.0'),
    signature: Signature.cosignKey(SecretRef.named('cosign-pub')),
    registryAccess: RegistryAccess.pullSecret(SecretRef.named('ghcr-auth')),
  });
  team.sync('apps', { source: manifests });

  const checkout = new ImageAutomationPipeline(team, 'checkout', {
    image: 'registry.example.com/team/checkout',
    tags: TagPolicy.semver('>=1.0.0 <2.0.0'),
    commitTo: GitTarget.pullRequestBranch({
      repository: 'https://github.com/acme-platform/team-b',
      path: './apps/team-b',
      credentials: SecretRef.named('team-b-git-push'),
      author: { email: 'fluxcdbot@acme.example' },
      environment: 'staging',
    }),
    registryAccess: RegistryAccess.pullSecret(SecretRef.named('registry-pull')),
  });
  const repo = new AppRepo(app, 'team-b', { tenant: team });
  const image = checkout.image('1.2.3');
  const deployment = new kplus.Deployment(repo, 'checkout', {
    metadata: { name: 'checkout' },
    containers: [
      {
        image: image.reference,
        portNumber: 8080,
        resources: {
          cpu: { request: kplus.Cpu.millis(100), limit: kplus.Cpu.millis(500) },
          memory: { request: Size.mebibytes(128), limit: Size.mebibytes(256) },
        },
        // What the namespace's Pod Security Standard, `restricted`, asks for beyond cdk8s-plus's own defaults.
        securityContext: {
          user: 10001,
          capabilities: { drop: [kplus.Capability.ALL] },
          seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
        },
      },
    ],
  });
  image.markIn(deployment, '/spec/template/spec/containers/0/image');
}

/** What the namespace's Pod Security Standard asks of a chart that does not see to it itself. */
const RESTRICTED = {
  podSecurityContext: {
    runAsNonRoot: true,
    runAsUser: 10001,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  },
};

/** Manifests in Git, and a chart from a Helm repository. */
function addTeamC(fleet: FleetRepo, staging: Cluster): void {
  const team = new Tenant(fleet, 'team-c', { clusters: [staging] });
  const manifests = new GitSource(team, 'manifests', {
    url: 'https://github.com/acme-platform/team-c',
    revision: GitRevision.branch('main'),
    verification: GitVerification.commit(SecretRef.named('team-c-signers')),
  });
  team.sync('apps', { source: manifests, path: './deploy' });

  const charts = new HelmSource(team, 'charts', { url: 'https://stefanprodan.github.io/podinfo' });
  const podinfo = new HelmApp(team, 'podinfo', {
    chart: charts.chart('podinfo', '>=6.0.0 <7.0.0'),
    values: { replicaCount: 1, ...RESTRICTED },
  });
  podinfo.inEnvironment('staging', { values: { replicaCount: 2, ...RESTRICTED } });
}

if (require.main === module) {
  const app = acme(process.argv[2] ?? 'out');
  app.synth();
  console.log(`wrote fleet-infra, team-a and team-b below ${app.outdir}/`);
}
