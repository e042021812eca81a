import { directoryOf } from '../vocabulary/placement';
import { isList } from './malformed';
import { Inventory, ManifestObject } from './manifest-object';
import { patchedManifest } from './patched-manifest';

/** A cluster as the inventory knows it. */
export interface AppliedCluster {
  /** `<path of its fleet repository>/<name>`, as locations have it. */
  readonly key: string;
  readonly environment: string;
}

/** One object as a cluster gets it. */
export interface AppliedManifest {
  readonly manifest: any;
  /** Path of the construct that made it. */
  readonly constructPath: string;
}

/** What `cluster` gets: with the patches of its environment, and the items of a list one by one. */
export function appliedManifests(
  objects: readonly ManifestObject[],
  { key, environment }: AppliedCluster,
): AppliedManifest[] {
  return objects
    .filter(({ location }) => location.clusters.includes(key))
    .flatMap(({ manifest, patches, constructPath }) => {
      const patch = patches.find((one) => one.environment === environment);
      const applied = patch ? patchedManifest(manifest, patch.operations) : manifest;
      return items(applied).map((item) => ({ manifest: item, constructPath }));
    });
}

/** What any cluster gets, as it is before patches of environments. */
export function writtenManifests(objects: readonly ManifestObject[]): AppliedManifest[] {
  return objects.flatMap(({ manifest, constructPath }) =>
    items(manifest).map((item) => ({ manifest: item, constructPath })),
  );
}

/**
 * What reaches `cluster` with the rights of the platform and is not in the inventory: files that something else keeps,
 * and what releases and syncs of the platform bring along.
 */
export function unreadOf(
  { objects, kustomizations }: Inventory,
  { key }: AppliedCluster,
): string[] {
  const files = kustomizations
    .filter(({ location }) => location.clusters.includes(key) && location.shelf.kind !== 'app')
    .flatMap(({ file, location }) =>
      file.foreignResources.map((name) => `${directoryOf(location.shelf)}/${name}`),
    );
  const carriers = objects
    .filter(
      ({ location }) => location.clusters.includes(key) && location.shelf.kind === 'infrastructure',
    )
    .flatMap(({ manifest }) => items(manifest))
    .filter(isCarrier)
    .map(
      ({ kind, metadata }) =>
        `what ${kind} '${metadata?.name}' in namespace '${metadata?.namespace ?? 'default'}' applies`,
    );
  return [...files, ...carriers].sort();
}

function isCarrier({ apiVersion, kind }: any): boolean {
  return (
    (kind === 'HelmRelease' && String(apiVersion).startsWith('helm.toolkit.fluxcd.io/')) ||
    (kind === 'Kustomization' && String(apiVersion).startsWith('kustomize.toolkit.fluxcd.io/'))
  );
}

function items(manifest: any): any[] {
  if (manifest === null || typeof manifest !== 'object') {
    return [];
  }
  return typeof manifest.kind === 'string' && isList(manifest)
    ? [manifest.items].flat().flatMap(items)
    : [manifest];
}
