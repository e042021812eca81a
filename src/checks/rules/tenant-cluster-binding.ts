import { accountInWords, CLUSTER_ROLE_BINDING, tenantAccounts } from '../bound-accounts';
import { ObjectCheck } from '../check';
import { roleBinding } from '../example-parts';
import { textAt } from '../manifest-fields';

export const tenantClusterBinding: ObjectCheck = {
  id: 'tenant-cluster-binding',
  severity: 'error',
  profile: 'recommended',
  summary: "no service account in a tenant's namespace may have a role in the whole cluster",
  why:
    'A ClusterRoleBinding holds in the namespaces of all tenants, in flux-system and outside of namespaces. A tenant can run pods as any service account of its ' +
    "namespaces, so that the rights of each are the tenant's.",
  remedy:
    "bind the account by RoleBindings in the tenant's namespaces, or move what needs the right out of them",
  links: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding',
  ],
  controls: [{ standard: 'PCI DSS 4.0', id: '7.2.5' }],
  types: [CLUSTER_ROLE_BINDING],
  needs: 'cluster',
  bad: `# with: tenant team-a
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: team-a-view
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: ServiceAccount
    name: team-a
    namespace: team-a
`,
  good: `# with: tenant team-a\n${roleBinding('team-a', 'team-a-view', 'ClusterRole', 'view')}`,
  *examine({ manifest }, cluster) {
    for (const account of tenantAccounts(manifest, cluster)) {
      const role = textAt(manifest, 'roleRef', 'name') ?? '';
      yield {
        message: `gives ${accountInWords(account)} of tenant '${account.tenant}' ClusterRole '${role}' in the whole cluster; use RoleBindings in its namespaces`,
        pointer: account.pointer,
      };
    }
  },
};
