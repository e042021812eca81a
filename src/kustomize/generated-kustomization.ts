import { BuildLog } from './build-log';
import { Kustomization, kustomizationFileOf } from './kustomization';

/**
 * What Flux writes into a directory that has no kustomization file: every file of YAML at and below it, hidden ones too, and
 * each directory that has one, as a whole. A file that holds anything else than objects is refused.
 */
export function generatedKustomization(log: BuildLog, directory: string): Kustomization {
  const resources: string[] = [];
  visit(directory);
  const path = directory ? `${directory}/kustomization.yaml` : 'kustomization.yaml';
  return new Kustomization(path, directory, { resources });

  function visit(at: string): void {
    const { files, directories } = log.tree.directory(at) ?? { files: [], directories: [] };
    const found = [...files.filter(isRead), ...directories].sort();
    for (const one of found) {
      if (log.tree.has(one)) {
        resources.push(relative(one));
      } else if (kustomizationFileOf(log.tree, one)) {
        resources.push(relative(one));
      } else {
        visit(one);
      }
    }
  }

  function isRead(path: string): boolean {
    return /\.ya?ml$/.test(path) && log.has(path);
  }

  function relative(path: string): string {
    return directory ? path.slice(directory.length + 1) : path;
  }
}
