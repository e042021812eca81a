import * as fs from 'fs';
import * as path from 'path';
import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { AppRepo, Fleet, FleetRepo, GitRevision, GitSource, GitTarget, Tenant } from '../../src';
import { OWNED_FILES } from '../../src/repo/owned-files';
import { addPipeline, TARGET } from '../pipelines';
import { readTree, smallFleet, temporaryDirectory } from '../synthesized';

const roots: string[] = [];
afterEach(() => {
  delete process.env.CDK8S_OUTDIR;
  roots.splice(0).forEach((root) => fs.rmSync(root, { recursive: true, force: true }));
});

/** A fleet of one tenant with a repository of its own. */
function program() {
  const { app, fleet, prod, staging, tenant } = smallFleet();
  roots.push(app.outdir);
  const team = tenant('team-a');
  const apps = new AppRepo(app, 'apps', { tenant: team });
  const settings = configMap(apps, 'settings');
  return { app, fleet, prod, staging, tenant, team, apps, settings };
}

function configMap(scope: Construct, id: string): ApiObject {
  return new ApiObject(scope, id, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: id },
    data: { a: 'b' },
  });
}

function directory(): string {
  const root = temporaryDirectory();
  roots.push(root);
  return root;
}

function errorOf(step: () => void): string {
  try {
    step();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

describe('synth', () => {
  test('writes each repository to a directory of its own, named by its id', () => {
    const { app } = program();
    app.synth();
    expect(fs.readdirSync(app.outdir).sort()).toEqual(['apps', 'fleet-infra']);
    expect([...readTree(path.join(app.outdir, 'apps')).keys()]).toEqual([
      OWNED_FILES,
      'apps/team-a/kustomization.yaml',
      'apps/team-a/settings/configmap.yaml',
      'apps/team-a/settings/kustomization.yaml',
    ]);
    expect(fs.existsSync(path.join(app.outdir, 'fleet-infra/clusters/prod/tenants.yaml'))).toBe(
      true,
    );
  });

  test('writes to CDK8S_OUTDIR when the program names no directory', () => {
    const root = directory();
    process.env.CDK8S_OUTDIR = path.join(root, 'below');
    const app = new Fleet();
    new FleetRepo(app, 'fleet', { registry: 'ghcr.io/acme' });
    app.synth();
    expect(fs.readdirSync(root)).toEqual(['below']);
    expect(fs.readdirSync(path.join(root, 'below'))).toEqual(['fleet']);
  });

  test('twice writes the same bytes, and touches nothing the second time', () => {
    const { app } = program();
    app.synth();
    const first = readTree(app.outdir);
    const long = new Date('2020-01-01T00:00:00Z');
    [...first.keys()].forEach((file) => fs.utimesSync(path.join(app.outdir, file), long, long));
    app.synth();
    expect(readTree(app.outdir)).toEqual(first);
    const touched = [...first.keys()].filter(
      (file) => fs.statSync(path.join(app.outdir, file)).mtimeMs !== +long,
    );
    expect(touched).toEqual([]);
  });

  test('writes no repository when another has a foreign file in its way', () => {
    const { app } = program();
    const foreign = path.join(app.outdir, 'apps/apps/team-a/kustomization.yaml');
    fs.mkdirSync(path.dirname(foreign), { recursive: true });
    fs.writeFileSync(foreign, 'mine');
    expect(() => app.synth()).toThrow("'apps/team-a/kustomization.yaml' is there already");
    expect([...readTree(app.outdir)]).toEqual([['apps/apps/team-a/kustomization.yaml', 'mine']]);
  });

  test('validates every construct of fifty tenants exactly once', () => {
    const { app, tenant } = smallFleet();
    roots.push(app.outdir);
    for (let i = 0; i < 50; i++) {
      const team = tenant(`team-${i}`);
      new GitSource(team, 'manifests', {
        url: 'https://github.com/acme/manifests',
        revision: GitRevision.branch('main'),
      }).inEnvironment('staging', { revision: GitRevision.branch('next') });
      configMap(new AppRepo(app, `apps-${i}`, { tenant: team }), 'settings');
    }
    const counts = new Map<string, number>();
    for (const { node } of app.node.findAll()) {
      node.addValidation({
        validate: () => {
          counts.set(node.path, (counts.get(node.path) ?? 0) + 1);
          return [];
        },
      });
    }
    app.synth();
    expect(counts.size).toBe(app.node.findAll().length);
    expect(counts.size).toBeGreaterThan(1000);
    expect(new Set(counts.values())).toEqual(new Set([1]));
  });
});

describe('what is wrong', () => {
  test('is told in one list, each with its construct, before the first byte is written', () => {
    const { app, fleet, staging, team, apps, tenant } = program();
    apps.node.addValidation({ validate: () => ['the validation of a user'] });
    new Construct(team, 'below').node.addValidation({ validate: () => ['another'] });
    configMap(fleet, 'nowhere');
    const twin = new ApiObject(team, 'twin', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
    });
    team.patchInEnvironment('staging', twin, [{ op: 'remove', path: '/data' }]);
    new AppRepo(new Construct(app, 'elsewhere'), 'apps', { tenant: tenant('team-b') });
    new Tenant(new Construct(fleet, 'twice'), 'team-c', { clusters: [staging] });
    const message = errorOf(() => app.synth());
    const lines = message.split('\n  ');
    expect(lines[0]).toBe('validation failed, nothing was written:');
    expect(lines.slice(1).sort()).toEqual(
      [
        '[apps] the validation of a user',
        '[fleet-infra/team-a/below] another',
        "[fleet-infra/nowhere] ConfigMap 'nowhere' is in no repository directory; create it inside a Tenant, an AppRepo or a PlatformComponent",
        "[apps/settings] both 'fleet-infra/team-a/twin' and 'apps/settings' write ConfigMap 'settings' in namespace 'team-a' to cluster 'prod'; rename one of them",
        "[fleet-infra/team-a/twin] patch for environment 'staging': cannot remove '/data', which is not there",
        "[elsewhere/apps] both it and 'apps' are written to 'apps'",
      ].sort(),
    );
    expect(readTree(app.outdir).size).toBe(0);
  });

  test.each(['plan', 'write'] as const)(
    'stops %s as well, also when it is in another repository',
    (call) => {
      const { fleet, apps } = program();
      apps.node.addValidation({ validate: () => ['not so'] });
      const root = directory();
      expect(() => fleet[call](root)).toThrow('[apps] not so');
      expect(readTree(root).size).toBe(0);
    },
  );

  test('one directory cannot be written by two constructs', () => {
    const { app, fleet, prod, staging } = program();
    new Tenant(new Construct(fleet, 'a'), 'team-x', { clusters: [prod] });
    new Tenant(new Construct(fleet, 'b'), 'team-x', { clusters: [staging] });
    expect(
      errorOf(() => app.synth())
        .split('\n  ')
        .slice(1),
    ).toEqual([
      "[fleet-infra/b/team-x] both 'fleet-infra/a/team-x' and 'fleet-infra/b/team-x' write tenants/base/team-x/; rename one of them",
    ]);
  });

  test('one object cannot reach a cluster twice, but two clusters can have it each', () => {
    const { app, fleet, prod, staging } = smallFleet();
    roots.push(app.outdir);
    const [a, b] = [
      new Tenant(fleet, 'a', { clusters: [prod], namespaces: ['shared'] }),
      new Tenant(fleet, 'b', { clusters: [staging], namespaces: ['shared'] }),
    ];
    configMap(a, 'settings');
    configMap(b, 'settings');
    expect(() => app.synth()).not.toThrow();

    new Tenant(fleet, 'c', { clusters: [prod], namespaces: ['shared'] });
    expect(() => app.synth()).toThrow(
      "both 'fleet-infra/a/Namespaces/shared' and 'fleet-infra/c/Namespaces/shared' write Namespace 'shared' to cluster 'prod'; rename one of them",
    );
  });

  test('a child of an app repository cannot take the place of its kustomize file', () => {
    const { app, apps } = program();
    configMap(apps, 'kustomization.yaml');
    expect(() => app.synth()).toThrow(
      "'apps/team-a/kustomization.yaml' would be both a file and the directory of",
    );
    expect(readTree(app.outdir).size).toBe(0);
  });
});

describe('a judged program', () => {
  /** How often the construct is validated, which every judgement does once. */
  function judgements(scope: Construct): { count: number } {
    const seen = { count: 0 };
    scope.node.addValidation({
      validate: () => {
        seen.count++;
        return [];
      },
    });
    return seen;
  }

  test('is planned and written, repository by repository, without another judgement', () => {
    const { app, fleet, apps } = program();
    const seen = judgements(apps);
    const judged = app.judge();
    expect(judged.repositories).toEqual([fleet, apps]);
    const clones = new Map(judged.repositories.map((one) => [one, directory()]));
    for (const [repository, root] of clones) {
      const plan = judged.plan(repository, root);
      expect(plan.created.length).toBeGreaterThan(0);
      expect(judged.write(repository, root)).toEqual(plan);
      expect(judged.plan(repository, root)).toMatchObject({
        created: [],
        updated: [],
        removed: [],
        unchanged: plan.created,
      });
    }
    expect(seen.count).toBe(1);
    app.synth();
    for (const [repository, root] of clones) {
      expect(readTree(root)).toEqual(readTree(path.join(app.outdir, repository.node.id)));
    }
  });

  test('stays as it was when it was judged', () => {
    const { app, apps, settings } = program();
    const judged = app.judge();
    const root = directory();
    settings.addJsonPatch(JsonPatch.replace('/data/a', 'later'));
    configMap(apps, 'later');
    judged.write(apps, root);
    const later = directory();
    apps.write(later);
    const file = 'apps/team-a/settings/configmap.yaml';
    expect(readTree(root).get(file)).toContain('a: b');
    expect(readTree(later).get(file)).toContain('a: later');
    expect([...readTree(root).keys()].filter((one) => one.includes('/later/'))).toEqual([]);
  });

  test('stays as it was where an object writes itself, and Flux committed another tag', () => {
    const { app, apps, team } = program();
    const pipeline = addPipeline(team, {
      commitTo: GitTarget.pullRequestBranch({ ...TARGET, environment: 'staging' }),
    });
    const live: any = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'shop', namespace: 'team-a' },
      spec: { template: { spec: { image: 'ghcr.io/acme/podinfo:1.0.0' } } },
    };
    class Live extends ApiObject {
      public toJson(): any {
        return live;
      }
    }
    pipeline.image('1.0.0').markIn(new Live(apps, 'shop', live), '/spec/template/spec/image');
    const judged = app.judge();
    const root = directory();
    judged.write(apps, root);
    const file = path.join(root, 'apps/team-a/shop/job.yaml');
    const committed = fs.readFileSync(file, 'utf8').replace('podinfo:1.0.0', 'podinfo:1.1.0');
    fs.writeFileSync(file, committed);
    live.metadata.namespace = 'kube-system';
    expect(judged.write(apps, root).kept).toHaveLength(1);
    expect(fs.readFileSync(file, 'utf8')).toBe(committed);
  });

  test('takes over files when it is told to, as a write does', () => {
    const { app, apps } = program();
    const root = directory();
    const file = 'apps/team-a/kustomization.yaml';
    fs.mkdirSync(path.join(root, 'apps/team-a'), { recursive: true });
    fs.writeFileSync(path.join(root, file), 'resources: []\n');
    const judged = app.judge();
    expect(() => judged.write(apps, root)).toThrow(`{ adopt: ['${file}'] }`);
    expect(judged.write(apps, root, { adopt: [file] }).updated).toEqual([file]);
  });

  test('is none where the program is wrong', () => {
    const { app, apps } = program();
    apps.node.addValidation({ validate: () => ['not so'] });
    expect(() => app.judge()).toThrow('[apps] not so');
  });

  test('has no repository of another program, and refuses what is none', () => {
    const [one, other] = [program(), program()];
    const judged = one.app.judge();
    const root = directory();
    for (const call of ['plan', 'write'] as const) {
      expect(() => judged[call](other.apps, root)).toThrow(
        "repository must be one of those that the program had when it was judged ('fleet-infra', 'apps'), got 'apps'",
      );
      expect(() => judged[call](one.apps, '')).toThrow(
        "directory of the clone must not be empty; say '.' for the current one",
      );
      expect(() => judged[call]('apps' as any, root)).toThrow('repository must be');
      expect(() => judged[call](one.apps, 7 as any)).toThrow('directory of the clone must be');
      expect(() => judged[call](one.apps, root, { adopted: [] } as any)).toThrow("'adopted'");
    }
    expect(readTree(root).size).toBe(0);
  });
});

