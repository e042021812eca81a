import { FileCheck } from '../check';
import { besideTenants } from '../lockdown';
import { argumentPatch, DOCUMENTED, fluxPatchedBy } from '../lockdown-example';

const FLAG = '--sops-age-secret';

export const sharedDecryptionKey: FileCheck = {
  id: 'shared-decryption-key',
  severity: 'warning',
  profile: 'recommended',
  summary: 'where a cluster has tenants, there must be no key that decrypts for all of them',
  why:
    'kustomize-controller uses the key of the flag for every Kustomization whose spec.decryption names no Secret. ' +
    'A tenant who gets hold of what is encrypted to it, be it from the history of a repository, can have it decrypted.',
  remedy: 'remove the flag, and name a Secret in spec.decryption.secretRef of each Kustomization',
  links: [
    'https://fluxcd.io/flux/components/kustomize/options/',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption',
  ],
  bad: `# with: tenant team-a\n${fluxPatchedBy(
    ...DOCUMENTED,
    argumentPatch(`${FLAG}=sops-age`, 'kustomize-controller'),
  )}`,
  good: `# with: tenant team-a\n${fluxPatchedBy(...DOCUMENTED)}`,
  examineFile: (...changed) =>
    besideTenants(
      changed,
      (one) => one.component === 'kustomize-controller' && one.valueOf(FLAG) !== '',
      (names) => `must not give '${FLAG}' to ${names}: its key decrypts for every tenant`,
    ),
};
