import { ManifestObject } from '../inventory/manifest-object';
import { EnvironmentPatch } from '../vocabulary/environment-patch';
import { KustomizePatch } from '../vocabulary/kustomization-file';
import { patchFailure } from './patch-failure';
import { yamlDocument } from './yaml-text';

/** What a `kustomization.yaml` says beside the files next to it. */
export interface KustomizationContent {
  readonly bases: string[];
  readonly foreign: string[];
  /** Patches in the order they apply in. */
  readonly patches: KustomizePatch[];
  /** Patches each of one object. */
  readonly overlays: KustomizePatch[];
}

/** The kustomize file of a directory, the same whatever the order in which its parts were declared. */
export function kustomizationManifest(
  content: KustomizationContent,
  files: readonly string[],
  directories: readonly string[],
): any {
  const resources = [...content.bases, ...files, ...content.foreign, ...directories];
  const overlays = content.overlays.map((patch) => ({ patch, key: targetKey(patch) }));
  // The sort is stable, so that patches of one object keep the order they were declared in.
  overlays.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const patches = [...content.patches, ...overlays.map(({ patch }) => patch)];
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [...new Set(resources)],
    ...(patches.length > 0 && { patches }),
  };
}

/** `patch` as the overlay's kustomize file carries it; `undefined`, and an error added, when it cannot be applied. */
export function overlayPatch(
  object: ManifestObject,
  patch: EnvironmentPatch,
  errors: string[],
): KustomizePatch | undefined {
  const failure = patchFailure(object.manifest, patch.operations);
  if (failure) {
    errors.push(
      `[${object.constructPath}] patch for environment '${patch.environment}': ${failure}`,
    );
    return undefined;
  }
  const { apiVersion, kind, metadata } = object.manifest;
  const [version, group] = apiVersion.split('/').reverse();
  return {
    target: {
      ...(group && { group }),
      version,
      kind,
      name: metadata.name,
      namespace: metadata.namespace,
    },
    patch: yamlDocument(patch.operations),
  };
}

function targetKey({ target }: KustomizePatch): string {
  return `${target.kind} ${target.namespace} ${target.name} ${target.group}`;
}
