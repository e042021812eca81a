import { parentOf, SourceDocument, SourceRepository, SourceTree } from '../inventory/source-file';
import { buildDirectory, kustomizationFileOf } from '../kustomize/build-directory';
import { sourcePlace } from '../vocabulary/url';
import { artifactOf, Fetched } from './artifact';
import { isObject } from './applied-object';
import { BuildRemark } from './build-remark';
import { ClusterRoot, clusterRoots } from './cluster-roots';
import { ClusterView } from './cluster-view';
import { ClusterWalk, Surroundings } from './cluster-walk';
import { addTo } from '../vocabulary/grouped';

/** What builds say of files, by repository and path. */
export type BuildRemarks = ReadonlyMap<
  SourceRepository,
  ReadonlyMap<string, readonly BuildRemark[]>
>;

/** A repository as the clusters see it that are read from it. */
export interface FleetView {
  /** What each cluster gets; of another repository too, where a sync fetches from one that is known. */
  readonly clusters: readonly ClusterView[];
  /** What lies in a repository and no cluster is known to get. */
  readonly rest: readonly ClusterView[];
  /** Where kustomize would refuse to build, by repository and path of the file that is wrong. */
  readonly errors: BuildRemarks;
  /** What is written and has no effect, in the same way. */
  readonly idle: BuildRemarks;
  /** Paths of the files that are built: for a cluster, or because of a kustomization file that names them. */
  readonly built: ReadonlyMap<SourceRepository, ReadonlySet<string>>;
  readonly repositories: readonly SourceRepository[];
}

/** Beside and below these lies what is no object yet, or is wrong on purpose: charts of Helm, and tests of the Kyverno CLI. */
const LEFT_ALONE = ['Chart.yaml', 'kyverno-test.yaml', 'kyverno-test.yml'];

/** Reads repositories as Flux does: from the root of each cluster along its Flux Kustomizations. */
export function viewClusters(repositories: readonly SourceRepository[]): FleetView {
  const walk = new Walk(repositories);
  for (const repository of repositories) {
    // No tenant makes a cluster by calling its directories one: it would be the platform there.
    if (!isTenantsAlone(repository, walk.clusters)) {
      clusterRoots(repository).forEach((root) => walk.cluster(repository, root));
    }
  }
  repositories.forEach((repository) => walk.rest(repository));
  const { clusters, rests: rest, errors, idle, used: built } = walk;
  return { clusters, rest, errors, idle, built, repositories };
}

class Walk implements Surroundings {
  public readonly clusters: ClusterView[] = [];
  public readonly rests: ClusterView[] = [];
  public readonly errors = new Map<SourceRepository, Map<string, BuildRemark[]>>();
  public readonly idle = new Map<SourceRepository, Map<string, BuildRemark[]>>();
  public readonly used = new Map<SourceRepository, Set<string>>();
  private readonly seen = new Set<string>();
  private readonly byPlace = new Map<string, Fetched>();

  public constructor(repositories: readonly SourceRepository[]) {
    for (const repository of repositories) {
      this.used.set(repository, new Set());
      this.errors.set(repository, new Map());
      this.idle.set(repository, new Map());
      const { place, artifact, directory: root } = repository;
      this.enter(place, { repository });
      this.enter(artifact, { repository, root });
    }
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
    const artifact = artifactOf({ repository });
    const known = this.used.get(repository)!;
    const left = tree.files.filter(({ path }) => !known.has(path) && !isLeftAlone(tree, path));
    const parts = new Set<string>();
    const documents = new Set<SourceDocument>();
    for (const { path } of left) {
      const directory = parentOf(path);
      if (kustomizationFileOf(artifact, directory) === path) {
        const build = buildDirectory(artifact, directory);
        build.used.forEach((file) => parts.add(file));
        build.objects.forEach(({ document }) => documents.add(document));
        const isWhole = tree.file(path)!.documents[0]?.manifest.kind !== 'Component';
        this.report(
          repository,
          build.errors.filter(({ isUnmet }) => isWhole || !isUnmet),
          [],
        );
      }
    }
    for (const file of left.filter(({ path }) => !parts.has(path))) {
      file.documents.forEach((document) => documents.add(document));
    }
    const objects = [...documents]
      .filter(({ path, manifest }) => !known.has(path) && isObject(manifest))
      .map((document) => ({ manifest: document.manifest, document, repository }));
    this.use(repository, parts);
    this.rests.push(new ClusterView('', '', repository, objects, [], false));
  }

  public use(repository: SourceRepository, files: Iterable<string>): void {
    const known = this.used.get(repository)!;
    for (const file of files) {
      known.add(file);
    }
  }

  public fetchedBy(url: unknown): Fetched | undefined {
    return this.byPlace.get(sourcePlace(String(url)));
  }

  public report(
    repository: SourceRepository,
    errors: readonly BuildRemark[],
    idle: readonly BuildRemark[],
  ): void {
    errors.forEach((error) => this.remark(this.errors.get(repository)!, repository, error));
    idle.forEach((remark) => this.remark(this.idle.get(repository)!, repository, remark));
  }

  private enter(place: string | undefined, fetched: Fetched): void {
    if (place !== undefined && !this.byPlace.has(place)) {
      this.byPlace.set(place, fetched);
    }
  }

  private remark(
    known: Map<string, BuildRemark[]>,
    { name }: SourceRepository,
    remark: BuildRemark,
  ): void {
    const { path, pointer, message, asked } = remark;
    const key = JSON.stringify([name, path, pointer, message, asked]);
    if (!this.seen.has(key)) {
      this.seen.add(key);
      addTo(known, path, remark);
    }
  }
}

/** Whether a repository is applied as tenants, and as nobody else. */
function isTenantsAlone(repository: SourceRepository, clusters: readonly ClusterView[]): boolean {
  const appliers = clusters.flatMap((view) =>
    view.syncsOf(repository).map((sync) => view.accountOf(sync)),
  );
  return appliers.length > 0 && appliers.every((account) => account !== undefined);
}

/** Whether a file is none that Flux applies as it is, unless it is told to. */
export function isLeftAlone(tree: SourceTree, path: string): boolean {
  for (let at = parentOf(path); at !== ''; at = parentOf(at)) {
    if (LEFT_ALONE.some((name) => tree.has(`${at}/${name}`))) {
      return true;
    }
  }
  return LEFT_ALONE.some((name) => tree.has(name));
}
