import { Construct } from 'constructs';
import { PRUNE_DISABLED, TENANT_LABEL } from '../vocabulary/labels';
import { place } from '../vocabulary/placement';
import { PodSecurity } from '../vocabulary/pod-security';
import { ITenant } from '../vocabulary/ports';
import { clusterScopedObject } from './kubernetes-object';
import { tenantRoleBinding } from './role-binding';
import { TENANT_APP_ADMIN } from './tenant-app-admin';

/** A namespace of `tenant`, of which must stay as it is: its name, whose it is and what its pods may be. */
export function tenantNamespace(
  scope: Construct,
  name: string,
  tenant: ITenant,
  { _labels: labels }: PodSecurity,
): void {
  const [apiVersion, kind] = ['v1', 'Namespace'];
  const metadata = { name, annotations: PRUNE_DISABLED, labels };
  place(clusterScopedObject(scope, name, apiVersion, kind, metadata, {}), {
    made: {
      apiVersion,
      kind,
      metadata: { name, labels: { [TENANT_LABEL]: tenant.tenantName, ...labels } },
    },
  });
}

/** What lets the account of `tenant` do in one of its namespaces what the role of tenants allows. */
export function tenantBinding(
  scope: Construct,
  id: string,
  { tenantName, serviceAccountName, homeNamespace }: ITenant,
  namespace: string,
): void {
  const metadata = { name: `${tenantName}-reconciler`, namespace, annotations: PRUNE_DISABLED };
  tenantRoleBinding(scope, id, metadata, TENANT_APP_ADMIN, [
    { kind: 'ServiceAccount', name: serviceAccountName, namespace: homeNamespace },
  ]);
}
