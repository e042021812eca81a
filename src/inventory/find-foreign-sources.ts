import { apiGroupOf } from '../vocabulary/cluster-scoped-kinds';
import { SourceType } from '../vocabulary/tenant-annotations';
import { homeOf, listedSources, namespaceAnnotations } from './listed-sources';
import { shown } from './malformed';
import { ManifestObject } from './manifest-object';
import { FleetPlaces, overlappingSources } from './overlapping-sources';
import { formsOf } from './patched-manifest';

/** Where each kind of source fetches from, as its namespace's list spells it. */
const PLACES: Record<string, [type: SourceType, place: (spec: any) => unknown]> = {
  'image.toolkit.fluxcd.io/ImageRepository': ['images', (spec) => spec.image],
  'source.toolkit.fluxcd.io/Bucket': ['buckets', (spec) => `${spec.endpoint}/${spec.bucketName}`],
  'source.toolkit.fluxcd.io/GitRepository': ['git', (spec) => spec.url],
  'source.toolkit.fluxcd.io/HelmRepository': ['helm', (spec) => spec.url],
  'source.toolkit.fluxcd.io/OCIRepository': ['oci', (spec) => spec.url],
};

/**
 * An error for every source of a tenant that the admission policies would refuse, because its namespace does not list where it
 * fetches from; and for lists that let a tenant fetch what is another's or the platform's.
 */
export function findForeignSources(
  objects: readonly ManifestObject[],
  fleets: FleetPlaces,
): string[] {
  const namespaces = namespaceAnnotations(objects);
  return [
    ...objects.flatMap((object) => foreign(object, namespaces)),
    ...overlappingSources(objects, fleets),
  ];
}

function foreign(object: ManifestObject, namespaces: ReadonlyMap<string, any>): string[] {
  const { manifest, constructPath, location } = object;
  const source = PLACES[`${apiGroupOf(manifest.apiVersion)}/${manifest.kind}`];
  if (!source || !location.tenancy) {
    return [];
  }
  const [type, placeOf] = source;
  const { tenant } = location.tenancy;
  const allowed = listedSources(namespaces.get(homeOf(object)), type);
  const places = formsOf(object).map(({ spec }) => placeOf(spec ?? {}));
  return [...new Set(places)]
    .filter((place) => !allowed.some((one) => isAtOrBelow(place, one)))
    .map(
      (place) =>
        `[${constructPath}] ${manifest.kind} '${manifest.metadata.name}' must be at one of the ${type} sources of ` +
        `tenant '${tenant}' (${allowed.join(', ') || 'none'}), got ${shown(place)}; ` +
        `use the construct for it, or list it in the tenant's 'sources.${type}'`,
    );
}

function isAtOrBelow(place: unknown, allowed: string): boolean {
  return typeof place === 'string' && (place === allowed || place.startsWith(`${allowed}/`));
}
