import * as path from 'path';
import { App, AppProps } from 'cdk8s';
import { AccessReview } from '../access/access-review';
import { findRefusedObjects } from '../access/refused-objects';
import {
  AppliedCluster,
  appliedManifests,
  unreadOf,
  writtenManifests,
} from '../inventory/applied-manifests';
import { Automations } from '../inventory/automations';
import { findClearSecrets } from '../inventory/find-clear-secrets';
import { findForeignHosts } from '../inventory/find-foreign-hosts';
import { findForeignSources } from '../inventory/find-foreign-sources';
import { findLostMarkers } from '../inventory/find-lost-markers';
import { findRaces } from '../inventory/find-races';
import { findSharedCredentials } from '../inventory/find-shared-credentials';
import { findStrays } from '../inventory/find-strays';
import { findTwins } from '../inventory/find-twins';
import { Inventory } from '../inventory/manifest-object';
import { FleetPlaces } from '../inventory/overlapping-sources';
import { takeInventory } from '../inventory/take-inventory';
import { layOut } from '../repo/layout';
import { FilePlan, planFiles } from '../repo/plan-files';
import { RepoFile } from '../repo/repo-file';
import { writeFiles } from '../repo/write-files';
import { fleetOf, IFleetRepo, isFleetRepo } from '../vocabulary/fleet-ports';
import { CONSTRUCT, requireForm } from '../vocabulary/form';
import { grouped } from '../vocabulary/grouped';
import { ICluster } from '../vocabulary/ports';
import { Repository } from '../vocabulary/repository';
import { RepositoryPlan, WriteOptions } from '../vocabulary/repository-plan';
import { gitPlace } from '../vocabulary/url';

/** What a program says of one repository. */
interface Content {
  readonly files: RepoFile[];
  readonly warnings: string[];
}

/**
 * A cdk8s App whose output is Git repositories: each `FleetRepo` and `AppRepo` below it is one.
 *
 * `synth` writes each into a directory of its own below `outdir`; `repository.write` writes one into a clone.
 * Objects must be created inside repositories, and `yamlOutputType` has no effect.
 */
export class Fleet extends App {
  public constructor(props: AppProps = {}) {
    super(props);
  }

  /**
   * Writes every repository to `<outdir>/<repository id>`, where `outdir` is the one given, `CDK8S_OUTDIR` or `dist`.
   *
   * The cdk8s CLI empties that directory first: never point it at a Git clone, use `repository.write` for one.
   *
   * Throws, before anything is written, every error of the program in one list. Prints its warnings.
   */
  public synth(): void {
    const plans = [...this.render().repositories].map(([repository, content]) =>
      planned(repository, content, path.join(this.outdir, repository.node.id)),
    );
    for (const plan of plans) {
      writeFiles(plan).warnings.forEach((warning) => process.stderr.write(`warning ${warning}\n`));
    }
  }

  /**
   * Who may do what on a cluster, as this program has it at this moment: for tests of what must never be allowed.
   *
   * Throws the errors of the whole program, and when the cluster is another program's.
   */
  public reviewAccess(cluster: ICluster): AccessReview {
    requireForm('cluster', cluster, CONSTRUCT);
    // Of anything else nothing would be known, and nothing is what a test of a guarantee hopes for.
    if (cluster.node.root !== this || !fleetOf(cluster).clusters.includes(cluster)) {
      throw new Error(`cluster '${cluster.node.path}' is not part of this Fleet`);
    }
    const { inventory } = this.render();
    const { clusterName, environment } = cluster;
    const applied = { key: `${fleetOf(cluster).node.path}/${clusterName}`, environment };
    const manifests = appliedManifests(inventory.objects, applied);
    return AccessReview._of(manifests, unreadOf(inventory, applied), [
      ...manifests,
      ...writtenManifests(inventory.objects),
    ]);
  }

