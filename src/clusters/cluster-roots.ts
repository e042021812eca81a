import { SourceDocument, SourceRepository } from '../inventory/source-file';
import { FLUX_NAMESPACE } from '../vocabulary/labels';

/** Where Flux starts to read for one cluster. */
export interface ClusterRoot {
  readonly name: string;
  /** Directory, where '' is the root of the repository. */
  readonly path: string;
  /** What the root is fetched by. */
  readonly source: SourceKey;
}

/** What tells a source from others. */
export interface SourceKey {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

type Found = Pick<ClusterRoot, 'path' | 'source'>;

const SYNC = /^kustomize\.toolkit\.fluxcd\.io\//;
const INSTANCE = /^fluxcd\.controlplane\.io\//;

/**
 * The clusters that a repository is read by: each has a Flux Kustomization that applies the directory it lies in, as
 * `flux bootstrap` writes it, or a FluxInstance that names the directory; or it is a directory below `clusters/` with objects of
 * Flux in it, for which both are still to come.
 */
export function clusterRoots({ tree }: SourceRepository): ClusterRoot[] {
  const found = new Map<string, Found>();
  const expected = new Map<string, Found>();
  for (const file of tree.files) {
    for (const document of file.documents) {
      const root = bootstrapped(document) ?? ofInstance(document.manifest);
      if (root && tree.directory(root.path) && !found.has(root.path)) {
        found.set(root.path, root);
      }
    }
    const [, path] = /^(clusters\/[^/]+)\//.exec(file.path) ?? [];
    if (path !== undefined && (file.path.startsWith(`${path}/flux-system/`) || isOfFlux(file))) {
      expected.set(path, { path, source: sourceOf({}, FLUX_NAMESPACE) });
    }
  }
  for (const [path, root] of expected) {
    if (![...found.keys()].some((known) => isWithin(known, path) || isWithin(path, known))) {
      found.set(path, root);
    }
  }
  return named([...found.values()]);
}

/** A path of Flux, such as './clusters/prod', as files have it. */
export function directoryIn(path: unknown): string {
  return typeof path === 'string' ? path.replace(/^(?:\.?\/)+|(?:^\.|\/+\.?)$/g, '') : '';
}

function bootstrapped({ manifest, path: file }: SourceDocument): Found | undefined {
  if (manifest?.kind !== 'Kustomization' || !SYNC.test(String(manifest.apiVersion))) {
    return undefined;
  }
  const path = directoryIn(manifest.spec?.path);
  const isSelf = isWithin(file, path) && (path !== '' || file.endsWith('gotk-sync.yaml'));
  const { namespace } = manifest.metadata ?? {};
  return isSelf
    ? { path, source: sourceOf(manifest.spec?.sourceRef, namespace ?? FLUX_NAMESPACE) }
    : undefined;
}

/** Of a FluxInstance, or of the values of the chart that makes one. */
function ofInstance(manifest: any): Found | undefined {
  const isInstance =
    manifest?.kind === 'FluxInstance' && INSTANCE.test(String(manifest.apiVersion));
  const values = manifest?.kind === 'HelmRelease' ? manifest.spec?.values : manifest;
  const sync = isInstance ? manifest.spec?.sync : values?.instance?.sync;
  if (typeof sync?.path !== 'string') {
    return undefined;
  }
  const namespace = (isInstance && manifest.metadata?.namespace) || FLUX_NAMESPACE;
  const source = sourceOf({ kind: sync.kind, name: sync.name ?? namespace }, namespace);
  return { path: directoryIn(sync.path), source };
}

function sourceOf(reference: any, inNamespace: string): SourceKey {
  return {
    kind: String(reference?.kind ?? 'GitRepository'),
    namespace: String(reference?.namespace ?? inNamespace),
    name: String(reference?.name ?? FLUX_NAMESPACE),
  };
}

/** By the directory below the innermost `clusters`, or else the last one; by the whole path where two would be called the same. */
function named(found: readonly Found[]): ClusterRoot[] {
  const roots = found.map((root) => ({
    ...root,
    name: /^(?:.*\/)?clusters\/([^/]+)/.exec(root.path)?.[1] ?? root.path.split('/').pop()!,
  }));
  const uses = new Map<string, number>();
  roots.forEach(({ name }) => uses.set(name, (uses.get(name) ?? 0) + 1));
  return roots
    .map((root) => (uses.get(root.name) === 1 ? root : { ...root, name: root.path }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isOfFlux({ documents }: { documents: readonly SourceDocument[] }): boolean {
  return documents.some(
    ({ manifest }) =>
      SYNC.test(String(manifest?.apiVersion)) || INSTANCE.test(String(manifest?.apiVersion)),
  );
}

function isWithin(path: string, directory: string): boolean {
  return directory === '' || path === directory || path.startsWith(`${directory}/`);
}
