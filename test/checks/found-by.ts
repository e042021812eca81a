import { CHECKS } from '../../src/checks/registry';
import { runChecks } from '../../src/checks/run-checks';
import { exampleFleet } from './example-repository';

/** What the checks called so say of an example, without what the object is called; and what fails to judge. */
export function foundBy(ids: string | readonly string[], example: string): string[] {
  const chosen = new Set([ids].flat());
  const { findings } = runChecks(exampleFleet(example), { profile: 'strict', checks: CHECKS });
  return findings
    .filter(({ check }) => chosen.has(check) || check === 'check-failed')
    .map(({ message }) => message);
}

interface Parts {
  readonly namespace?: string;
  /** Lines of the spec. */
  readonly spec?: string;
  /** Lines of the metadata. */
  readonly metadata?: string;
}

/** A YAML document of an object. */
export function objectOf(
  apiVersion: string,
  kind: string,
  name: string,
  parts: Parts = {},
): string {
  const { namespace = 'apps', spec, metadata } = parts;
  const indented = (text: string) => text.replace(/^(?=.)/gm, '  ');
  return `---
apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: ${JSON.stringify(name)}
  namespace: ${JSON.stringify(namespace)}
${metadata === undefined ? '' : `${indented(metadata)}\n`}${spec === undefined ? '' : `spec:\n${indented(spec)}\n`}`;
}

/** A Flux Kustomization. */
export function syncOf(name: string, parts: Parts = {}): string {
  const { spec = '', namespace = 'flux-system' } = parts;
  const path = /^path:/m.test(spec) ? '' : `path: ./${name}\n`;
  const source = /^sourceRef:/m.test(spec)
    ? ''
    : 'sourceRef: {kind: GitRepository, name: flux-system}\n';
  return objectOf('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name, {
    ...parts,
    namespace,
    spec: `interval: 10m\nprune: true\n${path}${source}${spec}`,
  });
}

/** A HelmRelease of a chart of HelmRepository 'charts'. */
export function releaseOf(name: string, parts: Parts = {}): string {
  const { spec = '' } = parts;
  const chart =
    'chart: {spec: {chart: podinfo, sourceRef: {kind: HelmRepository, name: charts}}}\n';
  return objectOf('helm.toolkit.fluxcd.io/v2', 'HelmRelease', name, {
    ...parts,
    spec: `interval: 1h\n${/^chart/m.test(spec) ? '' : chart}${spec}`,
  });
}

export function configMapOf(name: string, data = '{}', namespace = 'apps'): string {
  return `${objectOf('v1', 'ConfigMap', name, { namespace })}data: ${data}\n`;
}
