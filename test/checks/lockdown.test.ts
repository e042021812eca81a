import { gotkSync } from '../../src/checks/gotk-sync';
import {
  argumentPatch,
  CROSS_NAMESPACE,
  DEFAULT_ACCOUNT,
  DOCUMENTED,
  fluxPatchedBy,
  REMOTE_BASES,
} from '../../src/checks/lockdown-example';
import { CHECKS } from '../../src/checks/registry';
import { controllerFlag } from '../../src/checks/rules/controller-flag';
import { runChecks } from '../../src/checks/run-checks';
import { exampleFleet } from './example-repository';
import { found, ids, instance, TENANT } from './flux-repository';

test('without tenants, nobody has to lock Flux down', () => {
  expect(ids(fluxPatchedBy(argumentPatch('--log-level=debug', 'helm-controller')))).toEqual([]);
});

test('where nothing says how Flux runs, that is all that is found', () => {
  const release = `${TENANT}# file: clusters/prod/flux-system/kustomization.yaml
resources: [gotk-sync.yaml, https://github.com/fluxcd/flux2//manifests/install?ref=v2.9.0]
`;
  expect(ids(release)).toEqual(['lockdown-known']);
});

test('a finding says which controllers and where to change them', () => {
  expect(found(exampleFleet(TENANT + fluxPatchedBy(CROSS_NAMESPACE, REMOTE_BASES)))).toEqual([
    'lockdown-default-account clusters/prod/flux-system/kustomization.yaml: ' +
      "clusters/prod/flux-system/kustomization.yaml must give '--default-service-account=default' to helm-controller, kustomize-controller, because the cluster has tenants",
  ]);
});

test('the last of several arguments counts', () => {
  const off = argumentPatch('--no-cross-namespace-refs=false', 'helm-controller');
  expect(ids(TENANT + fluxPatchedBy(...DOCUMENTED, off))).toEqual(['lockdown-cross-namespace']);
  const none = argumentPatch('--default-service-account=', 'helm-controller');
  expect(ids(TENANT + fluxPatchedBy(...DOCUMENTED, none))).toEqual(['lockdown-default-account']);
});

describe('the root of a cluster', () => {
  test('needs no account of its own where the default account has rights', () => {
    const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: flux-default}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: ServiceAccount, name: default, namespace: flux-system}]
`;
    expect(ids(fluxPatchedBy(DEFAULT_ACCOUNT))).toEqual(['lockdown-root-identity']);
    expect(ids(binding + fluxPatchedBy(DEFAULT_ACCOUNT))).toEqual([]);
  });
});

describe('an identity of an object', () => {
  const image = (spec: string, account = '') => `apiVersion: v1
kind: ServiceAccount
metadata: {name: images, namespace: apps}
${account}---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: {name: images, namespace: apps}
spec: {interval: 5m, url: 'oci://123.dkr.ecr.eu-central-1.amazonaws.com/images', serviceAccountName: images${spec}}
`;
  const OPEN = fluxPatchedBy(...DOCUMENTED);

  test('needs the gate where its account can be for nothing but a cloud', () => {
    expect(ids(image(', provider: aws') + OPEN)).toEqual(['object-identity-gate']);
  });

  test('needs none where the account has pull secrets, or may have', () => {
    const secrets = 'imagePullSecrets: [{name: registry}]\n';
    expect(ids(image(', provider: aws', secrets) + OPEN)).toEqual([]);
    expect(ids(image(', provider: aws, secretRef: {name: registry}') + OPEN)).toEqual([]);
    expect(ids(image(', provider: generic') + OPEN)).toEqual([]);
    expect(ids(image(', provider: "${provider}"') + OPEN)).toEqual([]);
    const elsewhere = image(', provider: aws').replace('namespace: apps}', 'namespace: other}');
    expect(ids(elsewhere + OPEN)).toEqual([]);
  });
});

test('a FluxInstance without a sync has no Kustomization that needs an account', () => {
  const patches = [
    {
      target: { kind: 'Deployment', name: 'kustomize-controller' },
      patch:
        '- {op: add, path: /spec/template/spec/containers/0/args/-, value: --default-service-account=default}',
    },
  ];
  const sync = { kind: 'GitRepository', url: 'https://example.com/fleet', path: 'clusters/prod' };
  expect(ids(instance({ kustomize: { patches } }))).toEqual([]);
  expect(ids(instance({ kustomize: { patches }, sync }))).toEqual(['lockdown-root-identity']);
});

test('a finding says on which clusters Flux runs so', () => {
  const apply = (cluster: string): string => `# file: clusters/${cluster}/flux.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: flux, namespace: flux-system}
spec: {path: ./flux, sourceRef: {kind: GitRepository, name: flux-system}}
`;
  const clusters = ['prod', 'staging', 'test'].map((name) => gotkSync().replace(/prod/g, name));
  const patch =
    '- {op: add, path: /spec/template/spec/containers/0/args/-, value: --no-cross-namespace-refs=true}';
  const shared = instance({
    kustomize: { patches: [{ target: { kind: 'Deployment' }, patch }] },
  });
  const fleet = exampleFleet(
    `${clusters.join('')}${apply('prod')}${apply('staging')}# file: flux/flux.yaml\n${shared}`,
  );
  expect(runChecks(fleet, { profile: 'strict', checks: [controllerFlag] }).findings).toEqual([
    expect.objectContaining({ path: 'flux/flux.yaml', clusters: ['prod', 'staging'] }),
  ]);
});

test('each check of how Flux runs says of which cluster', () => {
  const judged = CHECKS.filter((check) => 'examineFile' in check && /^lockdown-/.test(check.id));
  expect(judged.length).toBeGreaterThan(5);
  for (const check of judged) {
    const { findings } = runChecks(exampleFleet(check.bad), { profile: 'strict', checks: [check] });
    expect(findings.map(({ check: id, clusters }) => [id, clusters])).toContainEqual([
      check.id,
      ['prod'],
    ]);
  }
});
