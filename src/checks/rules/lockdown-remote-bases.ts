import { FileCheck } from '../check';
import { besideTenants } from '../lockdown';
import {
  CROSS_NAMESPACE,
  DEFAULT_ACCOUNT,
  DOCUMENTED,
  fluxPatchedBy,
  ROOT_IDENTITY,
} from '../lockdown-example';

const FLAG = '--no-remote-bases';

export const lockdownRemoteBases: FileCheck = {
  id: 'lockdown-remote-bases',
  severity: 'error',
  profile: 'recommended',
  summary: 'where a cluster has tenants, kustomize-controller must refuse remote bases',
  why:
    'A remote base is cloned by kustomize-controller itself, from wherever a kustomization file says. What is applied then comes from no source that ' +
    'the platform has allowed or whose signature Flux has verified.',
  remedy:
    "add '--no-remote-bases=true' to kustomize-controller with a patch in flux-system/kustomization.yaml, or set spec.cluster.multitenant of the FluxInstance",
  links: [
    'https://fluxcd.io/flux/installation/configuration/multitenancy/',
    'https://fluxcd.io/flux/security/best-practices/',
  ],
  bad: `# with: tenant team-a\n${fluxPatchedBy(CROSS_NAMESPACE, DEFAULT_ACCOUNT, ROOT_IDENTITY)}`,
  good: `# with: tenant team-a\n${fluxPatchedBy(...DOCUMENTED)}`,
  examineFile: (...changed) =>
    besideTenants(
      changed,
      (one) => one.component === 'kustomize-controller' && !one.isOn(FLAG),
      (names) => `must give '${FLAG}=true' to ${names}, because the cluster has tenants`,
    ),
};
