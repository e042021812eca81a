import { Finding } from '../../checks/finding';
import { CheckResult } from '../../checks/run-checks';
import { ClusterView } from '../../clusters/cluster-view';
import { TenantIsolation } from './isolation';
import { ReachGraph } from './reach-graph';

type Totals = Pick<TenantIsolation, 'findings' | 'reachedBy' | 'reaches' | 'suppressed'>;

/** How often each tenant of a cluster crosses its bounds, is crossed, and is found wrong. */
export function tenantTotals(
  { nodes, edges }: ReachGraph,
  { name: cluster, tenants }: ClusterView,
  { findings, suppressed }: CheckResult,
): (tenant: string) => Totals {
  const owners = new Map(nodes.map(({ id, tenant }) => [id, tenant]));
  const crossing = edges.filter(({ crosses }) => crosses);
  const reaches = counts(crossing.map(({ from }) => owners.get(from)));
  const reachedBy = counts(
    crossing.map(({ from, to }) => (owners.get(to) === owners.get(from) ? null : owners.get(to))),
  );
  const of = (list: readonly Finding[]): Map<string, number> =>
    counts(
      list
        .filter(({ clusters }) => clusters.includes(cluster))
        .map(({ object }) => tenants.ownerOf(namespaceIn(object))),
    );
  const [open, accepted] = [of(findings), of(suppressed)];
  return (tenant) => ({
    reaches: reaches.get(tenant) ?? 0,
    reachedBy: reachedBy.get(tenant) ?? 0,
    findings: open.get(tenant) ?? 0,
    suppressed: accepted.get(tenant) ?? 0,
  });
}

/** The namespace of an object as findings call it, `Kind namespace/name`; of a Namespace, itself. */
function namespaceIn(object: string | undefined): string | undefined {
  return /^\S+ ([^/]+)\//.exec(object ?? '')?.[1] ?? /^Namespace (.*)$/.exec(object ?? '')?.[1];
}

function counts(names: readonly (string | null | undefined)[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of names) {
    if (typeof name === 'string') {
      found.set(name, (found.get(name) ?? 0) + 1);
    }
  }
  return found;
}
