import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { identityOf } from '../inventory/identity';
import { pointerTo } from '../vocabulary/json-pointer';

/** A field that carries a setter marker in a file of the repository. */
export interface CommittedField {
  /** JSON pointer within its object. */
  readonly pointer: string;
  /** The comment, without '#' and the spaces around it. */
  readonly comment: string;
  readonly value: string | undefined;
}

/** An object of a file of the repository, as far as image automation goes. */
export interface CommittedObject {
  readonly identity: string;
  readonly manifest: any;
  readonly fields: readonly CommittedField[];
}

/** Flux's own test of whether a file is worth parsing. */
const MARKER_KEY = '"$imagepolicy"';

/** The objects in the text of a file that has marked fields. Throws when it is not YAML. */
export function committedObjects(text: string): CommittedObject[] {
  if (!text.includes(MARKER_KEY)) {
    return [];
  }
  return parseAllDocuments(text, { version: '1.1', logLevel: 'silent' }).map((document) => {
    const [error] = document.errors;
    if (error) {
      throw new Error(error.message.split('\n')[0]);
    }
    const fields: CommittedField[] = [];
    collect(document.contents, '', fields);
    const manifest = document.toJS() ?? {};
    return {
      identity: identityOf(manifest),
      manifest,
      fields,
    };
  });
}

/** Visits scalar values only, as Flux does: keys, maps and lists cannot be marked. */
function collect(node: unknown, pointer: string, fields: CommittedField[]): void {
  if (isScalar(node)) {
    if (node.comment?.includes(MARKER_KEY)) {
      // An unquoted 1.10 is a number to YAML and a tag to Flux.
      const value = typeof node.value === 'string' ? node.value : node.source;
      fields.push({ pointer, comment: node.comment.trim(), value });
    }
  } else if (isMap(node)) {
    for (const { key, value } of node.items) {
      const part = String(isScalar(key) ? key.value : key);
      collect(value, pointerTo(pointer, part), fields);
    }
  } else if (isSeq(node)) {
    node.items.forEach((item, i) => collect(item, `${pointer}/${i}`, fields));
  }
}
