import { ApiObject, App, Duration } from 'cdk8s';
import {
  Decryption,
  Cluster,
  ClusterProps,
  Fleet,
  FleetRepo,
  FluxInstallation,
  GitHost,
  GitTarget,
  image,
  PlatformComponent,
  PlatformComponentProps,
  SecretRef,
  sourceextensions,
  Tenant,
  TenantLists,
} from '../../src';
import { addPipeline, TARGET } from '../pipelines';
import { objectsIn, smallFleet, synthesized, temporaryDirectory } from '../synthesized';

describe('a cluster', () => {
  test('locks its controllers down beside what bootstrap writes', () => {
    const { app } = smallFleet();
    const files = synthesized(app);
    const [lockdown] = objectsIn(
      files.get('fleet-infra/clusters/prod/flux-system/kustomization.yaml'),
    );
    expect(lockdown.resources).toEqual(['gotk-components.yaml', 'gotk-sync.yaml']);
    const flags = lockdown.patches.map(({ target, patch }: any) => [
      target.name.replace(/[()]/g, '').split('|').sort(),
      objectsIn(patch)[0][0].value,
    ]);
    const appliers = ['helm-controller', 'kustomize-controller'];
    const fetchers = ['image-automation', 'image-reflector', 'notification', 'source'].map(
      (name) => `${name}-controller`,
    );
    const referring = fetchers.filter((name) => name !== 'source-controller');
    const tokenRule = { apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] };
    expect(flags).toEqual([
      [[...appliers, ...referring, 'source-watcher'].sort(), '--no-cross-namespace-refs=true'],
      [['kustomize-controller'], '--no-remote-bases=true'],
      [[...appliers, ...fetchers].sort(), '--feature-gates=ObjectLevelWorkloadIdentity=true'],
      [[...appliers, ...fetchers].sort(), '--default-service-account=default'],
      [['kustomize-controller'], '--default-decryption-service-account=default'],
      [appliers, '--default-kubeconfig-service-account=default'],
      [['crd-controller-flux-system'], tokenRule],
      [['flux-system'], 'kustomize-controller'],
    ]);
  });

  test('has no kustomization file of its own, with which Flux would prune itself', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a');
    const inCluster = [...synthesized(app).keys()].filter((file) =>
      file.includes('clusters/prod/'),
    );
    expect(inCluster).toEqual([
      'fleet-infra/clusters/prod/flux-system/kustomization.yaml',
      'fleet-infra/clusters/prod/infrastructure.yaml',
      'fleet-infra/clusters/prod/tenants.yaml',
      'fleet-infra/clusters/prod/verify.sh',
    ]);
  });

  test.each([
    ['Prod', 'production', /cluster must be lowercase/],
    ['prod', '../x', /environment must be lowercase/],
    ['prod', 'base', /environment must not be 'base'/],
    ['prod', 'lists', /environment must not be 'lists', which is the directory of lists/],
  ])('cannot be %p in environment %p', (id, environment, message) => {
    const app = new Fleet({ outdir: temporaryDirectory() });
    const fleet = new FleetRepo(app, 'fleet-infra', { registry: 'ghcr.io/acme/manifests' });
    expect(() => new Cluster(fleet, id, { environment })).toThrow(message);
  });

  test('must be inside a fleet', () => {
    expect(() => new Cluster(new Fleet(), 'prod', { environment: 'production' })).toThrow(
      /'prod' must be created inside a FleetRepo/,
    );
  });

  test('decrypts what the platform keeps encrypted in the repository, when it is given the keys', () => {
    const { app, fleet } = smallFleet();
    const props: Required<ClusterProps> = {
      environment: 'production',
      decryption: Decryption.keys(SecretRef.named('sops-age')),
      flux: FluxInstallation.bootstrap(),
      tenantLists: TenantLists.single(),
    };
    new Tenant(fleet, 'team-a', { clusters: [new Cluster(fleet, 'eu', props)] });
    const files = synthesized(app);
    for (const file of ['tenants', 'infrastructure']) {
      const [sync] = objectsIn(files.get(`fleet-infra/clusters/eu/${file}.yaml`));
      expect(sync.spec.decryption).toEqual({ provider: 'sops', secretRef: { name: 'sops-age' } });
    }
  });

  test('shares the overlays of its environment with other clusters', () => {
    const { app, fleet, prod } = smallFleet();
    const second = new Cluster(fleet, 'prod-2', { environment: 'production' });
    new Tenant(fleet, 'team-a', { clusters: [prod, second] });
    const files = synthesized(app);
    for (const cluster of ['prod', 'prod-2']) {
      const [sync] = objectsIn(files.get(`fleet-infra/clusters/${cluster}/tenants.yaml`));
      expect(sync.spec.path).toBe('./tenants/production/team-a');
    }
  });
});

