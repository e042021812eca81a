import { SourceDocument, SourceTree } from '../inventory/source-file';
import { Build, BuildAdditions, BuildError, BuiltObject } from './build';

/** Names under which kustomize looks for the file that says what a directory is built of. */
export const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/**
 * Builds a directory as kustomize-controller does. A directory without a kustomization file is built of every file of
 * YAML at and below it.
 */
export function buildDirectory(
  tree: SourceTree,
  directory: string,
  _additions: BuildAdditions = {},
): Build {
  const objects: BuiltObject[] = [];
  const errors: BuildError[] = [];
  const used = new Set<string>();
  visit(directory);
  return { objects, errors, unread: [], used };

  function visit(path: string): void {
    const file = kustomizationFileOf(tree, path);
    if (!file) {
      const listing = tree.directory(path);
      listing?.files.forEach(addFile);
      listing?.directories.forEach(visit);
      return;
    }
    used.add(file);
    for (const resource of tree.file(file)?.documents[0]?.manifest?.resources ?? []) {
      const target = joined(path, String(resource));
      if (tree.has(target)) {
        addFile(target);
      } else if (tree.directory(target)) {
        visit(target);
      } else {
        errors.push({ path: file, message: `'${resource}' is not there` });
      }
    }
  }

  function addFile(path: string): void {
    used.add(path);
    for (const document of tree.file(path)?.documents ?? []) {
      if (isObject(document)) {
        objects.push({ manifest: document.manifest, document });
      }
    }
  }
}

/** The kustomization file of a directory; undefined where it has none. */
export function kustomizationFileOf(tree: SourceTree, directory: string): string | undefined {
  return KUSTOMIZATION_FILES.map((name) => (directory ? `${directory}/${name}` : name)).find(
    (path) => tree.has(path),
  );
}

function isObject({ manifest }: SourceDocument): boolean {
  return typeof manifest?.kind === 'string' && typeof manifest?.apiVersion === 'string';
}

function joined(directory: string, relative: string): string {
  const parts = directory ? directory.split('/') : [];
  for (const part of relative.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }
  return parts.join('/');
}
