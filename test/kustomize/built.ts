import { readSourceFile } from '../../src/inventory/read-source-file';
import { SourceTree } from '../../src/inventory/source-file';
import { Build, BuildAdditions } from '../../src/kustomize/build';
import { buildDirectory } from '../../src/kustomize/build-directory';

/** Files by their path; what is no text is written as JSON, several of a list as documents. */
export type Files = Readonly<Record<string, any>>;

/** A file that is there, with a content that nobody knows. */
export const UNKNOWN = Symbol('unknown');

export function treeOf(files: Files): SourceTree {
  const read = (path: string) => readSourceFile(path, text(files[path]));
  const isYaml = (path: string) => /\.ya?ml$/.test(path);
  const paths = Object.keys(files);
  const others = paths.filter((path) => !isYaml(path));
  return new SourceTree(paths.filter(isYaml).map(read), others, (path) =>
    files[path] === UNKNOWN ? undefined : read(path),
  );
}

function text(content: any): string {
  return typeof content === 'string'
    ? content
    : [content]
        .flat()
        .map((one) => `${JSON.stringify(one)}\n`)
        .join('---\n');
}

/** What is built of `app`. */
export function built(files: Files, additions?: BuildAdditions): Build {
  return buildDirectory(treeOf(files), 'app', additions);
}

/** The objects of `app`. Throws where there is an error. */
export function objects(files: Files, additions?: BuildAdditions): any[] {
  const { objects: found, errors } = built(files, additions);
  if (errors.length > 0) {
    throw new Error(JSON.stringify(errors));
  }
  return found.map(({ manifest }) => manifest);
}

/** The objects that a kustomization file makes of some others. */
export function transformed(fields: any, ...resources: any[]): any[] {
  return objects({
    'app/kustomization.yaml': { resources: ['all.yaml'], ...fields },
    'app/all.yaml': resources,
  });
}

export function configMap(name: string, more: any = {}): any {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...more } };
}

export function deployment(name: string, podSpec: any = {}, more: any = {}): any {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { template: { spec: podSpec }, ...more },
  };
}

export function nameOf({ metadata }: any): string {
  return metadata.name;
}
