import * as fs from 'fs';
import * as path from 'path';
import { SUPPRESSION_FILE } from '../checks/suppressions';
import { readSourceFile } from '../inventory/read-source-file';
import { SourceFile, SourceTree } from '../inventory/source-file';
import { KUSTOMIZATION_FILES } from '../kustomize/build-directory';

/** Directories that Flux never fetches. */
const SKIPPED = new Set(['.git']);

/** Reads every file of YAML below a directory. Links are not followed; throws where there is no directory. */
export function readDirectory(root: string): SourceTree {
  const files: SourceFile[] = [];
  const others: string[] = [];
  visit('');
  return new SourceTree(files, others);

  function visit(directory: string): void {
    const entries = fs.readdirSync(path.join(root, directory), { withFileTypes: true });
    for (const entry of entries) {
      const name = directory ? `${directory}/${entry.name}` : entry.name;
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
        visit(name);
      } else if (entry.isFile()) {
        if (isYaml(entry.name)) {
          files.push(readSourceFile(name, fs.readFileSync(path.join(root, name), 'utf8')));
        } else {
          others.push(name);
        }
      }
    }
  }
}

function isYaml(name: string): boolean {
  return /\.ya?ml$/.test(name) || KUSTOMIZATION_FILES.includes(name) || name === SUPPRESSION_FILE;
}
