import { FileCheck } from '../check';
import { FLAG_KNOWN_BY } from '../flux-controller';
import { aboutControllers, fluxChangedIn } from '../lockdown';
import { argumentPatch, DOCUMENTED, fluxPatchedBy } from '../lockdown-example';

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
      for (const [flag, components] of Object.entries(FLAG_KNOWN_BY)) {
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
