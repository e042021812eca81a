import { SOURCE_TYPES, SourceType } from '../vocabulary/tenant-annotations';
import { gitPlace } from '../vocabulary/url';
import { isAtOrAbove, listedSources, tenantNamespaces } from './listed-sources';
import { ManifestObject } from './manifest-object';
import { Listed, nestedPlaces } from './nested-places';

/** What of the fleets themselves no tenant may fetch. */
export interface FleetPlaces {
  /** What tells the fleet repositories from others. */
  readonly repositories: ReadonlySet<string>;
  /** For the path of each fleet, where its tenants publish. */
  readonly registries: ReadonlyMap<string, string>;
}

/** Places of one space can be the same, or one above the other. */
type Space = 'buckets' | 'endpoints' | 'git' | 'oci';

/**
 * The space that places of a type are in, and how they are told apart in it. A host of charts is only read, nearly always public, and
 * often has one repository above another: who must be kept out of a private one has no password for it. In a registry, tenants
 * push beside each other. Hosts and gateways are not fetched from.
 */
const SPACES: {
  readonly [type in SourceType]?: [space: Space, place: (source: string) => string];
} = {
  buckets: ['buckets', (source) => source],
  endpoints: ['endpoints', (source) => source.replace(/^(https:\/\/[^/]+):443(?=\/|$)/, '$1')],
  git: ['git', gitGroup],
  // An artifact, a chart or an image: a registry makes no difference between them.
  images: ['oci', registryPlace],
  oci: ['oci', registryPlace],
};

/**
 * An error for every place that would let a tenant fetch what is another's or the platform's. The very same place may be that of
 * several tenants, as both were asked for it; what is below came unasked.
 */
export function overlappingSources(
  objects: readonly ManifestObject[],
  fleets: FleetPlaces,
): string[] {
  const all = listedPlaces(objects);
  const tenants = new Set(all.map(({ fleet, tenant }) => `${fleet} ${tenant}`));
  const platform = [...fleetSources(objects), ...[...fleets.repositories].map(asGit)];
  const allowed: Listed[] = [];
  const errors = new Set<string>();
  for (const one of all) {
    const why =
      aboveFleet(one, platform) ?? aboveRegistry(one, fleets) ?? ofAnother(one, fleets, tenants);
    if (why === undefined) {
      allowed.push(one);
    } else {
      errors.add(
        `[${one.owner}] tenant '${one.tenant}' must not fetch from '${one.source}', ${why}`,
      );
    }
  }
  return [...errors, ...nestedPlaces(allowed)].sort();
}

/** Each place of each tenant once, in an order that is not that of declaration. */
function listedPlaces(objects: readonly ManifestObject[]): Listed[] {
  const all = new Map<string, Listed>();
  for (const { fleet, tenant, owner, annotations } of tenantNamespaces(objects)) {
    for (const type of SOURCE_TYPES) {
      for (const source of listedSources(annotations, type)) {
        const where = placeOf(type, source);
        const key = JSON.stringify([fleet, tenant, where]);
        const known = all.get(key);
        if (where && (!known || source < known.source)) {
          all.set(key, { fleet, tenant, owner, source, ...where });
        }
      }
    }
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function placeOf(type: SourceType, source: string): { space: Space; place: string } | undefined {
  const [space, place] = SPACES[type] ?? [];
  return space && place && { space, place: place(source) };
}

/** `gitPlace` knows the other names of repositories only, where a tenant may list a group of them. */
function gitGroup(url: string): string {
  const repository = url.replace(/\/?\.git$/i, '');
  return gitPlace(`${repository}/x`).slice(0, -'/x'.length);
}

function registryPlace(source: string): string {
  return source
    .replace(/^oci:\/\//, '')
    .replace(/^([^/]+):443(?=\/)/, '$1')
    .replace(/^(?:index|registry-1)\.docker\.io\//, 'docker.io/');
}

function asGit(place: string): Pick<Listed, 'space' | 'place'> {
  return { space: 'git', place };
}

/** Where Flux Operator has a cluster fetch its fleet from. */
function fleetSources(objects: readonly ManifestObject[]): Pick<Listed, 'space' | 'place'>[] {
  return objects.flatMap(({ manifest: { kind, spec } }) =>
    kind === 'FluxInstance' && typeof spec?.sync?.url === 'string'
      ? [placeOf(spec.sync.kind === 'OCIRepository' ? 'oci' : 'git', spec.sync.url)!]
      : [],
  );
}

function aboveFleet(
  { space, place }: Listed,
  platform: readonly Pick<Listed, 'space' | 'place'>[],
): string | undefined {
  const fleet = platform.find((one) => one.space === space && isAtOrAbove(place, one.place));
  return (
    fleet &&
    `which is, or has below it, that of a fleet, '${fleet.place}'; ` +
      (fleet.place === place ? 'give the tenant a place of its own' : 'list what is below')
  );
}

/** Tenants to come publish there, too. */
function aboveRegistry(one: Listed, { registries }: FleetPlaces): string | undefined {
  const registry = registries.get(one.fleet);
  return one.space === 'oci' && registry && isAtOrAbove(one.place, registryPlace(registry))
    ? `which has all that tenants publish to '${registry}' below it; list what is below`
    : undefined;
}

function ofAnother(
  { fleet, tenant, space, place }: Listed,
  { registries }: FleetPlaces,
  tenants: ReadonlySet<string>,
): string | undefined {
  const registry = `${registryPlace(registries.get(fleet) ?? '')}/`;
  const other = place.slice(registry.length);
  return space === 'oci' &&
    place.startsWith(registry) &&
    other !== tenant &&
    tenants.has(`${fleet} ${other}`)
    ? `where tenant '${other}' publishes; publish what both need where no tenant does`
    : undefined;
}
