import { AccessReview } from '../../src';

const apiVersion = 'rbac.authorization.k8s.io/v1';
const apiGroup = 'rbac.authorization.k8s.io';

/** A rule as a manifest has it. */
export function rule(verbs: string, resources: string, apiGroups = '', resourceNames = '') {
  return {
    apiGroups: apiGroups.split(' '),
    resources: resources.split(' '),
    verbs: verbs.split(' '),
    ...(resourceNames && { resourceNames: resourceNames.split(' ') }),
  };
}

/** A ClusterRole, or a Role where a namespace is given. */
export function role(name: string, rules: unknown, namespace?: string, labels?: object) {
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  return { apiVersion, kind, metadata: { name, namespace, labels }, rules };
}

/** A ClusterRole that takes in others. */
export function aggregating(name: string, clusterRoleSelectors: unknown, labels?: object) {
  return { ...role(name, [], undefined, labels), aggregationRule: { clusterRoleSelectors } };
}

/** A ClusterRoleBinding, or a RoleBinding where a namespace is given, to a ClusterRole unless `kind` says otherwise. */
export function binding(
  name: string,
  roleName: string,
  subjects: unknown,
  namespace?: string,
  kind = 'ClusterRole',
) {
  return {
    apiVersion,
    kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: { name, namespace },
    roleRef: { apiGroup, kind, name: roleName },
    subjects,
  };
}

export const user = (name: string) => ({ kind: 'User', apiGroup, name });
export const group = (name: string) => ({ kind: 'Group', apiGroup, name });
export const account = (name: string, namespace?: string) => ({
  kind: 'ServiceAccount',
  name,
  namespace,
});

/** Who may do what with these objects on a cluster. */
export function reviewOf(...manifests: any[]): AccessReview {
  const applied = manifests.map((manifest) => ({
    manifest,
    constructPath: `${manifest.kind}-${manifest.metadata?.name}`,
  }));
  return AccessReview._of(applied, []);
}
