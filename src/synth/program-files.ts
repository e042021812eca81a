import { Finding } from '../checks/finding';
import { SUPPRESSION_FILE } from '../checks/listed-suppressions';
import { SourceFile, SourceTree } from '../inventory/source-file';
import { RepoDocument, RepoFile } from '../repo/repo-file';
import { yamlDocument } from '../repo/yaml-text';
import { setterName } from '../vocabulary/setter-marker';

/** Files of a program as the audit of a directory would read them. */
export function sourceTree(files: readonly RepoFile[]): SourceTree {
  return new SourceTree(
    files.map(sourceFile),
    files.flatMap(({ foreign = [] }) => foreign),
  );
}

/** The list of what a program suppresses in one repository; undefined where that is nothing. */
export function suppressionFile(suppressed: readonly Finding[]): RepoFile | undefined {
  const entries = new Map<string, object>();
  for (const { check, path, identity: object, suppression } of suppressed) {
    const { owner, reason, by } = suppression!;
    if (by !== 'program') {
      continue; // it is written where it is said
    }
    const entry = { check, path, ...(object !== undefined && { object }), owner, reason };
    entries.set(JSON.stringify(entry), entry);
  }
  if (entries.size === 0) {
    return undefined;
  }
  const suppressions = [...entries.keys()].sort().map((key) => entries.get(key));
  return { path: SUPPRESSION_FILE, text: yamlDocument({ suppressions }) };
}

function sourceFile({ path, text, documents = [] }: RepoFile): SourceFile {
  return {
    path,
    text,
    problems: [],
    documents: documents.map(({ manifest, markers, constructPath }: RepoDocument, index) => ({
      path,
      index,
      manifest,
      constructPath,
      markers: markers.map((marker) => ({
        pointer: marker.pointer,
        setter: setterName(marker),
        value: marker.expected,
      })),
    })),
  };
}
