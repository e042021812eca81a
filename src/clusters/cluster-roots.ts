import { parentOf, SourceDocument, SourceRepository } from '../inventory/source-file';
import { FLUX_NAMESPACE } from '../vocabulary/labels';
import { isWithin } from '../vocabulary/relative-path';
import { isObject } from './applied-object';
import { instanceSync } from './instance-sync';

/** Where Flux starts to read for one cluster. */
export interface ClusterRoot {
  readonly name: string;
  /** Directory, where '' is the root of the repository. */
  readonly path: string;
  /** What the root is fetched by. */
  readonly source: SourceKey;
  /** The Flux Kustomization that applies it. @default - it is still to come */
  readonly sync?: RootSync;
}

/** The Flux Kustomization of a cluster's root, as whoever bootstraps the cluster applies it. */
export interface RootSync {
  readonly manifest: any;
  /** Where it is written, or what it is made of. */
  readonly document: SourceDocument;
}

/** What tells a source from others. */
export interface SourceKey {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Longer ones are none that a file system has, and take time to look through. */
const LONGEST_PATH = 4096;

type Found = Omit<ClusterRoot, 'name'>;

const SYNC = /^kustomize\.toolkit\.fluxcd\.io\//;
const RELEASE = /^helm\.toolkit\.fluxcd\.io\//;
const INSTANCE = /^fluxcd\.controlplane\.io\//;

/**
 * The clusters that a repository is read by: each has a Flux Kustomization that applies the directory it lies in, as
 * `flux bootstrap` writes it, or a FluxInstance that names the directory; or it is a directory below `clusters/` with objects of
 * Flux in it, for which both are still to come.
 */
export function clusterRoots({ tree }: SourceRepository): ClusterRoot[] {
  const found = new Map<string, Found>();
  const certain = new Set<string>();
  const expected = new Map<string, Found>();
  // Whoever may add a file must not move a cluster: what bootstraps one comes before what only says that it does.
  const documents = [...tree.files]
    .sort((a, b) => depthOf(a) - depthOf(b))
    .flatMap((file) => file.documents);
  const ofFlux = [generated, called, bootstrapped];
  for (const rootOf of [...ofFlux, ofInstance, ofRelease, ofValues]) {
    for (const document of documents) {
      const root = rootOf(document);
      if (root && tree.directory(root.path) && !found.has(root.path)) {
        found.set(root.path, root);
        if (ofFlux.includes(rootOf)) {
          certain.add(root.path);
        }
      }
    }
  }
  const withOwn = new Set<string>();
  for (const file of tree.files) {
    const [, path] = /^(clusters\/[^/]+)\//.exec(file.path) ?? [];
    if (path !== undefined && (file.path.startsWith(`${path}/flux-system/`) || isOfFlux(file))) {
      expected.set(path, { path, source: sourceOf({}, FLUX_NAMESPACE) });
      if ([path, `${path}/flux-system`].includes(parentOf(file.path))) {
        withOwn.add(path);
      }
    }
  }
  for (const [path, root] of expected) {
    // What holds something of Flux itself stays a cluster, whatever a team has below it or in a file of values.
    const isOwn = withOwn.has(path);
    const isAbove = [...(isOwn ? certain : found.keys())].some((known) => isWithin(path, known));
    if (
      !found.has(path) &&
      !isAbove &&
      (isOwn || ![...certain].some((known) => isWithin(known, path)))
    ) {
      found.set(path, root);
    }
  }
  return named([...found.values()]);
}

/** A path of Flux, such as './clusters/prod', as files have it. */
export function directoryIn(path: unknown): string {
  const text = typeof path === 'string' ? path : '';
  return text.length > LONGEST_PATH ? text : text.replace(/^(?:\.?\/)+|(?:^\.|\/+\.?)$/g, '');
}

/** In the file that `flux bootstrap` writes. */
function generated(document: SourceDocument): Found | undefined {
  return document.path.endsWith('gotk-sync.yaml') ? bootstrapped(document) : undefined;
}

/** Called like what it is fetched by, as Flux calls both. */
function called(document: SourceDocument): Found | undefined {
  const { metadata, spec } = document.manifest ?? {};
  return metadata?.name !== undefined && metadata?.name === spec?.sourceRef?.name
    ? bootstrapped(document)
    : undefined;
}

function bootstrapped(document: SourceDocument): Found | undefined {
  const { manifest, path: file } = document;
  if (manifest?.kind !== 'Kustomization' || !SYNC.test(String(manifest.apiVersion))) {
    return undefined;
  }
  const path = directoryIn(manifest.spec?.path);
  const isSelf = isWithin(file, path) && (path !== '' || file.endsWith('gotk-sync.yaml'));
  const { namespace } = manifest.metadata ?? {};
  const source = sourceOf(manifest.spec?.sourceRef, namespace ?? FLUX_NAMESPACE);
  return isSelf
    ? { path, source, ...(isObject(manifest) && { sync: { manifest, document } }) }
    : undefined;
}

function ofInstance(document: SourceDocument): Found | undefined {
  const { manifest } = document;
  const isInstance =
    manifest?.kind === 'FluxInstance' && INSTANCE.test(String(manifest.apiVersion));
  return isInstance ? ofSpec(manifest.spec, document, manifest.metadata?.namespace) : undefined;
}

/** Of the chart that makes a FluxInstance. */
function ofRelease(document: SourceDocument): Found | undefined {
  const { manifest } = document;
  const isRelease = manifest?.kind === 'HelmRelease' && RELEASE.test(String(manifest.apiVersion));
  return isRelease ? ofSpec(manifest.spec?.values?.instance, document) : undefined;
}

/** Of a file of values for that chart. */
function ofValues(document: SourceDocument): Found | undefined {
  const { manifest } = document;
  return manifest?.kind === undefined ? ofSpec(manifest?.instance, document) : undefined;
}

function ofSpec(spec: any, document: SourceDocument, inNamespace?: unknown): Found | undefined {
  const sync = spec?.sync;
  if (typeof sync?.path !== 'string') {
    return undefined;
  }
  const namespace = typeof inNamespace === 'string' ? inNamespace : FLUX_NAMESPACE;
  const source = sourceOf({ kind: sync.kind, name: sync.name ?? namespace }, namespace);
  const manifest = instanceSync(spec, source.name, namespace);
  return { path: directoryIn(sync.path), source, sync: { manifest, document } };
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

function depthOf({ path }: { path: string }): number {
  return path.split('/').length;
}

/** What a Flux Kustomization reads from. */
export function sourceKeyOf({ manifest }: { readonly manifest: any }): SourceKey {
  const { kind, name, namespace } = manifest.spec?.sourceRef ?? {};
  return { kind, name, namespace: namespace ?? manifest.metadata.namespace ?? FLUX_NAMESPACE };
}
