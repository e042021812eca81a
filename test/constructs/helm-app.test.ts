import { Duration, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  ConfigMapRef,
  HelmApp,
  HelmAppProps,
  HelmLifecycle,
  HelmRemediation,
  HelmSource,
  HelmTests,
  HelmValuesFrom,
  SecretRef,
  Tenant,
} from '../../src';
import { HELM_RELEASES } from '../../src/policies/applier-policies';
import { TENANT_NAMESPACE } from '../../src/policies/fixtures/fixture';
import { messages } from '../policies/cel';
import { validateAgainstSchemas } from '../schemas/schema-table';
import { find, smallFleet, synthesized, temporaryDirectory } from '../synthesized';
import { strictFleet } from './strict';

function chartOf(team: Tenant) {
  return new HelmSource(team, 'charts', { url: 'https://charts.acme.example' }).chart('x', '1.x');
}

/** The HelmRelease that differs from the usual one; the API server and the policies would take it. */
function releaseOf(props: Partial<HelmAppProps>, warnings: string[] = []): any {
  const { app, tenant } = smallFleet();
  const team = tenant('team-a');
  new HelmApp(team, 'podinfo', { chart: chartOf(team), ...props });
  const release = find(synthesized(app, warnings), 'HelmRelease');
  expect(validateAgainstSchemas(release)).toEqual([]);
  const request = { policy: HELM_RELEASES, object: release, namespaceObject: TENANT_NAMESPACE };
  expect(messages([request])).toEqual([[]]);
  return release.spec;
}

describe('a release that fails', () => {
  const actions = (remediation?: HelmRemediation, warnings?: string[]) => {
    const { install, rollback, upgrade } = releaseOf({ lifecycle: { remediation } }, warnings);
    return { install, rollback, upgrade };
  };
  const usual = (retries: number) => ({
    install: { crds: 'Skip', remediation: { retries } },
    upgrade: { crds: 'Skip', remediation: { retries, strategy: 'rollback' } },
  });

  test('is rolled back and tried again', () => {
    expect(actions()).toEqual(usual(3));
    expect(actions(HelmRemediation.rollback())).toEqual(usual(3));
    expect(actions(HelmRemediation.rollback(7))).toEqual(usual(7));
  });

  test('may be tried again as it is, and then is not remediated, too', () => {
    const strategy = { name: 'RetryOnFailure', retryInterval: '2m' };
    expect(actions(HelmRemediation.retryOnFailure(Duration.minutes(2)))).toEqual({
      install: { crds: 'Skip', strategy },
      upgrade: { crds: 'Skip', strategy },
    });
    expect(actions(HelmRemediation.retryOnFailure()).upgrade.strategy.retryInterval).toBe('5m');
  });

  test('may be removed with what it holds, of which synthesis warns', () => {
    const warning =
      '[fleet-infra/team-a/podinfo] an upgrade that fails removes the release, with what its objects hold, such as volumes';
    expect(actions(HelmRemediation.uninstallAndReinstall(1), [warning])).toEqual({
      install: { crds: 'Skip', remediation: { retries: 1 } },
      upgrade: { crds: 'Skip', remediation: { retries: 1, strategy: 'uninstall' } },
    });
  });

  test.each([0, -1, 1.5, 101, NaN, '3' as any])('is not tried again %p times', (retries) => {
    const message = /^retries must be a whole number from 1 to 100/;
    expect(() => HelmRemediation.rollback(retries)).toThrow(message);
    expect(() => HelmRemediation.uninstallAndReinstall(retries)).toThrow(message);
  });

  test('is not tried again in a hurry', () => {
    expect(() => HelmRemediation.retryOnFailure(Duration.seconds(9))).toThrow(
      /^interval of retries must be at least 10 seconds/,
    );
    expect(() => HelmRemediation.retryOnFailure(5 as any)).toThrow(/must be a Duration/);
    expect(() => HelmRemediation.rollback(3, { timeout: Duration.millis(0) })).toThrow(
      /^timeout of a rollback must be longer than 0/,
    );
  });
});

describe('the tests of a chart', () => {
  const testOf = (tests?: HelmTests) => releaseOf({ lifecycle: { tests } }).test;

  test('are run where the program says so, and count where it does not say otherwise', () => {
    expect(testOf()).toBeUndefined();
    expect(testOf(HelmTests.required())).toEqual({ enable: true });
    expect(testOf(HelmTests.reported())).toEqual({ enable: true, ignoreFailures: true });
    expect(testOf(HelmTests.reported().without(['load']))).toEqual({
      enable: true,
      filters: [{ name: 'load', exclude: true }],
      ignoreFailures: true,
    });
  });

  test('are left out by their names', () => {
    expect(() => HelmTests.required().without(['a b'])).toThrow(/^test must have the name/);
    expect(() => HelmTests.required().without('load' as any)).toThrow(/must be a list/);
  });
});

