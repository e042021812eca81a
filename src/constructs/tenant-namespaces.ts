import { Construct } from 'constructs';
import { PRUNE_DISABLED, TENANT_LABEL } from '../vocabulary/labels';
import { place } from '../vocabulary/placement';
import { PodSecurity } from '../vocabulary/pod-security';
import { ITenant } from '../vocabulary/ports';
import { clusterScopedObject, kubernetesObject } from './kubernetes-object';
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

/** What lets the account of `tenant` do in one of its namespaces what the role of tenants allows; it must stay so. */
export function tenantBinding(
  scope: Construct,
  id: string,
  tenant: ITenant,
  namespace: string,
): void {
  const { tenantName, serviceAccountName, homeNamespace } = tenant;
  const apiGroup = 'rbac.authorization.k8s.io';
  const [apiVersion, kind] = [`${apiGroup}/v1`, 'RoleBinding'];
  const metadata = { name: `${tenantName}-reconciler`, namespace };
  const rights = {
    roleRef: { apiGroup, kind: 'ClusterRole', name: TENANT_APP_ADMIN },
    subjects: [{ kind: 'ServiceAccount', name: serviceAccountName, namespace: homeNamespace }],
  };
  const kept = { ...metadata, annotations: PRUNE_DISABLED };
  place(kubernetesObject(scope, id, apiVersion, kind, kept, rights), {
    made: { apiVersion, kind, metadata, ...rights },
  });
}
