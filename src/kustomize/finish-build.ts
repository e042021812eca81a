import { isDeepStrictEqual } from 'util';
import { isClusterScoped } from '../vocabulary/cluster-scoped-kinds';
import { BuildError, BuiltObject } from './build';
import { contentHash } from './content-hash';
import { Resource } from './resource';
import { described, ResourceList } from './resource-list';
import { fieldOf, textsOf, withMetadata } from './values';
import { isMap } from '../vocabulary/is-map';

/** Annotations that kustomize keeps for itself. */
const OWN = new Set([
  'alpha.config.kubernetes.io/transformations',
  'config.k8s.io/id',
  'config.kubernetes.io/index',
  'config.kubernetes.io/origin',
  'config.kubernetes.io/path',
]);
const NOTES = 'internal.config.kubernetes.io/';
const LOCAL = 'config.kubernetes.io/local-config';

/** Notes that somebody writes by hand, with which objects would pass for what they are not; undefined where there are none. */
export function forgedNotes({ manifest }: Resource): string | undefined {
  const annotations = fieldOf(fieldOf(manifest, 'metadata'), 'annotations');
  return isMap(annotations)
    ? Object.keys(annotations).find((key) => key.startsWith(NOTES))
    : undefined;
}

/** Ends the names of generated objects in the hash of their content, where all of that is known. */
export function addHashes(list: ResourceList): void {
  for (const resource of list.all) {
    if (resource.needsHash && resource.unknown.length === 0) {
      const { name, manifest } = resource;
      resource.remember();
      resource.manifest = withMetadata(manifest, 'name', `${name}-${contentHash(manifest)}`);
    }
  }
  list.forget();
}

/** What a cluster gets of the objects: without what is for kustomize alone, and with what Flux adds in the end. */
export function finished(list: ResourceList, commonMetadata: any): BuiltObject[] {
  return list.all.filter(isApplied).map((resource) => ({
    manifest: withCommon(withoutNotes(resource), commonMetadata),
    ...resource.origin,
    ...(resource.unknown.length > 0 && { isPartial: true }),
  }));
}

/** Flux applies no objects that are for tools, nor kustomization files. */
function isApplied({ manifest }: Resource): boolean {
  const { apiVersion, kind, metadata } = manifest;
  const local = fieldOf(fieldOf(metadata, 'annotations'), LOCAL);
  return (
    (local === undefined || String(local) === 'false') &&
    [apiVersion, kind, fieldOf(metadata, 'name')].every((one) => typeof one === 'string' && one) &&
    !(kind === 'Kustomization' && apiVersion.startsWith('kustomize.config.k8s.io/'))
  );
}

/** Objects that Flux takes for none, because they say no version. */
export function passedOver(list: ResourceList): BuildError[] {
  return list.all
    .filter(({ manifest }) => typeof manifest.apiVersion !== 'string' || !manifest.apiVersion)
    .map((resource) => ({
      path: resource.origin.document.path,
      message: `holds ${described(resource)} without apiVersion, which Flux passes over`,
    }));
}

function withoutNotes({ manifest, isMoved, origin }: Resource): any {
  let clean = manifest;
  const { apiVersion, kind, metadata } = manifest;
  if (Object.hasOwn(metadata, 'annotations') && !isWithoutNotes(metadata.annotations)) {
    const kept = Object.entries(textsOf(metadata.annotations)).filter(
      ([key]) => !OWN.has(key) && !key.startsWith(NOTES),
    );
    const annotations = kept.length > 0 ? Object.fromEntries(kept) : undefined;
    clean = withMetadata(clean, 'annotations', annotations);
  }
  // Kustomize knows few kinds of the whole cluster; the API server takes the namespace from the others again.
  if (isMoved && isClusterScoped(apiVersion, kind)) {
    clean = withMetadata(clean, 'namespace', undefined);
    const written = writtenAt(origin);
    return isDeepStrictEqual(clean, written) ? written : clean;
  }
  return clean;
}

/** Whether annotations are such as are kept, and as they are: nearly all. */
function isWithoutNotes(annotations: any): boolean {
  return (
    isMap(annotations) &&
    Object.keys(annotations).length > 0 &&
    Object.entries(annotations).every(
      ([key, value]) => typeof value === 'string' && !OWN.has(key) && !key.startsWith(NOTES),
    )
  );
}

/** The object as its file has it. */
function writtenAt({ document, within = '' }: Resource['origin']): any {
  return within
    .split('/')
    .slice(1)
    .reduce((value: any, key) => value?.[key], document.manifest);
}

function withCommon(manifest: any, common: any): any {
  return ['labels', 'annotations'].reduce((one, field) => {
    const texts = textsOf(fieldOf(common, field));
    return Object.keys(texts).length > 0
      ? withMetadata(one, field, { ...fieldOf(one.metadata, field), ...texts })
      : one;
  }, manifest);
}