describe('a clone of one repository', () => {
  test('is planned, written and then up to date', () => {
    const { apps } = program();
    const root = directory();
    fs.writeFileSync(path.join(root, 'README.md'), 'mine');
    const plan = apps.plan(root);
    expect(plan.created).toHaveLength(3);
    expect([...readTree(root).keys()]).toEqual(['README.md']);
    expect(apps.write(root)).toEqual(plan);
    expect(apps.plan(root)).toMatchObject({ isUpToDate: true, unchanged: plan.created });
    expect([...readTree(root).keys()]).toEqual([OWNED_FILES, 'README.md', ...plan.created]);
  });

  test('gets the bytes that synth writes', () => {
    const { app, fleet } = program();
    const root = directory();
    fleet.write(root);
    app.synth();
    expect(readTree(root)).toEqual(readTree(path.join(app.outdir, 'fleet-infra')));
  });

  test('takes over the files that bootstrap wrote, when it is told to', () => {
    const { fleet } = program();
    const root = directory();
    const file = 'clusters/prod/flux-system/kustomization.yaml';
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), 'resources: []\n');
    expect(() => fleet.write(root)).toThrow(`{ adopt: ['${file}'] }`);
    expect(fleet.plan(root, { adopt: [file] }).updated).toEqual([file]);
    fleet.write(root, { adopt: [file] });
    expect(fs.readFileSync(path.join(root, file), 'utf8')).toContain('gotk-sync.yaml');
    const { missing, isUpToDate } = fleet.plan(root);
    expect([missing.length > 0, isUpToDate]).toEqual([true, false]);
    missing.forEach((other) => fs.writeFileSync(path.join(root, other), ''));
    expect(fleet.plan(root).isUpToDate).toBe(true);
  });
});
