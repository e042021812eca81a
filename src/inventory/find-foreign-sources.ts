import { apiGroupOf } from '../vocabulary/cluster-scoped-kinds';
import { FetchedPlace, fetchedPlace, isListed } from './fetched-place';
import { homeOf, listedSources, namespaceAnnotations } from './listed-sources';
import { shown } from './malformed';
import { ManifestObject } from './manifest-object';
import { FleetPlaces, overlappingSources } from './overlapping-sources';
import { formsOf } from './patched-manifest';

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
  const type = askedPlace(manifest)?.type;
  if (!type || !location.tenancy) {
    return [];
  }
  const { tenant } = location.tenancy;
  const annotations = namespaces.get(homeOf(object));
  const allowed = listedSources(annotations, type);
  const { apiVersion, kind } = manifest;
  const places = formsOf(object).map(({ spec }) => askedPlace({ apiVersion, kind, spec }));
  return [...new Set(places.filter((one) => one !== undefined).map(({ place }) => place))]
    .filter((place) => !isListed({ type, place }, annotations))
    .map(
      (place) =>
        `[${constructPath}] ${manifest.kind} '${manifest.metadata.name}' must be at one of the ${type} sources of ` +
        `tenant '${tenant}' (${allowed.join(', ') || 'none'}), got ${shown(place)}; ` +
        `use the construct for it, or list it in the tenant's 'sources.${type}'`,
    );
}

/** Where an object has anything fetched from, or Flagger ask for metrics; undefined where that is not its to say. */
function askedPlace(manifest: any): FetchedPlace | undefined {
  if (apiGroupOf(manifest.apiVersion) !== 'flagger.app' || manifest.kind !== 'MetricTemplate') {
    return fetchedPlace(manifest);
  }
  const address = manifest.spec?.provider?.address;
  return address ? { type: 'endpoints', place: address } : undefined;
}
