import { FileCheck } from '../check';
import { Component } from '../../vocabulary/flux-controllers';
import { fluxChangedIn } from '../lockdown';
import { argumentPatch, DOCUMENTED, fluxPatchedBy, IDENTITY_GATE } from '../lockdown-example';

const ACCOUNT = '--default-service-account';
const DECRYPTION = '--default-decryption-service-account';
const KUBECONFIG = '--default-kubeconfig-service-account';

const FLAGS: { readonly [component in Component]?: readonly string[] } = {
  'source-controller': [ACCOUNT],
  'kustomize-controller': [DECRYPTION, KUBECONFIG],
  'helm-controller': [KUBECONFIG],
  'notification-controller': [ACCOUNT],
  'image-reflector-controller': [ACCOUNT],
  'image-automation-controller': [ACCOUNT],
};

export const lockdownCloudIdentity: FileCheck = {
  id: 'lockdown-cloud-identity',
  severity: 'warning',
  profile: 'strict',
  summary:
    'where tenants may name accounts for clouds, what names none must not use the identity of Flux',
  why:
    'With the feature gate ObjectLevelWorkloadIdentity, an object of a tenant that names a provider and no account still gets the cloud identity of the controller, ' +
    'with all that this may read. The default accounts are the lockdown of that.',
  remedy: 'give the controller the default account, such as one that no cloud knows',
  links: [
    'https://fluxcd.io/flux/installation/configuration/workload-identity/',
    'https://fluxcd.io/flux/security/best-practices/',
  ],
  bad: `# with: tenant team-a\n${fluxPatchedBy(...DOCUMENTED, IDENTITY_GATE)}`,
  good: `# with: tenant team-a\n${fluxPatchedBy(
    ...DOCUMENTED,
    IDENTITY_GATE,
    argumentPatch(`${ACCOUNT}=default`, 'source-controller', 'notification-controller'),
    argumentPatch(`${DECRYPTION}=default`, 'kustomize-controller'),
    argumentPatch(`${KUBECONFIG}=default`, 'kustomize-controller', 'helm-controller'),
  )}`,
  *examineFile(file, repository, fleet) {
    for (const { installation, place, hasTenants } of fluxChangedIn(file, repository, fleet)) {
      const { controllers } = installation;
      const gated = hasTenants
        ? controllers.filter((one) => one.hasGate('ObjectLevelWorkloadIdentity'))
        : [];
      for (const flag of [ACCOUNT, DECRYPTION, KUBECONFIG]) {
        const names = gated
          .filter((one) => FLAGS[one.component]?.includes(flag) && one.valueOf(flag) === '')
          .map(({ name }) => name);
        if (names.length > 0) {
          const message = `must give '${flag}' to ${names.sort().join(', ')}, whose objects may name accounts for clouds`;
          yield { message, ...place };
        }
      }
    }
  },
};
