import { accountInWords, ROLE_BINDING, tenantAccounts } from '../bound-accounts';
import { ObjectCheck } from '../check';
import { roleBinding } from '../example-parts';

export const defaultAccountUnbound: ObjectCheck = {
  id: 'default-account-unbound',
  severity: 'error',
  profile: 'recommended',
  summary: "the default service account of a tenant's namespace must have no role",
  why:
    'Every pod that names no account runs as default, and the lockdown of Flux relies on it: objects that name no account are applied as default, which is to have no ' +
    'rights.',
  remedy: 'bind an account of its own, and name it where it is needed',
  links: [
    'https://fluxcd.io/flux/installation/configuration/multitenancy/',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#service-account-permissions',
  ],
  controls: [{ standard: 'CIS Kubernetes 1.10', id: '5.1.5' }],
  types: [ROLE_BINDING],
  needs: 'cluster',
  bad: `# with: tenant team-a\n${roleBinding('team-a', 'pods', 'ClusterRole', 'view', 'default')}`,
  good: `# with: tenant team-a\n${roleBinding('team-a', 'pods', 'ClusterRole', 'view', 'app')}`,
  *examine({ manifest }, cluster) {
    for (const account of tenantAccounts(manifest, cluster)) {
      if (account.name === undefined || account.name === 'default') {
        yield {
          message: `gives ${accountInWords(account)} a role, and so every pod that names no account`,
          pointer: account.pointer,
        };
      }
    }
  },
};
