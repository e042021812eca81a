import { typeOf } from '../clusters/applied-object';
import { SYNC_TYPE } from '../clusters/sync-build';
import { FleetView } from '../clusters/view-clusters';
import { fleetPathOf, Inventory } from '../inventory/manifest-object';
import { placementOf } from '../vocabulary/placement';
import { Repository } from '../vocabulary/repository';
import { tenantKey, tenantKeyOf } from './assumed-artifacts';

/**
 * Repositories of apps that no cluster is known to apply, though their tenants have syncs: most likely one of these applies it,
 * and what it holds is judged by itself alone. By the id of the repository.
 */
export function unjoinedApps(
  fleet: FleetView,
  { objects }: Inventory,
  repositories: Iterable<Repository>,
): Map<string, string> {
  const syncing = new Set(
    objects
      .filter(({ location, manifest }) => location.tenancy && typeOf(manifest) === SYNC_TYPE)
      .map(({ location }) => tenantKey(fleetPathOf(location), location.tenancy!.tenant)),
  );
  const applied = new Set(
    fleet.repositories
      .filter((repository) => fleet.clusters.some((view) => view.syncsOf(repository).length > 0))
      .map(({ name }) => name),
  );
  const unjoined = new Map<string, string>();
  for (const repository of repositories) {
    const { id, path } = repository.node;
    const { shelf, tenancy } = placementOf(repository) ?? {};
    const isApps = shelf?.kind === 'app';
    if (isApps && !applied.has(id) && syncing.has(tenantKeyOf(repository))) {
      unjoined.set(
        id,
        `[${path}] no sync of tenant '${tenancy!.tenant}' is known to apply it, so that no check judges it together with a cluster; ` +
          'give the AppRepo `artifact`, the SignedOciSource that it is published to, or `url`, that of its Git repository, and look at the path of the sync',
      );
    }
  }
  return unjoined;
}
