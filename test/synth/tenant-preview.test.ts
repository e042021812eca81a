import * as fs from 'fs';
import * as path from 'path';
import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import * as fc from 'fast-check';
import {
  AppRepo,
  Cluster,
  Fleet,
  FleetRepo,
  ITenant,
  OciVersion,
  PlatformComponent,
  Repository,
  RepositoryPlan,
  SecretRef,
  Signature,
  SignedOciSource,
  Tenant,
  TenantLists,
  TenantPreview,
} from '../../src';
import { benchFleet } from '../../tools/bench/bench-fleet';
import { readTree, smallFleet, synthesized, temporaryDirectory } from '../synthesized';

const COUNT = 6;

const program = (changed = false) =>
  benchFleet({ outdir: temporaryDirectory(), tenants: COUNT, changed });

const fleetRepoOf = (app: Fleet) => app.node.findChild('fleet-infra') as FleetRepo;

const tenantsOf = (app: Fleet) =>
  fleetRepoOf(app).node.children.filter(({ node }) => /^team-/.test(node.id)) as Tenant[];

const repositoriesOf = (app: Fleet): Repository[] =>
  app.node.children.filter((one) => Repository.isRepository(one)) as Repository[];

function addValidation(construct: IConstruct, validate: () => string[]): void {
  construct.node.addValidation({ validate });
}

function messageOf(action: () => void): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

const configMap = (namespace: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace },
});

