import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { place } from '../vocabulary/placement';
import { kubernetesObject } from './kubernetes-object';

const apiGroup = 'rbac.authorization.k8s.io';

/** A group of people as the subject of a binding. */
export function groupSubject(name: string) {
  return { apiGroup, kind: 'Group', name };
}

/** What gives `subjects` a role of tenants in one namespace of a tenant, and must stay so. */
export function tenantRoleBinding(
  scope: Construct,
  id: string,
  { annotations, ...metadata }: ApiObjectMetadata,
  role: string,
  subjects: object[],
): void {
  const [apiVersion, kind] = [`${apiGroup}/v1`, 'RoleBinding'];
  const rights = { roleRef: { apiGroup, kind: 'ClusterRole', name: role }, subjects };
  place(kubernetesObject(scope, id, apiVersion, kind, { ...metadata, annotations }, rights), {
    made: { apiVersion, kind, metadata, ...rights },
  });
}
