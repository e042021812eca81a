import { isOpaqueIn } from '../../clusters/applied-object';
import { isBound, isBoundAnywhere } from '../bound-accounts';
import { ObjectCheck } from '../check';
import { roleBinding, tenantSync } from '../example-parts';
import { APPLIER_TYPES } from '../flux-controller';
import { isolatedTenants, isRemote } from '../isolated-tenants';
import { textAt } from '../manifest-fields';
import { mayHoldUnreadFor } from '../unread-objects';

const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: deployer
  namespace: team-a
automountServiceAccountToken: false
---
`;

const SYNC = tenantSync('serviceAccountName: deployer', 'targetNamespace: team-a');

export const tenantBindingExists: ObjectCheck = {
  id: 'tenant-binding-exists',
  severity: 'error',
  profile: 'recommended',
  summary: "a tenant's service account must be bound in every namespace that it deploys to",
  why:
    'The API server refuses whatever no binding allows. A RoleBinding gives rights in its own namespace only, so that an account needs one in the target ' +
    'namespace as well, with the namespace of the account in its subject.',
  remedy:
    'bind the account by a RoleBinding in the namespace, to a role that holds what tenants need',
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding',
  ],
  types: APPLIER_TYPES,
  needs: 'cluster',
  bad: `# with: tenant team-a\n${ACCOUNT}${SYNC}`,
  good: `# with: tenant team-a\n${ACCOUNT}${roleBinding('team-a', 'deployer', 'ClusterRole', 'tenant-app-admin', 'deployer')}---\n${SYNC}`,
  *examine(object, cluster) {
    const { manifest } = object;
    const { namespace } = manifest.metadata;
    const tenants = cluster.once(isolatedTenants);
    const tenant = tenants.ownerOf(namespace);
    const account = textAt(manifest, 'spec', 'serviceAccountName') ?? '';
    if (
      tenant === undefined ||
      isRemote(manifest) ||
      isOpaqueIn(object, account) ||
      !cluster.find('/ServiceAccount', namespace, account)
    ) {
      return;
    }
    const target = textAt(manifest, 'spec', 'targetNamespace');
    if (target !== undefined) {
      const isOwn = tenants.ownerOf(target) === tenant;
      if (
        isOwn &&
        !isBound(cluster, namespace, account, target) &&
        !mayHoldUnreadFor(cluster, target, account)
      ) {
        yield {
          message: `applies to namespace '${target}' as ServiceAccount '${account}', which no RoleBinding there gives a role`,
          pointer: '/spec/targetNamespace',
        };
      }
    } else if (
      !isBoundAnywhere(cluster, namespace, account) &&
      !mayHoldUnreadFor(cluster, namespace, account)
    ) {
      yield {
        message: `applies as ServiceAccount '${account}', which no binding gives a role`,
        pointer: '/spec/serviceAccountName',
      };
    }
  },
};
