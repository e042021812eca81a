import { typeOf } from '../clusters/applied-object';
import { directoryWithin } from '../clusters/artifact';
import { directoryIn, SourceKey, sourceKeyOf } from '../clusters/cluster-roots';
import { SYNC_TYPE } from '../clusters/sync-build';
import { fleetPathOf, ManifestObject } from '../inventory/manifest-object';
import { formsOf } from '../inventory/patched-manifest';
import { SourceRepository } from '../inventory/source-file';
import { addTo, grouped } from '../vocabulary/grouped';
import { placementOf } from '../vocabulary/placement';
import { tenantOf } from '../vocabulary/ports';
import { Repository } from '../vocabulary/repository';
import { sourcePlace } from '../vocabulary/url';

/** A repository of a program, as it is known so far. */
interface Written extends SourceRepository {
  readonly repository: Repository;
}

/** The syncs of a tenant and its sources, with all that they are in environments. */
interface Fetching {
  readonly syncs: any[];
  /** By kind, namespace and name. */
  readonly sources: Map<string, any[]>;
}

const SOURCE = /^source\.toolkit\.fluxcd\.io\//;

/**
 * What repositories of apps are published as where nobody says: the artifact of their tenant. Only where nothing else can be meant,
 * because whatever is judged as part of a cluster, and is none, gives wrong findings.
 */
export function assumedArtifacts(
  written: readonly Written[],
  objects: readonly ManifestObject[],
): Map<Repository, string> {
  const known = new Set(written.map(({ artifact }) => artifact));
  const fetching = fetchingOfTenants(objects);
  const apps = written.filter(({ repository }) => placementOf(repository)?.shelf?.kind === 'app');
  // Fleets that share a registry may have tenants of the same name, and each of their repositories may be meant.
  const byArtifact = grouped(apps, ({ repository }) =>
    sourcePlace(`oci://${tenantOf(repository).registry}`),
  );
  const assumed = new Map<Repository, string>();
  for (const [own, [app, ...others]] of byArtifact) {
    const isSaid = app.artifact !== undefined || known.has(own);
    if (
      others.length === 0 &&
      !isSaid &&
      appliesOnly(own, app, fetching.get(tenantKeyOf(app.repository)))
    ) {
      assumed.set(app.repository, own);
    }
  }
  return assumed;
}

/** Whether all that a tenant's syncs apply are directories of `app`, taken from the artifact at `own`. */
function appliesOnly(own: string, app: Written, fetching: Fetching | undefined): boolean {
  const { syncs, sources } = fetching ?? { syncs: [], sources: new Map<string, any[]>() };
  const artifact = { repository: app, root: app.directory };
  const isFrom = (sync: any): boolean => {
    const found = sources.get(keyOf(sourceKeyOf({ manifest: sync }))) ?? [];
    return (
      found.length > 0 &&
      found.every(
        (one) => sourcePlace(String(one.spec?.url)) === own && !isSignedElsewhere(one, app),
      )
    );
  };
  const isThere = ({ spec }: any): boolean => {
    const directory = directoryWithin(artifact, directoryIn(spec?.path));
    return app.tree.directory(directory) !== undefined;
  };
  return syncs.length > 0 && syncs.every((sync) => isFrom(sync) && isThere(sync));
}

/** Whether who signs is a workflow of another repository at the same host: then that one publishes. */
function isSignedElsewhere({ spec }: any, { place }: Written): boolean {
  const identities: any[] = [spec?.verify?.matchOIDCIdentity ?? []].flat();
  const host = `^https://${place?.split('/')[0]}/`;
  return identities
    .map(({ subject }) => String(subject).replaceAll('\\', '').toLowerCase())
    .some((subject) => subject.startsWith(host) && !subject.startsWith(`^https://${place}/`));
}

function fetchingOfTenants(objects: readonly ManifestObject[]): Map<string, Fetching> {
  const tenants = new Map<string, Fetching>();
  for (const object of objects) {
    const { location, manifest } = object;
    const isSync = typeOf(manifest) === SYNC_TYPE;
    const { tenancy } = location;
    if (!tenancy || !(isSync || SOURCE.test(String(manifest.apiVersion)))) {
      continue;
    }
    const key = tenantKey(fleetPathOf(location), tenancy.tenant);
    const { syncs, sources }: Fetching = tenants.get(key) ?? { syncs: [], sources: new Map() };
    tenants.set(key, { syncs, sources });
    for (const form of formsOf(object)) {
      const { kind, metadata } = form;
      if (isSync) {
        syncs.push(form);
      } else {
        addTo(sources, keyOf({ kind, ...metadata }), form);
      }
    }
  }
  return tenants;
}

/** Whose a repository of an app is. */
export function tenantKeyOf(repository: Repository): string {
  const { fleet, tenancy } = placementOf(repository)!;
  return tenantKey(fleet!, tenancy!.tenant);
}

/** What tells a tenant from those of its name in other fleets. */
export function tenantKey(fleet: string, tenant: string): string {
  return JSON.stringify([fleet, tenant]);
}

function keyOf({ kind, namespace, name }: SourceKey): string {
  return JSON.stringify([kind, namespace, name]);
}
