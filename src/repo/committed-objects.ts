import { isMap, isNode, isScalar, isSeq, parseAllDocuments, Scalar } from 'yaml';
import { identityOf } from '../inventory/identity';
import { pointerTo } from '../vocabulary/json-pointer';
import { MARKER_KEY, setterAt } from './committed-comment';

/** A field that carries a setter marker in a file of the repository. */
export interface CommittedField {
  /** JSON pointer within its object. */
  readonly pointer: string;
  /** What Flux calls the setter: `<namespace>:<policy>`, and `:tag` and the like for a part. */
  readonly setter: string;
  readonly value: string | undefined;
}

/** An object of a file of the repository, as far as image automation goes. */
export interface CommittedObject {
  readonly identity: string;
  readonly manifest: any;
  readonly fields: readonly CommittedField[];
}

/** Whether an object is a kustomization file, which has no name: only its place tells it from others. */
export function isKustomizationFile({ kind, metadata }: any): boolean {
  return kind === 'Kustomization' && !metadata?.name;
}

/** Whether Flux would look into a file. */
export function mayBeMarked(bytes: Buffer): boolean {
  return bytes.includes(MARKER_KEY);
}

/** The objects in a text. Throws when it is not YAML. */
export function committedObjects(text: string): CommittedObject[] {
  const isMarked = text.includes(MARKER_KEY);
  return parseAllDocuments(text, { version: '1.1', logLevel: 'silent' }).map((document) => {
    const [error] = document.errors;
    if (error) {
      throw new Error(error.message.split('\n')[0]);
    }
    const fields: CommittedField[] = [];
    if (isMarked) {
      collect(text, document.contents, '', fields);
    }
    const manifest = document.toJS() ?? {};
    return { identity: identityOf(manifest), manifest, fields };
  });
}

/**
 * Visits scalar values only, as Flux does: keys, maps and lists cannot be marked.
 *
 * @param above comment that the parser found somewhere else, and that may be above `node`
 */
function collect(
  text: string,
  node: unknown,
  pointer: string,
  fields: CommittedField[],
  above?: string | null,
): void {
  if (isScalar(node)) {
    const setter = setterAt(text, node, node.commentBefore ?? above);
    if (setter !== undefined) {
      fields.push({ pointer, setter, value: valueOf(node) });
    }
  } else if (isMap(node)) {
    for (const { key, value } of node.items) {
      const part = String(isScalar(key) ? key.value : key);
      collect(text, value, pointerTo(pointer, part), fields);
    }
  } else if (isSeq(node)) {
    // A comment above an item is the parser's comment of the list, or of the item before.
    let before = node.commentBefore;
    node.items.forEach((item, i) => {
      collect(text, item, `${pointer}/${i}`, fields, before);
      before = isNode(item) ? item.comment : undefined;
    });
  }
}

function valueOf({ value, source }: Scalar): string | undefined {
  // An unquoted 1.10 is a number to YAML and a tag to Flux.
  return typeof value === 'string' ? value : value === null ? undefined : source;
}
