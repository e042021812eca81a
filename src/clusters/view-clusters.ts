import { SourceDocument, SourceRepository } from '../inventory/source-file';
import { BuildAdditions, BuildError } from '../kustomize/build';
import { buildDirectory, kustomizationFileOf } from '../kustomize/build-directory';
import { FLUX_NAMESPACE } from '../vocabulary/labels';
import { gitPlace } from '../vocabulary/url';
import { AppliedObject, isOpaque, typeOf } from './applied-object';
import { ClusterRoot, clusterRoots, directoryIn } from './cluster-roots';
import { ClusterView, Unread } from './cluster-view';
import { substituted, variablesOf } from './substitution';

/** A repository as the clusters see it that are read from it. */
export interface FleetView {
  /** What each cluster gets; of another repository too, where a sync fetches from one that is known. */
  readonly clusters: readonly ClusterView[];
  /** What lies in a repository and no cluster is known to get. */
  readonly rest: readonly ClusterView[];
  /** Where kustomize would refuse to build. */
  readonly errors: readonly RepositoryError[];
  readonly repositories: readonly SourceRepository[];
}

/** Why a directory cannot be built. */
export interface RepositoryError extends BuildError {
  readonly repository: SourceRepository;
}

export const SYNC_TYPE = 'kustomize.toolkit.fluxcd.io/Kustomization';

const RELEASE_TYPE = 'helm.toolkit.fluxcd.io/HelmRelease';
const GOTK_FILE = /gotk-(?:components|sync)\.yaml/;

/** Reads repositories as Flux does: from the root of each cluster along its Flux Kustomizations. */
export function viewClusters(repositories: readonly SourceRepository[]): FleetView {
  const walk = new Walk(repositories);
  for (const repository of repositories) {
    clusterRoots(repository).forEach((root) => walk.cluster(repository, root));
  }
  repositories.forEach((repository) => walk.rest(repository));
  return { clusters: walk.clusters, rest: walk.rests, errors: walk.errors, repositories };
}

class Walk {
  public readonly clusters: ClusterView[] = [];
  public readonly rests: ClusterView[] = [];
  public readonly errors: RepositoryError[] = [];
  private readonly used = new Map<SourceRepository, Set<string>>();
  private readonly seen = new Set<string>();

  public constructor(private readonly repositories: readonly SourceRepository[]) {
    repositories.forEach((repository) => this.used.set(repository, new Set()));
  }

  public cluster(repository: SourceRepository, root: ClusterRoot): void {
    const cluster = new ClusterWalk(this, repository, root);
    cluster.run();
    this.clusters.push(cluster.view());
    for (const [name, objects] of cluster.remote) {
      const title = `${root.name}/${name}`;
      this.clusters.push(new ClusterView(title, root.path, repository, objects, [], false));
    }
  }

  /** Everything that nothing built: kustomize's directories once, and files of their own. */
  public rest(repository: SourceRepository): void {
    const { tree } = repository;
    const known = this.used.get(repository)!;
    const left = tree.files.filter(({ path }) => !known.has(path));
    const parts = new Set<string>();
    const documents = new Set<SourceDocument>();
    for (const { path } of left) {
      const directory = path.slice(0, Math.max(0, path.lastIndexOf('/')));
      if (kustomizationFileOf(tree, directory) === path) {
        const build = buildDirectory(tree, directory);
        build.used.forEach((file) => parts.add(file));
        build.objects.forEach(({ document }) => documents.add(document));
        this.report(repository, build.errors);
      }
    }
    for (const file of left.filter(({ path }) => !parts.has(path))) {
      file.documents.forEach((document) => documents.add(document));
    }
    const objects = [...documents]
      .filter(({ path, manifest }) => !known.has(path) && isObject(manifest))
      .map((document) => ({ manifest: document.manifest, document, repository }));
    this.rests.push(new ClusterView('', '', repository, objects, [], false));
  }

  public use(repository: SourceRepository, files: Iterable<string>): void {
    const known = this.used.get(repository)!;
    for (const file of files) {
      known.add(file);
    }
  }

  /** The repository that a source fetches; undefined where none of those known is it. */
  public fetchedBy(url: unknown): SourceRepository | undefined {
    const place = gitPlace(String(url));
    return this.repositories.find((repository) => repository.gitPlace === place);
  }

  public report(repository: SourceRepository, errors: readonly BuildError[]): void {
    for (const error of errors) {
      const key = JSON.stringify([repository.name, error.path, error.pointer, error.message]);
      if (!this.seen.has(key)) {
        this.seen.add(key);
        this.errors.push({ ...error, repository });
      }
    }
  }
}

class ClusterWalk {
  /** What is applied to another cluster from here, by the Secret that tells which. */
  public readonly remote = new Map<string, AppliedObject[]>();
  private readonly objects: AppliedObject[] = [];
  private readonly byKey = new Map<string, AppliedObject>();
  private readonly unread: Unread[] = [];
  private readonly pending: AppliedObject[] = [];
  private readonly deferred = new Set<AppliedObject>();

  public constructor(
    private readonly walk: Walk,
    private readonly repository: SourceRepository,
    private readonly root: ClusterRoot,
  ) {}

  public run(): void {
    this.build(this.repository, this.root.path, undefined);
    for (let next = 0; next < this.pending.length; next++) {
      this.follow(this.pending[next]);
    }
  }

