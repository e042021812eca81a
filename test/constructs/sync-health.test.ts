import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AppRepo,
  CanaryApp,
  CanaryProvider,
  CanaryWorkload,
  ContainerImage,
  Fleet,
  GitRevision,
  GitSource,
  Health,
  HealthExpression,
  HealthTarget,
  HelmApp,
  HelmSource,
  ISyncDependency,
  Sync,
  SyncProps,
  Tenant,
} from '../../src';
import { evaluated } from '../policies/evaluate';
import { find, objectsIn, smallFleet, synthesized } from '../synthesized';

const git = (tenant: Tenant) =>
  new GitSource(tenant, 'manifests', {
    url: 'https://github.com/acme/x',
    revision: GitRevision.branch('main'),
  });

const shop = HealthTarget.of('apps/v1', 'Deployment', 'shop');
const database = HealthExpression.condition('example.com/v1', 'Database', 'Ready');

/** What is written; nobody says where the repositories of apps at `paths` lie, which is told of each. */
function written(app: Fleet, paths: string[] = ['team-a']): Map<string, string> {
  const told = paths.map(
    (path) =>
      `[${path}] no sync of tenant 'team-a' is known to apply it, so that no check judges it together with a cluster; ` +
      'give the AppRepo `artifact`, the SignedOciSource that it is published to, or `url`, that of its Git repository, and look at the path of the sync',
  );
  return synthesized(app, told);
}

/** A tenant with one sync, what is written of it, and a repository for its manifests. */
function one(health?: Health, props: Partial<SyncProps> = {}) {
  const { app, tenant } = smallFleet();
  const team = tenant('team-a', { namespaces: ['team-a', 'jobs'] });
  const source = git(team);
  const sync = team.sync('apps', { source, health, ...props });
  const repo = new AppRepo(app, 'team-a', { tenant: team });
  const spec = () => find(written(app), 'Kustomization', 'apps').spec;
  return { app, team, source, sync, repo, spec };
}

/** Thirteen looks, `minutes` apart, and twice ten minutes for pods: 33 minutes where a look is each minute. */
function canary(scope: Construct, minutes: number = 1): CanaryApp {
  return new CanaryApp(scope, 'podinfo', {
    workload: CanaryWorkload.image(ContainerImage.of('ghcr.io/acme/podinfo:1.0.0')),
    port: 9898,
    rollout: CanaryProvider.linkerd().linear({
      interval: Duration.minutes(minutes),
      threshold: 5,
      stepWeight: 10,
    }),
  });
}

describe('a sync that waits for some objects', () => {
  test('checks these and no others: wait would have Flux ignore them', () => {
    const spec = one(Health.of([shop], Duration.minutes(7))).spec();
    expect(spec.wait).toBe(false);
    expect(spec.timeout).toBe('7m');
    expect(spec.healthChecks).toEqual([
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop', namespace: 'team-a' },
    ]);
    expect(spec).not.toHaveProperty('healthCheckExprs');
  });

  test('finds them in the namespace that it applies to, unless they name another of the tenant', () => {
    const elsewhere = HealthTarget.of('batch/v1', 'Job', 'migrate', 'team-a');
    const { healthChecks } = one(Health.of([shop, elsewhere]), { targetNamespace: 'jobs' }).spec();
    expect(healthChecks.map(({ namespace }: any) => namespace)).toEqual(['jobs', 'team-a']);
  });

  test('takes objects of the program by their own names', () => {
    const { team, source, repo, app } = one();
    const map = new ApiObject(repo, 'redis', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'cache' },
    });
    const app1 = canary(repo);
    const targets = [map, app1.canary, app1].map((object) => HealthTarget.ofObject(object));
    team.sync('some', { source, health: Health.of(targets) });
    const { healthChecks, healthCheckExprs } = find(written(app), 'Kustomization', 'some').spec;
    expect(healthChecks).toEqual([
      { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'cache', namespace: 'team-a' },
      { apiVersion: 'flagger.app/v1beta1', kind: 'Canary', name: 'podinfo', namespace: 'team-a' },
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'podinfo', namespace: 'team-a' },
    ]);
    expect(healthCheckExprs).toEqual([HealthExpression.canary()._spec]);
  });

  test('cannot wait for what is not in a namespace of the tenant', () => {
    expect(() =>
      one(Health.of([HealthTarget.of('apps/v1', 'Deployment', 'x', 'flux-system')])),
    ).toThrow(
      /target namespace must be one of tenant 'team-a' \(team-a, jobs\), got 'flux-system'/,
    );
    expect(() => HealthTarget.of('v1', 'Namespace', 'team-a')).toThrow(
      'health target must lie in a namespace of the tenant, got a Namespace, which lies in none',
    );
    const { tenant } = smallFleet();
    const [a, b] = [tenant('team-a'), tenant('team-b')];
    const theirs = b.sync('apps', { source: git(b) });
    const health = Health.of([HealthTarget.ofObject(theirs)]);
    expect(() => a.sync('apps', { source: git(a), health })).toThrow(
      "health target 'apps' must be one of tenant 'team-a', got one of 'team-b'",
    );
  });

  test.each([
    [['apps', 'Deployment', 'x'], /apiVersion of a health target must be a group and a version/],
    [['apps/v1', 'deploy*', 'x'], /kind of a health target must be a word/],
    [['apps/v1', 'Deployment', 'X y'], /name of a health target must be lowercase letters/],
    [['apps/v1', 'Deployment', ''], /name of a health target must be lowercase letters/],
  ])('cannot wait for %j', ([apiVersion, kind, name], message) => {
    expect(() => HealthTarget.of(apiVersion, kind, name)).toThrow(message);
  });

  test('must name one, and be given objects', () => {
    expect(() => Health.of([])).toThrow('targets of health must name an object');
    expect(() => Health.of(['shop'] as any)).toThrow(
      "targets of health must be a list, each item a HealthTarget, such as HealthTarget.of('apps/v1', 'Deployment', 'shop')",
    );
    expect(() => Health.of([shop], Duration.seconds(0))).toThrow('timeout must be longer than 0');
  });
});

