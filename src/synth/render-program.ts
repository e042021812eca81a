import { IConstruct } from 'constructs';
import { findRefusedObjects } from '../access/refused-objects';
import { AppliedCluster } from '../inventory/applied-manifests';
import { Automations } from '../inventory/automations';
import { findClearSecrets } from '../inventory/find-clear-secrets';
import { findForeignHosts } from '../inventory/find-foreign-hosts';
import { findForeignSources } from '../inventory/find-foreign-sources';
import { findLostMarkers } from '../inventory/find-lost-markers';
import { findRaces } from '../inventory/find-races';
import { findSharedArtifacts } from '../inventory/find-shared-artifacts';
import { findSharedCredentials } from '../inventory/find-shared-credentials';
import { findStrays } from '../inventory/find-strays';
import { findTwins } from '../inventory/find-twins';
import { Inventory, ManifestObject } from '../inventory/manifest-object';
import { FleetPlaces } from '../inventory/overlapping-sources';
import { takeInventory } from '../inventory/take-inventory';
import { layOut } from '../repo/layout';
import { PathClaims } from '../repo/path-claims';
import { RepoFile } from '../repo/repo-file';
import { fleetOf, IFleetRepo, isFleetRepo } from '../vocabulary/fleet-ports';
import { CONSTRUCT, requireForm } from '../vocabulary/form';
import { grouped } from '../vocabulary/grouped';
import { Repository } from '../vocabulary/repository';
import { gitPlace } from '../vocabulary/url';

/** What a program says of one repository. */
export interface Content {
  readonly files: RepoFile[];
  readonly warnings: string[];
  readonly suppressed: string[];
}

/** What all repositories of a program hold. */
export interface Rendered {
  readonly inventory: Inventory;
  readonly repositories: Map<Repository, Content>;
}

/**
 * What goes into one of `repositories`. Throws when the repository is none of them.
 *
 * @param which what they are, in words
 */
export function contentOf(
  repositories: ReadonlyMap<Repository, Content>,
  repository: Repository,
  which: string,
): Content {
  requireForm('repository', repository, CONSTRUCT);
  const content = repositories.get(repository);
  if (!content) {
    const known = [...repositories.keys()].map(({ node }) => `'${node.path}'`).join(', ');
    throw new Error(
      `repository must be one of ${which} (${known || 'none'}), got '${repository.node.path}'`,
    );
  }
  return content;
}

/** What the program holds, and what of it goes into every repository. Throws all that is wrong with the program. */
export function renderProgram(root: IConstruct): Rendered {
  const repositories = root.node.findAll().filter((one) => Repository.isRepository(one));
  return rendered(takeInventory(root), repositories, repositories.filter(isFleetRepo).map(fleetOf));
}

/**
 * What an inventory, of which each object is judged, brings to repositories. Throws all that is wrong with it.
 *
 * @param beside objects that are not judged here, and that say what accounts may do
 */
export function rendered(
  inventory: Inventory,
  repositories: readonly Repository[],
  fleets: readonly IFleetRepo[],
  beside: readonly ManifestObject[] = [],
): Rendered {
  const { objects: all } = inventory;
  const automations = new Automations(all);
  const places = fleetPlaces(fleets);
  const refused = findRefusedObjects(all, clustersOf(fleets), beside);
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
    ...findSharedArtifacts(repositories),
    ...refused.errors,
  ];
  const objects = grouped(all, ({ location }) => location.repository);
  const kustomizations = grouped(inventory.kustomizations, ({ location }) => location.repository);
  const warnings = grouped(
    [...inventory.warnings, ...refused.warnings],
    ({ repository }) => repository,
  );
  const contents = new Map<Repository, Content>();
  for (const repository of repositoryById(repositories, errors).values()) {
    const key = repository.node.path;
    const layout = layOut(objects.get(key) ?? [], kustomizations.get(key) ?? []);
    errors.push(...layout.errors);
    contents.set(repository, {
      files: [...layout.files, ...ciFiles(repository, errors)],
      warnings: (warnings.get(key) ?? []).map(({ text }) => text).sort(),
      suppressed: [],
    });
  }
  throwAll(errors);
  return { inventory, repositories: contents };
}

/** Throws all that is wrong, in one list. */
export function throwAll(errors: readonly string[]): void {
  if (errors.length > 0) {
    throw new Error(`validation failed, nothing was written:\n  ${errors.join('\n  ')}`);
  }
}

/** The files of CI, which lie where no manifests do. */
function ciFiles(repository: Repository, errors: string[]): RepoFile[] {
  const files = [...repository._ciFiles].map(([path, text]) => ({ path, text }));
  const claims = new PathClaims(errors);
  files.forEach(({ path }) => claims.claim(path, repository.node.path));
  return files;
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
