import { ObjectCheck } from '../check';
import { tenantRoleWith } from '../example-parts';
import { allowedOn, listed, ROLES, tenantRules } from '../tenant-roles';

const INTO_PODS = ['pods/exec', 'pods/attach', 'pods/portforward', 'pods/ephemeralcontainers'];

export const tenantRoleExec: ObjectCheck = {
  id: 'tenant-role-exec',
  severity: 'warning',
  profile: 'strict',
  summary: "a tenant's service account must not reach into running pods",
  why:
    'Flux needs none of it to apply manifests. Whoever runs commands in a pod sees what it sees, such as Secrets and the token of its account, and leaves no trace in ' +
    'Git.',
  remedy: 'remove the resource from the rule; give it to a role that people are bound to',
  links: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  types: ROLES,
  needs: 'cluster',
  bad: `# with: tenant team-a\n${tenantRoleWith('', 'pods/exec', ['create'])}`,
  good: `# with: tenant team-a\n${tenantRoleWith('', 'pods/log', ['get'])}`,
  *examine(object, cluster) {
    for (const { rule, pointer, tenant, binding } of tenantRules(object, cluster)) {
      const found = allowedOn(rule, ['get', 'create', 'update', 'patch'], INTO_PODS);
      const reached = found.filter(
        (one) =>
          one !== 'pods/ephemeralcontainers' || allowedOn(rule, ['update', 'patch'], [one])[0],
      );
      if (reached.length > 0) {
        yield {
          message: `lets the account of tenant '${tenant}' by ${binding} use ${listed(reached)}, which only people need`,
          pointer,
        };
      }
    }
  },
};
