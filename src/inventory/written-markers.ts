import { Document, isMap, isNode, isScalar, isSeq, Scalar } from 'yaml';
import { pointerTo } from '../vocabulary/json-pointer';
import { setterAt } from './setter-comment';

/** A field behind which a setter marker stands. */
export interface WrittenMarker {
  /** JSON pointer within its document. */
  readonly pointer: string;
  /** What Flux calls the setter: `<namespace>:<policy>`, and `:tag` and the like for a part. */
  readonly setter: string;
  /** @default - none; the field is empty */
  readonly value: string | undefined;
}

/** The setter markers that Flux would find in one document of `text`. */
export function writtenMarkers(text: string, document: Document.Parsed): WrittenMarker[] {
  const markers: WrittenMarker[] = [];
  collect(text, document.contents, '', markers);
  return markers;
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
  markers: WrittenMarker[],
  above?: string | null,
): void {
  if (isScalar(node)) {
    const setter = setterAt(text, node, node.commentBefore ?? above);
    if (setter !== undefined) {
      markers.push({ pointer, setter, value: valueOf(node) });
    }
  } else if (isMap(node)) {
    for (const { key, value } of node.items) {
      const part = String(isScalar(key) ? key.value : key);
      collect(text, value, pointerTo(pointer, part), markers);
    }
  } else if (isSeq(node)) {
    // A comment above an item is the parser's comment of the list, or of the item before.
    let before = node.commentBefore;
    node.items.forEach((item, i) => {
      collect(text, item, `${pointer}/${i}`, markers, before);
      before = isNode(item) ? item.comment : undefined;
    });
  }
}

function valueOf({ value, source }: Scalar): string | undefined {
  // An unquoted 1.10 is a number to YAML and a tag to Flux.
  return typeof value === 'string' ? value : value === null ? undefined : source;
}
