import { Duration } from 'cdk8s';
import {
  AppRepo,
  CanaryAlertChannel,
  CanaryAlerting,
  CanaryApp,
  CanaryProvider,
  CanaryWorkload,
  CheckProfile,
  Cluster,
  CommitStatus,
  CommitStatusRepository,
  ContainerImage,
  Fleet,
  FleetRepo,
  Health,
  LoadTester,
  OciVersion,
  PublishWorkflow,
  Receiver,
  ReceiverKind,
  RegistryAccess,
  SecretRef,
  Signature,
  SignedOciSource,
  SlackAlerting,
  SlackCredentials,
  Sync,
  Tenant,
  WorkflowRef,
} from '../../src';

/** Secrets that each squad has in its namespace; README.md beside this file says what they hold. */
const REGISTRY = SecretRef.named('registry');
const SLACK = SecretRef.named('slack');
const WEBHOOK = SecretRef.named('webhook');
const COMMIT_STATUS = SecretRef.named('commit-status');

/** From a tag in a squad's repository to traffic on its clusters: one squad on GitHub, one on GitLab. */
export function delivery(outdir: string): Fleet {
  const app = new Fleet({ outdir, checkProfile: CheckProfile.STRICT });
  const fleet = new FleetRepo(app, 'fleet-infra', { registry: 'ghcr.io/acme-platform/manifests' });
  const prod = new Cluster(fleet, 'prod', { environment: 'production' });
  const staging = new Cluster(fleet, 'staging', { environment: 'staging' });

  addPayments(app, squad(fleet, 'payments', [prod, staging]));
  addLedger(app, squad(fleet, 'ledger', [prod, staging]));
  return app;
}

/** On GitHub: its workflow and its source are made of one signature. */
function addPayments(app: Fleet, team: Tenant): void {
  const signature = Signature.githubActions({
    repository: 'acme-platform/payments',
    workflow: 'publish.yaml',
    ref: WorkflowRef.tags('v'),
  });
  const url = `oci://${team.registry}`;
  const { manifests, apps } = follow(team, url, signature);

  new Receiver(team, 'published', {
    kind: ReceiverKind.githubPackages(WEBHOOK),
    sources: [manifests],
  });
  new CommitStatus(team, 'applied', {
    repository: CommitStatusRepository.github(
      'https://github.com/acme-platform/payments',
      COMMIT_STATUS,
    ),
    syncs: [apps],
  });

  const repo = new AppRepo(app, 'payments', { tenant: team, artifact: manifests });
  addCanary(team, repo, 'ghcr.io/acme-platform/payments:1.4.0');
  repo.addCiFile(
    '.github/workflows/publish.yaml',
    PublishWorkflow.github(signature, { url, path: './apps/payments', synth: ['npm ci'] }),
  );
}

/** On GitLab, with a registry there. */
function addLedger(app: Fleet, team: Tenant): void {
  const signature = Signature.gitlabCi({
    project: 'acme-platform/ledger',
    ref: WorkflowRef.tags('v'),
  });
  const url = 'oci://registry.gitlab.com/acme-platform/ledger/manifests';
  const { manifests, apps } = follow(team, url, signature);

  new Receiver(team, 'published', {
    kind: ReceiverKind.gitlab(WEBHOOK, ['Pipeline Hook']),
    sources: [manifests],
  });
  new CommitStatus(team, 'applied', {
    repository: CommitStatusRepository.gitlab(4711, COMMIT_STATUS),
    syncs: [apps],
  });

  const repo = new AppRepo(app, 'ledger', { tenant: team, artifact: manifests });
  addCanary(team, repo, 'registry.gitlab.com/acme-platform/ledger:2.0.3');
  repo.addCiFile(
    '.gitlab-ci.yml',
    PublishWorkflow.gitlab(signature, {
      url,
      path: './apps/ledger',
      synth: ['npm ci'],
      image: `registry.gitlab.com/acme-platform/ci@sha256:${'0'.repeat(64)}`,
    }),
  );
}

/** A tenant whose apps are reached through NGINX, and whose people hear in Slack of what fails. */
function squad(fleet: FleetRepo, name: string, clusters: Cluster[]): Tenant {
  const team = new Tenant(fleet, name, {
    clusters,
    network: {
      ingressFromNamespaces: ['ingress-nginx'],
      egressToNamespaces: ['ingress-nginx'],
    },
  });
  new SlackAlerting(team, 'failures', {
    channel: `squad-${name}`,
    credentials: SlackCredentials.bot(SLACK),
  });
  return team;
}

/** Releases for production, release candidates before them for staging. A sync is done when its canaries are promoted. */
function follow(
  team: Tenant,
  url: string,
  signature: Signature,
): { manifests: SignedOciSource; apps: Sync } {
  const manifests = new SignedOciSource(team, 'manifests', {
    url,
    signature,
    version: OciVersion.semver('>=1.0.0'),
    registryAccess: RegistryAccess.pullSecret(REGISTRY),
  });
  manifests.inEnvironment('staging', { version: OciVersion.semver('>=1.0.0-0') });
  const apps = team.sync('apps', { source: manifests, health: Health.waitForAll() });
  return { manifests, apps };
}

/** An app named as the squad; a tenth of its traffic more each minute goes to a new version, until half of it does. */
function addCanary(team: Tenant, repo: AppRepo, image: string): void {
  const tester = new LoadTester(team, 'load-tester');
  const alerts = new CanaryAlerting(repo, 'rollouts', {
    channel: CanaryAlertChannel.slack(SLACK, `squad-${team.tenantName}`),
  });
  new CanaryApp(repo, team.tenantName, {
    workload: CanaryWorkload.image(ContainerImage.of(image), {
      healthPath: '/healthz',
      pullSecret: REGISTRY,
    }),
    port: 8080,
    rollout: CanaryProvider.nginx({ host: `${team.tenantName}.acme.example` }).linear({
      interval: Duration.minutes(1),
      threshold: 5,
      stepWeight: 10,
      maxWeight: 50,
    }),
    hooks: [tester.load({ through: 'http://ingress-nginx-controller.ingress-nginx' })],
    alerts: [alerts],
  });
}

if (require.main === module) {
  const app = delivery(process.argv[2] ?? 'out/delivery');
  app.synth();
  console.log(`wrote fleet-infra, payments and ledger below ${app.outdir}/`);
}
