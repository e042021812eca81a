import { ManifestObject } from '../inventory/manifest-object';
import { patchedManifest } from '../inventory/patched-manifest';
import { JsonPatchOperation } from '../vocabulary/environment-patch';
import {
  KustomizationFile,
  KustomizeImage,
  KustomizePatch,
} from '../vocabulary/kustomization-file';
import { directoryOf } from '../vocabulary/placement';
import { sortedBy } from '../vocabulary/sorted-by';
import { RepoDocument } from './repo-file';
import { yamlDocument } from './yaml-text';

/** What a `kustomization.yaml` says beside the files next to it. */
export interface KustomizationContent {
  readonly bases: string[];
  readonly foreign: string[];
  /** Patches in the order they apply in. */
  readonly patches: KustomizePatch[];
  /** Patches each of one object. */
  readonly overlays: KustomizePatch[];
  readonly images: KustomizeImage[];
  nameSuffix?: string;
  annotations?: { readonly [key: string]: string };
}

/** Adds to the content of the kustomize file in `directory` what one request asks for. */
export function addRequest(
  content: KustomizationContent,
  directory: string,
  { foreignResources, images, props }: KustomizationFile,
): void {
  content.foreign.push(...foreignResources);
  content.images.push(...images);
  content.patches.push(...(props.patches ?? []));
  if (props.base) {
    const file = props.baseFile === undefined ? '' : `/${props.baseFile}`;
    content.bases.push(relativePath(directory, `${directoryOf(props.base)}${file}`));
  }
  content.nameSuffix = props.nameSuffix ?? content.nameSuffix;
  content.annotations = props.annotations ?? content.annotations;
}

/** The kustomize file of a directory, the same whatever the order in which its parts were declared. */
export function kustomizationManifest(
  content: KustomizationContent,
  files: readonly string[],
  directories: readonly string[],
): RepoDocument {
  const foreign = [...content.foreign].sort();
  const resources = [...content.bases, ...files, ...foreign, ...directories];
  const patches = [...content.patches, ...sortedBy(content.overlays, targetKey)];
  const images = [...content.images].sort((a, b) => (a.name < b.name ? -1 : 1));
  const manifest = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [...new Set(resources)],
    ...(content.nameSuffix && { nameSuffix: content.nameSuffix }),
    ...(content.annotations && { commonAnnotations: content.annotations }),
    ...(images.length > 0 && { images: images.map(({ markers, ...image }) => image) }),
    ...(patches.length > 0 && { patches }),
  };
  const markers = images.flatMap((image, i) =>
    image.markers.map((marker) => ({ ...marker, pointer: `/images/${i}${marker.pointer}` })),
  );
  return { manifest, markers };
}

/** Operations on one object as an overlay's kustomize file carries them. Throws when they do not apply to it. */
export function overlayPatch(
  { manifest }: ManifestObject,
  operations: readonly JsonPatchOperation[],
): KustomizePatch {
  const patch = yamlDocument(operations);
  patchedManifest(manifest, operations);
  const { apiVersion, kind, metadata } = manifest;
  const [version, group] = apiVersion.split('/').reverse();
  const { namespace } = metadata;
  // kustomize reads a regular expression, to which a dot is any character.
  const name = metadata.name.replace(/\./g, '\\.');
  const target = group
    ? { group, version, kind, name, namespace }
    : { version, kind, name, namespace };
  return { target, patch };
}

function targetKey({ target }: KustomizePatch): string {
  return `${target.kind} ${target.namespace} ${target.name} ${target.group}`;
}

/** How `target` is named from within `directory`. */
function relativePath(directory: string, target: string): string {
  const from = directory.split('/');
  const to = target.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) {
    shared++;
  }
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}
