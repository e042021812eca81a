import { ObjectCheck } from '../check';
import { tenantRoleWith } from '../example-parts';
import { allowedOn, listed, ROLES, tenantRules, WRITE } from '../tenant-roles';

const GUARDRAILS = [
  'resourcequotas',
  'limitranges',
  'networkpolicies.networking.k8s.io',
  'roles.rbac.authorization.k8s.io',
  'rolebindings.rbac.authorization.k8s.io',
];

export const tenantRoleGuardrails: ObjectCheck = {
  id: 'tenant-role-guardrails',
  severity: 'error',
  profile: 'recommended',
  summary: "a tenant's role must not allow to change what bounds the tenant",
  why:
    'With its Namespace a tenant changes the labels that Pod Security, quotas and admission policies go by; with ResourceQuotas, LimitRanges and NetworkPolicies ' +
    'it lifts its own limits; with Roles and RoleBindings it hands its rights to others, who keep them outside Git.',
  remedy: 'allow no more than get, list and watch on it; let the platform apply it',
  links: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#namespace-modification',
    'https://kubernetes.io/docs/concepts/security/multi-tenancy/',
  ],
  controls: [{ standard: 'PCI DSS 4.0', id: '7.2.5' }],
  types: ROLES,
  needs: 'cluster',
  bad: `# with: tenant team-a\n${tenantRoleWith('', 'resourcequotas', ['get', 'patch'])}`,
  good: `# with: tenant team-a\n${tenantRoleWith('', 'resourcequotas', ['get', 'list', 'watch'])}`,
  *examine(object, cluster) {
    for (const { rule, pointer, tenant, binding } of tenantRules(object, cluster)) {
      const found = [
        // No RoleBinding lets anybody create one.
        ...allowedOn(rule, ['update', 'patch', 'delete'], ['namespaces']),
        ...allowedOn(rule, WRITE, GUARDRAILS),
      ];
      if (found.length > 0) {
        yield {
          message: `lets tenant '${tenant}' by ${binding} change ${listed(found)}, which must be the platform's`,
          pointer,
        };
      }
    }
  },
};
