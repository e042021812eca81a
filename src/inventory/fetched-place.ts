import { apiGroupOf } from '../vocabulary/cluster-scoped-kinds';
import { allowedAnnotation, SourceType } from '../vocabulary/tenant-annotations';
import { isAtOrAbove, listedSources } from './listed-sources';

/** Where a source fetches from, as the lists of namespaces spell it. */
export interface FetchedPlace {
  readonly type: SourceType;
  /** A URL, an image, or an endpoint with its bucket; anything where the manifest has none. */
  readonly place: unknown;
}

const PLACES: Readonly<Record<string, [type: SourceType, place: (spec: any) => unknown]>> = {
  'image.toolkit.fluxcd.io/ImageRepository': ['images', (spec) => spec.image],
  'source.toolkit.fluxcd.io/Bucket': ['buckets', bucketPlace],
  'source.toolkit.fluxcd.io/GitRepository': ['git', (spec) => spec.url],
  'source.toolkit.fluxcd.io/HelmRepository': ['helm', (spec) => spec.url],
  'source.toolkit.fluxcd.io/OCIRepository': ['oci', (spec) => spec.url],
};

/** The endpoint of Azure alone has a scheme. */
function bucketPlace({ provider, endpoint, bucketName }: any): string {
  const host =
    provider === 'azure' && typeof endpoint === 'string'
      ? endpoint.replace(/^https:\/\//, '')
      : endpoint;
  return `${host}/${bucketName}`;
}

const ANY = allowedAnnotation('' as SourceType);

/** The kinds that fetch, each as `group/Kind`. */
export const FETCHING_TYPES: readonly string[] = Object.keys(PLACES);

/** Undefined for what fetches nothing itself. */
export function fetchedPlace(manifest: any): FetchedPlace | undefined {
  const key = `${apiGroupOf(String(manifest.apiVersion))}/${manifest.kind}`;
  const [type, placeOf] = (Object.hasOwn(PLACES, key) && PLACES[key]) || [];
  return type && placeOf && { type, place: placeOf(manifest.spec ?? {}) };
}

/** Whether the annotations of a namespace say of anything where it may be fetched from. */
export function hasLists(annotations: object): boolean {
  return Object.keys(annotations).some((key) => key.startsWith(ANY));
}

/** Whether the annotations of a namespace let a source in it fetch from there. */
export function isListed({ type, place }: FetchedPlace, annotations: unknown): boolean {
  return listedSources(annotations, type).some(
    (one) => typeof place === 'string' && isAtOrAbove(one, place),
  );
}
