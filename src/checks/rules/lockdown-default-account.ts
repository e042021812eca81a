import { FileCheck } from '../check';
import { APPLIERS } from '../../vocabulary/flux-controllers';
import { besideTenants } from '../lockdown';
import { CROSS_NAMESPACE, DOCUMENTED, fluxPatchedBy, REMOTE_BASES } from '../lockdown-example';

const FLAG = '--default-service-account';

export const lockdownDefaultAccount: FileCheck = {
  id: 'lockdown-default-account',
  severity: 'error',
  profile: 'recommended',
  summary: 'where a cluster has tenants, what names no service account must not be applied as Flux',
  why:
    'kustomize-controller and helm-controller are cluster administrators. Without a default account, they apply a Kustomization or HelmRelease that ' +
    'names no serviceAccountName with these rights, whoever wrote it.',
  remedy:
    "add '--default-service-account=default' to both controllers with a patch in flux-system/kustomization.yaml, or set spec.cluster.multitenant of the FluxInstance",
  links: [
    'https://fluxcd.io/flux/installation/configuration/multitenancy/',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#enforcing-impersonation',
  ],
  bad: `# with: tenant team-a\n${fluxPatchedBy(CROSS_NAMESPACE, REMOTE_BASES)}`,
  good: `# with: tenant team-a\n${fluxPatchedBy(...DOCUMENTED)}`,
  examineFile: (...changed) =>
    besideTenants(
      changed,
      (one) => APPLIERS.includes(one.component) && one.valueOf(FLAG) === '',
      (names) => `must give '${FLAG}=default' to ${names}, because the cluster has tenants`,
    ),
};
