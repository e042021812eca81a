import { ObjectCheck } from '../check';
import { tenantRoleWith } from '../example-parts';
import { ROLES, tenantRules } from '../tenant-roles';

const FIELDS = ['apiGroups', 'resources', 'verbs'] as const;

export const tenantRoleWildcard: ObjectCheck = {
  id: 'tenant-role-wildcard',
  severity: 'warning',
  profile: 'strict',
  summary: "a tenant's role must spell out groups, resources and verbs",
  why:
    "'*' takes in what is added later: kinds of operators that are installed, and subresources such as status. As a verb it takes in bind, escalate and " +
    'impersonate. What of it is unsafe for anybody is found by itself, by the checks of the profile recommended: the status of sources, the bounds of the tenant, ' +
    'policies, and rights over rights. That a rule is shorter than it could be is no harm yet, and roles of many tools are written so.',
  remedy: "list what tenants need in place of '*'",
  links: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources',
  ],
  controls: [{ standard: 'CIS Kubernetes 1.10', id: '5.1.3' }],
  types: ROLES,
  needs: 'cluster',
  bad: `# with: tenant team-a\n${tenantRoleWith('apps', '*', ['get', 'list', 'watch'])}`,
  good: `# with: tenant team-a\n${tenantRoleWith('apps', 'daemonsets', ['get', 'list', 'watch'])}`,
  *examine(object, cluster) {
    for (const { rule, pointer, tenant, binding } of tenantRules(object, cluster)) {
      const fields = FIELDS.filter((field) => rule[field].includes('*'));
      if (fields.length > 0) {
        yield {
          message: `gives tenant '${tenant}' by ${binding} a rule with '*' in ${fields.join(' and ')}; list what it needs`,
          pointer: `${pointer}/${fields[0]}`,
        };
      }
    }
  },
};