  public view(): ClusterView {
    const { name, path } = this.root;
    return new ClusterView(name, path, this.repository, this.objects, this.unread, true);
  }

  private follow(sync: AppliedObject): void {
    const { metadata, spec } = sync.manifest;
    const repository = this.sourceOf(sync);
    const path = directoryIn(spec?.path);
    if (repository && !isOpaque(spec?.path) && !repository.tree.directory(path)) {
      return; // nothing to apply, which a check tells
    }
    if (isOpaque(spec?.path) || !repository) {
      const what = `what Kustomization '${metadata.name}' in namespace '${metadata.namespace}' applies`;
      this.unread.push({ what, carrier: sync });
      return;
    }
    if (repository === this.repository && path === this.root.path && this.isRoot(sync)) {
      return;
    }
    const variables = variablesOf(sync, (type, namespace, name) => this.find(type, namespace, name));
    if (variables?.mayBeMore && !this.deferred.has(sync)) {
      this.deferred.add(sync); // a sync that comes later may bring them
      this.pending.push(sync);
      return;
    }
    this.build(repository, path, sync);
  }

  private isRoot({ manifest }: AppliedObject): boolean {
    const { kind, name, namespace } = manifest.spec?.sourceRef ?? {};
    const { source } = this.root;
    return (
      manifest.metadata.namespace === source.namespace &&
      kind === source.kind &&
      name === source.name &&
      (namespace ?? source.namespace) === source.namespace
    );
  }

  private build(
    repository: SourceRepository,
    directory: string,
    sync: AppliedObject | undefined,
  ): void {
    const additions: BuildAdditions = sync?.manifest.spec ?? {};
    const { objects, errors, unread, used } = buildDirectory(repository.tree, directory, additions);
    this.walk.use(repository, used);
    const missing = errors.filter(({ message }) => GOTK_FILE.test(message));
    this.walk.report(
      repository,
      errors.filter((error) => !missing.includes(error)),
    );
    for (const { path } of missing) {
      this.unread.push({ what: `what flux bootstrap writes beside ${path}`, carrier: sync, isFlux: true });
    }
    unread.forEach((what) => this.unread.push({ what, carrier: sync }));
    const variables =
      sync && variablesOf(sync, (type, namespace, name) => this.find(type, namespace, name));
    for (const built of objects) {
      const manifest = variables ? substituted(built.manifest, variables) : built.manifest;
      if (isObject(manifest)) {
        this.add({ ...built, manifest, repository, sync });
      }
    }
  }

  private add(object: AppliedObject): void {
    const { metadata, spec } = object.manifest;
    const secret = object.sync?.manifest.spec?.kubeConfig?.secretRef?.name;
    if (object.sync?.manifest.spec?.kubeConfig) {
      const name = String(secret ?? 'remote');
      this.remote.set(name, this.remote.get(name) ?? []);
      this.remote.get(name)!.push(object);
      return;
    }
    this.objects.push(object);
    const type = typeOf(object.manifest);
    const key = `${type}/${metadata.namespace}/${metadata.name}`;
    const isFirst = !this.byKey.has(key);
    if (isFirst) {
      this.byKey.set(key, object);
    }
    if (type === SYNC_TYPE && isFirst) {
      this.pending.push(object);
    } else if (type === RELEASE_TYPE) {
      const what = `what HelmRelease '${metadata.name}' in namespace '${metadata.namespace}' installs`;
      this.unread.push({ what, carrier: object });
    } else if (type === 'fluxcd.controlplane.io/ResourceSet' && spec !== undefined) {
      const what = `what ResourceSet '${metadata.name}' in namespace '${metadata.namespace}' makes`;
      this.unread.push({ what, carrier: object });
    }
  }

  private find(type: string, namespace: unknown, name: unknown): any {
    return this.byKey.get(`${type}/${namespace}/${name}`)?.manifest;
  }

  /** The repository that a sync applies, where it is known. */
  private sourceOf({ manifest }: AppliedObject): SourceRepository | undefined {
    const { kind, name, namespace } = manifest.spec?.sourceRef ?? {};
    const { source } = this.root;
    const at = namespace ?? manifest.metadata.namespace ?? FLUX_NAMESPACE;
    if (kind === source.kind && name === source.name && at === source.namespace) {
      return this.repository;
    }
    const found = this.find(`source.toolkit.fluxcd.io/${kind}`, at, name);
    if (kind !== 'GitRepository' || !found) {
      return undefined;
    }
    const root = this.find(
      `source.toolkit.fluxcd.io/${source.kind}`,
      source.namespace,
      source.name,
    );
    // Another branch is another content.
    const isSame =
      root !== undefined &&
      gitPlace(String(root.spec?.url)) === gitPlace(String(found.spec?.url)) &&
      JSON.stringify(root.spec?.ref) === JSON.stringify(found.spec?.ref);
    return isSame ? this.repository : this.walk.fetchedBy(found.spec?.url);
  }
}

/** Whether `manifest` is one that the API server would take for an object. */
function isObject(manifest: any): boolean {
  const { apiVersion, kind, metadata } = manifest ?? {};
  return (
    typeof apiVersion === 'string' &&
    typeof kind === 'string' &&
    typeof metadata === 'object' &&
    metadata !== null &&
    !Array.isArray(metadata) &&
    typeof metadata.name === 'string' &&
    !apiVersion.startsWith('kustomize.config.k8s.io/')
  );
}
