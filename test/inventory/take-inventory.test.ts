import { ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import { Construct, IConstruct, Node } from 'constructs';
import {
  AppRepo,
  Cluster,
  Fleet,
  FleetRepo,
  GitTarget,
  PlatformComponent,
  Tenant,
} from '../../src';
import { takeInventory } from '../../src/inventory/take-inventory';
import { KustomizationFile } from '../../src/vocabulary/kustomization-file';
import { place } from '../../src/vocabulary/placement';
import { smallFleet } from '../synthesized';
import { addPipeline, TARGET } from '../pipelines';

afterEach(() => jest.restoreAllMocks());

function configMap(scope: Construct, id: string): ApiObject {
  return new ApiObject(scope, id, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: id },
  });
}

/** Where the object of a construct is. */
function locationOf(app: Fleet, construct: IConstruct) {
  const { objects } = takeInventory(app);
  return objects.find(({ constructPath }) => constructPath === construct.node.path)?.location;
}

describe('a walk through the tree', () => {
  test('finds every object once, wherever it is, with what Kubernetes reads', () => {
    const { app, tenant } = smallFleet();
    configMap(new Chart(new Construct(tenant('team-a'), 'x'), 'y', { namespace: 'team-a' }), 'z');
    const objects = app.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
    const inventory = takeInventory(app);
    expect(inventory.errors).toEqual([]);
    expect(inventory.objects.map(({ constructPath }) => constructPath).sort()).toEqual(
      objects.map(({ node }) => node.path).sort(),
    );
    expect(
      inventory.objects.find(({ constructPath }) => constructPath.endsWith('/z'))!.manifest,
    ).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: expect.objectContaining({ name: 'z', namespace: 'team-a' }),
    });
  });

  test('validates and resolves each construct exactly once', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a');
    const produce = jest.fn(() => 'late');
    configMap(tenant('team-b'), 'counted').metadata.addAnnotation(
      'at',
      Lazy.any({ produce }) as any,
    );
    const validate = jest.spyOn(Node.prototype, 'validate');
    takeInventory(app);
    const all = app.node.findAll();
    expect(validate.mock.contexts).toHaveLength(all.length);
    expect(new Set(validate.mock.contexts)).toEqual(new Set(all.map(({ node }) => node)));
    expect(produce).toHaveBeenCalledTimes(1);
  });

  test('collects the error of every construct, and of every object that cannot be resolved', () => {
    const { app, fleet, tenant } = smallFleet();
    const team = tenant('team-a');
    fleet.node.addValidation({ validate: () => ['one', 'two'] });
    new Construct(team, 'below').node.addValidation({ validate: () => ['three'] });
    new ApiObject(team, 'broken', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'broken' },
      data: Lazy.any({
        produce: () => {
          throw new Error('no data');
        },
      }),
    });
    expect(takeInventory(app).errors).toEqual([
      '[fleet-infra] one',
      '[fleet-infra] two',
      '[fleet-infra/team-a/below] three',
      expect.stringMatching(/^\[fleet-infra\/team-a\/broken\] .*no data/s),
    ]);
  });

  test('an object outside of every repository directory is an error', () => {
    const { app, fleet } = smallFleet();
    configMap(new Chart(app, 'chart'), 'a');
    configMap(fleet, 'b');
    const hint =
      'is in no repository directory; create it inside a Tenant, an AppRepo or a PlatformComponent';
    expect(takeInventory(app).errors).toEqual(
      expect.arrayContaining([
        `[chart/a] ConfigMap 'a' ${hint}`,
        `[fleet-infra/b] ConfigMap 'b' ${hint}`,
      ]),
    );
  });
});

