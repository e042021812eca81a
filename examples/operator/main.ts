import {
  AppRepo,
  Cluster,
  Fleet,
  FleetRepo,
  FleetSource,
  FluxInstallation,
  GitHost,
  GitTarget,
  helm,
  ImageAutomationPipeline,
  OciVersion,
  RegistryAccess,
  SecretRef,
  Signature,
  SignedOciSource,
  source,
  TagPolicy,
  Tenant,
} from '../../src';

/** Two clusters, with Flux from Flux Operator and from `flux bootstrap`, and a shard for one of two teams. */
export function operator(outdir: string): Fleet {
  const app = new Fleet({ outdir });
  const fleet = new FleetRepo(app, 'fleet-infra', {
    registry: 'ghcr.io/acme-platform/manifests',
    gitHost: GitHost.github({ owner: 'acme-platform' }),
  });
  const prod = new Cluster(fleet, 'prod', {
    environment: 'production',
    flux: FluxInstallation.operator({
      source: FleetSource.signedOci({
        url: 'oci://ghcr.io/acme-platform/fleet-infra',
        tag: 'production',
        signature: Signature.githubActions({
          repository: 'acme-platform/fleet-infra',
          workflow: 'publish.yaml',
        }),
        pullSecret: SecretRef.named('ghcr-auth'),
      }),
      shards: ['payments'],
    }),
  });
  const staging = new Cluster(fleet, 'staging', {
    environment: 'staging',
    flux: FluxInstallation.bootstrap({ shards: ['payments'], workloadIdentity: true }),
  });
  addLedger(app, fleet, prod, staging);
  addReports(fleet, prod, staging);
  return app;
}

/** On the shard: everything of Flux that the team has, in its own repository, too. */
function addLedger(app: Fleet, fleet: FleetRepo, prod: Cluster, staging: Cluster): void {
  const team = new Tenant(fleet, 'ledger', {
    clusters: [prod, staging],
    shard: 'payments',
    sources: { helm: ['https://charts.acme.example'] },
  });
  team.sync('apps', { source: signedManifests(team) });

  const repo = new AppRepo(app, 'ledger', { tenant: team });
  new source.HelmRepository(repo, 'charts', {
    metadata: { name: 'charts' },
    spec: { interval: '1h', url: 'https://charts.acme.example' },
  });
  new helm.HelmRelease(repo, 'postings', {
    metadata: { name: 'postings' },
    spec: {
      chart: {
        spec: {
          chart: 'postings',
          sourceRef: { kind: 'HelmRepository', name: 'charts' },
          version: '>=1.0.0 <2.0.0',
        },
      },
      driftDetection: { mode: 'enabled' },
      install: { strategy: { name: 'RetryOnFailure' } },
      interval: '10m',
      serviceAccountName: team.serviceAccountName,
      upgrade: { strategy: { name: 'RetryOnFailure' } },
    },
  });
}

/** On no shard: images in a cloud's registry, which one cluster alone asks for new tags. */
function addReports(fleet: FleetRepo, prod: Cluster, staging: Cluster): void {
  const team = new Tenant(fleet, 'reports', { clusters: [prod, staging] });
  team.sync('apps', { source: signedManifests(team) });

  new ImageAutomationPipeline(team, 'reports', {
    image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/reports',
    tags: TagPolicy.semver('>=1.0.0 <2.0.0'),
    commitTo: GitTarget.pullRequestBranch({
      repository: 'https://github.com/acme-platform/reports',
      path: './apps/reports',
      credentials: SecretRef.named('reports-git-push'),
      author: { email: 'fluxcdbot@acme.example' },
      environment: 'staging',
    }),
    registryAccess: RegistryAccess.aws('ecr-reader'),
  });
}

function signedManifests(team: Tenant): SignedOciSource {
  return new SignedOciSource(team, 'manifests', {
    version: OciVersion.semver('>=1.0.0 <2.0.0'),
    signature: Signature.githubActions({
      repository: `acme-platform/${team.tenantName}`,
      workflow: 'publish.yaml',
    }),
    registryAccess: RegistryAccess.pullSecret(SecretRef.named('ghcr-auth')),
  });
}

if (require.main === module) {
  const app = operator(process.argv[2] ?? 'out/operator');
  app.synth();
  console.log(`wrote fleet-infra and ledger below ${app.outdir}/`);
}
