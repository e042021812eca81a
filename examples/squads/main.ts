import * as path from 'path';
import {
  Cluster,
  Fleet,
  FleetRepo,
  OciVersion,
  RegistryAccess,
  SecretRef,
  Signature,
  SignedOciSource,
  SlackAlerting,
  SlackCredentials,
  Tenant,
} from '../../src';
import { readSquads, Squad } from './inventory';

const INVENTORY = path.join(__dirname, 'squads.yaml');

/** A fleet of as many squads as the inventory has, all alike but for what their entries say. */
export function squads(outdir: string, inventory: string = INVENTORY): Fleet {
  const app = new Fleet({ outdir });
  const fleet = new FleetRepo(app, 'fleet-infra', { registry: 'ghcr.io/acme-platform/manifests' });
  const clusters = [
    new Cluster(fleet, 'prod', { environment: 'production' }),
    new Cluster(fleet, 'staging', { environment: 'staging' }),
  ];
  const errors: string[] = [];
  for (const squad of readSquads(path.relative('', inventory))) {
    try {
      addSquad(fleet, clusters, squad);
    } catch (error) {
      errors.push(`${squad.where}: ${(error as Error).message}`);
    }
  }
  if (errors.length > 0) {
    throw new Error(`the inventory is wrong, nothing was written:\n  ${errors.join('\n  ')}`);
  }
  return app;
}

function addSquad(fleet: FleetRepo, clusters: Cluster[], squad: Squad): void {
  const known = clusters.map((cluster) => cluster.environment);
  const stranger = squad.environments?.find((environment) => !known.includes(environment));
  if (stranger !== undefined) {
    throw new Error(`environment must be one of ${known.join(', ')}, got '${stranger}'`);
  }
  const tenant = new Tenant(fleet, squad.name, {
    clusters: clusters.filter((cluster) => isIn(squad, cluster)),
    quota: squad.quota,
    network: { ingressFromNamespaces: squad.ingressFrom },
  });
  const manifests = new SignedOciSource(tenant, 'manifests', {
    version: OciVersion.semver(squad.version ?? '>=1.0.0'),
    signature: Signature.githubActions({
      repository: `acme-platform/${squad.name}`,
      workflow: 'publish.yaml',
    }),
    registryAccess: RegistryAccess.pullSecret(SecretRef.named('ghcr-auth')),
  });
  tenant.sync('apps', { source: manifests });
  if (squad.slackChannel) {
    new SlackAlerting(tenant, 'alerts', {
      channel: squad.slackChannel,
      credentials: SlackCredentials.bot(SecretRef.named('slack-token')),
    });
  }
}

function isIn(squad: Squad, cluster: Cluster): boolean {
  return squad.environments?.includes(cluster.environment) ?? true;
}

if (require.main === module) {
  try {
    const app = squads(process.argv[2] ?? 'out/squads');
    app.synth();
    console.log(`wrote fleet-infra below ${app.outdir}/`);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
