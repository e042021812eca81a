import { TEXT, listOf, optional, requireProps } from './form';
import { requireGateway } from './gateway-name';
import { requireHostPattern } from './host-pattern';
import { ITenant } from './ports';
import { SOURCE_TYPES, SourceType } from './tenant-annotations';
import {
  requireBucketPlace,
  requireEndpoint,
  requireGitUrl,
  requireHttpsUrl,
  requireOciRepository,
  requireOciUrl,
} from './url';

/**
 * What a tenant may fetch by objects that it makes itself, exactly there or below. What the program's own constructs fetch for
 * it is allowed besides, and need not be listed.
 *
 * Synthesis fails when, of what either of them allows, a place has a place of another tenant below it (Helm repositories at
 * `https` left out), is where another tenant publishes, or is, or has below it, the registry or the repository of the fleet.
 * The very same place may be that of several tenants.
 */
export interface AllowedSources {
  /**
   * Git repositories, or groups of them: `https://<host>/<path>` or `ssh://<user>@<host>/<path>`.
   *
   * @default - none
   */
  readonly git?: string[];
  /**
   * Artifacts: `oci://<host>/<path>`.
   *
   * @default - none but the tenant's own, `oci://<registry of the fleet>/<tenant>`
   */
  readonly oci?: string[];
  /**
   * Repositories of Helm charts: `https://<host>/<path>`. A chart in a registry is an artifact, which is signed.
   *
   * @default - none
   */
  readonly helm?: string[];
  /**
   * Buckets: `<endpoint>/<bucket>`.
   *
   * @default - none
   */
  readonly buckets?: string[];
  /**
   * Images whose tags are scanned: `<host>/<path>`.
   *
   * @default - none
   */
  readonly images?: string[];
  /**
   * What its alerts may be sent to, whose tokens its receivers may check: `https://<host>/<path>`; and whom Flagger may ask for
   * metrics in its name: the same, or `http://<service>.<namespace>.svc:<port>` in the cluster.
   *
   * @default - none but where an `Alerting` or a `CommitStatus` posts, whom a `Receiver` believes, and what each `CanaryMetric` asks
   */
  readonly endpoints?: string[];
}

/** Throws when a prop is of another form than it has to be. */
export function requireSources(tenant: string, sources: AllowedSources): void {
  requireProps(`sources of tenant '${tenant}'`, sources, {
    oci: optional(listOf(TEXT)),
    git: optional(listOf(TEXT)),
    helm: optional(listOf(TEXT)),
    buckets: optional(listOf(TEXT)),
    images: optional(listOf(TEXT)),
    endpoints: optional(listOf(TEXT)),
  });
}

const CANONICAL: Record<SourceType, (place: string) => string> = {
  buckets: (place) => requireBucketPlace('allowed bucket', place),
  git: (place) => requireGitUrl('allowed Git repository', place),
  endpoints: (place) => requireEndpoint('allowed endpoint', place),
  gateways: (place) => requireGateway('allowed gateway', place),
  helm: (place) => requireHttpsUrl('allowed Helm repository', place),
  hosts: (place) => requireHostPattern('allowed host', place),
  images: (place) => requireOciRepository('allowed image', place),
  oci: (place) => requireOciUrl('allowed artifact', place),
  'shared-hosts': (place) => requireHostPattern('shared host', place),
};

/** The prop of a tenant that lists what is not fetched. */
const TRAFFIC_PROPS: { readonly [type in SourceType]?: string } = {
  gateways: 'network.gateways',
  hosts: 'network.hosts',
  'shared-hosts': 'network.sharedHosts',
};

/** Returns `place` when it is in the one spelling that places of its type have; throws otherwise. */
export function requirePlace(type: SourceType, place: string): string {
  return CANONICAL[type](place);
}

const ALLOWED = new WeakMap<ITenant, Map<SourceType, Set<string>>>();

function placesOf(tenant: ITenant, type: SourceType): Set<string> {
  const types = ALLOWED.get(tenant) ?? new Map<SourceType, Set<string>>();
  ALLOWED.set(tenant, types);
  const places = types.get(type) ?? new Set<string>();
  types.set(type, places);
  return places;
}

/** Lets a tenant fetch from `place`, which is in its one canonical spelling, and below. */
export function allowSource(tenant: ITenant, type: SourceType, place: string): void {
  placesOf(tenant, type).add(place);
}

/** Lets a tenant fetch from all of them. Throws when one is not in the one canonical spelling. */
export function allowSources(
  tenant: ITenant,
  sources: { readonly [type in SourceType]?: string[] },
): void {
  for (const type of SOURCE_TYPES) {
    for (const place of sources[type] ?? []) {
      allowSource(tenant, type, canonical(tenant, type, place));
    }
  }
}

function canonical(tenant: ITenant, type: SourceType, place: string): string {
  try {
    return requirePlace(type, place);
  } catch (error) {
    const prop = TRAFFIC_PROPS[type] ?? `sources.${type}`;
    throw new Error(
      `${(error as Error).message}; it is in '${prop}' of tenant '${tenant.tenantName}'`,
      { cause: error },
    );
  }
}

/** From where a tenant may fetch, sorted. */
export function allowedSources(tenant: ITenant, type: SourceType): string[] {
  return [...placesOf(tenant, type)].sort();
}