/** All texts of a preview, by repository and path, as nobody has written them yet. */
function textsOf(preview: TenantPreview): Map<string, string> {
  const nowhere = path.join(temporaryDirectory(), 'nowhere');
  const texts = preview.repositories.flatMap((repository) =>
    Object.entries(preview.texts(repository, nowhere)).map(([file, text]): [string, string] => [
      `${repository.node.id}/${file}`,
      text,
    ]),
  );
  return new Map(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether a file is one of these tenants', as people would say. */
function isOf(names: readonly string[], file: string): boolean {
  return (
    names.some((name) => new RegExp(`^fleet-infra/tenants/[^/]+/${name}/|^${name}/`).test(file)) &&
    !file.endsWith('/.files-owned-by-cdk8s-flux-tenants')
  );
}

describe('the preview of some tenants', () => {
  const app = program();
  const whole = synthesized(app);

  test('has the very bytes of a full synthesis, of all their files and of no others', () => {
    fc.assert(
      fc.property(fc.subarray(tenantsOf(app), { minLength: 1 }), (tenants) => {
        const names = tenants.map(({ tenantName }) => tenantName);
        const expected = [...whole].filter(([file]) => isOf(names, file));
        expect([...textsOf(app.preview(tenants))]).toEqual(expected);
        expect(expected.length).toBeGreaterThan(10 * names.length);
      }),
      { numRuns: 20 },
    );
  });

  test('is that of overlays and repositories of apps, too', () => {
    const [first] = tenantsOf(app);
    const files = [...textsOf(app.preview([first, first])).keys()];
    for (const directory of ['base', 'production', 'staging']) {
      const file = `fleet-infra/tenants/${directory}/team-00000/kustomization.yaml`;
      expect(files.filter((one) => one === file)).toEqual([file]);
    }
    expect(files).toContain('team-00000/apps/team-00000/shop/deployment.yaml');
  });

  test('has a repository that was declared inside its tenant once', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const repo = new AppRepo(team, 'team-a', { tenant: team });
    new ApiObject(repo, 'settings', configMap('team-a'));
    const preview = app.preview([team]);
    expect(preview.repositories.map(({ node }) => node.id)).toEqual(['fleet-infra', 'team-a']);
    const expected = [...synthesized(app)].filter(([file]) => isOf(['team-a'], file));
    expect([...textsOf(preview)]).toEqual(expected);
    expect(expected.map(([file]) => file)).toContain('team-a/apps/team-a/settings/configmap.yaml');
  });

  test('has the files of CI of its own repositories, and not those of the fleet', () => {
    const { app, fleet, tenant } = smallFleet();
    const team = tenant('team-a');
    fleet.addCiFile('.github/workflows/fleet.yaml', 'on: push\n');
    new AppRepo(app, 'team-a', { tenant: team }).addCiFile('.gitlab-ci.yml', 'stages: []\n');
    const files = [...textsOf(app.preview([team])).keys()];
    expect(files).toContain('team-a/.gitlab-ci.yml');
    expect(files.filter((file) => file.includes('.github'))).toEqual([]);
  });

  test('does not look at any other tenant', () => {
    const [first, ...others] = tenantsOf(program());
    const looked = jest.fn(() => []);
    others.forEach((other) => other.node.findAll().forEach((one) => addValidation(one, looked)));
    const own = jest.fn(() => []);
    addValidation(first, own);
    (first.node.root as Fleet).preview([first]);
    expect(own).toHaveBeenCalledTimes(1);
    expect(looked).not.toHaveBeenCalled();
  });

  test('is the same wherever the cluster lists its tenants', () => {
    const [one, parts] = [TenantLists.single(), TenantLists.inParts(2)].map((tenantLists) => {
      const fleet = new FleetRepo(new Fleet(), 'fleet-infra', { registry: 'ghcr.io/acme' });
      const prod = new Cluster(fleet, 'prod', { environment: 'production', tenantLists });
      const tenant = new Tenant(fleet, 'team-a', { clusters: [prod] });
      return textsOf((fleet.node.root as Fleet).preview([tenant]));
    });
    expect([...parts.keys()].filter((file) => file.includes('lists'))).toEqual([]);
    expect(parts).toEqual(one);
  });
});

describe('the plan of a preview', () => {
  const clones = temporaryDirectory();
  const cloneOf = (repository: Repository) => path.join(clones, repository.node.id);
  const previous = program();
  repositoriesOf(previous).forEach((one) => one.write(cloneOf(one)));

  /** Of a whole plan, what is of these tenants. */
  function ofTenants(names: readonly string[], { node }: Repository, plan: RepositoryPlan) {
    const theirs = (files: string[]) => files.filter((file) => isOf(names, `${node.id}/${file}`));
    const { created, updated, removed, unchanged, missing, kept, overruled, reset } = plan;
    return {
      files: [created, updated, removed, unchanged, missing].map(theirs),
      fields: [kept, overruled, reset],
    };
  }

  test('is what the whole plan says of the same files, with tags that Flux committed', () => {
    const deployment = path.join(clones, 'team-00000/apps/team-00000/shop/deployment.yaml');
    const text = fs.readFileSync(deployment, 'utf8');
    fs.writeFileSync(deployment, text.replace('/shop:1.0.0 #', '/shop:1.1.0 #'));
    fs.rmSync(path.join(clones, 'fleet-infra/tenants/base/team-00003/alerts.yaml'));
    const next = program(true); // team-00003 asks for another version
    const before = readTree(clones);
    fc.assert(
      fc.property(fc.subarray(tenantsOf(next), { minLength: 1 }), (tenants) => {
        const names = tenants.map(({ tenantName }) => tenantName);
        const preview = next.preview(tenants);
        for (const repository of preview.repositories) {
          const plan = preview.plan(repository, cloneOf(repository));
          const whole = repository.plan(cloneOf(repository));
          expect(ofTenants(names, repository, plan)).toEqual(ofTenants(names, repository, whole));
        }
      }),
      { numRuns: 8 },
    );
    const preview = next.preview(tenantsOf(next));
    const plans = preview.repositories.map((one) => preview.plan(one, cloneOf(one)).toString());
    expect(plans.join('\n')).toMatch(/update tenants\/production\/team-00003\/kustomization.yaml/);
    expect(plans.join('\n')).toMatch(/create tenants\/base\/team-00003\/alerts.yaml/);
    expect(plans.join('\n')).toMatch(/keep .*shop/);
    const app = preview.repositories.find(({ node }) => node.id === 'team-00000')!;
    const texts = preview.texts(app, cloneOf(app));
    expect(texts['apps/team-00000/shop/deployment.yaml']).toContain('/shop:1.1.0 #');
    expect(readTree(clones)).toEqual(before);
  });

  test('removes what is gone of the tenants, in whichever environment, and nothing of others', () => {
    const { app, fleet, prod, staging } = smallFleet();
    const root = temporaryDirectory();
    const old = ['team-a', 'team-b'].map(
      (name) => new Tenant(fleet, name, { clusters: [prod, staging] }),
    );
    old.forEach((tenant) => {
      const version = OciVersion.semver('>=1.0.0');
      const signature = Signature.cosignKey(SecretRef.named('cosign-pub'));
      const source = new SignedOciSource(tenant, 'manifests', { version, signature });
      tenant.sync('apps', { source });
    });
    fleet.write(root);
    expect(app.preview(old).plan(fleet, root).isUpToDate).toBe(true);

    const next = smallFleet();
    const team = next.tenant('team-a', { clusters: [next.prod] });
    const plan = next.app.preview([team]).plan(next.fleet, root);
    expect(plan.removed).toEqual([
      'tenants/base/team-a/sources.yaml',
      'tenants/base/team-a/sync.yaml',
      'tenants/staging/team-a/kustomization.yaml',
    ]);
    expect(plan.created).toEqual([]);
  });

  test('says nothing of a tenant of the same name in another fleet', () => {
    const app = new Fleet();
    const fleets = ['one', 'two'].map((id) => {
      const fleet = new FleetRepo(app, id, { registry: `ghcr.io/acme/${id}` });
      const clusters = [new Cluster(fleet, 'prod', { environment: 'production' })];
      const tenants = ['team-a', 'team-b'].map((name) => new Tenant(fleet, name, { clusters }));
      return { fleet, tenants };
    });
    const [one, two] = fleets;
    const root = temporaryDirectory();
    one.fleet.write(root);
    const plan = app.preview([one.tenants[0], two.tenants[1]]).plan(one.fleet, root);
    expect(plan.isUpToDate).toBe(true);
    expect(plan.unchanged.filter((file) => !file.includes('/team-a/'))).toEqual([]);
  });

  test('says of a clone that is right that there is nothing to do', () => {
    const app = program();
    const preview = app.preview(tenantsOf(app).slice(1, 2));
    const root = temporaryDirectory();
    fleetRepoOf(app).write(root);
    const plan = preview.plan(fleetRepoOf(app), root);
    expect(plan.isUpToDate).toBe(true);
    expect(plan.unchanged.length).toBeGreaterThan(10);
  });

  test('of a file that somebody else wrote fails as a write would', () => {
    const { app, fleet, tenant } = smallFleet();
    const root = temporaryDirectory();
    fs.mkdirSync(path.join(root, 'tenants/base/team-a'), { recursive: true });
    fs.writeFileSync(path.join(root, 'tenants/base/team-a/rbac.yaml'), 'a: 1\n');
    const preview = app.preview([tenant('team-a')]);
    expect(() => preview.plan(fleet, root)).toThrow(/rbac.yaml' is there already/);
  });

  test('is of one of its repositories', () => {
    const { app, fleet, tenant } = smallFleet();
    const [one, other] = [tenant('team-a'), tenant('team-b')];
    const foreign = new AppRepo(app, 'team-b-apps', { tenant: other });
    const preview = app.preview([one]);
    expect(preview.repositories).toEqual([fleet]);
    expect(() => preview.plan(foreign, temporaryDirectory())).toThrow(
      "repository must be one of the previewed tenants' ('fleet-infra'), got 'team-b-apps'",
    );
    expect(() => preview.texts(undefined as any, '.')).toThrow(/repository is missing/);
    expect(() => preview.plan(fleet, undefined as any)).toThrow(
      /directory of the clone is missing/,
    );
  });
});

describe('a preview judges', () => {
  test('the bounds of its tenants, in the words of a synthesis', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    new ApiObject(team, 'stray', configMap('team-b'));
    const message = messageOf(() => app.preview([team]));
    expect(message).toContain(
      "[fleet-infra/team-a/stray] ConfigMap 'settings' must be in a namespace",
    );
    expect(messageOf(() => app.synth())).toBe(message);
  });

  test('validations of constructs in their repositories', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const repo = new AppRepo(app, 'apps', { tenant: team });
    addValidation(repo, () => ['is wrong']);
    expect(messageOf(() => app.preview([team]))).toContain('[apps] is wrong');
  });

  test('nothing of other tenants', () => {
    const { app, tenant } = smallFleet();
    const [team, other] = [tenant('team-a'), tenant('team-b')];
    new ApiObject(other, 'stray', configMap('team-a'));
    expect(() => app.preview([team])).not.toThrow();
    expect(() => app.synth()).toThrow(/team-b\/stray/);
  });

  test('what the account may apply, by the roles that the platform gives', () => {
    const { app, fleet, tenant, prod } = smallFleet();
    const team = tenant('team-a', { clusters: [prod] });
    const repo = new AppRepo(app, 'apps', { tenant: team });
    const widget = new ApiObject(repo, 'widget', {
      apiVersion: 'acme.example/v1',
      kind: 'Widget',
      metadata: { name: 'widget', namespace: 'team-a' },
    });
    expect(widget.kind).toBe('Widget');
    const crd = new PlatformComponent(fleet, 'widgets');
    new ApiObject(crd, 'crd', {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.acme.example' },
      spec: { group: 'acme.example', names: { kind: 'Widget', plural: 'widgets' } },
    });
    const message = messageOf(() => app.preview([team]));
    expect(message).toContain("Widget 'widget' would be refused on 'prod'");
    expect(messageOf(() => app.synth())).toBe(message);
  });
});

describe('a preview is refused', () => {
  test('of nothing', () => {
    expect(() => smallFleet().app.preview([])).toThrow(
      'tenants to preview must be one or more, got none',
    );
    expect(() => smallFleet().app.preview('team-a' as any)).toThrow(/must be a list/);
    expect(() => smallFleet().app.preview(['team-a'] as any)).toThrow(/a construct, not its name/);
  });

  test('of what is no tenant', () => {
    const { app, prod } = smallFleet();
    expect(() => app.preview([prod as unknown as ITenant])).toThrow(
      "'fleet-infra/prod' is no tenant of this Fleet, and cannot be previewed",
    );
  });

  test('of a tenant of another program', () => {
    const [one, other] = [smallFleet(), smallFleet()];
    const team = other.tenant('team-a');
    expect(() => one.app.preview([team])).toThrow(
      "'fleet-infra/team-a' is no tenant of this Fleet, and cannot be previewed",
    );
  });
});
