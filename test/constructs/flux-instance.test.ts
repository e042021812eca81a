import { JsonPatch } from 'cdk8s';
import {
  AppRepo,
  Cluster,
  Fleet,
  FleetRepo,
  FleetSource,
  FluxInstallation,
  FluxOperatorOptions,
  GitHost,
  image,
  PlatformComponent,
  SecretRef,
  Signature,
  sourceextensions,
  Tenant,
} from '../../src';
import { addPipeline } from '../pipelines';
import { find, objectsIn, synthesized, temporaryDirectory } from '../synthesized';

const git = FleetSource.git({
  url: 'https://github.com/acme/fleet-infra',
  credentials: SecretRef.named('flux-system'),
});
const oci = FleetSource.signedOci({
  url: 'oci://ghcr.io/acme/fleet-infra',
  tag: 'latest',
  signature: Signature.githubActions({ repository: 'acme/fleet-infra', workflow: 'publish.yaml' }),
});

/** A fleet with one cluster, on which Flux Operator installs Flux. */
function operated(
  options: FluxOperatorOptions = { source: git },
  build: (fleet: FleetRepo, cluster: Cluster) => void = () => {},
) {
  const app = new Fleet({ outdir: temporaryDirectory() });
  const fleet = new FleetRepo(app, 'fleet-infra', {
    registry: 'ghcr.io/acme/manifests',
    gitHost: GitHost.github({ owner: 'acme' }),
  });
  const flux = FluxInstallation.operator(options);
  const cluster = new Cluster(fleet, 'prod', { environment: 'production', flux });
  build(fleet, cluster);
  const files = synthesized(app);
  return { cluster, files, instance: find(files, 'FluxInstance') };
}

/** The operations of each patch, by the object it is aimed at. */
function patchesOf(instance: any): [any, any][] {
  return (instance.spec.kustomize?.patches ?? []).map(({ target, patch }: any) => [
    target,
    objectsIn(patch)[0],
  ]);
}

