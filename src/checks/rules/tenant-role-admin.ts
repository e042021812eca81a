import { readRule } from '../../access/policy-rule';
import { AppliedObject } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { accountInWords, ROLE_BINDING, tenantAccounts } from '../bound-accounts';
import { ObjectCheck } from '../check';
import { roleBinding } from '../example-parts';
import { itemsAt, textAt } from '../manifest-fields';
import { allowsEverything, rolesOf } from '../tenant-roles';

export const tenantRoleAdmin: ObjectCheck = {
  id: 'tenant-role-admin',
  severity: 'error',
  profile: 'recommended',
  summary: "a tenant's service account must not have every right in a namespace",
  why:
    "A RoleBinding to cluster-admin, which 'flux create tenant' writes unless told otherwise, holds for the namespace itself, too. With it a tenant takes off the labels of its " +
    'Namespace that Pod Security and admission policies go by, deletes its ResourceQuota and NetworkPolicies, and writes the status of sources, which Flux trusts.',
  remedy: 'bind the account to a role that spells out what tenants need',
  links: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
    'https://fluxcd.io/flux/cmd/flux_create_tenant/',
  ],
  controls: [
    { standard: 'CIS Kubernetes 1.10', id: '5.1.1' },
    { standard: 'PCI DSS 4.0', id: '7.2.5' },
  ],
  types: [ROLE_BINDING],
  needs: 'cluster',
  bad: `# with: tenant team-a\n${roleBinding('team-a', 'more', 'ClusterRole', 'cluster-admin')}`,
  good: `# with: tenant team-a\n${roleBinding('team-a', 'more', 'ClusterRole', 'tenant-app-admin')}`,
  *examine(object, cluster) {
    const { manifest } = object;
    const [account] = tenantAccounts(manifest, cluster);
    if (account && givesEverything(object, cluster)) {
      const { kind, name } = manifest.roleRef;
      yield {
        message: `gives ${accountInWords(account)} of tenant '${account.tenant}' every right in the namespace by ${kind} '${name}'`,
        pointer: '/roleRef',
      };
    }
  },
};

function givesEverything(binding: AppliedObject, cluster: ClusterView): boolean {
  const role = binding.manifest.roleRef;
  return (
    (textAt(role, 'kind') === 'ClusterRole' && textAt(role, 'name') === 'cluster-admin') ||
    rolesOf(binding, cluster).some(({ manifest }) =>
      itemsAt(manifest, 'rules').some(({ value }) => allowsEverything(readRule(value))),
    )
  );
}
