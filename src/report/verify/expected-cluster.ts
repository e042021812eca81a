import { appliedManifests } from '../../inventory/applied-manifests';
import { ManifestObject } from '../../inventory/manifest-object';
import { apiGroupOf } from '../../vocabulary/cluster-scoped-kinds';
import { pluralOf } from '../../vocabulary/known-kinds';
import { FLUX_NAMESPACE } from '../../vocabulary/labels';
import { isObjectName } from '../../vocabulary/names';
import { sortedBy } from '../../vocabulary/sorted-by';

/** An object of Flux that a cluster must have made ready. */
export interface ExpectedObject {
  /** As kubectl takes it: plural name and group. */
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  /** As whom it is applied. @default - it applies nothing */
  readonly account?: string;
}

/** A tenant as it must be on a cluster. */
export interface ExpectedTenant {
  readonly name: string;
  readonly homeNamespace: string;
  readonly account: string;
}

/** What a fleet repository says of one of its clusters. */
export interface ExpectedCluster {
  readonly name: string;
  /** Arguments of Flux's controllers, as far as these run. */
  readonly controllerArguments: readonly {
    readonly controllers: readonly string[];
    readonly value: string;
  }[];
  readonly objects: readonly ExpectedObject[];
  readonly tenants: readonly ExpectedTenant[];
  /** Whether admission refuses what breaks its policies. */
  readonly enforces: boolean;
}

/** Kinds of Flux with a condition `Ready`, by their groups. Alerts and Providers have no status. */
const READY_KINDS = new Map<string, ReadonlySet<string>>(
  [
    ['helm.toolkit.fluxcd.io', 'HelmRelease'],
    ['image.toolkit.fluxcd.io', 'ImagePolicy ImageRepository ImageUpdateAutomation'],
    ['kustomize.toolkit.fluxcd.io', 'Kustomization'],
    ['notification.toolkit.fluxcd.io', 'Receiver'],
    ['source.extensions.fluxcd.io', 'ArtifactGenerator'],
    ['source.toolkit.fluxcd.io', 'Bucket GitRepository HelmChart HelmRepository OCIRepository'],
  ].map(([group, kinds]) => [group, new Set(kinds.split(' '))]),
);

/** The policy that refuses an artifact from anywhere else, and whose refusal the script provokes. */
export const REFUSING_POLICY = 'flux-tenants-oci';

/**
 * What the repository at path `fleet` says of one of its clusters. What tenants publish elsewhere is left out: their syncs tell
 * of its health.
 */
export function expectedCluster(
  fleet: string,
  cluster: { readonly name: string; readonly environment: string },
  all: readonly ManifestObject[],
  controllerArguments: ExpectedCluster['controllerArguments'],
): ExpectedCluster {
  const key = `${fleet}/${cluster.name}`;
  const here = all.filter(
    ({ location }) => location.repository === fleet && location.clusters.includes(key),
  );
  const applied = appliedManifests(here, { key, environment: cluster.environment });
  const manifests = applied.map(({ manifest }) => manifest);
  return {
    name: cluster.name,
    controllerArguments,
    objects: sortedBy([rootSync(), ...manifests.flatMap(expectedObject)], lineOf),
    tenants: tenantsIn(here),
    enforces: manifests.some(isEnforced),
  };
}

function rootSync(): ExpectedObject {
  return {
    resource: 'kustomizations.kustomize.toolkit.fluxcd.io',
    namespace: FLUX_NAMESPACE,
    name: FLUX_NAMESPACE,
    account: 'kustomize-controller',
  };
}

function expectedObject({ apiVersion, kind, metadata, spec }: any): ExpectedObject[] {
  const group = apiGroupOf(String(apiVersion));
  const { name, namespace } = metadata ?? {};
  const account = spec?.serviceAccountName;
  if (
    !READY_KINDS.get(group)?.has(kind) ||
    // It is never reconciled by itself.
    (kind === 'HelmRepository' && spec?.type === 'oci') ||
    spec?.suspend === true ||
    // No cluster has an object of such a name.
    !isObjectName(name) ||
    !isObjectName(namespace)
  ) {
    return [];
  }
  const applies = kind === 'Kustomization' || kind === 'HelmRelease';
  const resource = `${pluralOf(kind)}.${group}`;
  return [{ resource, namespace, name, ...(applies && isObjectName(account) && { account }) }];
}

function lineOf({ resource, namespace, name }: ExpectedObject): string {
  return `${resource} ${namespace}/${name}`;
}

function tenantsIn(objects: readonly ManifestObject[]): ExpectedTenant[] {
  const byName = new Map<string, ExpectedTenant>();
  for (const { location } of objects) {
    const { tenant, namespaces, serviceAccount: account } = location.tenancy ?? {};
    if (location.shelf.kind === 'tenant' && tenant && namespaces && account) {
      byName.set(tenant, { name: tenant, homeNamespace: namespaces[0], account });
    }
  }
  return [...byName.keys()].sort().map((name) => byName.get(name)!);
}

function isEnforced({ kind, metadata, spec }: any): boolean {
  return (
    (kind === 'ValidatingAdmissionPolicyBinding' || kind === 'ValidatingPolicy') &&
    metadata?.name === REFUSING_POLICY &&
    [spec?.validationActions].flat().includes('Deny')
  );
}
