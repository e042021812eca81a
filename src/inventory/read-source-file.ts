import {
  Document,
  DocumentOptions,
  isNode,
  isScalar,
  LineCounter,
  parseAllDocuments,
  ParseOptions,
  ScalarTag,
  SchemaOptions,
  Tags,
  visit,
} from 'yaml';
import { isMap } from '../vocabulary/is-map';
import { keysOf } from '../vocabulary/json-pointer';
import { MARKER_KEY } from './setter-comment';
import { FileProblem, KUSTOMIZATION_FILES, SourceDocument, SourceFile } from './source-file';
import { writtenMarkers } from './written-markers';

const BOOLEAN = 'tag:yaml.org,2002:bool';

/** What Go takes for texts, maps and lists like others, and JSON could not hold. */
const UNLIKE_GO = ['timestamp', 'binary', 'omap', 'pairs', 'set'].map(
  (name) => `tag:yaml.org,2002:${name}`,
);

/** What Go takes for the text that it stands for, such as a '*' that nobody sees. */
const BINARY: ScalarTag = {
  tag: 'tag:yaml.org,2002:binary',
  resolve: (text, onError) => {
    const base64 = text.replace(/[\r\n]/g, '');
    if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
      onError('!!binary must be base64');
    }
    return Buffer.from(base64, 'base64').toString('utf8');
  },
};

type Reading = DocumentOptions & ParseOptions & SchemaOptions;

/** As kustomize reads its own files and JSON patches: YAML 1.1, in which neither a date nor '1:30' is anything but a text. */
const INSTRUCTIONS: Reading = {
  version: '1.1',
  // Its own look for them takes time with the square of the keys; ours is below.
  uniqueKeys: false,
  merge: true,
  logLevel: 'silent',
  resolveKnownTags: false,
  customTags: (tags: Tags) => without(tags, ...UNLIKE_GO).concat(BINARY),
};

/** As it reads objects: 'yes' and 'off' are texts, too. */
const OBJECTS: Reading = {
  ...INSTRUCTIONS,
  customTags: (tags: Tags) => without(tags, ...UNLIKE_GO, BOOLEAN).concat(BINARY, 'bool'),
};

/** Aliases that a document may unfold to: enough for people, too few to fill the memory. */
const MOST_ALIASES = 1000;

/** What they may add to a file: more than the API server takes of an object. */
const MOST_ADDED = 3 * 1024 * 1024;

/**
 * Reads a file of YAML. What cannot be read is a problem of the file, never an exception.
 *
 * @param isInstruction whether it tells kustomize what to do, and is no object
 */
export function readSourceFile(
  path: string,
  text: string,
  isInstruction = KUSTOMIZATION_FILES.includes(path.slice(path.lastIndexOf('/') + 1)),
): SourceFile {
  const lines = new LineCounter();
  const problems: FileProblem[] = [];
  const documents: SourceDocument[] = [];
  const isMarked = text.includes(MARKER_KEY);
  const reading = isInstruction ? INSTRUCTIONS : OBJECTS;
  parsed(text, lines, problems, reading).forEach((document, index) => {
    for (const { message, pos } of document.errors) {
      problems.push({ message: firstLine(message), line: lines.linePos(pos[0]).line });
    }
    const repeated = repeatedKeys(document).map((offset) => lines.linePos(offset).line);
    repeated.forEach((line) => problems.push({ message: 'Map keys must be unique', line }));
    try {
      const isWhole = document.errors.length + repeated.length === 0;
      const manifest = isWhole ? contentOf(document, text) : undefined;
      if (manifest !== undefined && manifest !== null) {
        const markers = isMarked ? writtenMarkers(text, document) : [];
        documents.push({ path, index, manifest, markers });
      }
    } catch (error) {
      problems.push({ message: firstLine((error as Error).message) });
    }
  });
  return { path, text, documents, problems };
}

/** Tells the line, from 1, of what is at a JSON pointer of a document, or of what is nearest above it; reads the text once. */
export function lineFinder({
  text,
}: SourceFile): (index: number, pointer: string) => number | undefined {
  const lines = new LineCounter();
  const documents = parsed(text, lines, [], OBJECTS);
  return (index, pointer) => {
    const document = documents[index];
    const keys = keysOf(pointer);
    for (let depth = keys.length; document && depth >= 0; depth--) {
      const node = depth === 0 ? document.contents : nodeAt(document, keys.slice(0, depth));
      if (isNode(node) && node.range) {
        return lines.linePos(node.range[0]).line;
      }
    }
    return undefined;
  };
}

function nodeAt(document: Document, keys: readonly string[]): unknown {
  try {
    return document.getIn(keys, true);
  } catch {
    return undefined; // the way leads through a scalar
  }
}

function parsed(
  text: string,
  lineCounter: LineCounter,
  problems: FileProblem[],
  reading: Reading,
): Document.Parsed[] {
  try {
    const documents = parseAllDocuments(text, { ...reading, lineCounter });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    problems.push({ message: firstLine((error as Error).message) });
    return [];
  }
}

function without(tags: Tags, ...dropped: readonly string[]): Tags {
  return tags.filter(
    (tag) =>
      typeof tag === 'string' || (tag.format !== 'TIME' && !dropped.includes(String(tag.tag))),
  );
}

/** Where in the text of a document keys are that their maps have before. */
function repeatedKeys(document: Document.Parsed): number[] {
  const offsets: number[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const known = new Set<unknown>();
      for (const { key } of items) {
        if (isScalar(key)) {
          if (known.has(key.value)) {
            offsets.push(key.range?.[0] ?? 0);
          }
          known.add(key.value);
        }
      }
    },
  });
  return offsets;
}

/** Content as JSON: what YAML alone can say, such as a list for a key, becomes a text. */
function contentOf(document: Document.Parsed, text: string): unknown {
  const content = document.toJS({ maxAliasCount: MOST_ALIASES });
  const json = content === undefined ? 'null' : JSON.stringify(content);
  if (json.length > 2 * text.length + MOST_ADDED) {
    throw new Error(`aliases add more than ${MOST_ADDED} characters`);
  }
  return JSON.parse(json, json.includes('"toString"') ? readable : undefined);
}

/** A map whose field 'toString' would make it throw where it is taken for a text. */
function readable(_: string, value: unknown): unknown {
  if (isMap(value) && Object.hasOwn(value, 'toString')) {
    Object.defineProperty(value, Symbol.toPrimitive, { value: () => '', enumerable: true });
  }
  return value;
}

function firstLine(message: string): string {
  return message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, '');
}
