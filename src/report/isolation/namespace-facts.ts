import { mapAt, textAt, textsAt, itemsAt } from '../../checks/manifest-fields';
import { ClusterView } from '../../clusters/cluster-view';
import { Network, Traffic } from './network';

/** One namespace of a tenant. */
export interface NamespaceFacts {
  readonly name: string;
  /** The Pod Security Standard that is enforced; null where none is. */
  readonly podSecurity: string | null;
  readonly quotas: readonly QuotaFacts[];
  readonly limitRanges: readonly LimitRangeFacts[];
  readonly ingress: Traffic;
  readonly egress: Traffic;
  /** Policies for its traffic of other APIs than Kubernetes' own, which are not judged here. */
  readonly unjudged: readonly string[];
}

export interface QuotaFacts {
  readonly name: string;
  /** What it is for alone, such as priority classes; empty for everything. */
  readonly scopes: readonly string[];
  readonly hard: Readonly<Record<string, string>>;
}

export interface LimitRangeFacts {
  readonly name: string;
  /** What it limits, such as `Container`. */
  readonly limits: readonly string[];
}

export function namespaceFacts(name: string, view: ClusterView, network: Network): NamespaceFacts {
  const quotas: QuotaFacts[] = [];
  const limitRanges: LimitRangeFacts[] = [];
  for (const { manifest } of view.inNamespace(name)) {
    const { apiVersion, kind, metadata } = manifest;
    if (kind === 'ResourceQuota' && apiVersion === 'v1') {
      quotas.push({ name: metadata.name, scopes: scopesOf(manifest), hard: hardOf(manifest) });
    } else if (kind === 'LimitRange' && apiVersion === 'v1') {
      const types = itemsAt(manifest, 'spec', 'limits').map(({ value }) => textAt(value, 'type'));
      limitRanges.push({ name: metadata.name, limits: types.map(String).sort() });
    }
  }
  const labels = mapAt(view.find('/Namespace', '', name)?.manifest, 'metadata', 'labels');
  const podSecurity = labels['pod-security.kubernetes.io/enforce'];
  return {
    name,
    podSecurity: typeof podSecurity === 'string' ? podSecurity : null,
    quotas: quotas.sort(byName),
    limitRanges: limitRanges.sort(byName),
    ingress: network.reach(name, 'ingress').traffic,
    egress: network.reach(name, 'egress').traffic,
    unjudged: network.unjudged(name),
  };
}

function hardOf(manifest: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mapAt(manifest, 'spec', 'hard'))
      .map(([key, value]) => [key, String(value)])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function scopesOf(manifest: unknown): string[] {
  const selected = itemsAt(manifest, 'spec', 'scopeSelector', 'matchExpressions').map(
    ({ value }) =>
      `${textAt(value, 'scopeName')} ${textAt(value, 'operator')} ${textsAt(value, 'values').join(', ')}`,
  );
  return [...textsAt(manifest, 'spec', 'scopes'), ...selected].sort();
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
