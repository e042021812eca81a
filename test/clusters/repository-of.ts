import { readSourceFile } from '../../src/inventory/read-source-file';
import { SourceRepository, SourceTree } from '../../src/inventory/source-file';

/** A repository of files by their path. */
export function repositoryOf(
  name: string,
  files: Record<string, string>,
  place?: string,
): SourceRepository {
  const sources = Object.entries(files).map(([path, text]) => readSourceFile(path, text));
  return { name, tree: new SourceTree(sources), place };
}

interface Sync {
  readonly path?: string;
  readonly source?: string;
  /** Further lines of the spec. */
  readonly spec?: string;
}

/** A Flux Kustomization in namespace flux-system. */
export function syncOf(name: string, { path, source, spec = '' }: Sync = {}): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 10m
  path: ./${path ?? name}
  prune: true
  sourceRef:
    kind: GitRepository
    name: ${source ?? 'flux-system'}
${spec.replace(/^(?=.)/gm, '  ')}
`;
}

/** A GitRepository in namespace flux-system. */
export function gitOf(name: string, url: string, branch = 'main'): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 1m
  url: ${url}
  ref:
    branch: ${branch}
`;
}

export function configMapOf(name: string, data = '{}'): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: flux-system
data: ${data}
`;
}
