import { SourceRepository } from '../inventory/source-file';
import { BuildError } from '../kustomize/build';
import { addTo } from '../vocabulary/grouped';
import { FLUX_NAMESPACE } from '../vocabulary/labels';
import { sourcePlace } from '../vocabulary/url';
import { artifactOf, directoryWithin, Fetched, knownPart } from './artifact';
import { AppliedObject, Hold, isOfItself, isOpaque, typeOf } from './applied-object';
import { BuildRemark, remarkOfSync } from './build-remark';
import { ClusterRoot, directoryIn, SourceKey, sourceKeyOf } from './cluster-roots';
import { ClusterView, Unread } from './cluster-view';
import { holdBy, ownHold } from './hold';
import { variablesOf } from './substitution';
import { isRootSource, isRootSync, rootBuild, SyncBuild, syncBuild, SYNC_TYPE } from './sync-build';

/** What is known beyond one cluster. */
export interface Surroundings {
  /** Remembers that a file of a repository is read by somebody. */
  use(repository: SourceRepository, files: Iterable<string>): void;
  report(
    repository: SourceRepository,
    errors: readonly BuildRemark[],
    idle: readonly BuildError[],
  ): void;
  /** What a URL fetches; undefined where it is nothing that is known. */
  fetchedBy(url: unknown): Fetched | undefined;
}

const RELEASE_TYPE = 'helm.toolkit.fluxcd.io/HelmRelease';
/** Sources whose content lies in a directory, where somebody says in which. */
const FETCHED = ['GitRepository', 'OCIRepository'];
/** What kustomize says of a root before it is bootstrapped; of anything else, such a file is simply missing. */
const NOT_BOOTSTRAPPED = /^'(?:[\w./-]*\/)?gotk-(?:components|sync)\.yaml' is not there$/;

/** What a program knows to be there when it is applied, and has not written itself. */
const FROM_BOOTSTRAP = / takes from [\w./-]*\/gotk-(?:components|sync)\.yaml$/;

/** Goes from the root of a cluster along its Flux Kustomizations, as Flux does. */
export class ClusterWalk {
  /** What is applied to another cluster from here, by the Secret that tells which. */
  public readonly remote = new Map<string, AppliedObject[]>();
  private readonly objects: AppliedObject[] = [];
  private readonly byKey = new Map<string, AppliedObject>();
  private readonly unread: Unread[] = [];
  private readonly pending: AppliedObject[] = [];
  /** Those in namespaces of others, or below one: what they apply takes the place of nothing that the platform applies. */
  private readonly pendingOfOthers: AppliedObject[] = [];
  private readonly deferred = new Set<AppliedObject>();
  private readonly fetched = new Map<AppliedObject, Fetched>();
  private readonly files = new Map<SourceRepository, Set<string>>();

  public constructor(
    private readonly surroundings: Surroundings,
    private readonly repository: SourceRepository,
    private readonly root: ClusterRoot,
  ) {}

  public run(): void {
    const root = rootBuild(this.repository, this.root);
    const among = (isIt: (object: AppliedObject, root: ClusterRoot) => boolean) =>
      holdBy(root.objects.find((object) => isIt(object, this.root)));
    const held = among(isRootSync) ?? among(isRootSource);
    this.enter(root, undefined, held);
    for (const queue of [this.pending, this.pendingOfOthers]) {
      for (let next = 0; next < queue.length; next++) {
        this.follow(queue[next]);
      }
    }
  }

  public view(): ClusterView {
    const { name, path } = this.root;
    return new ClusterView(name, path, this.repository, this.objects, this.unread, true, {
      source: this.root.source,
      fetched: this.fetched,
      files: this.files,
    });
  }

  private follow(sync: AppliedObject): void {
    const { metadata, spec } = sync.manifest;
    const key = sourceKeyOf(sync);
    const source = this.sourceAt(key);
    const fetched = this.fetchedFrom(key, source?.manifest);
    if (fetched) {
      this.fetched.set(sync, fetched);
    }
    const directory = directoryWithin(fetched, directoryIn(spec?.path));
    const part = isOpaque(spec?.path) ? 'none' : knownPart(fetched, directory);
    const what = `what Kustomization '${metadata.name}' in namespace '${metadata.namespace}' applies`;
    if (!fetched || part === 'none' || isOfItself(sync)) {
      this.unread.push({ what, carrier: sync });
      return;
    }
    if (!artifactOf(fetched).directory(directory)) {
      return; // nothing to apply, which a check tells
    }
    if (isRootSync(sync, this.root)) {
      return;
    }
    const variables = variablesOf(sync, (...named) => this.known(...named));
    if (variables?.mayBeMore && !this.deferred.has(sync)) {
      this.deferred.add(sync); // a sync that comes later may bring them
      this.queueOf(sync).push(sync);
      return;
    }
    if (part === 'some') {
      this.unread.push({ what: `${what} beside '${fetched.repository.directory}'`, carrier: sync });
    }
    const build = syncBuild(sync, fetched, directory, () => variables);
    this.enter(build, sync, holdBy(sync) ?? holdBy(source));
  }

