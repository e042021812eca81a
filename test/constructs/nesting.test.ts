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

type Program = ReturnType<typeof program>;

const OUTER: [string, (all: Program) => Construct][] = [
  ['cluster', ({ prod }) => prod],
  ['platform component', ({ component }) => component],
  ['app repository', ({ repo }) => repo],
  ['tenant', ({ team }) => team],
];
const MADE: [string, (scope: Construct, all: Program) => Construct, string][] = [
  ['tenant', (scope, { prod }) => new Tenant(scope, 'x', { clusters: [prod] }), 'FleetRepo'],
  ['cluster', (scope) => new Cluster(scope, 'x', { environment: 'production' }), 'FleetRepo'],
  ['platform component', (scope) => new PlatformComponent(scope, 'x'), 'FleetRepo'],
  ['app repository', (scope, { team }) => new AppRepo(scope, 'x', { tenant: team }), 'Fleet'],
];
const PAIRS = MADE.flatMap(([what, make, where]) =>
  OUTER.filter(([outer]) => what !== 'app repository' || outer !== 'tenant').map(
    ([outer, outerOf]) => ({ what, outer, make, outerOf, where }),
  ),
);

test.each(PAIRS)('a $what is not inside a $outer, whose directory it would share', (pair) => {
  const { what, outer, make, outerOf, where } = pair;
  const all = program();
  const scope = outerOf(all);
  const group = new Construct(scope, 'group');
  if (outer === 'app repository' && what !== 'app repository') {
    expect(() => make(group, all)).toThrow('must be created inside a FleetRepo');
    return;
  }
  const { path } = make(group, all).node;
  expect(() => all.app.synth()).toThrow(
    `[${path}] can be in no ${outer}, got '${scope.node.path}'; create it inside the ${where}`,
  );
});

test('a fleet repository is not made inside another repository', () => {
  const { app, fleet, repo, team } = program();
  for (const outer of [fleet, repo, team]) {
    expect(() => new FleetRepo(outer, 'inner', { registry: 'ghcr.io/acme' })).toThrow(
      /^fleet repository 'inner' must not be created inside repository '.*'; create it in the Fleet$/,
    );
  }
  const group = new Construct(app, 'group');
  expect(() => new FleetRepo(group, 'other', { registry: 'ghcr.io/acme' })).not.toThrow();
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
