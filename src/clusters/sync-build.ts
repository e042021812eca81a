import { isDeepStrictEqual } from 'util';
import { SourceRepository } from '../inventory/source-file';
import { Build } from '../kustomize/build';
import { buildDirectory } from '../kustomize/build-directory';
import { artifactOf, Fetched } from './artifact';
import { AppliedObject, isObject, typeOf } from './applied-object';
import { ClusterRoot, directoryIn } from './cluster-roots';
import { FindValues, substituted, Variables, variablesOf } from './substitution';

export const SYNC_TYPE = 'kustomize.toolkit.fluxcd.io/Kustomization';

/** How often what the root makes of its own Kustomization is looked at: more often than it changes. */
const MOST_ROUNDS = 5;

/** What a Flux Kustomization makes of a directory. */
export interface SyncBuild {
  /** The Kustomization. @default - it is still to come; kustomize alone builds */
  readonly by?: AppliedObject;
  readonly repository: SourceRepository;
  readonly directory: string;
  readonly build: Build;
  readonly objects: readonly AppliedObject[];
}

/**
 * Builds a directory as a Flux Kustomization does, and as kustomize does where there is none.
 *
 * @param directory as the repository has it
 * @param variablesFor what to substitute in what was built
 */
export function syncBuild(
  by: AppliedObject | undefined,
  fetched: Fetched,
  directory: string,
  variablesFor: (build: Build) => Variables | undefined,
): SyncBuild {
  const { repository } = fetched;
  const build = buildDirectory(artifactOf(fetched), directory, by?.manifest.spec ?? {});
  const variables = variablesFor(build);
  const objects: AppliedObject[] = [];
  for (const { manifest: built, document, within, isPartial } of build.objects) {
    const { manifest, unsubstituted } = variables
      ? substituted(built, variables)
      : { manifest: built, unsubstituted: undefined };
    if (isObject(manifest)) {
      objects.push({ manifest, document, within, repository, isPartial, unsubstituted });
    }
  }
  return { by, repository, directory, build, objects };
}

/**
 * Builds the root of a cluster by its own Kustomization, which lies in what it applies: what it patches there, itself
 * included, counts from the next time on.
 */
export function rootBuild(repository: SourceRepository, root: ClusterRoot): SyncBuild {
  let sync: AppliedObject | undefined = root.sync && { ...root.sync, repository };
  let ignore: unknown;
  const build = () =>
    syncBuild(
      sync,
      { repository, ignore },
      root.path,
      (beside) => sync && variablesOf(sync, valuesIn(beside)),
    );
  let built = build();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const own = root.sync && built.objects.find((object) => isRootSync(object, root));
    const source = built.objects.find((object) => isRootSource(object, root));
    const next = { sync: own ?? sync, ignore: source ? source.manifest.spec?.ignore : ignore };
    if (
      next.ignore === ignore &&
      isDeepStrictEqual(next.sync?.manifest.spec, sync?.manifest.spec)
    ) {
      break;
    }
    ({ sync, ignore } = next);
    built = build();
  }
  return built;
}

/** Whether it is what a root is fetched by. */
export function isRootSource({ manifest }: AppliedObject, { source }: ClusterRoot): boolean {
  const { name, namespace } = manifest.metadata;
  const isNamed = name === source.name && namespace === source.namespace;
  return isNamed && typeOf(manifest) === `source.toolkit.fluxcd.io/${source.kind}`;
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
