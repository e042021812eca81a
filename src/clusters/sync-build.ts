import { isDeepStrictEqual } from 'util';
import { SourceRepository } from '../inventory/source-file';
import { Build } from '../kustomize/build';
import { buildDirectory } from '../kustomize/build-directory';
import { AppliedObject, isObject, typeOf } from './applied-object';
import { ClusterRoot, directoryIn } from './cluster-roots';
import { FindValues, substituted, variablesOf } from './substitution';

export const SYNC_TYPE = 'kustomize.toolkit.fluxcd.io/Kustomization';

/** How often what the root makes of its own Kustomization is looked at: more often than it changes. */
const MOST_ROUNDS = 5;

/** What a Flux Kustomization makes of a directory. */
export interface SyncBuild {
  readonly build: Build;
  readonly objects: readonly AppliedObject[];
}

/**
 * Builds a directory as a Flux Kustomization does, and as kustomize does where there is none.
 *
 * @param find finds what brings variables, which for the root is 'beside' what they are for
 */
export function syncBuild(
  sync: Pick<AppliedObject, 'manifest'> | undefined,
  repository: SourceRepository,
  directory: string,
  find: FindValues | 'beside',
): SyncBuild {
  const build = buildDirectory(repository.tree, directory, sync?.manifest.spec ?? {});
  const variables = sync && variablesOf(sync, find === 'beside' ? valuesIn(build) : find);
  const objects = build.objects
    .map((built) => ({
      ...built,
      ...(variables ? substituted(built.manifest, variables) : {}),
      repository,
    }))
    .filter(({ manifest }) => isObject(manifest));
  return { build, objects };
}

/**
 * Builds the root of a cluster by its own Kustomization, which lies in what it applies: what it patches there, itself
 * included, counts from the next time on.
 */
export function rootBuild(repository: SourceRepository, root: ClusterRoot): SyncBuild {
  let { sync }: { sync?: Pick<AppliedObject, 'manifest'> } = root;
  let built = syncBuild(sync, repository, root.path, 'beside');
  for (let round = 0; sync && round < MOST_ROUNDS; round++) {
    const own = built.objects.find((object) => isRootSync(object, root));
    if (!own || isDeepStrictEqual(own.manifest.spec, sync.manifest.spec)) {
      break;
    }
    sync = own;
    built = syncBuild(sync, repository, root.path, 'beside');
  }
  return built;
}

/** Whether it is the Kustomization of a root; where that is still to come, one that is as it will be. */
export function isRootSync(
  { manifest }: AppliedObject,
  { source, sync, path }: ClusterRoot,
): boolean {
  const { name, namespace } = manifest.metadata;
  if (sync) {
    const own = sync.manifest.metadata;
    return (
      typeOf(manifest) === SYNC_TYPE &&
      name === own.name &&
      (namespace ?? source.namespace) === (own.namespace ?? source.namespace)
    );
  }
  const from = manifest.spec?.sourceRef ?? {};
  return (
    directoryIn(manifest.spec?.path) === path &&
    namespace === source.namespace &&
    from.kind === source.kind &&
    from.name === source.name &&
    (from.namespace ?? source.namespace) === source.namespace
  );
}

/** Finds what brings variables among what they are for, as the root's do once they are there. */
function valuesIn({ objects }: Build): FindValues {
  return (type, namespace, name) =>
    objects
      .filter(({ manifest }) => isObject(manifest) && typeOf(manifest) === type)
      .find(
        ({ manifest: { metadata } }) => metadata.name === name && metadata.namespace === namespace,
      );
}
