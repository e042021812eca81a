import { lockdownRemoteBases } from '../../src/checks/rules/lockdown-remote-bases';
import { runChecks } from '../../src/checks/run-checks';
import { join } from 'path';
import { fluxInstallation } from '../../src/checks/flux-installation';
import {
  defaultServiceAccount,
  forbidsCrossNamespace,
  forbidsRemoteBases,
} from '../../src/checks/lockdown';
import { argumentPatch, DOCUMENTED, fluxPatchedBy } from '../../src/checks/lockdown-example';
import { readDirectory } from '../../src/cli/read-directory';
import { FleetView, viewClusters } from '../../src/clusters/view-clusters';
import { exampleFleet } from './example-repository';
import { components, deployment, found, ids, instance, prod, TENANT } from './flux-repository';

function golden(name: string): FleetView {
  const tree = readDirectory(join(__dirname, '../golden', name, 'fleet-infra'));
  return viewClusters([{ name: 'fleet-infra', tree }]);
}

describe('what this library writes', () => {
  test.each(['acme', 'operator'])('is locked down in every cluster of %s', (name) => {
    const fleet = golden(name);
    expect(fleet.clusters.length).toBeGreaterThan(1);
    for (const view of fleet.clusters) {
      expect(defaultServiceAccount(view, 'kustomize-controller')).toBe('default');
      expect(defaultServiceAccount(view, 'helm-controller')).toBe('default');
      expect(forbidsCrossNamespace(view, 'notification-controller')).toBe(true);
      expect(forbidsRemoteBases(view)).toBe(true);
    }
    expect(found(fleet)).toEqual([]);
  });

  test('locks the controllers of a shard down, too', () => {
    const staging = golden('operator').clusters.find(({ name }) => name === 'staging')!;
    const shards = fluxInstallation(staging)!.controllers.filter(({ name }) =>
      name.endsWith('-payments'),
    );
    expect(shards.map(({ component }) => component).sort()).toEqual([
      'helm-controller',
      'kustomize-controller',
      'source-controller',
    ]);
    for (const shard of shards.filter(({ component }) => component !== 'source-controller')) {
      expect(shard.isOn('--no-cross-namespace-refs')).toBe(true);
    }
  });
});

describe('patches beside manifests that are still to come', () => {
  test('say how the controllers will run', () => {
    const view = prod(fluxPatchedBy(...DOCUMENTED));
    expect(defaultServiceAccount(view, 'helm-controller')).toBe('default');
    expect(forbidsCrossNamespace(view, 'kustomize-controller')).toBe(true);
    expect(fluxInstallation(view)).toMatchObject({
      isComplete: false,
      place: { path: 'clusters/prod/flux-system/kustomization.yaml', pointer: '/patches' },
    });
  });

  test('that say nothing leave Flux open, which is known', () => {
    const view = prod(fluxPatchedBy(argumentPatch('--log-level=debug', 'kustomize-controller')));
    expect(defaultServiceAccount(view, 'kustomize-controller')).toBe('');
    expect(forbidsCrossNamespace(view, 'kustomize-controller')).toBe(false);
    expect(forbidsRemoteBases(view)).toBe(false);
  });

  test('that cannot be evaluated leave unknown how Flux runs', () => {
    const broken = fluxPatchedBy(`  - target: {kind: Deployment}
    patch: |
      - op: remove
        path: /spec/nowhere
`);
    const view = prod(TENANT + broken);
    expect(fluxInstallation(view)).toBeUndefined();
    expect(defaultServiceAccount(view, 'kustomize-controller')).toBeUndefined();
    expect(forbidsCrossNamespace(view, 'kustomize-controller')).toBeUndefined();
    expect(ids(TENANT + broken)).toEqual(['lockdown-known']);
  });

  test('with a variable in an argument leave unknown how Flux runs', () => {
    const opaque = argumentPatch('--default-service-account=${account}', 'kustomize-controller');
    expect(fluxInstallation(prod(fluxPatchedBy(opaque)))).toBeUndefined();
  });

  test('count beside an empty file that flux bootstrap fills, too', () => {
    const empty = '# file: clusters/prod/flux-system/gotk-components.yaml\n# filled by Flux\n';
    const view = prod(fluxPatchedBy(...DOCUMENTED) + empty);
    expect(forbidsCrossNamespace(view, 'helm-controller')).toBe(true);
  });

  test('merge objects as well as they apply operations', () => {
    const merge = `  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: kustomize-controller, namespace: flux-system}
      spec:
        template:
          spec:
            containers:
              - name: manager
                args: [--no-remote-bases]
`;
    expect(forbidsRemoteBases(prod(fluxPatchedBy(merge)))).toBe(true);
  });

  test('need not name optional controllers that nothing shows the use of', () => {
    const fleet = TENANT + fluxPatchedBy(...DOCUMENTED);
    expect(ids(fleet)).toEqual([]);
    const images = `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata: {name: podinfo, namespace: flux-system}
spec: {image: ghcr.io/acme-platform/podinfo, interval: 10m}
`;
    expect(found(exampleFleet(`${TENANT}${images}${fluxPatchedBy(...DOCUMENTED)}`))).toEqual([
      expect.stringContaining("'--no-cross-namespace-refs=true' to image-reflector-controller"),
    ]);
  });
});

