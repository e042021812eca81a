import { isOpaque } from '../../clusters/applied-object';
import { lineFinder } from '../../inventory/read-source-file';
import { SourceFile } from '../../inventory/source-file';
import { FileCheck, FileProblem } from '../check';
import { IMAGE_UPDATES } from '../image-updates-example';
import { MarkerComment, markerComments } from '../marker-comments';
import { policySetter } from '../policy-setter';
import { grouped } from '../../vocabulary/grouped';
import { isMap } from '../../vocabulary/is-map';

const FORMS = `'<namespace>:<policy>', or that with ':tag', ':name' or ':digest' behind it`;

export const markerForm: FileCheck = {
  id: 'marker-form',
  severity: 'error',
  profile: 'recommended',
  summary: 'every setter marker must be one that Flux can read',
  why: 'Flux takes a comment for a marker only when it is one JSON object with double quotes, and stands behind a value. It reads anything else as a comment of people, and a file that is one kind: List it does not write back. Neither is reported.',
  remedy:
    'write # {"$imagepolicy": "<namespace>:<policy>"} behind the value, with nothing else on the line, and a document for each object',
  links: [
    'https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources',
    'https://fluxcd.io/flux/components/image/imageupdateautomations/#update',
  ],
  bad: IMAGE_UPDATES.concat(
    '  tag: 6.0.0 # {"$imagepolicy": "apps:podinfo:tag"} of the chart, too\n',
  ),
  good: IMAGE_UPDATES.concat('  tag: 6.0.0 # {"$imagepolicy": "apps:podinfo:tag"}\n'),
  *examineFile(file) {
    if (file.problems.length > 0) {
      return;
    }
    const lines = file.text.split('\n');
    // A template that happens to be YAML is nothing that Flux could parse.
    const comments = markerComments(file.text).filter(
      ({ line }) => !lines[line - 1].includes('{{'),
    );
    for (const { text, line, setter } of comments) {
      if (setter === undefined) {
        yield {
          message: `setter marker must be one JSON object and nothing else, got '${text}'`,
          line,
        };
      } else if (!policySetter(setter) && !isOpaque(setter)) {
        yield { message: `setter marker must be ${FORMS}, got '${setter}'`, line };
      }
    }
    if (comments.length > 0) {
      yield* unattached(file, comments);
      yield* inList(file);
    }
  },
};

/** Comments that would be markers if there were a value that they stand behind. */
function* unattached(file: SourceFile, comments: readonly MarkerComment[]): Iterable<FileProblem> {
  const read = comments.filter(({ setter }) => setter !== undefined);
  const said = grouped(read, ({ setter }) => setter!);
  const markers = grouped(
    file.documents.flatMap((document) => document.markers),
    ({ setter }) => setter,
  );
  const short = read.filter(
    ({ setter }) => (markers.get(setter!)?.length ?? 0) < said.get(setter!)!.length,
  );
  if (short.length === 0) {
    return; // without reading the file again, to know the lines
  }
  const lineOf = lineFinder(file);
  const marked = new Map<string, Set<number>>();
  for (const document of file.documents) {
    for (const { pointer, setter } of document.markers) {
      const lines = marked.get(setter) ?? new Set();
      marked.set(setter, lines.add(lineOf(document.index, pointer) ?? 0));
    }
  }
  for (const { setter, line, text } of short) {
    if (![line, line + 1].some((near) => marked.get(setter!)?.has(near))) {
      yield {
        message: `setter marker must stand behind a text or number, got '${text}' elsewhere`,
        line,
      };
    }
  }
}

/** Flux takes the list of a file apart, and then knows of no file that its items belong to. */
function* inList({ documents }: SourceFile): Iterable<FileProblem> {
  const [document, ...others] = documents;
  const kind = isMap(document?.manifest) ? document.manifest.kind : undefined;
  if (others.length === 0 && (kind === 'List' || kind === 'ResourceList')) {
    for (const { pointer, setter } of document.markers) {
      yield {
        message: `setter marker '${setter}' must not be in a ${kind}, which Flux does not write back`,
        pointer,
        index: document.index,
      };
    }
  }
}