describe('what Kubernetes could not read', () => {
  test.each<[string, JsonPatch, string]>([
    ['no kind', JsonPatch.remove('/kind'), 'kind must be letters and digits, got nothing'],
    [
      'a kind that is a path',
      JsonPatch.replace('/kind', '../../x'),
      "kind must be letters and digits, got '../../x'",
    ],
    [
      'a kind that is no string',
      JsonPatch.replace('/kind', ['A']),
      'kind must be letters and digits, got ["A"]',
    ],
    [
      'no apiVersion',
      JsonPatch.remove('/apiVersion'),
      "apiVersion must be such as 'v1' or 'apps/v1', got nothing",
    ],
    [
      'an apiVersion of three parts',
      JsonPatch.replace('/apiVersion', 'a/b/c'),
      "apiVersion must be such as 'v1' or 'apps/v1', got 'a/b/c'",
    ],
    [
      'no metadata',
      JsonPatch.remove('/metadata'),
      'metadata.name must be the name of the ConfigMap, got nothing',
    ],
    [
      'a name that is no string',
      JsonPatch.replace('/metadata/name', 7),
      'metadata.name must be the name of the ConfigMap, got 7',
    ],
    [
      'an empty name',
      JsonPatch.replace('/metadata/name', ''),
      "metadata.name must be the name of the ConfigMap, got ''",
    ],
    [
      'a namespace that is no string',
      JsonPatch.add('/metadata/namespace', ['team-a']),
      `metadata.namespace of ConfigMap 'x' must be the name of a namespace, got ["team-a"]`,
    ],
    ['nothing', JsonPatch.replace('', null), 'Failed serializing construct'],
  ])('such as an object with %s is an error with its construct', (_, patch, message) => {
    const { app, fleet } = smallFleet();
    configMap(new PlatformComponent(fleet, 'ingress'), 'x').addJsonPatch(patch);
    const { errors, objects } = takeInventory(app);
    expect(errors).toEqual([expect.stringContaining(`[fleet-infra/ingress/x] ${message}`)]);
    expect(objects.map(({ constructPath }) => constructPath)).not.toContain(
      'fleet-infra/ingress/x',
    );
  });

  test('such as an object of no kind is one error of synthesis, and nothing is written', () => {
    const { app, tenant } = smallFleet();
    new ApiObject(tenant('team-a'), 'x', {
      apiVersion: 'v1',
      kind: undefined as unknown as string,
      metadata: { name: 'x' },
    });
    expect(() => app.synth()).toThrow(
      /^validation failed, nothing was written:\n {2}\[fleet-infra\/team-a\/x\] kind must be [^\n]*$/,
    );
  });
});

describe('the directories of a tenant', () => {
  test('are in a fleet repository, never in one of apps', () => {
    const { app, tenant } = smallFleet();
    const repo = new AppRepo(app, 'apps', { tenant: tenant('team-a') });
    addPipeline(repo, {
      commitTo: GitTarget.pullRequestBranch({ ...TARGET, environment: 'staging' }),
    });
    expect(takeInventory(app).errors).toEqual([
      "[apps/podinfo] belongs to a fleet repository and can be in no app repository, got 'apps'; " +
        'create it inside the Tenant',
    ]);
  });

  test.each<[string, (team: Tenant) => Construct]>([
    ['another tenant', (team) => new Tenant(team, 'inner', { clusters: team.clusters })],
    ['a platform component', (team) => new PlatformComponent(team, 'inner')],
    ['a cluster', (team) => new Cluster(team, 'inner', { environment: 'production' })],
  ])('hold no %s', (_, make) => {
    const { app, tenant } = smallFleet();
    configMap(make(tenant('team-a')), 'x');
    expect(takeInventory(app).errors).toContain(
      "[fleet-infra/team-a/inner] can be in no tenant, got 'fleet-infra/team-a'; create it inside the FleetRepo",
    );
  });

  test('may have a repository of apps declared among them, which is as if it were outside', () => {
    const { app, tenant } = smallFleet();
    const repo = new AppRepo(tenant('team-a'), 'apps', { tenant: tenant('team-b') });
    const object = configMap(repo, 'settings');
    expect(takeInventory(app).errors).toEqual([]);
    expect(locationOf(app, object)).toMatchObject({
      repository: repo.node.path,
      owner: repo.node.path,
      tenancy: { tenant: 'team-b', only: 'team-b' },
    });
  });
});

