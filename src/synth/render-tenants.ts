import { IConstruct } from 'constructs';
import { takeInventory } from '../inventory/take-inventory';
import { ClusterPort, fleetOf, IFleetRepo } from '../vocabulary/fleet-ports';
import { ITenant, outermostOf } from '../vocabulary/ports';
import { Repository } from '../vocabulary/repository';
import { Rendered, rendered } from './render-program';

/**
 * What some tenants bring to their fleet's repository and to their own, without a look at others. Throws what is wrong with their
 * objects.
 */
export function renderTenants(root: IConstruct, tenants: readonly ITenant[]): Rendered {
  const scopes = outermostOf(tenants);
  const inventory = takeInventory(root, scopes);
  const fleets = [...new Set(tenants.map(fleetOf))];
  const own = scopes.flatMap((scope) => scope.node.findAll());
  const repositories = [...fleets, ...own].filter((one) => Repository.isRepository(one));
  const { objects: beside } = takeInventory(root, fleets.flatMap(platformOf));
  const errors = [...new Set(inventory.errors)]; // one above two scopes is met twice
  return rendered({ ...inventory, errors }, repositories, fleets, beside);
}

/** What a fleet holds beside its tenants: there, rights are given, and kinds defined. */
function platformOf({ clusters, components }: IFleetRepo): IConstruct[] {
  return [...components, ...clusters.flatMap((cluster) => (cluster as ClusterPort)._ownScopes)];
}
