import { AppliedObject } from '../../clusters/applied-object';
import { boundAccounts, ROLE_BINDING } from '../bound-accounts';
import { ObjectCheck } from '../check';
import { configMap, roleBinding, tenantSyncOfFleet } from '../example-parts';
import { isolatedTenants } from '../isolated-tenants';
import { itemsAt, textAt } from '../manifest-fields';

/** A tenant with an account that is in the file `path`, beside what its own sync applies. */
function example(path: string): string {
  return `# with: tenant team-a
${tenantSyncOfFleet('deployer')}---
${roleBinding('team-a', 'deployer', 'ClusterRole', 'tenant-app-admin', 'deployer')}# file: apps/team-a/configmap.yaml
${configMap('settings', 'team-a', 'level: info')}# file: ${path}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: deployer
  namespace: team-a
automountServiceAccountToken: false
`;
}

export const tenantIdentityApart: ObjectCheck = {
  id: 'tenant-identity-apart',
  severity: 'error',
  profile: 'recommended',
  summary: 'no Kustomization may apply the account that it is applied as, or a role for it',
  why:
    'Flux needs the account and its binding before it can apply them, and needs them still when the Kustomization is deleted: without the account Flux skips pruning and leaves behind ' +
    'all that it applied. A binding that the account can write itself is no bound, either.',
  remedy:
    "move the ServiceAccount, RoleBinding or Namespace to a Kustomization of the platform, which the tenant's one depends on",
  links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control'],
  types: ['/ServiceAccount', '/Namespace', ROLE_BINDING],
  needs: 'cluster',
  bad: example('apps/team-a/serviceaccount.yaml'),
  good: example('clusters/prod/team-a.yaml'),
  *examine(object, cluster) {
    const { sync } = object;
    const home = sync?.manifest.metadata.namespace;
    const account = textAt(sync?.manifest, 'spec', 'serviceAccountName');
    const tenant = cluster.once(isolatedTenants).ownerOf(home);
    if (sync && tenant !== undefined && account !== undefined && isOf(object, home, account)) {
      yield {
        message: `is applied by Kustomization '${sync.manifest.metadata.name}' in namespace '${home}', which needs it to apply anything as '${account}'`,
      };
      return;
    }
    const waiting = sync && itemsAt(sync.manifest, 'spec', 'dependsOn');
    for (const { value } of tenant === undefined ? (waiting ?? []) : []) {
      const [of, name] = [textAt(value, 'namespace') ?? home, textAt(value, 'name')];
      const other = cluster.find('kustomize.toolkit.fluxcd.io/Kustomization', of, name);
      const own = textAt(other?.manifest, 'spec', 'serviceAccountName');
      const owner = cluster.once(isolatedTenants).ownerOf(of);
      if (owner !== undefined && own !== undefined && isOf(object, of, own)) {
        yield {
          message: `is applied by Kustomization '${sync!.manifest.metadata.name}' in namespace '${home}', which waits for Kustomization '${name}' in namespace '${of}', which needs it to apply anything as '${own}'`,
        };
      }
    }
  },
};

/** Whether an object is what account `name` of `namespace` exists and has rights by. */
function isOf({ manifest }: AppliedObject, namespace: unknown, name: string): boolean {
  const { kind, metadata } = manifest;
  switch (kind) {
    case 'Namespace':
      return metadata.name === namespace;
    case 'ServiceAccount':
      return metadata.namespace === namespace && metadata.name === name;
    default:
      return boundAccounts(manifest).some(
        (one) => one.namespace === namespace && one.name === name,
      );
  }
}
