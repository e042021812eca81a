import { isUtf8 } from 'buffer';
import * as fs from 'fs';
import * as path from 'path';
import { SUPPRESSION_FILE } from '../checks/listed-suppressions';
import { readSourceFile } from '../inventory/read-source-file';
import { KUSTOMIZATION_FILES, SourceFile, SourceTree } from '../inventory/source-file';
import { diskError } from './disk-error';

/** Directories that Flux never fetches. */
const SKIPPED = new Set(['.git']);

/** What an artifact of Flux may hold at most, by default; and so more than anything that is named in it. */
const MOST_BYTES = 50 * 1024 * 1024;

/**
 * Reads every file of YAML below a directory, and others when they are asked for. Links are not followed, as Flux takes none
 * into an artifact; throws where something cannot be read.
 */
export function readDirectory(root: string): SourceTree {
  const files: SourceFile[] = [];
  const others: string[] = [];
  visit('');
  return new SourceTree(files, others, (name) => readOther(root, name));

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

/**
 * The Git checkout that a directory is part of, and the directory's own path within, '' for all of it. One that is part of none
 * stands for itself.
 */
export function checkoutOf(directory: string): { readonly root: string; readonly within: string } {
  const real = fs.realpathSync(directory);
  for (let root = real; ; root = path.dirname(root)) {
    if (fs.existsSync(path.join(root, '.git'))) {
      return { root, within: path.relative(root, real) };
    }
    if (root === path.dirname(root)) {
      return { root: real, within: '' };
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
  return contentOf(file).toString('utf8');
}

function contentOf(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    throw diskError(`read '${file}'`, error, 'let whoever runs this read all of the repository');
  }
}

function isYaml(name: string): boolean {
  return /\.ya?ml$/.test(name) || KUSTOMIZATION_FILES.includes(name) || name === SUPPRESSION_FILE;
}

/** Reads a file that may be anything: text, an image, an archive of gigabytes. */
function readOther(root: string, name: string): SourceFile {
  const file = path.join(root, name);
  if (fs.lstatSync(file).size > MOST_BYTES) {
    return unreadable(name, `is larger than ${MOST_BYTES} bytes`);
  }
  const content = contentOf(file);
  return isUtf8(content)
    ? readSourceFile(name, content.toString('utf8'))
    : unreadable(name, 'is no text in UTF-8');
}

function unreadable(name: string, message: string): SourceFile {
  return { path: name, text: '', documents: [], problems: [{ message }], isUnreadable: true };
}
