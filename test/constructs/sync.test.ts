import { ApiObject, Duration } from 'cdk8s';
import {
  AppRepo,
  CanaryApp,
  CanaryProvider,
  CanaryWorkload,
  ContainerImage,
  Decryption,
  GitRevision,
  GitSource,
  Health,
  OciVersion,
  SecretRef,
  Signature,
  SignedOciSource,
  SyncProps,
  Tenant,
} from '../../src';
import { find, objectsIn, smallFleet, synthesized } from '../synthesized';

function git(tenant: Tenant, id: string = 'manifests'): GitSource {
  return new GitSource(tenant, id, {
    url: 'https://github.com/acme/x',
    revision: GitRevision.branch('main'),
  });
}

describe('a sync from a sparse checkout', () => {
  function synced(path: string, sparseCheckout: string[]): void {
    const { tenant } = smallFleet();
    const team = tenant('team-a');
    const revision = GitRevision.branch('main');
    const source = new GitSource(team, 'manifests', {
      url: 'https://github.com/acme/x',
      revision,
      sparseCheckout,
    });
    team.sync('apps', { source, path });
  }

  test.each(['./', './deploy', 'deploy/prod/', 'base'])('may apply %s', (path) => {
    expect(() => synced(path, ['./deploy/', 'base'])).not.toThrow();
  });

  test.each(['./apps', 'deployment', 'base-2'])('cannot apply %s, which is left out', (path) => {
    expect(() => synced(path, ['deploy', 'base'])).toThrow(
      `sync 'apps' must have a path of which source 'fleet-infra/team-a/manifests' checks something out (deploy, base), got '${path}'`,
    );
  });
});

describe('a sync', () => {
  test('applies as the tenant, to its namespace, prunes, and waits for health', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    team.sync('apps', { source: git(team) });
    const { metadata, spec } = find(synthesized(app), 'Kustomization', 'apps');
    expect(metadata.namespace).toBe('team-a');
    expect(spec).toMatchObject({
      interval: '10m',
      path: './',
      prune: true,
      serviceAccountName: 'team-a',
      sourceRef: { kind: 'GitRepository', name: 'manifests' },
      targetNamespace: 'team-a',
      timeout: '5m',
      wait: true,
    });
    expect(spec).not.toHaveProperty('healthChecks');
    expect(spec).not.toHaveProperty('kubeConfig');
  });

  test("understands a canary's health, which Flux would take for granted", () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    team.sync('apps', { source: git(team) });
    const { healthCheckExprs } = find(synthesized(app), 'Kustomization', 'apps').spec;
    expect(healthCheckExprs).toEqual([
      {
        apiVersion: 'flagger.app/v1beta1',
        kind: 'Canary',
        current: "status.conditions.exists(e, e.type == 'Promoted' && e.status == 'True')",
        failed: "status.conditions.exists(e, e.type == 'Promoted' && e.status == 'False')",
        inProgress:
          "!has(status.conditions) || status.conditions.exists(e, e.type == 'Promoted' && e.status == 'Unknown')",
      },
    ]);
  });

  test('that is not checked has no health expressions, which Flux would ignore', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    team.sync('apps', { source: git(team), health: Health.unchecked() });
    const { spec } = find(synthesized(app), 'Kustomization', 'apps');
    expect(spec.wait).toBe(false);
    expect(spec).not.toHaveProperty('healthCheckExprs');
  });

  test('covers every prop', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a', { namespaces: ['team-a', 'jobs'] });
    const source = git(team);
    const props: Required<SyncProps> = {
      source,
      path: './deploy/jobs',
      health: Health.waitForAll(Duration.minutes(20)),
      interval: Duration.minutes(30),
      dependencies: [team.sync('crds', { source, path: './crds' })],
      targetNamespace: 'jobs',
      decryption: Decryption.keys(SecretRef.named('sops-age')),
    };
    team.sync('apps', props);
    const files = synthesized(app);
    expect(find(files, 'Kustomization', 'apps').spec).toMatchObject({
      path: './deploy/jobs',
      timeout: '20m',
      interval: '30m',
      dependsOn: [{ name: 'crds' }],
      targetNamespace: 'jobs',
      decryption: { provider: 'sops', secretRef: { name: 'sops-age' } },
    });
    const [platform] = objectsIn(files.get('fleet-infra/clusters/prod/tenants.yaml'));
    expect(platform.spec.timeout).toBe('21m');
  });

  test("cannot use another tenant's source, sync or namespace", () => {
    const { tenant } = smallFleet();
    const [a, b] = [tenant('team-a'), tenant('team-b')];
    const theirs = git(b);
    expect(() => a.sync('apps', { source: theirs })).toThrow(
      "sync 'apps' of tenant 'team-a' must not use 'fleet-infra/team-b/manifests', which is another tenant's",
    );
    const dependencies = [b.sync('apps', { source: theirs })];
    expect(() => a.sync('apps2', { source: git(a), dependencies })).toThrow(/another tenant's/);
    expect(() => a.sync('apps3', { source: git(a, 'm2'), targetNamespace: 'team-b' })).toThrow(
      /target namespace must be one of tenant 'team-a'/,
    );
  });

  test.each(['../x', '/etc', './a/../b', '', './a b', 'https://x.example', `./${'a'.repeat(40)}!`])(
    'does not leave its source by path %p',
    (path) => {
      const { tenant } = smallFleet();
      const team = tenant('team-a');
      expect(() => team.sync('apps', { source: git(team), path })).toThrow(
        /path must be a relative directory such as/,
      );
    },
  );

  test('must be done later than the slowest canary can be', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    team.sync('apps', { source: git(team), health: Health.waitForAll(Duration.minutes(15)) });
    new CanaryApp(new AppRepo(app, 'team-a', { tenant: team }), 'podinfo', {
      workload: CanaryWorkload.image(ContainerImage.of('ghcr.io/acme/podinfo:1.0.0')),
      port: 9898,
      rollout: CanaryProvider.linkerd().linear({
        interval: Duration.minutes(1),
        threshold: 5,
        stepWeight: 10,
      }),
    });
    expect(() => app.synth()).toThrow(
      "[fleet-infra/team-a/apps] sync waits 15m, but the rollout of canary 'team-a/podinfo' takes up to 33m; let a sync wait longer: Health.waitForAll(Duration.minutes(34))",
    );
    team.sync('slow', { source: git(team, 'm2'), health: Health.waitForAll(Duration.minutes(34)) });
    expect(() => app.synth()).not.toThrow();
  });
});