describe('the location of an object', () => {
  test('is the shelf, file and clusters placed next above it', () => {
    const { app, tenant, prod } = smallFleet();
    const team = tenant('team-a', { clusters: [prod] });
    const scope = new Construct(team, 'scope');
    place(scope, { file: 'settings' });
    expect(locationOf(app, configMap(scope, 'a'))).toEqual({
      repository: 'fleet-infra',
      shelf: { kind: 'tenant', tenant: 'team-a' },
      owner: 'fleet-infra/team-a',
      file: 'settings',
      clusters: ['fleet-infra/prod'],
      tenancy: {
        tenant: 'team-a',
        namespaces: ['team-a'],
        serviceAccount: 'team-a',
        workloadIdentityOn: [],
      },
    });
    expect(locationOf(app, configMap(team, 'b'))).not.toHaveProperty('file', 'settings');
  });

  test('keeps its owner, but neither file nor directory, where another shelf begins', () => {
    const { app, tenant } = smallFleet();
    const outer = new Construct(tenant('team-a'), 'outer');
    place(outer, { file: 'settings', directoryPerChild: true });
    const overlay = new Construct(new Construct(outer, 'between'), 'overlay');
    const shelf = { kind: 'overlay', tenant: 'team-a', environment: 'staging' } as const;
    place(overlay, { shelf, clusters: ['staging'] });
    const location = locationOf(app, configMap(overlay, 'a'))!;
    expect(location).toMatchObject({
      shelf,
      owner: 'fleet-infra/team-a',
      clusters: ['fleet-infra/staging'],
    });
    expect(location.file).toBeUndefined();
    expect(location.subdirectory).toBeUndefined();
  });

  test('is a directory for each child of an app repository, however deep the object is', () => {
    const { app, tenant } = smallFleet();
    const repo = new AppRepo(app, 'apps', { tenant: tenant('team-a') });
    const below = new Construct(new Construct(repo, 'podinfo'), 'below');
    expect(locationOf(app, configMap(below, 'a'))).toMatchObject({
      repository: 'apps',
      shelf: { kind: 'app', path: 'apps/team-a' },
      subdirectory: 'podinfo',
      clusters: ['fleet-infra/prod', 'fleet-infra/staging'],
      tenancy: { only: 'team-a' },
    });
    expect(locationOf(app, configMap(repo, 'b'))).toMatchObject({ subdirectory: 'b' });
  });

  test('of a platform component is on the clusters that were declared after it, too', () => {
    const app = new Fleet({ outdir: 'unused' });
    const fleet = new FleetRepo(app, 'fleet', { registry: 'ghcr.io/acme' });
    const object = configMap(new PlatformComponent(fleet, 'ingress'), 'a');
    new Cluster(fleet, 'prod', { environment: 'production' });
    expect(locationOf(app, object)!.clusters).toEqual(['fleet/prod']);
  });

  test('is known of each kustomize file that was asked for', () => {
    const { app, tenant } = smallFleet();
    const team: Tenant = tenant('team-a');
    const { kustomizations } = takeInventory(app);
    const files = app.node.findAll().filter((one) => KustomizationFile.isKustomizationFile(one));
    expect(new Set(kustomizations.map(({ file }) => file))).toEqual(new Set(files));
    expect(
      kustomizations
        .filter(({ location }) => location.owner === team.node.path)
        .map(({ location }) => location.shelf),
    ).toEqual([
      { kind: 'tenant', tenant: 'team-a' },
      { kind: 'overlay', tenant: 'team-a', environment: 'production' },
      { kind: 'overlay', tenant: 'team-a', environment: 'staging' },
    ]);
  });
});
