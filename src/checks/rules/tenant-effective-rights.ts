import { readRule } from '../../access/policy-rule';
import { AppliedObject } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { isReservedNamespace } from '../../vocabulary/names';
import {
  accountInWords,
  CLUSTER_ROLE_BINDING,
  isEveryAccount,
  ROLE_BINDING,
  tenantAccounts,
} from '../bound-accounts';
import { ObjectCheck } from '../check';
import { roleBinding } from '../example-parts';
import { isolatedTenants } from '../isolated-tenants';
import { itemsAt, textAt } from '../manifest-fields';
import { rolesOf } from '../tenant-roles';

/** Groups of the API in which everybody asks only about themselves. */
const OF_ONESELF = new Set(['authentication.k8s.io', 'authorization.k8s.io']);

export const tenantEffectiveRights: ObjectCheck = {
  id: 'tenant-effective-rights',
  severity: 'error',
  profile: 'strict',
  summary: "no account of a tenant may have a right outside the tenant's namespaces",
  why:
    'Rights reach a tenant by every subject that stands for one of its accounts: by the account itself, and by the groups system:serviceaccounts and ' +
    'system:authenticated, which all accounts of the cluster are in.',
  remedy:
    'bind accounts of the platform alone, or suppress the finding with the reason why tenants need the right',
  links: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
  ],
  controls: [{ standard: 'PCI DSS 4.0', id: '7.2.5' }],
  types: [ROLE_BINDING, CLUSTER_ROLE_BINDING],
  needs: 'cluster',
  bad: `# with: tenant team-a\n${roleBinding('monitoring', 'readers', 'ClusterRole', 'view')}`,
  good: `# with: tenant team-a\n${roleBinding('monitoring', 'readers', 'ClusterRole', 'view', 'grafana', 'monitoring')}`,
  *examine(object, cluster) {
    const tenants = cluster.once(isolatedTenants);
    const { manifest } = object;
    const { namespace } = manifest.metadata;
    const isCluster = manifest.kind === 'ClusterRoleBinding';
    const where = isCluster ? 'in the whole cluster' : `in namespace '${namespace}'`;
    const role = `${textAt(manifest, 'roleRef', 'kind')} '${textAt(manifest, 'roleRef', 'name')}'`;
    const isNobodys =
      !isCluster &&
      tenants.ownerOf(namespace) === undefined &&
      !isReservedNamespace(String(namespace));
    for (const account of isNobodys ? tenantAccounts(manifest, cluster) : []) {
      yield {
        message: `gives ${accountInWords(account)} of tenant '${account.tenant}' a role ${where}: ${role}${rightsInWords(object, cluster)}`,
        pointer: account.pointer,
      };
    }
    for (const { value, pointer } of itemsAt(manifest, 'subjects')) {
      if (tenants.names.size > 0 && isEveryAccount(value) && givesRights(object, cluster)) {
        yield {
          message: `gives Group '${value.name}', which the accounts of all tenants are in, a role ${where}: ${role}${rightsInWords(object, cluster)}`,
          pointer,
        };
      }
    }
  },
};

/** Whether a binding is known to give more than every cluster gives everybody. */
function givesRights(binding: AppliedObject, cluster: ClusterView): boolean {
  const name = textAt(binding.manifest, 'roleRef', 'name') ?? '';
  return /^(?:cluster-admin|admin|edit|view)$/.test(name) || rightsOf(binding, cluster).length > 0;
}

function rightsInWords(binding: AppliedObject, cluster: ClusterView): string {
  const rights = rightsOf(binding, cluster);
  const more = rights.length > 1 ? `, and ${rights.length - 1} more rules` : '';
  return rights.length === 0 ? '' : `, which allows ${rights[0]}${more}`;
}

/** The rules that a binding gives, in words. */
function rightsOf(binding: AppliedObject, cluster: ClusterView): string[] {
  return rolesOf(binding, cluster)
    .flatMap(({ manifest }) => itemsAt(manifest, 'rules'))
    .map(({ value }) => readRule(value))
    .filter(
      ({ resources, apiGroups }) =>
        resources.length > 0 && !apiGroups.every((group) => OF_ONESELF.has(group)),
    )
    .map(({ verbs, resources }) => `${verbs.join(', ')} on ${resources.join(', ')}`);
}
