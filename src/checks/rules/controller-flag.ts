import { FileCheck } from '../check';
import { APPLIERS, Component, COMPONENTS } from '../flux-controller';
import { aboutControllers, fluxChangedIn } from '../lockdown';
import { argumentPatch, DOCUMENTED, fluxPatchedBy } from '../lockdown-example';

const KUSTOMIZE: readonly Component[] = ['kustomize-controller'];

/** Flags that not all controllers know, and those that do. */
const KNOWN_BY: { readonly [flag: string]: readonly Component[] } = {
  '--custom-apply-stage-kinds': KUSTOMIZE,
  '--default-decryption-service-account': KUSTOMIZE,
  '--default-kubeconfig-service-account': APPLIERS,
  '--default-service-account': COMPONENTS.filter((one) => one !== 'source-watcher'),
  '--insecure-kubeconfig-exec': APPLIERS,
  '--insecure-kubeconfig-tls': APPLIERS,
  '--no-cross-namespace-refs': COMPONENTS.filter((one) => one !== 'source-controller'),
  '--no-remote-bases': KUSTOMIZE,
  '--override-manager': APPLIERS,
  '--sops-age-secret': KUSTOMIZE,
  '--sops-vault-configmap': KUSTOMIZE,
};

export const controllerFlag: FileCheck = {
  id: 'controller-flag',
  severity: 'error',
  profile: 'recommended',
  summary: 'a controller of Flux must be given flags that it knows',
  why: 'A controller that is given a flag it does not know exits when it starts. A patch of every Deployment that adds one stops part of Flux.',
  remedy: 'name the controllers that know the flag in the target of the patch',
  links: [
    'https://fluxcd.io/flux/installation/configuration/multitenancy/',
    'https://fluxcd.io/flux/components/source/options/',
    'https://fluxcd.io/flux/components/kustomize/options/',
  ],
  bad: fluxPatchedBy(argumentPatch('--no-cross-namespace-refs=true')),
  good: fluxPatchedBy(...DOCUMENTED),
  *examineFile(file, repository, fleet) {
    for (const flux of fluxChangedIn(file, repository, fleet)) {
      for (const [flag, components] of Object.entries(KNOWN_BY)) {
        yield* aboutControllers(
          flux,
          (one) => one.has(flag) && !components.includes(one.component),
          (names) =>
            `gives '${flag}' to ${names}, which would not start: it is for ${components.join(', ')}`,
        );
      }
    }
  },
};
