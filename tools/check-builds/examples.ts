import { readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { readSourceFile } from '../../src/inventory/read-source-file';
import { Tree } from './trees';

/** As many of one repository, far from each other: those of its tenants are all alike. */
const MOST = 30;

/** Directories of the examples that Flux builds, each with what the Kustomization says that does. */
export function exampleTrees(examples: string): Tree[] {
  return readdirSync(examples).flatMap((example) => {
    const repositories = readdirSync(join(examples, example)).map((name) =>
      filesBelow(join(examples, example, name)),
    );
    const syncs = repositories.flatMap(syncsOf);
    return repositories.map((files) => {
      const paths = Object.keys(files)
        .filter((path) => path.endsWith('/kustomization.yaml'))
        .map((path) => path.slice(0, path.lastIndexOf('/')))
        .filter((path) => !path.endsWith('flux-system')); // what `flux bootstrap` writes is not there
      const step = Math.ceil(paths.length / MOST);
      const builds = paths
        .filter((_, i) => i % step === 0)
        .map((path) => ({ path, spec: syncs.find((one) => one.path === path)?.spec ?? {} }));
      return { files, builds };
    });
  });
}

function filesBelow(root: string, directory = ''): Record<string, string> {
  return Object.assign(
    {},
    ...readdirSync(join(root, directory)).map((name) => {
      const path = directory ? `${directory}/${name}` : name;
      return statSync(join(root, path)).isDirectory()
        ? filesBelow(root, path)
        : { [path]: readFileSync(join(root, path), 'utf8') };
    }),
  );
}

function syncsOf(files: Readonly<Record<string, string>>): { path: string; spec: any }[] {
  return Object.entries(files)
    .filter(([path]) => path.endsWith('.yaml'))
    .flatMap(([path, text]) => readSourceFile(path, text).documents)
    .filter(({ manifest }) => manifest.apiVersion?.startsWith('kustomize.toolkit.fluxcd.io/'))
    .map(({ manifest: { spec } }) => ({ path: spec.path.replace(/^\.\//, ''), spec }));
}