describe('a FluxInstance', () => {
  test('is the one that Flux Operator looks for, and all of flux-system that is applied', () => {
    const { files, instance } = operated();
    expect(instance.metadata).toEqual({
      name: 'flux',
      namespace: 'flux-system',
      annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
    });
    expect([...files.keys()].filter((file) => file.includes('clusters/'))).toEqual([
      'fleet-infra/clusters/prod/flux-system/flux-instance.yaml',
      'fleet-infra/clusters/prod/flux-system/kustomization.yaml',
      'fleet-infra/clusters/prod/infrastructure.yaml',
      'fleet-infra/clusters/prod/verify.sh',
    ]);
    const text = files.get('fleet-infra/clusters/prod/flux-system/kustomization.yaml');
    expect(objectsIn(text)[0].resources).toEqual(['flux-instance.yaml']);
  });

  test('locks the controllers down', () => {
    expect(operated().instance.spec.cluster).toEqual({
      multitenant: true,
      multitenantWorkloadIdentity: true,
      networkPolicy: true,
      objectLevelWorkloadIdentity: true,
      tenantDefaultDecryptionServiceAccount: 'default',
      tenantDefaultKubeConfigServiceAccount: 'default',
      tenantDefaultServiceAccount: 'default',
    });
  });

  test('takes the right to create tokens, which no field does with the gate open', () => {
    const rule = { apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] };
    expect(patchesOf(operated().instance)).toEqual([
      [
        { kind: 'ClusterRole', name: 'crd-controller-flux-system' },
        [
          { op: 'test', path: '/rules/11', value: rule },
          { op: 'remove', path: '/rules/11' },
        ],
      ],
    ]);
  });

  test('leaves it where objects may have cloud identities', () => {
    const { spec } = operated({ source: git, workloadIdentity: true }).instance;
    expect(spec).not.toHaveProperty('kustomize');
    expect(spec.cluster.multitenantWorkloadIdentity).toBe(true);
  });

  test('follows a branch', () => {
    expect(operated().instance.spec.sync).toEqual({
      kind: 'GitRepository',
      path: 'clusters/prod',
      pullSecret: 'flux-system',
      ref: 'refs/heads/main',
      url: 'https://github.com/acme/fleet-infra',
    });
  });

  test('follows an artifact only as long as it is signed', () => {
    const { instance } = operated({ source: oci, workloadIdentity: true });
    expect(instance.spec.sync).toEqual({
      kind: 'OCIRepository',
      path: 'clusters/prod',
      ref: 'latest',
      url: 'oci://ghcr.io/acme/fleet-infra',
    });
    expect(patchesOf(instance)).toEqual([
      [
        { kind: 'OCIRepository', name: 'flux-system' },
        [
          {
            op: 'add',
            path: '/spec/verify',
            value: {
              provider: 'cosign',
              matchOIDCIdentity: [
                {
                  issuer: '^https://token\\.actions\\.githubusercontent\\.com$',
                  subject:
                    '^https://github\\.com/acme/fleet-infra/\\.github/workflows/publish\\.yaml@refs/heads/main$',
                },
              ],
            },
          },
        ],
      ],
    ]);
  });

  test('aims no patch at a namespace, which Flux Operator refuses', () => {
    const { instance } = operated({ source: oci });
    expect(patchesOf(instance)).toHaveLength(2);
    expect(patchesOf(instance).filter(([target]) => 'namespace' in target)).toEqual([]);
  });

  test('installs a patch release where one is named', () => {
    expect(operated().instance.spec.distribution.version).toBe('2.9.x');
    const { distribution } = operated({ source: git, version: '2.9.4' }).instance.spec;
    expect(distribution).toEqual({ registry: 'ghcr.io/fluxcd', version: '2.9.4' });
  });

  test('has the shards that tenants may name', () => {
    const { instance, files } = operated(
      { source: git, shards: ['two', 'one'] },
      (fleet, cluster) => {
        new Tenant(fleet, 'team-a', { clusters: [cluster], shard: 'two' });
      },
    );
    expect(instance.spec.sharding).toEqual({
      key: 'sharding.fluxcd.io/key',
      shards: ['one', 'two'],
    });
    expect(find(files, 'Kustomization', 'team-a').metadata.labels).toEqual({
      'sharding.fluxcd.io/key': 'two',
    });
    expect(operated().instance.spec).not.toHaveProperty('sharding');
  });

  const core = ['source', 'kustomize', 'helm', 'notification'].map((name) => `${name}-controller`);

  test('has the controllers that the tenants of its cluster need, and no others', () => {
    expect(operated().instance.spec.components).toEqual(core);
    const { instance } = operated({ source: git }, (fleet, cluster) => {
      addPipeline(new Tenant(fleet, 'team-a', { clusters: [cluster] }));
      new sourceextensions.ArtifactGenerator(new PlatformComponent(fleet, 'x'), 'x', {
        metadata: { name: 'x', namespace: 'flux-system' },
        spec: { artifacts: [], sources: [] },
      });
    });
    expect(instance.spec.components).toEqual([
      ...core,
      'image-reflector-controller',
      'image-automation-controller',
      'source-watcher',
    ]);
  });

  test('has those that the repository of a tenant needs, if the tenant is on the cluster', () => {
    const componentsWith = (isHere: boolean) =>
      operated({ source: git }, (fleet, cluster) => {
        const other = new Cluster(fleet, 'staging', { environment: 'staging' });
        const tenant = new Tenant(fleet, 'team-a', {
          clusters: [isHere ? cluster : other],
          sources: { images: ['ghcr.io/acme/x'] },
        });
        new image.ImageRepository(new AppRepo(fleet.node.root as Fleet, 'repo', { tenant }), 'x', {
          metadata: { name: 'x' },
          spec: { image: 'ghcr.io/acme/x', interval: '5m' },
        });
      }).instance.spec.components;
    expect(componentsWith(true)).toEqual([
      ...core,
      'image-reflector-controller',
      'image-automation-controller',
    ]);
    expect(componentsWith(false)).toEqual(core);
  });

  test('does not have the image controllers for a tenant of another cluster', () => {
    const { instance } = operated({ source: git }, (fleet) => {
      const other = new Cluster(fleet, 'staging', { environment: 'staging' });
      addPipeline(new Tenant(fleet, 'team-a', { clusters: [other] }));
    });
    expect(instance.spec.components).toEqual(core);
  });
});

describe('a cluster with Flux Operator', () => {
  test.each([
    [git, 'GitRepository'],
    [oci, 'OCIRepository'],
  ])('has syncs that read what its root sync reads', (source, kind) => {
    const { files } = operated({ source }, (fleet, cluster) => {
      new Tenant(fleet, 'team-a', { clusters: [cluster] });
    });
    for (const file of ['tenants', 'infrastructure']) {
      const [sync] = objectsIn(files.get(`fleet-infra/clusters/prod/${file}.yaml`));
      expect(sync.spec.sourceRef).toEqual({ kind, name: 'flux-system' });
    }
  });

  test('is not bootstrapped', () => {
    expect(() => operated().cluster.bootstrapCommand()).toThrow(
      "cluster 'prod' has Flux from Flux Operator; apply its flux-instance.yaml instead of a bootstrap",
    );
  });

  test('hands out the object for what the props do not reach', () => {
    const { instance } = operated({ source: git }, (_, { fluxInstance }) => {
      fluxInstance!.addJsonPatch(JsonPatch.add('/spec/cluster/size', 'large'));
    });
    expect(instance.spec.cluster.size).toBe('large');
  });
});
