import { SourceRepository, SourceTree } from '../inventory/source-file';
import { isWithin } from '../vocabulary/relative-path';
import { ignoredBy, IgnoreText } from './source-ignore';

const IGNORE_FILE = '.sourceignore';

/** What a source fetches. */
export interface Fetched {
  readonly repository: SourceRepository;
  /** The directory of the repository that is the root of what is fetched. @default - all of it is fetched */
  readonly root?: string;
  /** What the source says that it leaves out. @default - nothing but what the repository says itself */
  readonly ignore?: unknown;
}

const known = new WeakMap<SourceTree, Map<string, SourceTree>>();

/** What of a repository is in the artifact that Flux builds from, by the paths that it has in the repository. */
export function artifactOf({ repository: { tree }, root = '', ignore }: Fetched): SourceTree {
  const artifacts = known.get(tree) ?? new Map<string, SourceTree>();
  known.set(tree, artifacts);
  const own = typeof ignore === 'string' ? [{ text: ignore, directory: root }] : [];
  const key = JSON.stringify([root, ...own]);
  if (!artifacts.has(key)) {
    const isIgnored = ignoredBy([...ignoreFiles(tree, root), ...own]);
    artifacts.set(
      key,
      tree.without((path) => !isWithin(path, root) || isIgnored(path)),
    );
  }
  return artifacts.get(key)!;
}

/** A directory of what is fetched, as the repository has it. */
export function directoryWithin(fetched: Fetched | undefined, path: string): string {
  return [fetched?.root ?? '', path].filter((part) => part !== '').join('/');
}

/** How much is known of what is fetched, in a directory that is as the repository has it. */
export function knownPart(
  fetched: Fetched | undefined,
  directory: string,
): 'all' | 'some' | 'none' {
  if (!fetched) {
    return 'none';
  }
  const { directory: written = '' } = fetched.repository;
  if (isWithin(directory, written)) {
    return 'all';
  }
  return isWithin(written, directory) ? 'some' : 'none';
}

/** The ignore files of a tree, those of a directory before what is below it. */
function ignoreFiles(tree: SourceTree, directory: string): IgnoreText[] {
  const path = directory ? `${directory}/${IGNORE_FILE}` : IGNORE_FILE;
  const text = tree.file(path)?.text;
  const below = tree.directory(directory)?.directories ?? [];
  return [
    ...(text === undefined ? [] : [{ text, directory }]),
    ...below.flatMap((one) => ignoreFiles(tree, one)),
  ];
}