  private enter(
    { by, repository, directory, objects, build }: SyncBuild,
    sync: AppliedObject | undefined,
    held: Hold | undefined,
  ): void {
    const { errors, unread, idle, used } = build;
    this.surroundings.use(repository, used);
    const known = this.files.get(repository) ?? new Set();
    used.forEach((file) => known.add(file));
    this.files.set(repository, known);
    const isRoot = sync === undefined;
    const missing = errors.filter(({ message }) => isRoot && NOT_BOOTSTRAPPED.test(message));
    const own = errors.filter((error) => !missing.includes(error));
    const isSyncs = ({ added, path }: BuildError) =>
      by !== undefined && (added !== undefined || !repository.tree.has(path));
    this.surroundings.report(
      repository,
      own.filter((error) => !isSyncs(error)),
      idle,
    );
    if (by) {
      const remarks = own
        .filter(isSyncs)
        .map((error) => remarkOfSync(error, by, directory, this.root.name));
      this.surroundings.report(by.repository, remarks, []);
    }
    for (const { path } of missing) {
      this.unread.push({ what: `what flux bootstrap writes beside ${path}`, isFlux: true });
    }
    for (const what of unread) {
      const isFlux = isRoot && FROM_BOOTSTRAP.test(what);
      this.unread.push({ what, carrier: sync, ...(isFlux && { isFlux }) });
    }
    for (const { manifest, document, within, isPartial, unsubstituted } of objects) {
      // Every field each time, for engines are slow with objects of many shapes, and there are more of these than of any.
      this.add({
        manifest,
        document,
        within,
        repository,
        isPartial,
        sync,
        held: held ?? ownHold(manifest),
        unsubstituted,
      });
    }
  }

  private add(object: AppliedObject): void {
    const { metadata, spec } = object.manifest;
    const secret = object.sync?.manifest.spec?.kubeConfig?.secretRef?.name;
    if (object.sync?.manifest.spec?.kubeConfig) {
      const name = String(secret ?? 'remote');
      addTo(this.remote, name, object);
      return;
    }
    this.objects.push(object);
    const type = typeOf(object.manifest);
    const key = `${type}/${metadata.namespace}/${metadata.name}`;
    const first = this.byKey.get(key);
    const isFirst = !first || (first.held !== undefined && !object.held);
    if (isFirst) {
      this.byKey.set(key, object);
    }
    if (type === SYNC_TYPE && isFirst) {
      this.queueOf(object).push(object);
    } else if (type === RELEASE_TYPE) {
      const what = `what HelmRelease '${metadata.name}' in namespace '${metadata.namespace}' installs`;
      this.unread.push({ what, carrier: object });
    } else if (type === 'fluxcd.controlplane.io/ResourceSet' && spec !== undefined) {
      const what = `what ResourceSet '${metadata.name}' in namespace '${metadata.namespace}' makes`;
      this.unread.push({ what, carrier: object });
    }
  }

  private queueOf(sync: AppliedObject): AppliedObject[] {
    for (let at: AppliedObject | undefined = sync; at; at = at.sync) {
      if ((at.manifest.metadata.namespace ?? FLUX_NAMESPACE) !== this.root.source.namespace) {
        return this.pendingOfOthers;
      }
    }
    return this.pending;
  }

  private known(type: string, namespace: unknown, name: unknown): AppliedObject | undefined {
    return this.byKey.get(`${type}/${namespace}/${name}`);
  }

  private sourceAt({ kind, namespace, name }: SourceKey): AppliedObject | undefined {
    return this.known(`source.toolkit.fluxcd.io/${kind}`, namespace, name);
  }

  /** What a source fetches, where it is known. */
  private fetchedFrom({ kind, namespace, name }: SourceKey, found: any): Fetched | undefined {
    const { source } = this.root;
    const own = { repository: this.repository, ignore: found?.spec?.ignore };
    if (kind === source.kind && name === source.name && namespace === source.namespace) {
      return own;
    }
    if (!FETCHED.includes(kind) || !found) {
      return undefined;
    }
    const root = this.sourceAt(source)?.manifest;
    // Another branch, or tag, is another content.
    const isSame =
      root?.kind === kind &&
      sourcePlace(String(root.spec?.url)) === sourcePlace(String(found.spec?.url)) &&
      JSON.stringify(root.spec?.ref) === JSON.stringify(found.spec?.ref);
    const fetched = isSame ? own : this.surroundings.fetchedBy(found.spec?.url);
    return fetched && { ...fetched, ignore: own.ignore };
  }
}
