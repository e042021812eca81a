import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { environmentPatchesOf } from '../vocabulary/environment-patch';
import { KustomizationFile } from '../vocabulary/kustomization-file';
import { placementOf } from '../vocabulary/placement';
import { Repository } from '../vocabulary/repository';
import { setterMarkersOf } from '../vocabulary/setter-marker';
import { Inventory, Location } from './manifest-object';

type Whereabouts = Partial<Location> & { readonly directoryPerChild?: boolean };

/**
 * Validates every construct below `root` and collects its objects, in one pass. Nothing is thrown for what is
 * wrong: all errors are returned together, each with the path of its construct.
 */
export function takeInventory(root: IConstruct): Inventory {
  const inventory: Inventory = { objects: [], kustomizations: [], errors: [] };
  visit(root, {}, inventory);
  return inventory;
}

function visit(construct: IConstruct, above: Whereabouts, inventory: Inventory): void {
  for (const error of construct.node.validate()) {
    inventory.errors.push(`[${construct.node.path}] ${error}`);
  }
  const here = whereabouts(construct, above);
  if (ApiObject.isApiObject(construct)) {
    addObject(construct, here, inventory);
  } else if (KustomizationFile.isKustomizationFile(construct)) {
    inventory.kustomizations.push({ file: construct, location: here as Location });
  }
  for (const child of construct.node.children) {
    visit(child, here, inventory);
  }
}

function whereabouts(construct: IConstruct, above: Whereabouts): Whereabouts {
  const placement = placementOf(construct);
  if (!placement && !above.directoryPerChild && !Repository.isRepository(construct)) {
    return above;
  }
  const path = construct.node.path;
  const here: { -readonly [K in keyof Whereabouts]: Whereabouts[K] } = { ...above };
  if (Repository.isRepository(construct)) {
    here.repository = path;
  }
  if (above.directoryPerChild) {
    here.subdirectory = construct.node.id;
  }
  if (placement?.shelf) {
    here.shelf = placement.shelf;
    here.owner = above.owner ?? path;
    delete here.file;
    delete here.subdirectory;
  }
  here.file = placement?.file ?? here.file;
  here.clusters = placement?.clusters ?? here.clusters;
  here.directoryPerChild = placement?.directoryPerChild;
  return here;
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
    inventory.objects.push({
      manifest: object.toJson(),
      constructPath,
      location: here as Location,
      markers: setterMarkersOf(object),
      patches: environmentPatchesOf(object),
    });
  } catch (error) {
    inventory.errors.push(`[${constructPath}] ${(error as Error).message}`);
  }
}
