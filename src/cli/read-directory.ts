import * as fs from 'fs';
import * as path from 'path';
import { SUPPRESSION_FILE } from '../checks/listed-suppressions';
import { readSourceFile } from '../inventory/read-source-file';
import { SourceFile, SourceTree } from '../inventory/source-file';
import { KUSTOMIZATION_FILES } from '../kustomize/build-directory';
import { diskError } from './disk-error';

/** Directories that Flux never fetches. */
const SKIPPED = new Set(['.git']);

/** Reads every file of YAML below a directory. Links are not followed; throws where something cannot be read. */
export function readDirectory(root: string): SourceTree {
  const files: SourceFile[] = [];
  const others: string[] = [];
  visit('');
  return new SourceTree(files, others);

  function visit(directory: string): void {
    for (const entry of entriesOf(path.join(root, directory), directory === '')) {
      const name = directory ? `${directory}/${entry.name}` : entry.name;
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
        visit(name);
      } else if (entry.isFile()) {
        if (isYaml(entry.name)) {
          files.push(readSourceFile(name, textOf(path.join(root, name))));
        } else {
          others.push(name);
        }
      }
    }
  }
}

function entriesOf(directory: string, isRoot: boolean): fs.Dirent[] {
  try {
    return fs.readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    const remedy = isRoot
      ? 'give the directory that a repository is checked out into'
      : 'let whoever runs this read all of the repository';
    throw diskError(`read directory '${directory}'`, error, remedy);
  }
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw diskError(`read '${file}'`, error, 'let whoever runs this read all of the repository');
  }
}

function isYaml(name: string): boolean {
  return /\.ya?ml$/.test(name) || KUSTOMIZATION_FILES.includes(name) || name === SUPPRESSION_FILE;
}
