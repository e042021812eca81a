import { Construct } from 'constructs';
import { KustomizationFile } from '../vocabulary/kustomization-file';
import { FLUX_NAMESPACE } from '../vocabulary/labels';

const APPLIERS = ['kustomize-controller', 'helm-controller'];
const FETCHERS = [
  'source-controller',
  'notification-controller',
  'image-reflector-controller',
  'image-automation-controller',
];
/** Those whose objects may refer to others; source-controller's do not. */
const REFERRING = [...APPLIERS, ...FETCHERS.slice(1), 'source-watcher'];

/** The identity of everything that the platform team reconciles. */
export const PLATFORM_SERVICE_ACCOUNT = 'kustomize-controller';

/**
 * `flux-system/kustomization.yaml`: the controllers refuse references to other namespaces and remote bases, and fall back
 * to an account without rights: to Kubernetes where they apply, to a cloud where they fetch, so that no object of a
 * tenant uses the identity of the controller itself. The root sync keeps its own, which that fallback would take away.
 * A controller that is not installed is no error.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
 * @see https://fluxcd.io/flux/installation/configuration/workload-identity/
 */
export function lockDown(scope: Construct): KustomizationFile {
  return new KustomizationFile(scope, 'Lockdown', {
    foreignResources: ['gotk-components.yaml', 'gotk-sync.yaml'],
    patches: [
      flag(REFERRING, '--no-cross-namespace-refs=true'),
      flag(['kustomize-controller'], '--no-remote-bases=true'),
      // Without the gate, a fetcher with a default account does not start.
      flag([...APPLIERS, ...FETCHERS], '--feature-gates=ObjectLevelWorkloadIdentity=true'),
      flag([...APPLIERS, ...FETCHERS], '--default-service-account=default'),
      flag(['kustomize-controller'], '--default-decryption-service-account=default'),
      flag(APPLIERS, '--default-kubeconfig-service-account=default'),
      {
        target: { kind: 'Kustomization', name: FLUX_NAMESPACE },
        patch: addition('/spec/serviceAccountName', PLATFORM_SERVICE_ACCOUNT),
      },
    ],
  });
}

function flag(controllers: string[], value: string) {
  const name = controllers.length === 1 ? controllers[0] : `(${controllers.join('|')})`;
  return {
    target: { kind: 'Deployment', name },
    patch: addition('/spec/template/spec/containers/0/args/-', value),
  };
}

function addition(path: string, value: string): string {
  return `- op: add\n  path: ${path}\n  value: ${value}\n`;
}
