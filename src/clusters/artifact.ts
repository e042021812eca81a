import { SourceRepository, SourceTree } from '../inventory/source-file';
import { ignoredBy, IgnoreText } from './source-ignore';

const IGNORE_FILE = '.sourceignore';

const known = new WeakMap<SourceTree, Map<unknown, SourceTree>>();

/**
 * What of a repository is in the artifact that Flux builds from.
 *
 * @param ignore of the source that fetches it
 */
export function artifactOf({ tree }: SourceRepository, ignore?: unknown): SourceTree {
  const artifacts = known.get(tree) ?? new Map<unknown, SourceTree>();
  known.set(tree, artifacts);
  const own = typeof ignore === 'string' ? [{ text: ignore, directory: '' }] : [];
  const key = own[0]?.text;
  const artifact = artifacts.get(key) ?? tree.without(ignoredBy([...ignoreFiles(tree), ...own]));
  artifacts.set(key, artifact);
  return artifact;
}

/** The ignore files of a tree, those of a directory before what is below it. */
function ignoreFiles(tree: SourceTree, directory = ''): IgnoreText[] {
  const path = directory ? `${directory}/${IGNORE_FILE}` : IGNORE_FILE;
  const text = tree.file(path)?.text;
  const below = tree.directory(directory)?.directories ?? [];
  return [
    ...(text === undefined ? [] : [{ text, directory }]),
    ...below.flatMap((one) => ignoreFiles(tree, one)),
  ];
}
