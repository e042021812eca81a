import { SourceDocument } from '../inventory/source-file';
import { NotOneObject } from './build-log';
import { objectsOf } from './file-objects';
import { jsonPatched, operationsOf } from './json-patch';
import { Resource } from './resource';
import { idOf, kindOf, namespaceOf } from './resource-id';
import { described, ResourceList } from './resource-list';
import { strategicallyMerged } from './strategic-merge';
import { selected } from './target-selector';
import { fieldOf, textsOf, withField, withMetadata } from './values';
import { isMap } from '../vocabulary/is-map';

/** A patch that was read: objects to merge, or operations. */
export interface ReadPatch {
  readonly merges?: readonly any[];
  readonly operations?: readonly any[];
}

/** What the documents of a patch are. Throws where they are neither of both. */
export function readPatch(documents: readonly SourceDocument[]): ReadPatch {
  const operations = operationsOf(documents[0]?.manifest);
  if (operations) {
    return operations.length > 0 ? { operations } : {};
  }
  const merges = objectsOf(documents).map(({ manifest }) => manifest);
  return merges.length > 0 ? { merges } : {};
}

/** Applies one of `patches`. Throws where kustomize would. */
export function applyPatch(
  list: ResourceList,
  { merges, operations }: ReadPatch,
  { target, options }: any,
): void {
  if (operations) {
    if (!target) {
      throw new Error('a JSON patch must have a target');
    }
    applyOperations(list, operations, target, true);
  } else if (merges && target) {
    if (merges.length > 1) {
      throw new Error('a patch with a target must hold one object, not several');
    }
    const chosen = new Set(selected(list, target));
    merge(list, chosen, rewritten(merges[0]), options);
  } else {
    for (const patch of merges ?? []) {
      merge(list, new Set([meant(list, patch)]), patch, options);
    }
  }
}

/** Applies one of `patchesStrategicMerge`: to the one object that it names. Throws where there is none. */
export function applyMerge(list: ResourceList, patch: any): void {
  merge(list, new Set([meant(list, patch)]), rewritten(patch), {});
}

/**
 * Applies a JSON patch to all that a target chooses. Throws where it does not apply.
 *
 * @param isNoted whether kustomize takes a note of each before, so that none is without annotations
 */
export function applyOperations(
  list: ResourceList,
  operations: readonly any[],
  target: any,
  isNoted: boolean,
): void {
  let isRenamed = false;
  for (const resource of selected(list, target)) {
    const { id } = resource;
    if (isNoted) {
      resource.remember();
    }
    const { manifest } = resource;
    const { metadata } = manifest;
    const start =
      resource.hasNotes && isMap(metadata) && !isMap(metadata.annotations)
        ? withMetadata(manifest, 'annotations', {})
        : manifest;
    const patched = jsonPatched(start, operations);
    if (!isMap(patched.metadata)) {
      throw new Error(`the patch leaves ${described(resource)} without metadata`);
    }
    const annotations = textsOf(patched.metadata.annotations);
    const hasAny = Object.keys(annotations).length > 0;
    resource.manifest = withMetadata(patched, 'annotations', hasAny ? annotations : undefined);
    isRenamed ||= resource.id !== id;
  }
  if (isRenamed) {
    list.forget();
  }
}

function merge(list: ResourceList, chosen: ReadonlySet<Resource>, patch: any, options: any): void {
  const { allowNameChange = false, allowKindChange = false } = options ?? {};
  const deleted = new Set<Resource>();
  for (const resource of chosen) {
    const { manifest, kind, name } = resource;
    if (allowNameChange || allowKindChange) {
      resource.remember();
    }
    const merged = strategicallyMerged(manifest, {
      ...patch,
      ...(manifest.apiVersion !== undefined && { apiVersion: manifest.apiVersion }),
    });
    if (!isMap(merged) || Object.keys(merged).length === 0) {
      deleted.add(resource);
      continue;
    }
    forgetNotes(resource, patch);
    const metadata = {
      ...merged.metadata,
      ...(!allowNameChange && { name: fieldOf(manifest.metadata, 'name') ?? name }),
    };
    resource.manifest = {
      ...merged,
      kind: allowKindChange ? kindOf(merged) : kind,
      metadata: withField(metadata, 'namespace', namespaceOf(manifest) || undefined),
    };
  }
  if (deleted.size > 0) {
    list.keep((resource) => !deleted.has(resource));
  }
  if (allowNameChange || allowKindChange) {
    list.forget();
    const [double] = list.doubles;
    if (double) {
      throw new Error(`the patch makes two objects one: ${described(double)}`);
    }
  }
}

/** Kustomize's notes are annotations, which a patch may take away or replace. */
function forgetNotes(resource: Resource, patch: any): void {
  const annotations = fieldOf(fieldOf(patch, 'metadata'), 'annotations');
  if (annotations === null || ['replace', 'delete'].includes(fieldOf(annotations, '$patch'))) {
    resource.previous.length = resource.prefixes.length = resource.suffixes.length = 0;
    resource.hasNotes = resource.needsHash = false;
  }
}

/** The one object that a patch names. */
function meant(list: ResourceList, patch: any): Resource {
  const id = idOf(patch);
  const found = list.ofName(patch.metadata.name).filter((resource) => resource.wasEver(id));
  if (found.length !== 1) {
    const one = { kind: kindOf(patch), name: patch.metadata.name, namespace: namespaceOf(patch) };
    const message = `the patch is of ${described(one)}, of which there are ${found.length}`;
    throw new NotOneObject(message);
  }
  return found[0];
}

/**
 * A patch as kustomize writes it anew before it merges it: labels and annotations become texts, so that a null, which would
 * take one away, sets it to 'null'.
 */
function rewritten(patch: any): any {
  let metadata = patch.metadata;
  for (const field of ['labels', 'annotations']) {
    const texts = textsOf(metadata[field]);
    metadata = withField(metadata, field, Object.keys(texts).length > 0 ? texts : undefined);
  }
  return { ...patch, metadata: withField(metadata, 'namespace', namespaceOf(patch) || undefined) };
}