describe('the drift of a release', () => {
  const drift = (ignoredDrift?: HelmLifecycle['ignoredDrift'], warnings?: string[]) =>
    releaseOf({ lifecycle: { ignoredDrift } }, warnings).driftDetection;

  test('is corrected but for the fields that the program names', () => {
    expect(drift()).toEqual({ mode: 'enabled' });
    expect(drift([{ kind: 'Deployment', paths: ['/spec/replicas', '/metadata/annotations/a~1b'] }])) //
      .toEqual({
        ignore: [
          {
            paths: ['/spec/replicas', '/metadata/annotations/a~1b'],
            target: { kind: 'Deployment' },
          },
        ],
        mode: 'enabled',
      });
  });

  test.each(['', '/', 'spec/replicas', '/spec//replicas', '/a~b', '/a\nb', '/spec/'])(
    'is not left to %p, which is no field',
    (path) => {
      expect(() => drift([{ kind: 'Deployment', paths: [path] }])).toThrow(
        /^path of ignored drift must be a JSON pointer/,
      );
    },
  );

  test.each([
    [{ kind: '.*', paths: ['/spec/replicas'] }, /^kind of ignored drift must be/],
    [{ kind: '', paths: ['/spec/replicas'] }, /^kind of ignored drift must be/],
    [{ kind: 'Deployment', paths: [] }, /must name fields in 'paths'/],
    [
      { kind: 'Deployment', name: '.*', paths: ['/spec/replicas'] },
      /^object of ignored drift must be/,
    ],
    [{ paths: ['/spec/replicas'] } as any, /'kind' of ignored drift is missing/],
  ])('is not left to the objects of %j', (exception, message) => {
    expect(() => drift([exception])).toThrow(message);
  });

  test('is reported where it may be that of a whole object', () => {
    expect(
      drift(
        [
          { kind: 'Deployment', paths: ['/spec', '/spec/replicas'] },
          { kind: 'ConfigMap', paths: ['/data'] },
        ],
        [
          "[fleet-infra/team-a/podinfo] corrects no drift below '/spec' of Deployment, '/data' of ConfigMap",
        ],
      ).ignore,
    ).toHaveLength(2);
  });
});

test('values may be known later, but not be objects of cdk8s, whose insides would be written', () => {
  const values = {
    replicas: Lazy.any({ produce: () => 2 }),
    none: null,
    hosts: ['a', { b: true }],
  };
  expect(releaseOf({ values }).values).toEqual({
    replicas: 2,
    hosts: ['a', { b: true }],
  });
  expect(() => releaseOf({ values: { port: kplus.k8s.IntOrString.fromNumber(80) } })).toThrow(
    "got an object (IntOrString) at 'port'",
  );
});