describe('health expressions of a sync', () => {
  test('come beside the one for canaries, which a sync that waits for all always has', () => {
    const { healthCheckExprs } = one(Health.waitForAll().withExpressions([database])).spec();
    expect(healthCheckExprs.map(({ kind }: any) => kind)).toEqual(['Canary', 'Database']);
  });

  test('of your own for canaries take its place', () => {
    const own = HealthExpression.of({
      apiVersion: 'flagger.app/v1',
      kind: 'Canary',
      current: "status.phase == 'Succeeded'",
    });
    const { healthCheckExprs } = one(Health.waitForAll().withExpressions([own])).spec();
    expect(healthCheckExprs).toEqual([
      {
        apiVersion: 'flagger.app/v1',
        kind: 'Canary',
        current: "status.phase == 'Succeeded'",
      },
    ]);
  });

  test('are one for a kind at most, whatever its version: Flux would stall', () => {
    const other = HealthExpression.condition('example.com/v2', 'Database', 'Up');
    const message =
      "there must be one health expression for kind 'Database' of 'example.com/v2', whatever the version";
    expect(() => Health.waitForAll().withExpressions([database, other])).toThrow(message);
    const first = Health.waitForAll().withExpressions([database]);
    expect(() => first.withExpressions([other])).toThrow(message);
  });

  test('must have something to be evaluated of', () => {
    expect(() => Health.unchecked().withExpressions([database])).toThrow(
      "health expression for kind 'Database' of 'example.com/v1' has no effect: nothing is waited for",
    );
    expect(() => Health.of([shop]).withExpressions([database])).toThrow(
      'has no effect: no target is of that kind',
    );
  });
});

describe('a sync without a timeout', () => {
  test('waits five minutes where the tenant has no canary', () => {
    const { spec, sync } = one();
    expect(sync.timeout.toMinutes()).toBe(5);
    expect(spec()).toMatchObject({ timeout: '5m', interval: '10m' });
  });

  test('waits for the slowest canary, whenever that is made, and the platform waits for it', () => {
    const { app, repo, sync, team, source } = one();
    team.sync('crds', { source, health: Health.of([shop]) });
    canary(repo, 2);
    expect(sync.timeout.toMinutes()).toBe(47);
    const files = written(app);
    const timed = (name: string) => find(files, 'Kustomization', name).spec;
    expect(timed('apps')).toMatchObject({ timeout: '47m', interval: '47m' });
    expect(timed('crds')).toMatchObject({ timeout: '5m', interval: '10m' });
    const [platform] = objectsIn(files.get('fleet-infra/clusters/prod/tenants.yaml'));
    expect(platform.spec).toMatchObject({ timeout: '48m', interval: '48m' });
  });

  test('waits for a canary that is one of its targets', () => {
    const { app, repo, team, source } = one(Health.unchecked());
    const health = Health.of([HealthTarget.ofObject(canary(repo).canary)]);
    expect(team.sync('some', { source, health }).timeout.toMinutes()).toBe(34);
    expect(find(written(app), 'Kustomization', 'some').spec.timeout).toBe('34m');
  });

  test('keeps the interval that it was given', () => {
    const { spec, repo } = one(undefined, { interval: Duration.hours(1) });
    canary(repo);
    expect(spec()).toMatchObject({ timeout: '34m', interval: '1h' });
  });
});