  /**
   * What `repository.plan` does.
   *
   * @internal
   */
  public _planRepository(
    repository: Repository,
    root: string,
    options: WriteOptions = {},
  ): RepositoryPlan {
    return planned(repository, this.contentOf(repository), root, options).plan;
  }

  /**
   * What `repository.write` does.
   *
   * @internal
   */
  public _writeRepository(
    repository: Repository,
    root: string,
    options: WriteOptions = {},
  ): RepositoryPlan {
    return writeFiles(planned(repository, this.contentOf(repository), root, options));
  }

  private contentOf(repository: Repository): Content {
    const content = this.render().repositories.get(repository);
    if (!content) {
      throw new Error(`repository '${repository.node.path}' is not part of this Fleet`);
    }
    return content;
  }

  /** What the program holds, and what of it goes into every repository. Throws all that is wrong with the program. */
  private render(): { inventory: Inventory; repositories: Map<Repository, Content> } {
    const inventory = takeInventory(this);
    const { objects: all } = inventory;
    const automations = new Automations(all);
    const repositories = this.node.findAll().filter((one) => Repository.isRepository(one));
    const fleets = repositories.filter(isFleetRepo).map(fleetOf);
    const places = fleetPlaces(fleets);
    const refused = findRefusedObjects(all, clustersOf(fleets));
    const errors = [
      ...inventory.errors,
      ...findStrays(all),
      ...findForeignHosts(all),
      ...findForeignSources(all, places),
      ...findClearSecrets(all),
      ...findTwins(all),
      ...findLostMarkers(all, inventory.kustomizations, automations),
      ...findRaces(all, automations, places.repositories),
      ...findSharedCredentials(all, automations),
      ...refused.errors,
    ];
    const objects = grouped(all, ({ location }) => location.repository);
    const kustomizations = grouped(inventory.kustomizations, ({ location }) => location.repository);
    const warnings = grouped(
      [...inventory.warnings, ...refused.warnings],
      ({ repository }) => repository,
    );
    const rendered = new Map<Repository, Content>();
    for (const repository of repositoryById(repositories, errors).values()) {
      const key = repository.node.path;
      const layout = layOut(objects.get(key) ?? [], kustomizations.get(key) ?? []);
      errors.push(...layout.errors);
      rendered.set(repository, {
        files: layout.files,
        warnings: (warnings.get(key) ?? []).map(({ text }) => text).sort(),
      });
    }
    if (errors.length > 0) {
      throw new Error(`validation failed, nothing was written:\n  ${errors.join('\n  ')}`);
    }
    return { inventory, repositories: rendered };
  }
}

/** What is the fleets' own: their repositories, as far as they say where they are hosted, and registries. */
function fleetPlaces(fleets: readonly IFleetRepo[]): FleetPlaces {
  return {
    repositories: new Set(
      fleets.flatMap(({ gitHost, repositoryName }) =>
        gitHost ? [gitPlace(gitHost._url(repositoryName))] : [],
      ),
    ),
    registries: new Map(fleets.map(({ node, registry }) => [node.path, registry])),
  };
}

function clustersOf(fleets: readonly IFleetRepo[]): AppliedCluster[] {
  return fleets.flatMap(({ node, clusters }) =>
    clusters.map(({ clusterName, environment }) => ({
      key: `${node.path}/${clusterName}`,
      environment,
    })),
  );
}

/** The repositories by the directory that each is written to. */
function repositoryById(
  repositories: readonly Repository[],
  errors: string[],
): Map<string, Repository> {
  const byId = new Map<string, Repository>();
  for (const repository of repositories) {
    const { id, path: own } = repository.node;
    const twin = byId.get(id);
    if (twin) {
      errors.push(`[${own}] both it and '${twin.node.path}' are written to '${id}'`);
    }
    byId.set(id, repository);
  }
  return byId;
}

function planned(
  repository: Repository,
  { files, warnings }: Content,
  root: string,
  options: WriteOptions = {},
): FilePlan {
  return planFiles(repository.node.id, files, root, options, warnings);
}
