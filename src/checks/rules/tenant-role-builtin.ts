import { accountInWords, ROLE_BINDING, tenantAccounts } from '../bound-accounts';
import { ObjectCheck } from '../check';
import { roleBinding } from '../example-parts';
import { textAt } from '../manifest-fields';

export const tenantRoleBuiltin: ObjectCheck = {
  id: 'tenant-role-builtin',
  severity: 'error',
  profile: 'strict',
  summary: "a tenant's service account must not have the role 'admin' or 'edit' of Kubernetes",
  why:
    'Both may impersonate every service account of the namespace, take out tokens for it, run commands in pods and rewrite NetworkPolicies. And both grow: Flux ' +
    'and other operators add rules to them, those of Flux with the right to write the status of sources.',
  remedy: 'bind the account to a role of your own that spells out what tenants need',
  links: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  ],
  types: [ROLE_BINDING],
  needs: 'cluster',
  bad: `# with: tenant team-a\n${roleBinding('team-a', 'more', 'ClusterRole', 'admin')}`,
  good: `# with: tenant team-a\n${roleBinding('team-a', 'more', 'ClusterRole', 'tenant-app-admin')}`,
  *examine({ manifest }, cluster) {
    const [account] = tenantAccounts(manifest, cluster);
    const role = textAt(manifest, 'roleRef', 'name') ?? '';
    if (
      account &&
      textAt(manifest, 'roleRef', 'kind') === 'ClusterRole' &&
      /^(?:admin|edit)$/.test(role)
    ) {
      yield {
        message: `gives ${accountInWords(account)} of tenant '${account.tenant}' ClusterRole '${role}', which operators add to; bind a role of your own`,
        pointer: '/roleRef/name',
      };
    }
  },
};