describe('an environment', () => {
  const signature = Signature.cosignKey(SecretRef.named('cosign-pub'));
  const version = OciVersion.semver('>=1.0.0-0');

  test('takes another version by a patch in its overlay', () => {
    const { app, tenant } = smallFleet();
    const source = new SignedOciSource(tenant('team-a'), 'manifests', { version, signature });
    source.inEnvironment('production', { version: OciVersion.semver('>=1.0.0') });
    const files = synthesized(app);
    const overlay = (name: string) =>
      objectsIn(files.get(`fleet-infra/tenants/${name}/team-a/kustomization.yaml`))[0];
    expect(overlay('staging')).not.toHaveProperty('patches');
    expect(overlay('production').resources).toEqual(['../../base/team-a']);
    expect(overlay('production').patches).toHaveLength(1);
    const [{ target, patch }] = overlay('production').patches;
    expect(target).toEqual({
      group: 'source.toolkit.fluxcd.io',
      version: 'v1',
      kind: 'OCIRepository',
      name: 'manifests',
      namespace: 'team-a',
    });
    expect(objectsIn(patch)[0]).toEqual([
      { op: 'replace', path: '/spec/ref', value: { semver: '>=1.0.0' } },
    ]);
  });

  test('patches the object behind any construct of a tenant', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const source = new SignedOciSource(team, 'manifests', { version, signature });
    const sync = team.sync('apps', { source });
    for (const construct of [source, sync, git(team, 'git')]) {
      team.patchInEnvironment('staging', construct, [
        { op: 'replace', path: '/spec/interval', value: '1h' },
      ]);
    }
    const [overlay] = objectsIn(
      synthesized(app).get('fleet-infra/tenants/staging/team-a/kustomization.yaml'),
    );
    expect(overlay.patches.map(({ target }: any) => `${target.kind} ${target.name}`)).toEqual([
      'GitRepository git',
      'Kustomization apps',
      'OCIRepository manifests',
    ]);
  });

  test('patches any object of a tenant', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const map = new ApiObject(team, 'settings', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { level: 'debug' },
    });
    team.patchInEnvironment('production', map, [
      { op: 'replace', path: '/data/level', value: 'on' },
    ]);
    const [overlay] = objectsIn(
      synthesized(app).get('fleet-infra/tenants/production/team-a/kustomization.yaml'),
    );
    expect(overlay.patches[0].target).toEqual({
      version: 'v1',
      kind: 'ConfigMap',
      name: 'settings',
      namespace: 'team-a',
    });
    expect(objectsIn(overlay.patches[0].patch)[0][0].value).toBe('on');
  });

  test('in which a tenant has no cluster cannot be patched', () => {
    const { tenant, staging } = smallFleet();
    const team = tenant('team-a', { clusters: [staging] });
    const source = new SignedOciSource(team, 'manifests', { version, signature });
    expect(() => source.inEnvironment('production', { version })).toThrow(
      "tenant 'team-a' has no cluster in environment 'production', it is in staging",
    );
  });

  test.each([
    [{ op: 'move', path: '/spec' }, /patch operation must be one of add, remove, replace, test/],
    [{ op: 'add', path: 'spec' }, /patch path must be a JSON pointer/],
  ])('refuses the patch %j', (operation, message) => {
    const { tenant } = smallFleet();
    const team = tenant('team-a');
    const source = new SignedOciSource(team, 'manifests', { version, signature });
    expect(() => team.patchInEnvironment('staging', source.repository, [operation])).toThrow(
      message,
    );
  });

  test('refuses a patch that does not apply, before anything is written', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const source = new SignedOciSource(team, 'manifests', { version, signature });
    team.patchInEnvironment('staging', source.repository, [
      { op: 'replace', path: '/spec/nowhere/deep', value: 1 },
    ]);
    expect(() => app.synth()).toThrow(
      /\[fleet-infra\/team-a\/manifests\/repository\] patch for environment 'staging': /,
    );
  });
});

test('a sync decrypts by an identity that is not the one it applies with', () => {
  const { app, tenant } = smallFleet();
  const team = tenant('team-a');
  const source = git(team);
  team.sync('apps', { source, decryption: Decryption.identity('sops-kms') });
  expect(find(synthesized(app), 'Kustomization', 'apps').spec.decryption).toEqual({
    provider: 'sops',
    serviceAccountName: 'sops-kms',
  });
  expect(() => team.sync('more', { source, decryption: Decryption.identity('team-a') })).toThrow(
    "sync 'more' must not decrypt as 'team-a', which applies",
  );
  expect(() => Decryption.identity('Bad Name')).toThrow(/service account must be/);
});
