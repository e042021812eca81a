import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { allowedSources } from '../vocabulary/allowed-sources';
import { PRUNE_DISABLED, TENANT_LABEL } from '../vocabulary/labels';
import { place } from '../vocabulary/placement';
import { copyOfMap, plainMap } from '../vocabulary/plain-map';
import { PodSecurity } from '../vocabulary/pod-security';
import { ITenant } from '../vocabulary/ports';
import {
  allowedAnnotation,
  NAMESPACES_ANNOTATION,
  SERVICE_ACCOUNT_ANNOTATION,
  SOURCE_TYPES,
} from '../vocabulary/tenant-annotations';
import { clusterScopedObject } from './kubernetes-object';
import { tenantRoleBinding } from './role-binding';
import { TENANT_APP_ADMIN } from './tenant-app-admin';

/**
 * A namespace of `tenant`, of which must stay as it is: its name, whose it is, what its pods may be and what admission
 * policies go by.
 */
export function tenantNamespace(
  scope: Construct,
  name: string,
  tenant: ITenant,
  { _labels: labels }: PodSecurity,
): void {
  const [apiVersion, kind] = ['v1', 'Namespace'];
  const annotations = plainMap();
  annotations[SERVICE_ACCOUNT_ANNOTATION] = tenant.serviceAccountName;
  annotations[NAMESPACES_ANNOTATION] = tenant.namespaces.join(' ');
  // Sources may be declared after this.
  const allowed = SOURCE_TYPES.map((type): [string, Lazy] => [
    allowedAnnotation(type),
    Lazy.any({ produce: () => allowedSources(tenant, type).join(' ') || undefined }),
  ]);
  const declared = Object.assign(copyOfMap(annotations), PRUNE_DISABLED);
  allowed.forEach(([key, lazy]) => (declared[key] = lazy));
  const metadata = { name, annotations: declared, labels };
  place(clusterScopedObject(scope, name, apiVersion, kind, metadata, {}), {
    get made() {
      const fixed = copyOfMap(annotations);
      allowed.forEach(([key, lazy]) => (fixed[key] = lazy.produce()));
      return {
        apiVersion,
        kind,
        metadata: {
          name,
          annotations: fixed,
          labels: { [TENANT_LABEL]: tenant.tenantName, ...labels },
        },
      };
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
