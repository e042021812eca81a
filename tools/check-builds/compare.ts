import { isDeepStrictEqual } from 'util';
import { readSourceFile } from '../../src/inventory/read-source-file';
import { SourceTree } from '../../src/inventory/source-file';
import { Build } from '../../src/kustomize/build';
import { buildDirectory } from '../../src/kustomize/build-directory';
import { isClusterScoped } from '../../src/vocabulary/cluster-scoped-kinds';
import { Answer } from './flux';
import { Tree } from './trees';

/** What we make of the directories of a tree. */
export function builds({ files, builds: asked }: Tree): Build[] {
  const read = (name: string) => readSourceFile(name, files[name]);
  const isYaml = (name: string) => /\.ya?ml$|(?:^|\/)Kustomization$/.test(name);
  const names = Object.keys(files);
  const tree = new SourceTree(
    names.filter(isYaml).map(read),
    names.filter((name) => !isYaml(name)),
    read,
  );
  return asked.map(({ path, spec }) => buildDirectory(tree, path, spec));
}

/** How both disagree; undefined where they agree. */
export function disagreementOf(ours: Build, flux: Answer): string | undefined {
  if (flux.error !== undefined || ours.errors.length > 0) {
    return flux.error !== undefined
      ? ours.errors.length > 0
        ? undefined
        : `Flux refuses: ${flux.error.slice(0, 600)}`
      : `we refuse: ${ours.errors.map(({ path, message }) => `${path}: ${message}`).join('; ')}`;
  }
  const [we, they] = [
    normalized(ours.objects.map(({ manifest }) => manifest)),
    normalized((flux.objects ?? []).filter(isApplied)),
  ];
  for (const id of new Set([...we.keys(), ...they.keys()])) {
    if (!isDeepStrictEqual(we.get(id), they.get(id))) {
      return `other objects:\n  we   ${JSON.stringify(we.get(id))}\n  Flux ${JSON.stringify(they.get(id))}`;
    }
  }
  return undefined;
}

function isApplied({ apiVersion, kind, metadata }: any): boolean {
  return (
    [apiVersion, kind, metadata?.name].every((one) => typeof one === 'string' && one) &&
    !(kind === 'Kustomization' && apiVersion.startsWith('kustomize.config.k8s.io/'))
  );
}

/** Without what Flux says of where objects come from, and the namespaces that a cluster does not take. */
function normalized(objects: readonly any[]): Map<string, any> {
  const byId = objects.map((object): [string, any] => {
    const copy = JSON.parse(JSON.stringify(object, sorted));
    const { annotations } = copy.metadata;
    delete annotations?.['config.kubernetes.io/origin'];
    delete annotations?.['alpha.config.kubernetes.io/transformations'];
    if (annotations && Object.keys(annotations).length === 0) {
      delete copy.metadata.annotations;
    }
    if (isClusterScoped(copy.apiVersion, copy.kind)) {
      delete copy.metadata.namespace;
    }
    const { namespace, name } = copy.metadata;
    return [[copy.apiVersion, copy.kind, namespace, name].join(' '), copy];
  });
  return new Map(byId);
}

function sorted(_: string, value: any): any {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}
