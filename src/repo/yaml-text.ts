import { pointerTo } from '../vocabulary/json-pointer';
import { markerComment, SetterMarker } from '../vocabulary/setter-marker';
import { quoted } from '../vocabulary/quoted';
import { yamlKey, yamlString } from './yaml-scalar';

/** A setter comment, and the value that it stands behind. */
interface Comment {
  readonly text: string;
  readonly expected: string;
}

const NO_COMMENTS: ReadonlyMap<string, Comment> = new Map();

/**
 * `value` as one YAML document, in the form that Flux's own writer leaves: two spaces, no folding, keys in the
 * order they have. A marked field carries its setter comment on the same line.
 *
 * Throws on what YAML or JSON cannot carry, and on a marker that names no string of one line, or another than it expects.
 */
export function yamlDocument(value: any, markers: readonly SetterMarker[] = []): string {
  const comments = markers.length === 0 ? NO_COMMENTS : commentsByPointer(markers);
  const writer = new YamlWriter(comments);
  const text = writer.document(value);
  for (const pointer of comments.keys()) {
    if (!writer.marked.has(pointer)) {
      throw new Error(`setter marker at '${pointer}' must name a string of one line in the object`);
    }
  }
  return text;
}

/** Documents as one file. */
export function documents(texts: readonly string[]): string {
  return texts.join('---\n');
}

function commentsByPointer(markers: readonly SetterMarker[]): ReadonlyMap<string, Comment> {
  const comments = new Map<string, Comment>();
  for (const marker of markers) {
    const text = markerComment(marker);
    const other = comments.get(marker.pointer)?.text;
    if (other !== undefined && other !== text) {
      throw new Error(`two setter markers at '${marker.pointer}': ${other} and ${text}`);
    }
    comments.set(marker.pointer, { text, expected: marker.expected });
  }
  return comments;
}

class YamlWriter {
  public readonly marked = new Set<string>();

  constructor(private readonly comments: ReadonlyMap<string, Comment>) {}

  public document(value: any): string {
    const text = this.node(value, 0, '');
    return text.startsWith('\n') ? `${text.slice(1)}\n` : `${text.trimStart()}\n`;
  }

  /** What follows a key and its colon: a space and a scalar, or a line break and a block. */
  private node(value: any, indent: number, pointer: string): string {
    switch (typeof value) {
      case 'string':
        return ` ${this.string(value, indent, pointer)}`;
      case 'boolean':
        return ` ${value}`;
      case 'number':
        if (!Number.isFinite(value)) {
          throw new Error(`number must be finite, got ${value}`);
        }
        // To YAML 1.1, '1e+21' is a text: an exponent takes a dot.
        return ` ${JSON.stringify(value).replace(/^(-?\d+)e/, '$1.0e')}`;
      case 'object':
        if (value === null) {
          return ' null';
        }
        return Array.isArray(value)
          ? this.sequence(value, indent, pointer)
          : this.map(value, indent, pointer);
      default:
        throw new Error(`value must be JSON, got a ${typeof value}`);
    }
  }

  private string(value: string, indent: number, pointer: string): string {
    const comment = this.comments.get(pointer);
    if (comment === undefined) {
      return yamlString(value, indent);
    }
    const text = yamlString(value, indent);
    if (/[\n\r]/.test(value)) {
      return text;
    }
    if (value !== comment.expected) {
      throw new Error(
        `setter marker at '${pointer}' must be behind ${quoted(comment.expected)}, got ${quoted(value)}`,
      );
    }
    this.marked.add(pointer);
    return `${text} # ${comment.text}`;
  }

  private sequence(items: any[], indent: number, pointer: string): string {
    if (items.length === 0) {
      return ' []';
    }
    const pad = `\n${' '.repeat(indent)}-`;
    let text = '';
    for (let i = 0; i < items.length; i++) {
      const item = this.node(items[i], indent + 2, this.below(pointer, String(i)));
      text += pad + (item.startsWith('\n') ? ` ${item.slice(1 + indent + 2)}` : item);
    }
    return text;
  }

  private map(map: Record<string, any>, indent: number, pointer: string): string {
    const prototype = Object.getPrototypeOf(map);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      throw new Error(`value must be JSON, got a ${prototype.constructor.name}`);
    }
    const pad = `\n${' '.repeat(indent)}`;
    let text = '';
    for (const key of Object.keys(map)) {
      const value = map[key];
      if (value !== undefined) {
        text += `${pad}${yamlKey(key)}:${this.node(value, indent + 2, this.below(pointer, key))}`;
      }
    }
    return text || ' {}';
  }

  /** Pointers are only followed where something is marked. */
  private below(pointer: string, part: string): string {
    return this.comments.size === 0 ? '' : pointerTo(pointer, part);
  }
}
