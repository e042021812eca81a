import { ManifestObject } from '../inventory/manifest-object';

/** The name for a file of objects of one kind; `kustomization.yaml` is the directory's own list. */
export function fileNameOf(kind: string): string {
  return kind === 'Kustomization' ? 'sync' : kind.toLowerCase();
}

/** The objects of a file in an order that does not depend on that of their declarations. */
export function inOrder(objects: readonly ManifestObject[]): ManifestObject[] {
  const keyed = objects.map((object) => ({ object, key: sortKey(object.manifest) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ object }) => object);
}

function sortKey(manifest: any): string {
  const { namespace = '', name } = manifest.metadata;
  return `${manifest.kind} ${namespace} ${name} ${manifest.apiVersion}`;
}
