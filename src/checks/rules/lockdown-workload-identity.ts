import { FileCheck } from '../check';
import { CLOUD_CLIENTS } from '../../vocabulary/flux-controllers';
import { FluxController } from '../flux-controller';
import { aboutControllers, fluxChangedIn } from '../lockdown';
import {
  argumentPatch,
  CROSS_NAMESPACE,
  fluxPatchedBy,
  IDENTITY_GATE,
  REMOTE_BASES,
  ROOT_IDENTITY,
} from '../lockdown-example';

const GATE = 'ObjectLevelWorkloadIdentity';
const ALWAYS = ['--default-decryption-service-account', '--default-kubeconfig-service-account'];

const EVERYWHERE = argumentPatch(
  '--default-service-account=default',
  'kustomize-controller',
  'helm-controller',
  'notification-controller',
  'source-controller',
);

export const lockdownWorkloadIdentity: FileCheck = {
  id: 'lockdown-workload-identity',
  severity: 'error',
  profile: 'recommended',
  summary: 'a controller with a default account for clouds must have the gate that it needs',
  why:
    "On kustomize-controller and helm-controller '--default-service-account' says as whom to apply. On the others it is an identity for clouds, as " +
    'the default accounts for decryption and kubeconfigs are everywhere: without the feature gate ObjectLevelWorkloadIdentity the controller exits when it starts.',
  remedy:
    "add '--feature-gates=ObjectLevelWorkloadIdentity=true' to the controller, or give '--default-service-account' to kustomize-controller and helm-controller alone",
  links: [
    'https://fluxcd.io/flux/installation/configuration/multitenancy/',
    'https://fluxcd.io/flux/installation/configuration/workload-identity/',
  ],
  bad: fluxPatchedBy(CROSS_NAMESPACE, REMOTE_BASES, EVERYWHERE, ROOT_IDENTITY),
  good: fluxPatchedBy(CROSS_NAMESPACE, REMOTE_BASES, IDENTITY_GATE, EVERYWHERE, ROOT_IDENTITY),
  *examineFile(file, repository, fleet) {
    for (const flux of fluxChangedIn(file, repository, fleet)) {
      yield* aboutControllers(
        flux,
        (one) => !one.hasGate(GATE) && hasAccountForClouds(one),
        (names) =>
          `gives ${names} a default account for clouds, with which none starts but with '--feature-gates=${GATE}=true'`,
      );
    }
  },
};

function hasAccountForClouds(controller: FluxController): boolean {
  const isFetcher = CLOUD_CLIENTS.includes(controller.component);
  return [...ALWAYS, ...(isFetcher ? ['--default-service-account'] : [])].some(
    (flag) => controller.valueOf(flag) !== '',
  );
}
