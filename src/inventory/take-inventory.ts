import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { EnvironmentPatch, environmentPatchesOf } from '../vocabulary/environment-patch';
import { KustomizationFile } from '../vocabulary/kustomization-file';
import { placementOf, Shelf } from '../vocabulary/placement';
import { Repository } from '../vocabulary/repository';
import { setterMarkersOf } from '../vocabulary/setter-marker';
import { withShard } from '../vocabulary/sharding';
import { suppressionsOf } from '../vocabulary/suppression';
import { warningsOf } from '../vocabulary/warning';
import { whyMalformed } from './malformed';
import { manifestOf } from './manifest-of';
import { Inventory, Location } from './manifest-object';

type Whereabouts = Partial<Location> & { readonly directoryPerChild?: boolean };

/**
 * Validates every construct below `root` and collects its objects, in one pass. Nothing is thrown for what is
 * wrong: all errors are returned together, each with the path of its construct.
 *
 * @param scopes visits only these and what is below them, each where it lies below `root`; none of them below another
 */
export function takeInventory(root: IConstruct, scopes: readonly IConstruct[] = [root]): Inventory {
  const inventory: Inventory = {
    objects: [],
    kustomizations: [],
    errors: [],
    warnings: [],
    suppressions: [],
  };
  for (const scope of scopes) {
    const { scopes: path } = scope.node;
    const outer = path.slice(path.indexOf(root), -1);
    const above = outer.reduce<Whereabouts>((at, one) => whereabouts(one, at, inventory), {});
    visit(scope, above, inventory);
  }
  return inventory;
}

function visit(construct: IConstruct, above: Whereabouts, inventory: Inventory): void {
  for (const error of construct.node.validate()) {
    inventory.errors.push(`[${construct.node.path}] ${error}`);
  }
  const here = whereabouts(construct, above, inventory);
  for (const warning of warningsOf(construct)) {
    const text = `[${construct.node.path}] ${warning}`;
    inventory.warnings.push({ repository: here.repository ?? '', text });
  }
  for (const suppression of suppressionsOf(construct)) {
    inventory.suppressions.push({ ...suppression, construct: construct.node.path });
  }
  if (ApiObject.isApiObject(construct)) {
    addObject(construct, here, inventory);
  } else if (KustomizationFile.isKustomizationFile(construct)) {
    inventory.kustomizations.push({ file: construct, location: here as Location });
  }
  for (const child of construct.node.children) {
    visit(child, here, inventory);
  }
}

function whereabouts(construct: IConstruct, above: Whereabouts, inventory: Inventory): Whereabouts {
  const placement = placementOf(construct);
  const isRepository = Repository.isRepository(construct);
  const isChild = above.directoryPerChild && !KustomizationFile.isKustomizationFile(construct);
  if (!placement && !isChild && !isRepository) {
    return above;
  }
  const path = construct.node.path;
  const outer = isRepository ? { repository: path } : above;
  // Every field each time, for engines are slow with objects of many shapes.
  const here: { -readonly [K in keyof Whereabouts]: Whereabouts[K] } = {
    repository: outer.repository,
    shelf: outer.shelf,
    owner: outer.owner,
    subdirectory: isChild ? construct.node.id : outer.subdirectory,
    file: outer.file,
    clusters: outer.clusters,
    gitPlace: outer.gitPlace,
    tenancy: outer.tenancy,
    directoryPerChild: outer.directoryPerChild,
  };
  if (placement?.shelf) {
    if (above.shelf && !mayLieIn(above.shelf, placement.shelf)) {
      inventory.errors.push(`[${path}] ${misplaced(placement.shelf, above)}`);
      if (!isRepository) {
        return here;
      }
    }
    here.owner = here.owner ?? path;
    here.shelf = placement.shelf;
    here.file = undefined;
    here.subdirectory = undefined;
  }
  const fleet = placement?.fleet ?? here.repository;
  here.file = placement?.file ?? here.file;
  here.clusters = placement?.clusters?.map((name) => `${fleet}/${name}`) ?? here.clusters;
  here.tenancy = placement?.tenancy ?? here.tenancy;
  here.gitPlace = placement?.gitPlace ?? here.gitPlace;
  here.directoryPerChild = placement?.directoryPerChild;
  return here;
}

/** What has a directory holds nothing but what is its own; a tenant, also repositories of apps, which are written as beside it. */
function mayLieIn(outer: Shelf, inner: Shelf): boolean {
  switch (outer.kind) {
    case 'tenant':
    case 'overlay':
      return inner.kind === 'app' || (inner.kind === 'overlay' && inner.tenant === outer.tenant);
    case 'cluster':
    case 'flux-system':
      return (
        ['flux-system', 'flux-shard', 'tenant-list'].includes(inner.kind) &&
        'cluster' in inner &&
        inner.cluster === outer.cluster
      );
    case 'infrastructure':
      return inner.kind === 'tests' && inner.component === outer.component;
    default:
      return false;
  }
}

/** Whose directory it is that holds what it may not. */
const HOLDERS: Record<Shelf['kind'], string> = {
  app: 'app repository',
  cluster: 'cluster',
  'flux-shard': 'cluster',
  'flux-system': 'cluster',
  infrastructure: 'platform component',
  overlay: 'tenant',
  tenant: 'tenant',
  'tenant-list': 'cluster',
  tests: 'platform component',
};

function misplaced(inner: Shelf, { shelf: outer, owner }: Whereabouts): string {
  const place = `can be in no ${HOLDERS[outer!.kind]}, got '${owner}'; create it inside the`;
  if (inner.kind === 'app') {
    return `${place} Fleet`;
  }
  return outer!.kind === 'app'
    ? `belongs to a fleet repository and ${place} ${'tenant' in inner ? 'Tenant' : 'FleetRepo'}`
    : `${place} FleetRepo`;
}

function addObject(object: ApiObject, here: Whereabouts, inventory: Inventory): void {
  const constructPath = object.node.path;
  if (!here.repository || !here.shelf) {
    inventory.errors.push(
      `[${constructPath}] ${object.kind} '${object.name}' is in no repository directory; ` +
        'create it inside a Tenant, an AppRepo or a PlatformComponent',
    );
    return;
  }
  try {
    const manifest = manifestOf(object);
    const malformed = whyMalformed(manifest);
    if (malformed) {
      throw new Error(malformed);
    }
    inventory.objects.push({
      manifest: withShard(manifest, here.tenancy?.shard),
      constructPath,
      location: here as Location,
      markers: setterMarkersOf(object),
      patches: patchPerEnvironment(environmentPatchesOf(object)),
      made: placementOf(object)?.made,
    });
  } catch (error) {
    inventory.errors.push(`[${constructPath}] ${(error as Error).message}`);
  }
}

function patchPerEnvironment(patches: EnvironmentPatch[]): EnvironmentPatch[] {
  if (patches.length < 2) {
    return patches;
  }
  const merged = new Map<string, EnvironmentPatch>();
  for (const { environment, operations } of patches) {
    const patch = merged.get(environment) ?? { environment, operations: [] };
    patch.operations.push(...operations);
    merged.set(environment, patch);
  }
  return [...merged.values()];
}