describe('the bootstrap command', () => {
  const command = (
    gitHost?: GitHost,
    build: (fleet: FleetRepo, cluster: Cluster) => void = () => {},
  ) => {
    const app = new Fleet({ outdir: temporaryDirectory() });
    const fleet = new FleetRepo(app, 'fleet-infra', {
      registry: 'ghcr.io/acme/manifests',
      gitHost,
    });
    const cluster = new Cluster(fleet, 'prod', { environment: 'production' });
    const other = new Cluster(fleet, 'staging', { environment: 'staging' });
    void other;
    build(fleet, cluster);
    return cluster.bootstrapCommand();
  };
  const github = GitHost.github({ owner: 'acme-platform' });

  test('names repository, branch and path, and no flag that Flux does not have', () => {
    expect(command(github)).toBe(
      [
        'flux bootstrap github',
        '--owner=acme-platform',
        '--repository=fleet-infra',
        '--branch=main',
        '--path=clusters/prod',
      ].join(' \\\n  '),
    );
    expect(command(github)).not.toContain('extra-args');
  });

  test('asks for the image controllers where a tenant uses image automation', () => {
    const asks = command(github, (fleet, cluster) => {
      addPipeline(new Tenant(fleet, 'team-a', { clusters: [cluster] }));
    });
    expect(asks).toContain(
      '--components-extra=image-reflector-controller,image-automation-controller',
    );
    expect(asks).not.toContain('read-write-key');
  });

  test('does not ask for them on a cluster where no automation runs', () => {
    const app = new Fleet({ outdir: temporaryDirectory() });
    const fleet = new FleetRepo(app, 'fleet-infra', {
      registry: 'ghcr.io/acme/manifests',
      gitHost: github,
    });
    const prod = new Cluster(fleet, 'prod', { environment: 'production' });
    const staging = new Cluster(fleet, 'staging', { environment: 'staging' });
    addPipeline(new Tenant(fleet, 'team-a', { clusters: [prod, staging] }), {
      commitTo: GitTarget.pullRequestBranch({ ...TARGET, environment: 'staging' }),
    });
    expect(prod.bootstrapCommand()).not.toContain('components-extra');
    expect(staging.bootstrapCommand()).toContain('components-extra');
  });

  test('asks for a key that may write only where automation commits with it', () => {
    expect(
      command(github, (fleet) => {
        const component = new PlatformComponent(fleet, 'automation');
        new image.ImageUpdateAutomation(component, 'iua', {
          metadata: { name: 'platform', namespace: 'flux-system' },
          spec: {
            interval: '30m',
            sourceRef: { kind: 'GitRepository', name: 'flux-system' },
            git: { commit: { author: { email: 'bot@acme.example' } } },
          },
        });
      }),
    ).toContain('--read-write-key=true');
  });

  test('asks for source-watcher where artifacts are generated', () => {
    expect(
      command(github, (fleet) => {
        new sourceextensions.ArtifactGenerator(new PlatformComponent(fleet, 'x'), 'x', {
          metadata: { name: 'x', namespace: 'flux-system' },
          spec: { artifacts: [], sources: [] },
        });
      }),
    ).toContain('--components-extra=source-watcher');
  });

  test('speaks of other hosts', () => {
    expect(
      command(GitHost.gitlab({ owner: 'acme', hostname: 'git.acme.example', branch: 'trunk' })),
    ).toContain(
      'flux bootstrap gitlab \\\n  --hostname=git.acme.example \\\n  --owner=acme \\\n  --repository=fleet-infra \\\n  --branch=trunk',
    );
    expect(command(GitHost.generic('ssh://git@git.acme.example/fleet-infra'))).toContain(
      'flux bootstrap git \\\n  --url=ssh://git@git.acme.example/fleet-infra \\\n  --branch=main',
    );
  });

  test('needs to know the host', () => {
    expect(() => command()).toThrow(/'fleet-infra' has no gitHost/);
  });

  test('lets no text into a shell that the shell would read', () => {
    expect(() => GitHost.github({ owner: '$(reboot)' })).toThrow(/owner must be letters/);
    expect(() => GitHost.generic('https://a.example/x;y')).toThrow(/url must be/);
    expect(() => GitHost.github({ owner: '--yes' })).toThrow(/owner must be letters/);
    expect(() => GitHost.github({ owner: 'acme', hostname: 'a..b' })).toThrow(/hostname must be/);
    for (const branch of ['--yes', 'a..b', 'a b', '$(reboot)', 'a\nb', '']) {
      expect(() => GitHost.github({ owner: 'acme', branch })).toThrow(/branch must be letters/);
      expect(() => GitHost.generic('https://a.example/x', branch)).toThrow(/branch must be/);
    }
  });
});

