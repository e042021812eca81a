import { ENGINE_CHECKS } from '../../checks/engine-checks';
import { Finding } from '../../checks/finding';
import { CHECKS } from '../../checks/registry';
import { CheckResult } from '../../checks/run-checks';
import { unreadOf } from '../../checks/unread-parts';
import { ClusterView } from '../../clusters/cluster-view';
import { FleetView } from '../../clusters/view-clusters';
import { AuditVerdict } from '../../vocabulary/audit-verdict';
import { grouped } from '../../vocabulary/grouped';
import { writtenFinding } from '../json-report';
import { clusterGraph } from './cluster-graph';
import {
  CheckFacts,
  ClusterIsolation,
  Isolation,
  ISOLATION_FORMAT,
  IsolationSummary,
  TenantIsolation,
  Verdict,
} from './isolation';
import { fluxFacts } from './flux-facts';
import { namespaceFacts } from './namespace-facts';
import { NamespaceIndex } from './namespace-index';
import { Network } from './network';
import { policiesOf } from './policy-facts';
import { ClusterRights } from './rights';
import { allowedPlaces, sourcesOf } from './source-facts';
import { tenantHolders } from './tenant-holders';
import { tenantTotals } from './tenant-totals';
import { appliersOf } from './tenant-syncs';

/** What keeps the tenants of a fleet apart. The same fleet has the same, byte for byte. */
export function fleetIsolation(fleet: FleetView, result: CheckResult): Isolation {
  const { findings, suppressed } = result;
  const clusters = fleet.clusters.map((view) => clusterIsolation(view, result));
  const checks = checkFacts(result);
  return {
    format: ISOLATION_FORMAT,
    summary: summaryOf(clusters, checks, result),
    clusters,
    checks,
    findings: findings.map(writtenFinding),
    suppressed: suppressed.map(writtenFinding),
  };
}

function clusterIsolation(view: ClusterView, result: CheckResult): ClusterIsolation {
  const namespaces = new NamespaceIndex(view);
  const network = new Network(view.inForce, namespaces);
  const rights = new ClusterRights(view);
  const appliers = appliersOf(view);
  const tenants = view.tenants.all
    .map(({ name, namespaces: of }) => ({ name, of: [...new Set(of)].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const sources = new Map(tenants.map(({ name, of }) => [name, sourcesOf(of, view)] as const));
  const graph = clusterGraph({ view, namespaces, network, rights, appliers, sources });
  const totals = tenantTotals(graph, view, result);
  const who = tenantHolders(view, rights, appliers);
  const unread = unreadBy(view);
  return {
    name: view.name,
    repository: view.repository.name,
    path: view.path,
    isWhole: view.isCluster,
    tenants: tenants.map(({ name, of }): TenantIsolation => {
      return {
        name,
        namespaces: of.map((one) => namespaceFacts(one, view.ofPlatform.inForce, network)),
        ...who.of(name, of),
        allowed: allowedPlaces(of, view),
        sources: sources.get(name)!,
        ...totals(name),
        unread: unread.get(name) ?? [],
      };
    }),
    flux: fluxFacts(view),
    roles: rights.roles,
    holders: who.others,
    policies: policiesOf(
      view.ofPlatform,
      namespaces,
      tenants.flatMap(({ of }) => of),
    ),
    unread: unread.get('') ?? [],
    graph,
  };
}

/** What could not be read, by the tenant that brings it along; by '' where none does. */
function unreadBy(view: ClusterView): Map<string, string[]> {
  const groups = grouped(unreadOf(view), ({ tenant }) => tenant ?? '');
  return new Map(
    [...groups].map(([tenant, of]) => [tenant, [...new Set(of.map(({ what }) => what))].sort()]),
  );
}

function checkFacts({ checks, findings, suppressed }: CheckResult): CheckFacts[] {
  const found = counts(findings);
  const accepted = counts(suppressed);
  const ran = new Set(checks);
  const controls = new Map(CHECKS.map((check) => [check.id, check.controls ?? []]));
  const facts = [...CHECKS, ...ENGINE_CHECKS]
    .filter(({ id }) => ran.has(id) || found.has(id))
    .map(({ id, severity, summary }) => {
      return {
        id,
        severity,
        summary,
        controls: controls.get(id) ?? [],
        findings: found.get(id) ?? 0,
        suppressed: accepted.get(id) ?? 0,
        passed: !found.has(id),
      };
    });
  return facts.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function counts(findings: readonly Finding[]): Map<string, number> {
  const found = new Map<string, number>();
  findings.forEach(({ check }) => found.set(check, (found.get(check) ?? 0) + 1));
  return found;
}

function summaryOf(
  clusters: readonly ClusterIsolation[],
  checks: readonly CheckFacts[],
  { findings, suppressed, verdict }: CheckResult,
): IsolationSummary {
  const total = (count: (cluster: ClusterIsolation) => number): number =>
    clusters.reduce((sum, cluster) => sum + count(cluster), 0);
  const names = clusters.flatMap(({ tenants: of }) => of.map(({ name }) => name));
  const tenants = new Set(names).size;
  const crossings = total(({ graph }) => graph.edges.filter(({ crosses }) => crosses).length);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return {
    verdict: crossings > 0 ? 'crossed' : judgement(verdict, tenants),
    clusters: clusters.length,
    tenants,
    crossings,
    errors,
    warnings: findings.length - errors,
    suppressed: suppressed.length,
    checks: checks.length,
    checksPassed: checks.filter(({ passed }) => passed).length,
    unread: total(({ unread }) => unread.length),
  };
}

/** What is said of a fleet where no tenant is known to reach what is not its own. */
function judgement(verdict: AuditVerdict, tenants: number): Verdict {
  switch (verdict) {
    case AuditVerdict.FAILED:
      return 'failed';
    case AuditVerdict.UNKNOWN:
      return 'unknown';
    case AuditVerdict.PASSED:
      return tenants === 0 ? 'no-tenants' : 'held';
  }
}
