import { ClusterView } from '../../src/clusters/cluster-view';
import { FleetView } from '../../src/clusters/view-clusters';
import { CHECKS } from '../../src/checks/registry';
import { runChecks } from '../../src/checks/run-checks';
import { exampleFleet } from './example-repository';

/** Checks of how Flux runs and where its files lie. */
const OF_FLUX = new Set([
  'component-missing',
  'controller-flag',
  'flux-system-pruned',
  'gotk-generated',
  'namespace-prune',
  'object-identity-gate',
  'remote-base',
  'remote-file',
  'shared-decryption-key',
]);
const CHECKED = CHECKS.filter(({ id }) => id.startsWith('lockdown-') || OF_FLUX.has(id));

export const TENANT = '# with: tenant team-a\n';

/** Deployment of a controller as `flux install` writes it, as far as it matters. */
export function deployment(name: string, ...args: readonly string[]): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata:
  labels: {app.kubernetes.io/component: ${name}, app.kubernetes.io/part-of: flux}
  name: ${name}
  namespace: flux-system
spec:
  template:
    spec:
      containers:
        - name: manager
          args: ${JSON.stringify(['--watch-all-namespaces=true', ...args])}
`;
}

export function components(...parts: readonly string[]): string {
  return `# file: clusters/prod/flux-system/gotk-components.yaml\n${parts.join('')}`;
}

export function instance(spec: object): string {
  return `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: {name: flux, namespace: flux-system}
spec: ${JSON.stringify(spec)}
`;
}

export function prod(example: string): ClusterView {
  return exampleFleet(example).clusters[0];
}

export function found(fleet: FleetView): string[] {
  const { findings } = runChecks(fleet, { profile: 'strict', checks: CHECKED });
  return findings.map(({ check, path, message }) => `${check} ${path}: ${message}`);
}

export function ids(example: string): string[] {
  const { findings } = runChecks(exampleFleet(example), { profile: 'strict', checks: CHECKED });
  return [...new Set(findings.map(({ check }) => check))];
}
