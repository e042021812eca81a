import { ApiObject } from 'cdk8s';
import { AppRepo, PlatformComponent, TenantRules } from '../../src';
import { smallFleet } from '../synthesized';
import { account, binding, role, rule } from './rbac-manifests';

interface Options {
  readonly tenantRules?: TenantRules[];
  /** Objects of the platform, on the clusters with these names. */
  readonly platform?: [objects: any[], clusters?: string[]];
}

/** The repository of a tenant that holds one object, of a kind such as `apps/v1 Deployment`. */
function repoWith(type: string, { tenantRules, platform }: Options = {}) {
  const { app, fleet, prod, staging, tenant } = smallFleet({ tenantRules });
  const team = tenant('team-a');
  if (platform) {
    const [objects, names = ['prod', 'staging']] = platform;
    const clusters = [prod, staging].filter(({ clusterName }) => names.includes(clusterName));
    const component = new PlatformComponent(fleet, 'more', { clusters });
    objects.forEach(
      (one, i) => new ApiObject(component, `object-${i}`, JSON.parse(JSON.stringify(one))),
    );
  }
  const repo = new AppRepo(app, 'apps', { tenant: team });
  const [apiVersion, kind] = type.split(' ');
  new ApiObject(repo, 'x', { apiVersion, kind, metadata: { name: 'x' } });
  return { app, plan: () => repo.plan(app.outdir) };
}

const NETWORK = 'networking.k8s.io/v1 NetworkPolicy';
const OXEN = 'farm.example/v1 Ox';
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'oxen.farm.example' },
  spec: { group: 'farm.example', names: { kind: 'Ox', plural: 'oxen' } },
};
const toAccount = (name: string, to: string) =>
  binding(name, to, [account('team-a', 'team-a')], 'team-a');
const DAEMONS = 'apps/v1 DaemonSet';
const daemons = role('daemons', [rule('create patch', 'daemonsets', 'apps')]);

describe('an object of a tenant’s own repository', () => {
  test('that its account may not write fails synthesis, and nothing is written', () => {
    const { app, plan } = repoWith(NETWORK);
    const message =
      "[apps/x] NetworkPolicy 'x' would be refused on 'prod', 'staging', because ServiceAccount 'team-a' in namespace " +
      "'team-a' may not create networkpolicies.networking.k8s.io in namespace 'team-a'; create it inside the Tenant or a " +
      'PlatformComponent, or allow its kind by tenantRules of the FleetRepo';
    expect(plan).toThrow(message);
    expect(() => app.synth()).toThrow(message);
  });

  test.each(['apps/v1 Deployment', 'v1 ConfigMap', 'batch/v1 Job', 'flagger.app/v1beta1 Canary'])(
    'of a kind that tenants write (%s) is fine',
    (type) => {
      expect(repoWith(type).plan().warnings).toEqual([]);
    },
  );

  test.each(['v1 Pod', 'v1 ResourceQuota', 'v1 LimitRange', 'apps/v1 DaemonSet'])(
    'of a kind that they only see, or do not (%s), is refused',
    (type) => {
      expect(repoWith(type).plan).toThrow("would be refused on 'prod', 'staging'");
    },
  );

  test('is fine as soon as the fleet gives the right', () => {
    expect(
      repoWith('apps/v1 DaemonSet', { tenantRules: [TenantRules.daemonSets()] }).plan().warnings,
    ).toEqual([]);
    expect(repoWith('flagger.app/v1beta1 Canary', { tenantRules: [] }).plan).toThrow(
      'may not create canaries.flagger.app',
    );
  });

  test('is refused where a right to create it comes without one to patch it', () => {
    const rules = TenantRules.allowing({
      apiGroup: 'apps',
      resources: ['daemonsets'],
      verbs: ['create'],
    });
    expect(repoWith('apps/v1 DaemonSet', { tenantRules: [rules] }).plan).toThrow(
      'may not patch daemonsets.apps',
    );
  });

  test('is refused by those clusters alone that give no right', () => {
    const objects = [daemons, toAccount('b', 'daemons')];
    expect(repoWith(DAEMONS, { platform: [objects] }).plan().warnings).toEqual([]);
    expect(repoWith(DAEMONS, { platform: [objects, ['staging']] }).plan).toThrow(
      "would be refused on 'prod', because",
    );
  });

  test('has the rights that a list holds', () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      metadata: { name: 'l' },
      items: [daemons, toAccount('b', 'daemons')],
    };
    expect(repoWith(DAEMONS, { platform: [[list]] }).plan().warnings).toEqual([]);
  });

  test('is told of once, where it is out of bounds besides', () => {
    let message = '';
    try {
      repoWith('rbac.authorization.k8s.io/v1 Role').plan();
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('decides over rights');
    expect(message).not.toContain('would be refused');
  });
});

describe('a warning instead of an error', () => {
  test('is what a role gets that the program does not write', () => {
    const { warnings } = repoWith(NETWORK, { platform: [[toAccount('b', 'theirs')]] }).plan();
    expect(warnings).toEqual([
      expect.stringContaining(
        "as far as is known: RoleBinding 'b' in namespace 'team-a' gives ClusterRole 'theirs', which is not in the program",
      ),
    ]);
  });

  test('is what a kind gets of which nobody knows what it is called', () => {
    expect(repoWith(OXEN).plan().warnings).toEqual([
      "[apps/x] Ox 'x' may be refused on 'prod', because ServiceAccount 'team-a' in namespace 'team-a' may not create " +
        "oxs.farm.example in namespace 'team-a', if that is what its kind is called; a CustomResourceDefinition in the program would tell",
    ]);
    expect(repoWith('Farm/v1 Ox').plan().warnings[0]).toContain(
      'is no resource that a role can name',
    );
  });

  test('is none where the name that such a kind would have is allowed', () => {
    const tenantRules = [TenantRules.gatewayRoutes()];
    const route = 'gateway.networking.k8s.io/v1 HTTPRoute';
    expect(repoWith(route, { tenantRules }).plan().warnings).toEqual([]);
    expect(repoWith(route).plan().warnings).toHaveLength(1);
  });

  test('is none where its definition is in the program', () => {
    expect(repoWith(OXEN, { platform: [[definition]] }).plan).toThrow(
      'may not create oxen.farm.example',
    );
    const tenantRules = [TenantRules.allowing({ apiGroup: 'farm.example', resources: ['oxen'] })];
    expect(repoWith(OXEN, { platform: [[definition]], tenantRules }).plan().warnings).toEqual([]);
  });

  test('is told once for all objects of a kind', () => {
    const { app, tenant } = smallFleet();
    const repo = new AppRepo(app, 'apps', { tenant: tenant('team-a') });
    for (const name of ['one', 'two']) {
      new ApiObject(repo, name, { apiVersion: 'farm.example/v1', kind: 'Ox', metadata: { name } });
    }
    expect(repo.plan(app.outdir).warnings).toHaveLength(1);
  });
});
