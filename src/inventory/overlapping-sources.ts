import { SOURCE_TYPES, SourceType } from '../vocabulary/tenant-annotations';
import { gitPlace } from '../vocabulary/url';
import { fleetPathOf, listedSources } from './listed-sources';
import { ManifestObject } from './manifest-object';

/** What of the fleets themselves no tenant may fetch. */
export interface FleetPlaces {
  /** What tells the fleet repositories from others. */
  readonly repositories: ReadonlySet<string>;
  /** For the path of each fleet, where its tenants publish. */
  readonly registries: ReadonlyMap<string, string>;
}

/** A place that a tenant may fetch from, and below. */
interface Listed {
  readonly fleet: string;
  readonly tenant: string;
  readonly owner: string;
  /** As the tenant has it. */
  readonly source: string;
  readonly space: Space;
  /** What is the same for all spellings of one place, and begins like those above it. */
  readonly place: string;
}

/** Places of one space can be the same, or one above the other. */
type Space = 'buckets' | 'git' | 'oci';

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
  return [...errors, ...nested(allowed)].sort();
}

/** Each place of each tenant once, in an order that is not that of declaration. */
function listedPlaces(objects: readonly ManifestObject[]): Listed[] {
  const all = new Map<string, Listed>();
  for (const { manifest, location } of objects) {
    if (manifest.kind !== 'Namespace' || !location.tenancy) {
      continue;
    }
    const fleet = fleetPathOf(location);
    const { tenant } = location.tenancy;
    for (const type of SOURCE_TYPES) {
      for (const source of listedSources(manifest.metadata.annotations, type)) {
        const where = placeOf(type, source);
        const key = JSON.stringify([fleet, tenant, where]);
        const known = all.get(key);
        if (where && (!known || source < known.source)) {
          all.set(key, { fleet, tenant, owner: location.owner, source, ...where });
        }
      }
    }
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function placeOf(type: SourceType, source: string): { space: Space; place: string } | undefined {
  if (type === 'buckets') {
    return { space: 'buckets', place: source };
  }
  if (type === 'git') {
    return { space: 'git', place: gitGroup(source) };
  }
  // A host of charts is only read, nearly always public, and often has one repository above another: who must be kept out of
  // a private one has no password for it. In a registry, tenants push beside each other.
  return type === 'helm' && !source.startsWith('oci://')
    ? undefined
    : { space: 'oci', place: registryPlace(source) };
}

/** `gitPlace` knows the other names of repositories only, where a tenant may list a group of them. */
function gitGroup(url: string): string {
  const repository = url.replace(/\/?\.git$/i, '');
  return gitPlace(`${repository}/x`).slice(0, -'/x'.length);
}

/** An artifact, a chart or an image: a registry makes no difference between them. */
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
    fleet && `which is, or has below it, that of a fleet, '${fleet.place}'; list what is below`
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

/** An error for each place of a tenant with some of others below it. */
function nested(all: readonly Listed[]): string[] {
  const key = ({ fleet, space }: Listed, place: string) => `${fleet} ${space} ${place}`;
  const owners = new Map<string, Listed[]>();
  all.forEach((one) => add(owners, key(one, one.place), one));
  const below = new Map<string, Listed[]>();
  for (const one of all) {
    for (let end = one.place.indexOf('/'); end > 0; end = one.place.indexOf('/', end + 1)) {
      const above = key(one, one.place.slice(0, end));
      if (owners.has(above)) {
        add(below, above, one);
      }
    }
  }
  return [...below].flatMap(([place, ones]) =>
    owners.get(place)!.flatMap(({ owner, tenant, source }) => {
      const [first, ...more] = ones.filter((one) => one.tenant !== tenant);
      return first
        ? [
            `[${owner}] sources of tenant '${tenant}' must not have those of another below them, ` +
              `but '${first.source}' is one of tenant '${first.tenant}'` +
              `${more.length > 0 ? `, and ${more.length} more are others'` : ''}; ` +
              `list what is needed of '${source}' one by one, or the same for both`,
          ]
        : [];
    }),
  );
}

function isAtOrAbove(place: string, other: string): boolean {
  return place === other || other.startsWith(`${place}/`);
}

function add(lists: Map<string, Listed[]>, key: string, one: Listed): void {
  const list = lists.get(key);
  if (list) {
    list.push(one);
  } else {
    lists.set(key, [one]);
  }
}
