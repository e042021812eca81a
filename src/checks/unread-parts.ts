import { AppliedObject } from '../clusters/applied-object';
import { ClusterView, Unread } from '../clusters/cluster-view';
import { FleetView } from '../clusters/view-clusters';
import { AuditVerdict } from '../vocabulary/audit-verdict';
import { grouped } from '../vocabulary/grouped';
import { sortedBy } from '../vocabulary/sorted-by';
import { Finding } from './finding';
import { isRemote } from './isolated-tenants';
import { isMaker, platformMakers } from './unread-objects';

/** Something that clusters get, or may get, and that could not be read. */
export interface UnreadPart {
  /** In words: 'what … applies'. */
  readonly what: string;
  /** Name of the repository. */
  readonly repository: string;
  /** The file that brings it along. @default - the root of a cluster does */
  readonly path?: string;
  /** Names of the clusters that get it, sorted. */
  readonly clusters: readonly string[];
  /** With whose rights it is applied. @default - those of the platform */
  readonly tenant?: string;
  /** Whether the verdict is unknown because of it. */
  readonly decides: boolean;
}

/** What an audit comes to, and what that hangs on. */
export interface Outcome {
  readonly verdict: AuditVerdict;
  /** What could not be read, in order of repository, file and words. */
  readonly unread: readonly UnreadPart[];
}

/** Charts, by the end of their names, that apply whatever their values say, or a source. */
const APPLYING_CHARTS = /(?:^|[/-])(?:flux2-sync|raw|manifests?|app-template-raw)$/;

/** What could not be read of a fleet, in order of repository, file and words. */
export function unreadParts(fleet: FleetView): UnreadPart[] {
  const clusters = fleet.clusters.filter(({ isCluster }) => isCluster);
  if (clusters.length === 0) {
    return fleet.repositories.slice(0, 1).map(({ name }) => ({
      what: 'what clusters get: no cluster was found in this directory, so objects were judged one by one; audit the root of the repository that clusters follow',
      repository: name,
      clusters: [],
      decides: true,
    }));
  }
  const parts = clusters.flatMap(unreadOf);
  const same = grouped(parts, ({ clusters: _, ...part }) => JSON.stringify(part));
  const all = [...same.values()].map((of) => ({
    ...of[0],
    clusters: [...new Set(of.flatMap((one) => one.clusters))].sort(),
  }));
  return sortedBy(all, keyOf);
}

/** What could not be read of one cluster. */
export function unreadOf(view: ClusterView): UnreadPart[] {
  const remote = view.ofType('kustomize.toolkit.fluxcd.io/Kustomization').filter(isElsewhere);
  return [
    ...view.unread.map((unread) => partOf(view, unread, isDecisive(unread))),
    ...remote.map((carrier) =>
      partOf(view, {
        what: `what else the cluster gets that ${named(carrier)} applies to`,
        carrier,
      }),
    ),
    ...platformMakers(view).map((carrier) => {
      const title = named(carrier);
      const what = isMaker(carrier)
        ? `what ${title} makes`
        : `where ${title} lies, or whom it binds`;
      return partOf(view, { what, carrier });
    }),
  ];
}

/** What an audit of a fleet comes to where nobody accepted these findings. */
export function outcomeOf(fleet: FleetView, findings: readonly Finding[]): Outcome {
  const unread = unreadParts(fleet);
  return { verdict: verdictOf(findings, unread), unread };
}

export function verdictOf(
  findings: readonly Finding[],
  unread: readonly UnreadPart[],
): AuditVerdict {
  if (findings.some(({ severity }) => severity === 'error')) {
    return AuditVerdict.FAILED;
  }
  return unread.some(({ decides }) => decides) ? AuditVerdict.UNKNOWN : AuditVerdict.PASSED;
}

function partOf(view: ClusterView, { what, carrier }: Unread, isDecisive = true): UnreadPart {
  const account = carrier && view.accountOf(carrier);
  const isRelease = carrier?.manifest.kind === 'HelmRelease';
  const tenant = account?.tenant ?? (isRelease ? view.tenantOf(carrier!) : undefined);
  return {
    what,
    repository: (carrier ?? view).repository.name,
    ...(carrier && { path: carrier.document.path }),
    clusters: [view.name],
    ...(tenant !== undefined && { tenant }),
    decides: isDecisive && account === undefined,
  };
}

/** Flux's own files are known, and charts are what the platform chose to install, unless they apply something else. */
function isDecisive({ carrier, isFlux }: Unread): boolean {
  const { kind, spec } = carrier?.manifest ?? {};
  const chart = spec?.chart?.spec?.chart ?? spec?.chartRef?.name;
  return !isFlux && (kind !== 'HelmRelease' || APPLYING_CHARTS.test(String(chart)));
}

function isElsewhere({ manifest }: AppliedObject): boolean {
  return isRemote(manifest);
}

function named({ manifest: { kind, metadata } }: AppliedObject): string {
  const { name, namespace } = metadata;
  return `${kind} '${name}'${namespace === undefined ? '' : ` in namespace '${namespace}'`}`;
}

function keyOf({ repository, path, what }: UnreadPart): string {
  return JSON.stringify([repository, path ?? '', what]);
}
