import { apiGroupOf } from './cluster-scoped-kinds';
import { SHARD_LABEL } from './labels';
import { isDnsLabel } from './names';
import { ICluster } from './ports';
import { quoted } from './quoted';

/** What is left of a label value, which names the pods of a controller, behind `kustomize-controller-`. */
const LONGEST_SHARD = 42;

/** Whether objects of `apiVersion` are Flux's own. */
export function isOfFlux(apiVersion: string): boolean {
  const group = apiGroupOf(apiVersion);
  return group === 'fluxcd.io' || group.endsWith('.fluxcd.io');
}

/** Returns `shards` in order, when each can name controllers; throws otherwise. */
export function requireShards(shards: readonly string[]): string[] {
  for (const shard of shards) {
    if (!isDnsLabel(shard) || shard.length > LONGEST_SHARD) {
      throw new Error(
        `shard must be lowercase letters, digits and '-', at most ${LONGEST_SHARD} characters, got ${quoted(shard)}`,
      );
    }
  }
  const twice = shards.find((shard, index) => shards.indexOf(shard) !== index);
  if (twice !== undefined) {
    throw new Error(`shards must differ from one another, got '${twice}' twice`);
  }
  return [...shards].sort();
}

/** Throws when one of the clusters does not run `shard`: nothing there would reconcile what is labelled with it. */
export function requireShardOn(
  tenant: string,
  shard: string | undefined,
  clusters: readonly ICluster[],
): string | undefined {
  const lacking = clusters.find(({ shards }) => shard !== undefined && !shards.includes(shard));
  if (lacking) {
    throw new Error(
      `tenant '${tenant}' must be on a shard that each of its clusters runs; cluster '${lacking.clusterName}' runs ` +
        `${lacking.shards.join(', ') || 'none'}, got ${quoted(shard)}`,
    );
  }
  return shard;
}

/** `manifest` with the label of `shard` where it is an object of Flux that has none. */
export function withShard(manifest: any, shard: string | undefined): any {
  if (shard === undefined || !isOfFlux(manifest.apiVersion)) {
    return manifest;
  }
  const sharded = { ...manifest, metadata: labelled(manifest.metadata, shard) };
  if (chartTemplateOf(manifest)) {
    const { metadata, ...chart } = manifest.spec.chart;
    sharded.spec = { ...manifest.spec, chart: { metadata: labelled(metadata, shard), ...chart } };
  }
  return sharded;
}

/** How a Flux object of a tenant on `shard` is labelled for other controllers than that shard's. */
export function shardStrays(manifest: any, shard: string | undefined): string[] {
  const labelled: [string, any][] = [['metadata', manifest.metadata]];
  const chart = chartTemplateOf(manifest);
  if (chart) {
    labelled.push(['spec.chart.metadata', chart.metadata]);
  }
  return labelled.flatMap(([path, metadata]) => {
    const label = metadata?.labels?.[SHARD_LABEL];
    return label === shard
      ? []
      : [
          `must be on the shard of its tenant (${shard ?? 'none'}), ` +
            `got ${quoted(label ?? 'none')} in ${path}.labels '${SHARD_LABEL}'`,
        ];
  });
}

/** What a HelmRelease has helm-controller make a HelmChart of. */
function chartTemplateOf({ kind, spec }: any): any {
  return kind === 'HelmRelease' ? spec?.chart : undefined;
}

function labelled(metadata: any, shard: string): any {
  const labels = { [SHARD_LABEL]: shard, ...metadata?.labels };
  return { ...metadata, labels: Object.fromEntries(Object.entries(labels).sort(byKey)) };
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
