import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AppRepo, Cluster, FleetRepo, PlatformComponent, Tenant } from '../../src';
import { smallFleet, synthesized } from '../synthesized';

function program() {
  const small = smallFleet();
  const team = small.tenant('team-a');
  const component = new PlatformComponent(small.fleet, 'monitoring');
  addConfigMap(component);
  const repo = new AppRepo(small.app, 'apps', { tenant: team });
  return { ...small, team, component, repo };
}

function addConfigMap(scope: Construct): void {
  new ApiObject(scope, 'x', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } });
}

const { app, fleet, prod, team, component, repo } = program();
const WITHIN: [string, Construct][] = [
  ['a Cluster', prod],
  ['a PlatformComponent', component],
  ['an AppRepo', repo],
];
const MADE: [string, (scope: Construct) => unknown][] = [
  ['tenant', (scope) => new Tenant(scope, 'team-x', { clusters: [prod] })],
  ['cluster', (scope) => new Cluster(scope, 'x', { environment: 'production' })],
  ['platform component', (scope) => new PlatformComponent(scope, 'x')],
  ['app repository', (scope) => new AppRepo(scope, 'x', { tenant: team })],
];

describe.each(MADE)('a %s', (what, make) => {
  const places = what === 'app repository' ? WITHIN : [...WITHIN, ['a Tenant', team] as const];
  test.each(places)('is not made inside %s, whose directory it would share', (_, scope) => {
    const parent = new Construct(scope, `within-${what}`);
    expect(() => make(parent)).toThrow(
      new RegExp(
        `^${what} '.*' must not be created inside '${scope.node.path}', which has a directory of its own; create it beside that$`,
      ),
    );
  });
});

test('a fleet repository is not made inside another repository', () => {
  for (const outer of [fleet, repo, team]) {
    expect(() => new FleetRepo(outer, 'inner', { registry: 'ghcr.io/acme' })).toThrow(
      /^fleet repository 'inner' must not be created inside repository '.*'; create it in the Fleet$/,
    );
  }
  expect(
    () => new FleetRepo(new Construct(app, 'group'), 'y', { registry: 'ghcr.io/acme' }),
  ).not.toThrow();
});

test.each(['a FleetRepo', 'a Tenant', 'a group of a FleetRepo'])(
  'an app repository inside %s is written as it is beside it',
  (where) => {
    const written = (
      scopeOf: (small: ReturnType<typeof smallFleet>, team: Tenant) => Construct,
    ) => {
      const small = smallFleet();
      const team = small.tenant('team-a');
      const repo = new AppRepo(scopeOf(small, team), 'apps', { tenant: team });
      addConfigMap(repo);
      return synthesized(small.app);
    };
    const beside = written(({ app }) => app);
    const inside = written(({ fleet }, team) =>
      where === 'a FleetRepo' ? fleet : where === 'a Tenant' ? team : new Construct(fleet, 'group'),
    );
    expect(beside.has('apps/apps/team-a/x/configmap.yaml')).toBe(true);
    expect([...inside]).toEqual([...beside]);
  },
);

test('tenants, clusters and components may be grouped by constructs that have no directory', () => {
  const flat = smallFleet();
  flat.tenant('team-a');
  const grouped = smallFleet();
  new Tenant(new Construct(grouped.fleet, 'teams'), 'team-a', {
    clusters: [grouped.staging, grouped.prod],
  });
  expect([...synthesized(grouped.app)]).toEqual([...synthesized(flat.app)]);
});
