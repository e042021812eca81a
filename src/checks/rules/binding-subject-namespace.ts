import { isReservedNamespace } from '../../vocabulary/names';
import { accountInWords, ROLE_BINDING, tenantAccounts } from '../bound-accounts';
import { ObjectCheck } from '../check';
import { roleBinding } from '../example-parts';
import { isolatedTenants } from '../isolated-tenants';

export const bindingSubjectNamespace: ObjectCheck = {
  id: 'binding-subject-namespace',
  severity: 'error',
  profile: 'recommended',
  summary:
    "no RoleBinding may give a tenant's service account a role in another tenant's or a system namespace",
  why: 'The role is what the tenant then may do there, with the Secrets and the workloads of others; what it creates in flux-system is applied with the rights of Flux.',
  remedy: "correct the subject's namespace, or move the RoleBinding to a namespace of the tenant",
  links: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects'],
  controls: [{ standard: 'PCI DSS 4.0', id: '7.2.5' }],
  types: [ROLE_BINDING],
  needs: 'cluster',
  bad: `# with: tenant team-a\n# with: tenant team-b\n${roleBinding('team-b', 'team-a', 'ClusterRole', 'tenant-app-admin')}`,
  good: `# with: tenant team-a\n# with: tenant team-b\n${roleBinding('team-b', 'team-a', 'ClusterRole', 'tenant-app-admin', 'team-b', 'team-b')}`,
  *examine({ manifest }, cluster) {
    const { namespace } = manifest.metadata;
    const owner = cluster.once(isolatedTenants).ownerOf(namespace);
    for (const account of tenantAccounts(manifest, cluster)) {
      const isForeign = owner !== undefined && owner !== account.tenant;
      if (isForeign || (owner === undefined && isReservedNamespace(String(namespace)))) {
        const whose = isForeign ? `which is tenant '${owner}'s` : "which is no tenant's";
        yield {
          message: `gives ${accountInWords(account)} of tenant '${account.tenant}' a role in namespace '${namespace}', ${whose}`,
          pointer: account.pointer,
        };
      }
    }
  },
};
