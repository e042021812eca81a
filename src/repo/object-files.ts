import { ManifestObject } from '../inventory/manifest-object';
import { sortedBy } from '../vocabulary/sorted-by';

/** The name for a file of objects of one kind; `kustomization.yaml` is the directory's own list. */
export function fileNameOf(kind: string): string {
  return kind === 'Kustomization' ? 'sync' : kind.toLowerCase();
}

/** The objects of a file in an order that does not depend on that of their declarations. */
export function inOrder(objects: readonly ManifestObject[]): ManifestObject[] {
  return sortedBy(objects, sortKey);
}

function sortKey({ manifest }: ManifestObject): string {
  const { namespace = '', name } = manifest.metadata;
  return `${manifest.kind} ${namespace} ${name} ${manifest.apiVersion}`;
}