describe('a canary that is applied with its tenant', () => {
  const platforms = (app: Fleet, paths: string[]) =>
    ['prod', 'staging'].map((cluster) => {
      const file = `fleet-infra/clusters/${cluster}/tenants.yaml`;
      return objectsIn(written(app, paths).get(file)).map(({ spec }) => spec);
    });

  test("is waited for by the platform's Kustomization of that tenant alone, longer than it can take", () => {
    const { app, tenant } = smallFleet();
    canary(tenant('team-a'));
    tenant('team-b');
    for (const [a, b] of platforms(app, [])) {
      expect(a).toMatchObject({ wait: true, timeout: '35m', interval: '35m' });
      expect(a.healthCheckExprs).toEqual([HealthExpression.canary()._spec]);
      expect(b).toMatchObject({ wait: true, timeout: '5m', interval: '10m' });
      expect(b).not.toHaveProperty('healthCheckExprs');
    }
  });

  test('is judged by the one that applies it, and not by syncs, which apply others', () => {
    const { app, team } = one(Health.waitForAll(Duration.minutes(6)));
    canary(team);
    expect(() => app.synth()).not.toThrow();
    canary(new AppRepo(team, 'apps-of-team-a', { tenant: team }));
    expect(() => app.synth()).toThrow(
      "sync waits 6m, but the rollout of canary 'fleet-infra/team-a/apps-of-team-a/podinfo' takes up to 33m",
    );
  });

  test('is the only one that the platform judges: of others it asks the syncs', () => {
    const { app, team } = one();
    canary(new AppRepo(team, 'apps-of-team-a', { tenant: team }));
    for (const [platform] of platforms(app, ['fleet-infra/team-a/apps-of-team-a', 'team-a'])) {
      expect(platform).toMatchObject({ wait: true, timeout: '35m' });
      expect(platform).not.toHaveProperty('healthCheckExprs');
    }
  });
});

test('a release of Helm keeps the platform waiting, not the syncs', () => {
  const { app, team, sync } = one();
  const charts = new HelmSource(team, 'charts', { url: 'https://charts.acme.example' });
  const chart = charts.chart('redis', '1.0.0');
  new HelmApp(team, 'redis', { chart, lifecycle: { timeout: Duration.minutes(40) } });
  expect(sync.timeout.toMinutes()).toBe(5);
  const [platform] = objectsIn(written(app).get('fleet-infra/clusters/prod/tenants.yaml'));
  expect(platform.spec.timeout).toBe('41m');
});

describe('a dependency with an expression', () => {
  test.each<[string, (awaited: Sync, readyExpr: string) => ISyncDependency]>([
    ['by readyWhen', (awaited, readyExpr) => awaited.readyWhen(readyExpr)],
    ['made by hand', (awaited, readyExpr) => ({ awaited, readyExpr })],
  ])('%s takes what Flux would ask itself, and the expression as a whole', (_, make) => {
    const { team, source, sync, app } = one();
    const expression = "dep.metadata.labels['ok'] == 'a' || self.spec.suspend // or later";
    const dependencies = [make(sync, expression)];
    team.sync('after', { source, dependencies });
    const [{ name, readyExpr }] = find(written(app), 'Kustomization', 'after').spec.dependsOn;
    expect(name).toBe('apps');

    const ready = { type: 'Ready', status: 'True' };
    const cases: [any, any, boolean][] = [
      [
        { labels: { ok: 'a' }, generation: 1 },
        { observedGeneration: 1, conditions: [ready] },
        true,
      ],
      [
        { labels: { ok: 'b' }, generation: 1 },
        { observedGeneration: 1, conditions: [ready] },
        false,
      ],
      [
        { labels: { ok: 'a' }, generation: 2 },
        { observedGeneration: 1, conditions: [ready] },
        false,
      ],
      [{ labels: { ok: 'a' }, generation: 1 }, { observedGeneration: -1 }, false],
      [
        { labels: { ok: 'a' }, generation: 1 },
        { observedGeneration: 1, conditions: [{ ...ready, status: 'Unknown' }] },
        false,
      ],
    ];
    // The second half of an `||` must not do without the first question.
    const held = cases.flatMap(([metadata, status]) =>
      [false, true].map((suspend) => {
        const context = { dep: { metadata, status }, self: { spec: { suspend } } };
        return evaluated({ variables: {}, rules: [readyExpr], context }).broken?.length === 0;
      }),
    );
    expect(held).toEqual(
      cases.flatMap(([metadata, , whole]) => [whole, whole || metadata.labels.ok === 'b']),
    );
  });

  test("cannot be another tenant's, nor a name, nor anything but CEL", () => {
    const { team, source, sync } = one();
    const { tenant } = smallFleet();
    const other = tenant('team-b');
    const theirs = other.sync('apps', { source: git(other) });
    let count = 0;
    const after = (dependencies: any[]) => () =>
      team.sync(`after-${count++}`, { source, dependencies });
    expect(after([theirs.readyWhen('true')])).toThrow(/which is another tenant's/);
    expect(after(['apps'])).toThrow(
      "'dependencies' of sync 'after-1' must be a list, each item a Sync, or what its readyWhen('…') gives, got a list of 'apps'",
    );
    expect(() => sync.readyWhen('true) || (true')).toThrow('has a bracket without its other half');
    expect(() => sync.readyWhen('dep.status.phase = 1')).toThrow(
      "expression of dependency 'apps' must be an expression in CEL",
    );
    expect(after([{ awaited: sync, readyExpr: '' }])).toThrow('readyExpr must be an expression');
    expect(after([{ awaited: sync, readyExpr: 'true) || (true' }])).toThrow(
      'has a bracket without its other half',
    );
  });
});
