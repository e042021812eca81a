import { ObjectCheck } from '../check';
import { tenantRoleWith } from '../example-parts';
import { allowedOn, listed, ROLES, tenantRules } from '../tenant-roles';

const RBAC = 'rbac.authorization.k8s.io';
const GRANTS = [`roles.${RBAC}`, `rolebindings.${RBAC}`, `clusterroles.${RBAC}`];

/** What makes more of a right, each with the resources that RBAC asks for it on. */
const ESCALATIONS: readonly [verb: string, resources: readonly string[]][] = [
  ['bind', GRANTS],
  ['escalate', GRANTS],
  ['impersonate', ['serviceaccounts', 'users', 'groups']],
  ['create', ['serviceaccounts/token']],
];

export const tenantRoleEscalation: ObjectCheck = {
  id: 'tenant-role-escalation',
  severity: 'error',
  profile: 'recommended',
  summary: "a tenant's role must not allow to gain other rights",
  why:
    'escalate and bind switch off the check that nobody grants what they do not have themselves. impersonate and serviceaccounts/token give the rights of ' +
    'every service account of the namespace, past Git, and a token lives on when the change is taken back.',
  remedy: 'remove the verb or the resource from the rule',
  links: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#escalate-verb',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#token-request',
  ],
  controls: [
    { standard: 'CIS Kubernetes 1.10', id: '5.1.8' },
    { standard: 'CIS Kubernetes 1.10', id: '5.1.13' },
  ],
  types: ROLES,
  needs: 'cluster',
  bad: `# with: tenant team-a\n${tenantRoleWith('', 'serviceaccounts/token', ['create'])}`,
  good: `# with: tenant team-a\n${tenantRoleWith('', 'serviceaccounts', ['get'])}`,
  *examine(object, cluster) {
    for (const { rule, pointer, tenant, binding } of tenantRules(object, cluster)) {
      for (const [verb, resources] of ESCALATIONS) {
        const found = allowedOn(rule, [verb], resources);
        if (found.length > 0) {
          yield {
            message: `lets tenant '${tenant}' by ${binding} ${verb} ${listed(found)}, and so gain other rights`,
            pointer,
          };
        }
      }
    }
  },
};
