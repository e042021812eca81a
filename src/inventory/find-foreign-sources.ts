import { allowedAnnotation, SOURCE_TYPES, SourceType } from '../vocabulary/tenant-annotations';
import { apiGroupOf } from '../vocabulary/cluster-scoped-kinds';
import { shown } from './malformed';
import { ManifestObject } from './manifest-object';
import { patchedManifest } from './patched-manifest';

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
 * fetches from; and for lists that let one tenant fetch what is another's.
 */
export function findForeignSources(objects: readonly ManifestObject[]): string[] {
  const namespaces = new Map<string, any>();
  for (const { manifest, location } of objects) {
    if (manifest.kind === 'Namespace' && location.tenancy) {
      namespaces.set(manifest.metadata.name, manifest.metadata.annotations ?? {});
    }
  }
  return [...objects.flatMap((object) => foreign(object, namespaces)), ...overlaps(objects)];
}

function foreign(object: ManifestObject, namespaces: ReadonlyMap<string, any>): string[] {
  const { manifest, constructPath, location } = object;
  const source = PLACES[`${apiGroupOf(manifest.apiVersion)}/${manifest.kind}`];
  if (!source || !location.tenancy) {
    return [];
  }
  const [type, placeOf] = source;
  const allowed = listed(namespaces.get(manifest.metadata.namespace), type);
  const places = formsOf(object).map(({ spec }) => placeOf(spec ?? {}));
  return [...new Set(places)]
    .filter((place) => !allowed.some((one) => isAtOrBelow(place, one)))
    .map(
      (place) =>
        `[${constructPath}] ${manifest.kind} '${manifest.metadata.name}' must be at one of the ${type} sources of ` +
        `tenant '${location.tenancy!.tenant}' (${allowed.join(', ') || 'none'}), got ${shown(place)}; ` +
        `use the construct for it, or list it in the tenant's 'sources.${type}'`,
    );
}

/** The object as it is, and as each environment has it. */
function formsOf({ manifest, patches }: ManifestObject): any[] {
  return [
    manifest,
    ...patches.flatMap(({ operations }) => {
      try {
        return [patchedManifest(manifest, operations)];
      } catch {
        return []; // the layout tells why
      }
    }),
  ];
}

function listed(annotations: any, type: SourceType): string[] {
  const list = annotations?.[allowedAnnotation(type)];
  return typeof list === 'string' ? list.split(' ') : [];
}

function isAtOrBelow(place: unknown, allowed: string): boolean {
  return typeof place === 'string' && (place === allowed || place.startsWith(`${allowed}/`));
}

/** A list of one tenant that has another's place below one of its own. */
function overlaps(objects: readonly ManifestObject[]): string[] {
  const owners = new Map<string, { tenant: string; constructPath: string }>();
  const homes = objects.filter(
    ({ manifest, location }) => manifest.kind === 'Namespace' && location.tenancy,
  );
  const places = homes.flatMap(({ manifest, location, constructPath }) =>
    SOURCE_TYPES.flatMap((type) =>
      listed(manifest.metadata.annotations, type).map((place) => ({
        key: `${type} ${place}`,
        place,
        tenant: location.tenancy!.tenant,
        constructPath,
      })),
    ),
  );
  places.forEach((one) => owners.set(one.key, one));
  const errors = new Set<string>();
  for (const { key, place, tenant } of places) {
    for (let end = key.lastIndexOf('/'); end > 0; end = key.lastIndexOf('/', end - 1)) {
      const above = owners.get(key.slice(0, end));
      if (above && above.tenant !== tenant) {
        errors.add(
          `[${above.constructPath}] sources of tenant '${above.tenant}' must not have those of another below them, ` +
            `but '${place}' is one of tenant '${tenant}'`,
        );
      }
    }
  }
  return [...errors];
}
