import { SourceDocument } from '../inventory/source-file';
import { Origin } from './build-log';
import { fieldOf, textOf } from './values';
import { isMap } from '../vocabulary/is-map';

/** An object as a file has it. */
export interface WrittenObject {
  readonly manifest: any;
  readonly origin: Origin;
}

/** The objects of some documents, lists taken apart. Throws where kustomize would not take them for objects. */
export function objectsOf(documents: readonly SourceDocument[]): WrittenObject[] {
  const queue: WrittenObject[] = documents.flatMap((document) => unwrapped(document, documents));
  const found: WrittenObject[] = [];
  queue.forEach(requireObject);
  for (const one of queue) {
    const { manifest, origin } = one;
    if (!textOf(manifest.kind).endsWith('List') || !Object.hasOwn(manifest, 'items')) {
      found.push(one);
    } else if (Array.isArray(manifest.items)) {
      const inner = itemsOf(manifest, origin);
      inner.forEach(requireObject);
      queue.push(...inner);
    } else if (manifest.items !== null) {
      throw new Error(`items of a ${manifest.kind} must be a list`);
    }
  }
  return found;
}

/** A `List` that is alone in its file is taken apart before anybody looks at it. */
function unwrapped(
  document: SourceDocument,
  { length }: readonly SourceDocument[],
): WrittenObject[] {
  const { manifest } = document;
  const kind = fieldOf(manifest, 'kind');
  if (isNothing(manifest)) {
    return [];
  }
  return length === 1 &&
    (kind === 'List' || kind === 'ResourceList') &&
    Array.isArray(manifest.items)
    ? itemsOf(manifest, { document })
    : [{ manifest, origin: { document } }];
}

function itemsOf({ items }: any, { document, within = '' }: Origin): WrittenObject[] {
  return (items as any[])
    .map((manifest, i) => ({ manifest, origin: { document, within: `${within}/items/${i}` } }))
    .filter(({ manifest }) => !isNothing(manifest));
}

function requireObject({ manifest, origin: { within = '' } }: WrittenObject): void {
  const at = within && ` at ${within}`;
  const kind = isMap(manifest) ? textOf(manifest.kind ?? undefined) : '';
  if (!kind) {
    throw new Error(`what is no object of Kubernetes${at} cannot be built: it has no kind`);
  }
  if (!kind.endsWith('List') && !textOf(fieldOf(manifest.metadata, 'name') ?? undefined)) {
    throw new Error(`${kind}${at} has no metadata.name`);
  }
}

function isNothing(manifest: any): boolean {
  return (
    manifest === null ||
    manifest === undefined ||
    manifest === '' ||
    (typeof manifest === 'object' && Object.keys(manifest).length === 0)
  );
}
