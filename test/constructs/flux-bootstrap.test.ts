import { FluxInstallation, Tenant } from '../../src';
import { objectsIn, smallFleet, synthesized } from '../synthesized';

const SYSTEM = 'fleet-infra/clusters/prod/flux-system';

/** The kustomization file of `directory` below `flux-system`, and its patches by what they are aimed at. */
function kustomization(flux: FluxInstallation, directory = '') {
  const { app } = smallFleet({ flux });
  const files = synthesized(app);
  const [file] = objectsIn(files.get(`${SYSTEM}${directory}/kustomization.yaml`));
  const patchesOf = (kind: string, name?: string) =>
    file.patches
      .filter(({ target }: any) => target.kind === kind && target.name === name)
      .map(({ patch }: any) => objectsIn(patch)[0]);
  return { files, file, patchesOf };
}

describe('a cluster whose Flux may use no cloud identities', () => {
  const role = ['ClusterRole', 'crd-controller-flux-system'] as const;

  test('tests what the rule says before it removes the right to create tokens', () => {
    const { patchesOf } = kustomization(FluxInstallation.bootstrap());
    expect(patchesOf(...role)).toEqual([
      [
        {
          op: 'test',
          path: '/rules/11',
          value: { apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] },
        },
        { op: 'remove', path: '/rules/11' },
      ],
    ]);
  });

  test('still has the gate and the default accounts, without which a controller would use its own identity', () => {
    const texts = (flux: FluxInstallation) =>
      kustomization(flux)
        .file.patches.filter(({ target }: any) => target.kind === 'Deployment')
        .map(({ patch }: any) => patch);
    expect(texts(FluxInstallation.bootstrap())).toEqual(
      texts(FluxInstallation.bootstrap({ workloadIdentity: true })),
    );
  });

  test('is not one that allows them', () => {
    const { patchesOf } = kustomization(FluxInstallation.bootstrap({ workloadIdentity: true }));
    expect(patchesOf(...role)).toEqual([]);
  });
});

describe('a cluster with shards', () => {
  const flux = FluxInstallation.bootstrap({ shards: ['two', 'one'] });

  test('has a directory for each beside the lockdown, in order', () => {
    const { files, file } = kustomization(flux);
    expect(file.resources).toEqual(['gotk-components.yaml', 'gotk-sync.yaml', 'one', 'two']);
    expect([...files.keys()].filter((path) => path.startsWith(SYSTEM))).toEqual([
      `${SYSTEM}/kustomization.yaml`,
      `${SYSTEM}/one/kustomization.yaml`,
      `${SYSTEM}/two/kustomization.yaml`,
    ]);
  });

  test('has main controllers that leave labelled objects alone, and those of shards out of it', () => {
    const { file } = kustomization(flux);
    const excluding = file.patches.filter(({ patch }: any) =>
      patch.includes('watch-label-selector'),
    );
    expect(excluding).toEqual([
      {
        target: {
          kind: 'Deployment',
          name: '(source-controller|kustomize-controller|helm-controller)',
          annotationSelector: '!sharding.fluxcd.io/role',
        },
        patch:
          '- op: add\n  path: /spec/template/spec/containers/0/args/-\n  value: --watch-label-selector=!sharding.fluxcd.io/key\n',
      },
    ]);
  });

  test('makes them of the manifests of bootstrap, under another name and with another label', () => {
    const { file, patchesOf } = kustomization(flux, '/one');
    expect(file).toMatchObject({
      resources: ['../gotk-components.yaml'],
      nameSuffix: '-one',
      commonAnnotations: { 'sharding.fluxcd.io/role': 'shard' },
    });
    for (const name of ['kustomize-controller', 'helm-controller']) {
      expect(patchesOf('Deployment', name)).toEqual([
        [
          { op: 'replace', path: '/spec/selector/matchLabels/app', value: `${name}-one` },
          { op: 'replace', path: '/spec/template/metadata/labels/app', value: `${name}-one` },
        ],
      ]);
    }
    const [add, path] = ['add', '/spec/template/spec/containers/0/args/-'];
    expect(
      patchesOf('Deployment', '(source-controller|kustomize-controller|helm-controller)'),
    ).toEqual([[{ op: add, path, value: '--watch-label-selector=sharding.fluxcd.io/key=one' }]]);
    const address = '--storage-adv-addr=source-controller-one.$(RUNTIME_NAMESPACE).svc';
    expect(patchesOf('Deployment', 'source-controller')).toContainEqual([
      { op: add, path, value: address },
    ]);
    expect(patchesOf('Service', 'source-controller')).toEqual([
      [{ op: 'replace', path: '/spec/selector/app', value: 'source-controller-one' }],
    ]);
  });

  test('keeps accounts, rights and everything else of the installation single', () => {
    const { file } = kustomization(flux, '/one');
    const deleted = file.patches.filter(({ patch }: any) => patch.includes('$patch: delete'));
    expect(deleted.map(({ target }: any) => target)).toEqual([
      {
        labelSelector:
          'app.kubernetes.io/component notin (source-controller,kustomize-controller,helm-controller)',
      },
      { kind: '(CustomResourceDefinition|ServiceAccount)' },
    ]);
  });

  test('has no other patch than one without shards, but for that exclusion', () => {
    const locked = kustomization(FluxInstallation.bootstrap()).file.patches;
    const { patches } = kustomization(flux).file;
    expect(patches.filter(({ target }: any) => !target.annotationSelector)).toEqual(locked);
  });
});

test('a directory of a shard is removed with the shard, and bootstrap files are still only expected beside the lockdown', () => {
  const { fleet } = smallFleet({ flux: FluxInstallation.bootstrap({ shards: ['one'] }) });
  const plan = fleet.plan('does-not-exist');
  expect(plan.missing).toEqual([
    'clusters/prod/flux-system/gotk-components.yaml',
    'clusters/prod/flux-system/gotk-sync.yaml',
    'clusters/staging/flux-system/gotk-components.yaml',
    'clusters/staging/flux-system/gotk-sync.yaml',
  ]);
});

describe('a tenant', () => {
  test.each([
    [undefined, "cluster 'prod' runs none, got 'one'"],
    [['two', 'three'], "cluster 'prod' runs three, two, got 'one'"],
  ])('cannot be on a shard that one of its clusters does not run: %j', (shards, message) => {
    const { fleet, prod } = smallFleet({ flux: FluxInstallation.bootstrap({ shards }) });
    expect(() => new Tenant(fleet, 'team-a', { clusters: [prod], shard: 'one' })).toThrow(
      `tenant 'team-a' must be on a shard that each of its clusters runs; ${message}`,
    );
  });

  test('cannot be on one that is not named', () => {
    const { fleet, prod } = smallFleet({ flux: FluxInstallation.bootstrap({ shards: ['one'] }) });
    expect(() => new Tenant(fleet, 'team-a', { clusters: [prod], shard: '' })).toThrow(
      "cluster 'prod' runs one, got ''",
    );
  });
});
