import { kustomizationFile } from './example-parts';

/** What locks Flux down beside its own manifests, for examples that leave one thing out or get it wrong. */

const CONTROLLERS = ['kustomize-controller', 'helm-controller', 'notification-controller'];

/** The kustomization file beside Flux's manifests of cluster 'prod', with patches. */
export function fluxPatchedBy(...patches: readonly string[]): string {
  return `${kustomizationFile('clusters/prod/flux-system', 'gotk-components.yaml', 'gotk-sync.yaml')}patches:
${patches.join('')}`;
}

/** Adds an argument to controllers; to all where none is named. */
export function argumentPatch(value: string, ...names: readonly string[]): string {
  const name = names.length > 1 ? `(${names.join('|')})` : names[0];
  return patch(
    `kind: Deployment${name ? `\n      name: ${name}` : ''}`,
    'add',
    '/spec/template/spec/containers/0/args/-',
    value,
  );
}

export const CROSS_NAMESPACE = argumentPatch('--no-cross-namespace-refs=true', ...CONTROLLERS);
export const REMOTE_BASES = argumentPatch('--no-remote-bases=true', 'kustomize-controller');
export const DEFAULT_ACCOUNT = argumentPatch(
  '--default-service-account=default',
  'kustomize-controller',
  'helm-controller',
);
export const ROOT_IDENTITY = patch(
  'kind: Kustomization\n      name: flux-system',
  'add',
  '/spec/serviceAccountName',
  'kustomize-controller',
);

/** Turns Flux's identities of objects on, where controllers know them. */
export const IDENTITY_GATE = argumentPatch(
  '--feature-gates=ObjectLevelWorkloadIdentity=true',
  ...CONTROLLERS,
  'source-controller',
);

/** What flux bootstrap is patched by as its documentation has it. */
export const DOCUMENTED = [CROSS_NAMESPACE, REMOTE_BASES, DEFAULT_ACCOUNT, ROOT_IDENTITY];

function patch(target: string, op: string, path: string, value: string): string {
  return `  - target:
      ${target}
    patch: |
      - op: ${op}
        path: ${path}
        value: ${value}
`;
}

/** Takes a rule of the controllers' ClusterRole away. */
export function withoutRule(index: number): string {
  return `  - target:
      kind: ClusterRole
      name: crd-controller-flux-system
    patch: |
      - op: remove
        path: /rules/${index}
`;
}
