import { ObjectCheck } from '../check';
import { tenantRoleWith } from '../example-parts';
import { allowedOn, listed, ROLES, tenantRules, WRITE } from '../tenant-roles';

/** What in a namespace lifts policies, or acts with the rights of Kyverno. */
const POLICIES = [
  'cleanuppolicies.kyverno.io',
  'policies.kyverno.io',
  'policyexceptions.kyverno.io',
  'namespaceddeletingpolicies.policies.kyverno.io',
  'namespacedgeneratingpolicies.policies.kyverno.io',
  'namespacedmutatingpolicies.policies.kyverno.io',
  'policyexceptions.policies.kyverno.io',
];

export const tenantRolePolicies: ObjectCheck = {
  id: 'tenant-role-policies',
  severity: 'error',
  profile: 'recommended',
  summary: "a tenant's role must not allow to write Kyverno's policies or exceptions",
  why:
    'A PolicyException lifts the policies that bound the tenant. Policies that change, generate or delete objects act with the rights of Kyverno, which are more than ' +
    "the tenant's.",
  remedy: 'remove the resource from the rule; let the platform apply policies and exceptions',
  links: ['https://kyverno.io/docs/guides/exceptions/'],
  types: ROLES,
  needs: 'cluster',
  bad: `# with: tenant team-a\n${tenantRoleWith('kyverno.io', 'policyexceptions', ['create'])}`,
  good: `# with: tenant team-a\n${tenantRoleWith('kyverno.io', 'policyexceptions', ['get'])}`,
  *examine(object, cluster) {
    for (const { rule, pointer, tenant, binding } of tenantRules(object, cluster)) {
      const found = allowedOn(rule, WRITE, POLICIES);
      if (found.length > 0) {
        yield {
          message: `lets tenant '${tenant}' by ${binding} write ${listed(found)}, which must be the platform's`,
          pointer,
        };
      }
    }
  },
};
