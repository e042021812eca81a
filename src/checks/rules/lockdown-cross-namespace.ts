import { FileCheck } from '../check';
import { besideTenants } from '../lockdown';
import {
  DEFAULT_ACCOUNT,
  DOCUMENTED,
  fluxPatchedBy,
  REMOTE_BASES,
  ROOT_IDENTITY,
} from '../lockdown-example';

const FLAG = '--no-cross-namespace-refs';

export const lockdownCrossNamespace: FileCheck = {
  id: 'lockdown-cross-namespace',
  severity: 'error',
  profile: 'recommended',
  summary: 'where a cluster has tenants, Flux must refuse references into other namespaces',
  why:
    'Without the flag, an object of one tenant may refer to a source, an image policy or an event of another, and Flux reads it with its own rights. ' +
    'Every controller but source-controller has references of its own to refuse, source-watcher and the controllers of shards among them.',
  remedy:
    "add '--no-cross-namespace-refs=true' to the controller with a patch in flux-system/kustomization.yaml, or set spec.cluster.multitenant of the FluxInstance",
  links: [
    'https://fluxcd.io/flux/installation/configuration/multitenancy/',
    'https://fluxcd.io/flux/security/best-practices/',
  ],
  bad: `# with: tenant team-a\n${fluxPatchedBy(REMOTE_BASES, DEFAULT_ACCOUNT, ROOT_IDENTITY)}`,
  good: `# with: tenant team-a\n${fluxPatchedBy(...DOCUMENTED)}`,
  examineFile: (...changed) =>
    besideTenants(
      changed,
      (one) => one.component !== 'source-controller' && !one.isOn(FLAG),
      (names) => `must give '${FLAG}=true' to ${names}, because the cluster has tenants`,
    ),
};
