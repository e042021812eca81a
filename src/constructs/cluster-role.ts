import { Construct } from 'constructs';
import { place } from '../vocabulary/placement';
import { RoleRule } from '../vocabulary/tenant-rule-bounds';
import { clusterScopedObject } from './kubernetes-object';

/** A ClusterRole of the platform that must stay as it is: the same rules, and none that other roles bring by aggregation. */
export function clusterRole(scope: Construct, name: string, rules: RoleRule[]): void {
  const [apiVersion, kind] = ['rbac.authorization.k8s.io/v1', 'ClusterRole'];
  const role = clusterScopedObject(scope, name, apiVersion, kind, { name }, { rules });
  place(role, {
    made: { apiVersion, kind, metadata: { name }, rules, aggregationRule: undefined },
  });
}