describe('a platform component', () => {
  test('is applied to every cluster, declared before it or after', () => {
    const { app, fleet } = smallFleet();
    const early = new PlatformComponent(fleet, 'monitoring');
    new Cluster(fleet, 'late', { environment: 'late' });
    new ApiObject(early, 'x', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'monitoring' },
    });
    const files = synthesized(app);
    for (const cluster of ['prod', 'staging', 'late']) {
      const names = objectsIn(files.get(`fleet-infra/clusters/${cluster}/infrastructure.yaml`)).map(
        ({ metadata }) => metadata.name,
      );
      expect(names).toEqual(['admission', 'monitoring', 'tenancy']);
    }
    expect([...files.keys()]).toContain('fleet-infra/infrastructure/monitoring/namespace.yaml');
  });

  test('covers every prop', () => {
    const { app, fleet, prod, tenant } = smallFleet();
    const first = new PlatformComponent(fleet, 'first', { clusters: [prod] });
    const object = (name: string) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
    new ApiObject(first, 'x', object('x'));
    const props: Required<PlatformComponentProps> = {
      clusters: [prod],
      dependencies: [first],
      gatesTenants: true,
      timeout: Duration.minutes(20),
    };
    new ApiObject(new PlatformComponent(fleet, 'second', props), 'y', object('y'));
    tenant('team-a');
    const files = synthesized(app);
    const infrastructure = objectsIn(files.get('fleet-infra/clusters/prod/infrastructure.yaml'));
    expect(infrastructure.map(({ metadata }) => metadata.name)).toEqual([
      'admission',
      'first',
      'second',
      'tenancy',
    ]);
    expect(infrastructure[2].spec).toMatchObject({
      dependsOn: [{ name: 'first' }],
      timeout: '20m',
      interval: '20m',
      path: './infrastructure/second',
    });
    const gates = (cluster: string) =>
      objectsIn(files.get(`fleet-infra/clusters/${cluster}/tenants.yaml`))[0].spec.dependsOn;
    expect(gates('prod')).toEqual([{ name: 'admission' }, { name: 'second' }, { name: 'tenancy' }]);
    expect(gates('staging')).toEqual([{ name: 'admission' }, { name: 'tenancy' }]);
  });

  test("cannot take the name of the cluster's root sync", () => {
    const { fleet } = smallFleet();
    expect(() => new PlatformComponent(fleet, 'flux-system')).toThrow(
      "name must not be 'flux-system', which is that of the cluster's root sync",
    );
  });

  test('cannot be empty, or depend on what its cluster does not apply', () => {
    const { app, fleet, prod, staging } = smallFleet();
    new PlatformComponent(fleet, 'empty');
    const here = new PlatformComponent(fleet, 'here', { clusters: [prod] });
    new PlatformComponent(fleet, 'there', { clusters: [staging], dependencies: [here] });
    expect(() => app.synth()).toThrow(
      /\[fleet-infra\/empty\] platform component must hold an object[^]*\[fleet-infra\/there\] depends on 'here', which cluster 'staging' does not apply/,
    );
  });

  test('cannot take the name of a tenant, whose Flux Kustomization has it', () => {
    const { fleet, tenant } = smallFleet();
    tenant('team-a');
    expect(() => new PlatformComponent(fleet, 'team-a')).toThrow(
      /already a Construct with name 'team-a'/,
    );
  });
});

test.each([
  'ghcr/acme',
  'ghcr.io',
  'GHCR.io/acme',
  'oci://ghcr.io/acme',
  'ghcr.io/../x',
  'ghcr.io/a//b',
  'ghcr.io/a:1',
  'ghcr.io@evil.example/a',
  'ghcr.io/a\n',
  'ghcr..io/a',
  '-ghcr.io/a',
  'ghcr.io:0/a',
  'ghcr.io:65536/a',
  '10.0.0.1/a',
  'localhost:5000/a',
  'x.localhost/a',
])('a fleet does not take %p for a registry', (registry) => {
  expect(() => new FleetRepo(new Fleet(), 'fleet-infra', { registry })).toThrow(/registry must/);
});

test.each(['', '.', '..', '.git', 'a/b', '-a', 'a b', 'a\n', '../x', 'ä'])(
  'a repository is not called %p, which is no directory of its own',
  (id) => {
    const registry = 'ghcr.io/acme/manifests';
    expect(() => new FleetRepo(new Fleet(), id, { registry })).toThrow(
      id === '' ? /./ : /^repository id must be a directory name/,
    );
  },
);

test.each(['Monitoring', 'a.b', 'a_b', '-a', '../x', 'a'.repeat(64)])(
  'a platform component is not called %p',
  (id) => {
    const { fleet } = smallFleet();
    expect(() => new PlatformComponent(fleet, id)).toThrow(
      /^platform component must be lowercase letters, digits and '-'/,
    );
  },
);

test('a tenant does not run on a cluster of another fleet', () => {
  const app = new Fleet({ outdir: temporaryDirectory() });
  const [one, two] = ['one', 'two'].map(
    (id) => new FleetRepo(app, id, { registry: 'ghcr.io/acme/manifests' }),
  );
  const cluster = new Cluster(two, 'prod', { environment: 'production' });
  expect(() => new Tenant(one, 'team-a', { clusters: [cluster] })).toThrow(
    "tenant 'team-a' must run on clusters of its own fleet, got 'two/prod'",
  );
});

test('a repository is not synthesized the way cdk8s does, which would leave its lockdown out', () => {
  expect(
    () => new FleetRepo(new App(), 'fleet-infra', { registry: 'ghcr.io/acme/manifests' }),
  ).toThrow("repository 'fleet-infra' must be created inside a Fleet, not a plain App");
});
