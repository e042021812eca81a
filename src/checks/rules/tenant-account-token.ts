import { ObjectCheck } from '../check';
import { isolatedTenants } from '../isolated-tenants';
import { valueAt } from '../manifest-fields';
import { accountsOfAppliers } from '../applier-accounts';

const EXAMPLE = (line: string): string => `# with: tenant team-a
# file: tenants/base/team-a/rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: team-a-reconciler
  namespace: team-a
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: tenant-app-admin
subjects:
  - kind: ServiceAccount
    name: team-a
    namespace: team-a
---
apiVersion: v1
kind: ServiceAccount
metadata:
  labels:
    toolkit.fluxcd.io/tenant: team-a
  name: team-a
  namespace: team-a
${line}`;

export const tenantAccountToken: ObjectCheck = {
  id: 'tenant-account-token',
  severity: 'warning',
  profile: 'strict',
  summary: 'the account that applies what a tenant has must not be mounted into pods',
  why:
    'Every pod of the namespace may run as the account, and gets its token unless the account says otherwise. Whoever ' +
    'breaks into such a pod deploys as the tenant.',
  remedy: 'set automountServiceAccountToken: false; Flux impersonates the account without a token',
  links: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
  ],
  controls: [{ standard: 'CIS Kubernetes 1.10', id: '5.1.6' }],
  types: ['/ServiceAccount'],
  needs: 'cluster',
  bad: EXAMPLE(''),
  good: EXAMPLE('automountServiceAccountToken: false\n'),
  *examine({ manifest }, cluster) {
    const { name, namespace } = manifest.metadata;
    const tenant = cluster.once(isolatedTenants).ownerOf(namespace);
    const isApplier = cluster.once(accountsOfAppliers).has(`${namespace}/${name}`);
    if (tenant && isApplier && valueAt(manifest, 'automountServiceAccountToken') !== false) {
      yield {
        message: `applies what tenant '${tenant}' has, and must not be mounted into its pods`,
        pointer: '/automountServiceAccountToken',
      };
    }
  },
};