describe('values from elsewhere', () => {
  const settings = ConfigMapRef.named('settings');
  const auth = SecretRef.named('auth');

  test('are those of ConfigMaps and Secrets, in the order that they win over each other', () => {
    expect(
      releaseOf({
        values: { a: 1 },
        valuesFrom: [
          HelmValuesFrom.configMap(settings),
          HelmValuesFrom.configMap(settings, { key: 'eu.yaml', optional: true }),
          HelmValuesFrom.secret(auth, { key: 'password', targetPath: 'auth.password' }),
        ],
      }),
    ).toMatchObject({
      values: { a: 1 },
      valuesFrom: [
        { kind: 'ConfigMap', name: 'settings' },
        { kind: 'ConfigMap', name: 'settings', optional: true, valuesKey: 'eu.yaml' },
        {
          kind: 'Secret',
          literal: true,
          name: 'auth',
          targetPath: 'auth.password',
          valuesKey: 'password',
        },
      ],
    });
  });

  test.each([
    [{ key: '' }, /^key of values must be/],
    [{ key: '../x' }, /^key of values must be/],
    [{ key: '..' }, /^key of values must be/],
    [{ targetPath: '' }, /^target path of values must be/],
    [{ targetPath: 'a,b=c' }, /^target path of values must be/],
    [{ targetPath: 'a[123456]' }, /^target path of values must be/],
    [{ targetPath: 'a'.repeat(251) }, /^target path of values must be/],
    [{ tagetPath: 'a' } as any, /did you mean 'targetPath'/],
  ])('are not at %j', (options, message) => {
    expect(() => HelmValuesFrom.secret(auth, options)).toThrow(message);
    expect(() => HelmValuesFrom.configMap(settings, options)).toThrow(message);
  });

  test('are references, not names', () => {
    expect(() => HelmValuesFrom.secret('auth' as any)).toThrow(/must be a SecretRef/);
    expect(() => HelmValuesFrom.configMap('settings' as any)).toThrow(/must be a ConfigMapRef/);
  });

  test('are watched where the program makes them, which the strict checks want', () => {
    const { fleet, team } = strictFleet();
    const metadata = { namespace: 'team-a' };
    const made = {
      configMap: new kplus.ConfigMap(team, 'settings', {
        metadata: { ...metadata, name: 'settings' },
        data: { 'values.yaml': 'a: 1' },
      }),
      secret: new kplus.Secret(team, 'auth', { metadata: { ...metadata, name: 'auth' } }),
      other: new kplus.ConfigMap(team, 'other', { metadata: { ...metadata, name: 'other' } }),
    };
    new HelmApp(team, 'podinfo', {
      chart: chartOf(team),
      valuesFrom: [
        HelmValuesFrom.configMap(ConfigMapRef.fromConfigMap(made.configMap)),
        HelmValuesFrom.secret(SecretRef.fromSecret(made.secret)),
      ],
    });
    expect(fleet.plan(temporaryDirectory()).warnings.join()).not.toMatch(/watch|helm/i);
    const label = (object: { metadata: any }) =>
      object.metadata.toJson().labels?.['reconcile.fluxcd.io/watch'];
    expect(label(made.configMap)).toBe('Enabled');
    expect(label(made.secret)).toBe('Enabled');
    expect(label(made.other)).toBeUndefined();
  });

  test('are not those of another tenant, nor watched for that', () => {
    const { tenant } = smallFleet();
    const [a, b] = [tenant('team-a'), tenant('team-b')];
    const metadata = { name: 'settings', namespace: 'team-b' };
    const theirs = new kplus.ConfigMap(b, 'settings', { metadata });
    const valuesFrom = [HelmValuesFrom.configMap(ConfigMapRef.fromConfigMap(theirs))];
    expect(() => new HelmApp(a, 'x', { chart: chartOf(a), valuesFrom })).toThrow(
      "config map 'settings' must be in namespace 'team-a', where it is used, got 'team-b'",
    );
    expect(theirs.metadata.toJson().labels ?? {}).not.toHaveProperty('reconcile.fluxcd.io/watch');
  });

  test('are not taken from a key that a ConfigMap of the program lacks', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const made = new kplus.ConfigMap(team, 'settings', {
      metadata: { name: 'settings' },
      data: { 'podinfo.yaml': 'replicaCount: 2' },
    });
    const from = HelmValuesFrom.configMap(ConfigMapRef.fromConfigMap(made));
    new HelmApp(team, 'podinfo', { chart: chartOf(team), valuesFrom: [from] });
    expect(() => app.synth()).toThrow(
      "must take values from a key that ConfigMap 'settings' has (podinfo.yaml), got 'values.yaml'",
    );
  });

  test('are refused at a target path of which the program says something itself', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const release = new HelmApp(team, 'podinfo', {
      chart: chartOf(team),
      values: { auth: { user: 'app' } },
      valuesFrom: [HelmValuesFrom.secret(auth, { key: 'password', targetPath: 'auth.password' })],
    });
    expect(() => app.synth()).not.toThrow();
    release.inEnvironment('staging', { values: { auth: { user: 'app', password: 'changeme' } } });
    expect(() => app.synth()).toThrow(
      "must not take 'auth.password' from Secret 'auth', because spec.values set it, too, and either may win",
    );
  });

  test('may be of a ConfigMap that only its name is known of', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const theirs = kplus.ConfigMap.fromConfigMapName(team, 'x', 'settings');
    new HelmApp(team, 'podinfo', {
      chart: chartOf(team),
      valuesFrom: [HelmValuesFrom.configMap(ConfigMapRef.fromConfigMap(theirs))],
    });
    expect(find(synthesized(app), 'HelmRelease').spec.valuesFrom).toEqual([
      { kind: 'ConfigMap', name: 'settings' },
    ]);
  });
});

describe('a release beside others', () => {
  test('waits for releases of its tenant alone', () => {
    const { tenant } = smallFleet();
    const [a, b] = [tenant('team-a'), tenant('team-b')];
    const theirs = new HelmApp(b, 'theirs', { chart: chartOf(b) });
    expect(() => new HelmApp(a, 'mine', { chart: chartOf(a), dependencies: [theirs] })).toThrow(
      /'mine' of tenant 'team-a' must not use '.*theirs', which is another tenant's/,
    );
  });

  test('keeps its history in a namespace of its tenant', () => {
    expect(() => releaseOf({ lifecycle: { storageNamespace: 'flux-system' } })).toThrow(
      "storage namespace must be one of tenant 'team-a' (team-a), got 'flux-system'",
    );
  });

  test('tells a misspelt part of its lifecycle', () => {
    expect(() => releaseOf({ lifecycle: { timout: Duration.minutes(1) } as any })).toThrow(
      "lifecycle of release 'podinfo' has no 'timout'; did you mean 'timeout'?",
    );
  });
});