describe("Flux's manifests in the repository", () => {
  const LOCKED = ['--no-cross-namespace-refs=true', '--default-service-account=flux'];
  const ALL = components(
    deployment('source-controller'),
    deployment('kustomize-controller', ...LOCKED, '--no-remote-bases'),
    deployment('helm-controller', ...LOCKED),
    deployment('notification-controller', '--no-cross-namespace-refs'),
  );
  const PLAIN = fluxPatchedBy().replace('patches:\n', '');

  test('say how the controllers run', () => {
    const view = prod(ALL + PLAIN);
    expect(fluxInstallation(view)?.isComplete).toBe(true);
    expect(defaultServiceAccount(view, 'kustomize-controller')).toBe('flux');
    expect(forbidsRemoteBases(view)).toBe(true);
    expect(forbidsCrossNamespace(view, 'source-watcher')).toBeUndefined();
  });

  test('are told apart from controllers of others that are called the same', () => {
    const foreign = deployment('helm-controller').replace(/^ *labels: .*\n/m, '');
    const view = prod(foreign.replace('namespace: flux-system', 'namespace: kube-system'));
    expect(fluxInstallation(view)?.isComplete).toBe(false);
  });

  test('that are there twice leave unknown which of them counts', () => {
    const twice = deployment('kustomize-controller').replace(
      'namespace: flux-system',
      'namespace: old',
    );
    expect(
      fluxInstallation(prod(ALL + PLAIN + `# file: clusters/prod/old.yaml\n${twice}`)),
    ).toBeUndefined();
  });

  test('must lock the controllers of a shard down, too', () => {
    const shard = deployment('kustomize-controller').replace(
      'name: kustomize-controller\n',
      'name: kustomize-controller-a\n',
    );
    const fleet = exampleFleet(TENANT + ALL + shard + PLAIN);
    expect(found(fleet).filter((one) => one.startsWith('lockdown-cross-namespace'))).toEqual([
      expect.stringContaining('to kustomize-controller-a,'),
    ]);
  });
});

describe('a FluxInstance', () => {
  test('locks Flux down by its fields', () => {
    const view = prod(
      instance({
        cluster: { multitenant: true, tenantDefaultServiceAccount: 'flux' },
        sync: { kind: 'GitRepository', path: 'clusters/prod' },
      }),
    );
    expect(defaultServiceAccount(view, 'kustomize-controller')).toBe('flux');
    expect(forbidsCrossNamespace(view, 'helm-controller')).toBe(true);
    expect(fluxInstallation(view)?.sync.spec.serviceAccountName).toBe('kustomize-controller');
  });

  test('is open by default', () => {
    const example = TENANT + instance({ cluster: { type: 'kubernetes' } });
    expect(defaultServiceAccount(prod(example), 'kustomize-controller')).toBe('');
    expect(ids(example).sort()).toEqual([
      'lockdown-cross-namespace',
      'lockdown-default-account',
      'lockdown-remote-bases',
    ]);
  });

  test('locks Flux down by its patches, too', () => {
    const patches = [
      {
        target: { kind: 'Deployment', name: '(kustomize|helm|notification)-controller' },
        patch:
          '- {op: add, path: /spec/template/spec/containers/0/args/-, value: --no-cross-namespace-refs}',
      },
    ];
    const view = prod(instance({ kustomize: { patches } }));
    expect(forbidsCrossNamespace(view, 'notification-controller')).toBe(true);
  });

  test('counts as values of the chart that makes one', () => {
    const release = (more: object) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: flux-instance, namespace: flux-system}
spec: ${JSON.stringify({ chartRef: { kind: 'OCIRepository', name: 'flux-instance' }, ...more })}
`;
    const values = { instance: { cluster: { multitenant: true } } };
    expect(forbidsCrossNamespace(prod(release({ values })), 'kustomize-controller')).toBe(true);
    const valuesFrom = [{ kind: 'ConfigMap', name: 'flux-instance-values' }];
    for (const more of [{}, { values: {} }, { values, valuesFrom }]) {
      expect(fluxInstallation(prod(release(more)))).toBeUndefined();
    }
  });

  test.each([
    { components: ['${components}'] },
    { components: 'all' },
    { cluster: 7, kustomize: [] },
    { kustomize: { patches: 'none' } },
    { kustomize: { patches: [null, 7] } },
    { cluster: { multitenant: '${multitenant}' } },
    { sync: { kind: 7 } },
  ])('of any shape is read without a failure: %j', (spec) => {
    expect(ids(TENANT + instance(spec))).not.toContain('check-failed');
  });
});

test('the rule of tokens of a FluxInstance is the one of its release', () => {
  const patches = [{ target: { kind: 'ClusterRole' }, patch: '- {op: remove, path: /rules/10}' }];
  const of = (version: string) =>
    instance({
      cluster: { objectLevelWorkloadIdentity: true },
      distribution: { version },
      kustomize: { patches },
    });
  expect(ids(of('2.6.x'))).toEqual([]);
  expect(ids(of('2.9.x'))).toEqual(['lockdown-token-rule']);
  expect(ids(of('2.x'))).toEqual(['lockdown-token-rule']);
});

test('a finding about a FluxInstance points to it', () => {
  const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n---\n';
  const fleet = exampleFleet(TENANT + settings + instance({ cluster: {} }));
  const { findings } = runChecks(fleet, { profile: 'strict', checks: [lockdownRemoteBases] });
  expect(findings).toEqual([
    expect.objectContaining({ path: 'clusters/prod/example.yaml', line: 8 }),
  ]);
});
