import { Duration } from 'cdk8s';
import {
  AppRepo,
  CanaryApp,
  CanaryProvider,
  CanaryWorkload,
  Cluster,
  Fleet,
  FleetRepo,
  GitHost,
  GitTarget,
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
  TenantLists,
  WorkflowRef,
} from '../../src';

/** Of so many tenants, one delivers progressively, from a repository of its own that the program writes, too. */
const TENANTS_PER_CANARY = 10;

/** More than so many in one list, and Flux is slow at it. */
const TENANTS_PER_LIST = 200;

/** Which fleet is measured. */
export interface BenchFleet {
  readonly outdir: string;
  readonly tenants: number;
  /** Whether one tenant asks for another version than the program that wrote `outdir`. */
  readonly changed?: boolean;
}

/** A fleet of two clusters, and tenants of which each has what a team of a real platform has. */
export function benchFleet({ outdir, tenants, changed = false }: BenchFleet): Fleet {
  const app = new Fleet({ outdir });
  const fleet = new FleetRepo(app, 'fleet-infra', {
    registry: 'ghcr.io/acme-platform/manifests',
    gitHost: GitHost.github({ owner: 'acme-platform' }),
  });
  const parts = Math.ceil(tenants / TENANTS_PER_LIST);
  const tenantLists = parts > 1 ? TenantLists.inParts(parts) : TenantLists.single();
  const clusters = [
    new Cluster(fleet, 'prod', { environment: 'production', tenantLists }),
    new Cluster(fleet, 'staging', { environment: 'staging', tenantLists }),
  ];
  for (let index = 0; index < tenants; index++) {
    const name = `team-${String(index).padStart(5, '0')}`;
    const isChanged = changed && index === tenants >> 1;
    const team = new Tenant(fleet, name, {
      clusters,
      network: { ingressFromNamespaces: ['ingress-nginx', 'monitoring'] },
    });
    addManifests(team, name, isChanged ? '>=2.0.0' : '>=1.0.0');
    addChart(team);
    addImages(app, team, name, index % TENANTS_PER_CANARY === 0);
    new SlackAlerting(team, 'alerts', {
      channel: name,
      credentials: SlackCredentials.bot(SecretRef.named('slack-token')),
    });
  }
  return app;
}

/** The team's own manifests, signed by its workflow, with other versions in production. */
function addManifests(team: Tenant, name: string, released: string): void {
  const manifests = new SignedOciSource(team, 'manifests', {
    version: OciVersion.semver('>=1.0.0-0'),
    signature: Signature.githubActions({
      repository: `acme-platform/${name}`,
      workflow: 'publish.yaml',
      ref: WorkflowRef.tags('v'),
    }),
    registryAccess: RegistryAccess.pullSecret(SecretRef.named('ghcr-auth')),
  });
  manifests.inEnvironment('production', { version: OciVersion.semver(released) });
  team.sync('apps', { source: manifests });
}

/** A chart of somebody else's. */
function addChart(team: Tenant): void {
  const charts = new HelmSource(team, 'charts', { url: 'https://stefanprodan.github.io/podinfo' });
  const podinfo = new HelmApp(team, 'podinfo', {
    chart: charts.chart('podinfo', '>=6.0.0 <7.0.0'),
    values: {
      replicaCount: 1,
      podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    },
  });
  podinfo.inEnvironment('production', { values: { replicaCount: 2 } });
}

/** Images that Flux updates, in a pull request to the team's repository, which the program may write as well. */
function addImages(app: Fleet, team: Tenant, name: string, isCanary: boolean): void {
  const pipeline = new ImageAutomationPipeline(team, 'shop', {
    image: `ghcr.io/acme-platform/${name}/shop`,
    tags: TagPolicy.semver('>=1.0.0 <2.0.0'),
    commitTo: GitTarget.pullRequestBranch({
      repository: `https://github.com/acme-platform/${name}`,
      path: `./apps/${name}`,
      credentials: SecretRef.named(`${name}-git-push`),
      author: { email: 'fluxcdbot@acme.example' },
      environment: 'staging',
    }),
    registryAccess: RegistryAccess.pullSecret(SecretRef.named('ghcr-auth')),
  });
  if (!isCanary) {
    return;
  }
  const repo = new AppRepo(app, name, { tenant: team });
  new CanaryApp(repo, 'shop', {
    workload: CanaryWorkload.image(pipeline.image('1.0.0'), { healthPath: '/healthz' }),
    port: 8080,
    rollout: CanaryProvider.nginx({ host: `${name}.acme.example` }).linear({
      interval: Duration.minutes(1),
      threshold: 5,
      stepWeight: 10,
      maxWeight: 50,
    }),
  });
}
