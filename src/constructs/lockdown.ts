import { Construct } from 'constructs';
import { KustomizationFile } from '../vocabulary/kustomization-file';
import { FLUX_NAMESPACE } from '../vocabulary/labels';

const APPLIERS = ['kustomize-controller', 'helm-controller'];
const REFERRING = [
  ...APPLIERS,
  'notification-controller',
  'image-reflector-controller',
  'image-automation-controller',
  'source-watcher',
];

/** The identity of everything that the platform team reconciles. */
export const PLATFORM_SERVICE_ACCOUNT = 'kustomize-controller';

/**
 * `flux-system/kustomization.yaml`: the controllers refuse references to other namespaces and remote bases, appliers
 * fall back to an account without rights, and the root sync keeps its own identity, which that fallback would take away.
 * A controller that is not installed is no error.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
 */
export function lockDown(scope: Construct): KustomizationFile {
  return new KustomizationFile(scope, 'Lockdown', {
    foreignResources: ['gotk-components.yaml', 'gotk-sync.yaml'],
    patches: [
      flag(REFERRING, '--no-cross-namespace-refs=true'),
      flag(['kustomize-controller'], '--no-remote-bases=true'),
      flag(APPLIERS, '--default-service-account=default'),
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
