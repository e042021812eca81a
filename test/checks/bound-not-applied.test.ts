import { gotkSync } from '../../src/checks/gotk-sync';
import { CHECKS } from '../../src/checks/registry';
import { runChecks } from '../../src/checks/run-checks';
import { exampleFleet } from './example-repository';

/** Of a cluster with tenant `team-a`, whose root patches objects: `<check> <object>: <message>` of all that is found. */
function found(patches: string, example = ''): string[] {
  // As `flux bootstrap` writes it, but kept by people from then on: nobody takes the patches away.
  const root = gotkSync(`patches: ${patches}`).replace(/^# This manifest .*\n/m, '');
  const fleet = exampleFleet(`# with: tenant team-a\n${example}${root}`);
  const { findings } = runChecks(fleet, { profile: 'strict', checks: CHECKS });
  return findings.map(({ check, object, message }) => `${check} ${object}: ${message}`);
}

const suspended = (name: string) =>
  `[{target: {kind: Kustomization, name: ${name}}, patch: '[{"op": "add", "path": "/spec/suspend", "value": true}]'}]`;

/** Patches of the sync `name` that annotate what is of a kind. */
const ignored = (name: string, kind: string) =>
  `[{target: {kind: Kustomization, name: ${name}}, patch: '${JSON.stringify([
    {
      op: 'add',
      path: '/spec/patches',
      value: [
        {
          target: { kind },
          patch:
            '[{"op": "add", "path": "/metadata/annotations", "value": {"kustomize.toolkit.fluxcd.io/ssa": "Ignore"}}]',
        },
      ],
    },
  ])}'}]`;

test('bounds that are applied are told nothing of', () => {
  expect(found('[]')).toEqual([]);
});

test('a suspended sync bounds no tenant, and is told of once', () => {
  const told = found(suspended('team-a'));
  const [own, ...others] = told.filter((one) => one.startsWith('bound-not-applied'));
  expect(own).toMatch(
    /^bound-not-applied Kustomization flux-system\/team-a: Kustomization flux-system\/team-a is suspended, so that Flux does not apply what bounds tenants: .+ and \d+ more$/,
  );
  expect(others).toEqual([]);
  expect(told.map((one) => one.split(' ')[0])).toEqual(
    expect.arrayContaining([
      'namespace-default-deny',
      'namespace-pod-security',
      'namespace-quota',
      'tenant-system-priority',
    ]),
  );
});

test.each([
  ['NetworkPolicy', 'namespace-default-deny'],
  ['ResourceQuota', 'namespace-quota'],
  ['LimitRange', 'namespace-quota'],
  ['ResourceQuota', 'tenant-system-priority'],
])('a %s that Flux passes over is no bound to %s', (kind, check) => {
  const told = found(ignored('team-a', kind)).map((one) => one.split(':')[0]);
  expect(told).toContain(`${check} Namespace team-a`);
  expect(told.some((one) => one.startsWith(`bound-not-applied ${kind} team-a/`))).toBe(true);
});

test.each([
  ['ValidatingAdmissionPolicyBinding', 'admission-policy-binding'],
  ['ValidatingAdmissionPolicy', 'tenant-without-policies'],
])('a %s that Flux passes over bounds nobody, says %s', (kind, check) => {
  const told = found(ignored('admission', `^${kind}$`)).map((one) => one.split(' ')[0]);
  expect(told).toContain(check);
  expect(told).toContain('bound-not-applied');
});

test('what is no bound may be suspended and passed over', () => {
  const example = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: flux-system
  annotations:
    kustomize.toolkit.fluxcd.io/ssa: Ignore
`;
  expect(found('[]', example)).toEqual([]);
});

test('an object that Flux passes over is judged all the same', () => {
  const example = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: team-a
  annotations:
    kustomize.toolkit.fluxcd.io/ssa: Ignore
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin
subjects:
  - kind: ServiceAccount
    name: team-a
    namespace: team-a
`;
  const told = found('[]', example).map((one) => one.split(' ')[0]);
  expect(told).toContain('tenant-cluster-binding');
});
