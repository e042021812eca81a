import { apiGroupOf } from '../vocabulary/cluster-scoped-kinds';
import { Tenancy } from '../vocabulary/placement';
import { isOfFlux, shardStrays } from '../vocabulary/sharding';
import { shown } from './malformed';
import { clusterNameOf } from './manifest-object';

/** Fields of a `spec` that name another object, or a list of them, and may give its namespace. */
const REFERENCES = [
  ['chart', 'spec', 'sourceRef'],
  ['chartRef'],
  ['dependsOn'],
  ['eventSources'],
  ['imageRepositoryRef'],
  ['resources'],
  ['sourceRef'],
  ['sources'],
];

/** What Flux applies by impersonation, and as itself where it is not told whom. */
const IMPERSONATING = new Set([
  'kustomize.toolkit.fluxcd.io/Kustomization',
  'helm.toolkit.fluxcd.io/HelmRelease',
]);

/** What `spec.provider` calls clouds, where Flux may have an identity. */
const CLOUDS = new Set(['aws', 'azure', 'gcp']);

/**
 * How an object of Flux on `clusters` would reach beyond the tenant that it belongs to; nothing for objects of others.
 */
export function fluxStrays(manifest: any, tenancy: Tenancy, clusters: readonly string[]): string[] {
  if (!isOfFlux(manifest.apiVersion)) {
    return [];
  }
  const group = apiGroupOf(manifest.apiVersion);
  const spec = manifest.spec ?? {};
  const strays = [
    ...foreignReferences(spec, manifest.metadata.namespace),
    ...shardStrays(manifest, tenancy.shard),
    ...identityStrays(spec, tenancy, clusters),
  ];
  if (spec.kubeConfig !== undefined) {
    strays.push('must not set spec.kubeConfig: a tenant applies to the clusters that it runs on');
  }
  const { serviceAccountName: account } = spec;
  if (IMPERSONATING.has(`${group}/${manifest.kind}`) && account !== tenancy.serviceAccount) {
    strays.push(
      `must be applied as the tenant, with spec.serviceAccountName '${tenancy.serviceAccount}', got ${shown(account)}`,
    );
  }
  for (const field of ['targetNamespace', 'storageNamespace']) {
    const namespace = spec[field];
    if (namespace !== undefined && !tenancy.namespaces.includes(namespace)) {
      strays.push(
        `must have as spec.${field} a namespace of tenant '${tenancy.tenant}' ` +
          `(${tenancy.namespaces.join(', ')}), got ${shown(namespace)}`,
      );
    }
  }
  return strays;
}

/** Where Flux would want an identity of a cloud that it may not have. */
function identityStrays(spec: any, tenancy: Tenancy, clusters: readonly string[]): string[] {
  if (!CLOUDS.has(spec.provider) || spec.secretRef !== undefined) {
    return [];
  }
  return clusters
    .map(clusterNameOf)
    .filter((cluster) => !tenancy.workloadIdentityOn.includes(cluster))
    .map(
      (cluster) =>
        `must not use an identity of cloud '${spec.provider}' on cluster '${cluster}', which has workloadIdentity off; ` +
        'give it a Secret, or the cluster a FluxInstallation with workloadIdentity',
    );
}

function foreignReferences(spec: any, own: string): string[] {
  const strays: string[] = [];
  for (const path of REFERENCES) {
    const value = path.reduce((above, key) => above?.[key], spec);
    for (const reference of Array.isArray(value) ? value.flat() : [value]) {
      const namespace = reference?.namespace;
      if (namespace !== undefined && namespace !== own) {
        strays.push(
          `must not use the objects of another namespace, got spec.${path.join('.')} ` +
            `with namespace ${shown(namespace)}, not '${own}'`,
        );
      }
    }
  }
  return strays;
}
