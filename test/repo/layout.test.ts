import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { parse } from 'yaml';
import {
  AppRepo,
  Fleet,
  GitRevision,
  GitSource,
  ImageAutomationPipeline,
  GitTarget,
  PlatformComponent,
  Tenant,
} from '../../src';
import { takeInventory } from '../../src/inventory/take-inventory';
import { layOut } from '../../src/repo/layout';
import { addPipeline, TARGET } from '../pipelines';
import { objectsIn, smallFleet } from '../synthesized';

/** The files and errors of the repository `id`. */
function laidOut(app: Fleet, id = 'fleet-infra') {
  const inventory = takeInventory(app);
  const here = <T extends { location: { repository: string } }>(items: T[]) =>
    items.filter(({ location }) => location.repository === id);
  const { files, errors } = layOut(here(inventory.objects), here(inventory.kustomizations));
  return { files: new Map(files.map(({ path, text }) => [path, text])), errors };
}

function kustomization(app: Fleet, directory: string, id?: string): any {
  return parse(laidOut(app, id).files.get(`${directory}/kustomization.yaml`)!);
}

function source(tenant: Tenant, id: string): GitSource {
  return new GitSource(tenant, id, {
    url: `https://github.com/acme/${id}`,
    revision: GitRevision.branch('main'),
  });
}

function configMap(scope: Construct, id: string, props: object = {}): ApiObject {
  return new ApiObject(scope, id, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: id },
    ...props,
  });
}

describe('directories', () => {
  test('each that is wholly ours lists exactly what is in it, and a cluster has no list', () => {
    const { app, tenant, fleet } = smallFleet();
    const team = tenant('team-a');
    source(team, 'manifests').inEnvironment('production', { revision: GitRevision.tag('v1') });
    configMap(new PlatformComponent(fleet, 'ingress'), 'settings');
    const repo = new AppRepo(app, 'apps', { tenant: team });
    pipeline(team);
    configMap(new Construct(repo, 'podinfo'), 'settings');
    configMap(new Construct(new Construct(repo, 'other'), 'below'), 'more');

    const all = [...laidOut(app).files, ...laidOut(app, 'apps').files];
    const paths = all.map(([path]) => path);
    const directories = new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/'))));
    const lists = new Map(
      all
        .filter(([path]) => path.endsWith('/kustomization.yaml'))
        .map(([path, text]) => [path.slice(0, path.lastIndexOf('/')), parse(text).resources]),
    );
    for (const directory of directories) {
      const beside = paths
        .filter((path) => path.startsWith(`${directory}/`))
        .map((path) => path.slice(directory.length + 1).replace(/\/.*/, ''))
        .filter((name) => name !== 'kustomization.yaml');
      const base = directory.replace(/^tenants\/(?!base)[^/]+/, '../../base');
      const expected = [...(base === directory ? [] : [base]), ...new Set(beside)].sort();
      if (/^clusters\/[^/]+$/.test(directory)) {
        expect(lists.has(directory)).toBe(false);
      } else if (directory.endsWith('/flux-system')) {
        expect(lists.get(directory)).toEqual(['gotk-components.yaml', 'gotk-sync.yaml']);
      } else {
        expect([directory, [...lists.get(directory)!].sort()]).toEqual([directory, expected]);
      }
    }
    expect([...directories].sort()).toEqual([
      'apps/team-a',
      'apps/team-a/other',
      'apps/team-a/podinfo',
      'clusters/prod',
      'clusters/prod/flux-system',
      'clusters/staging',
      'clusters/staging/flux-system',
      'infrastructure/admission',
      'infrastructure/ingress',
      'infrastructure/tenancy',
      'tenants/base/team-a',
      'tenants/production/team-a',
      'tenants/staging/team-a',
    ]);
  });

  test('an overlay builds upon the base by a relative path, and names it first', () => {
    const { app, tenant } = smallFleet();
    pipeline(tenant('team-a'));
    expect(kustomization(app, 'tenants/staging/team-a')).toEqual({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: ['../../base/team-a', 'image-automation.yaml'],
    });
  });

  test('files of others are listed in order of name, whatever the order they were named in', () => {
    const lists = [
      ['b.sops.yaml', 'a.sops.yaml'],
      ['a.sops.yaml', 'b.sops.yaml', 'a.sops.yaml'],
    ].map((names) => {
      const { app, tenant } = smallFleet();
      const team = tenant('team-a');
      names.forEach((name) => team.includeFile(name));
      return kustomization(app, 'tenants/base/team-a').resources;
    });
    expect(lists[0].slice(-2)).toEqual(['a.sops.yaml', 'b.sops.yaml']);
    expect(lists[1]).toEqual(lists[0]);
  });

  test('a file of ours that is named as one of others is listed once', () => {
    const { app, tenant } = smallFleet();
    tenant('team-a').includeFile('rbac.yaml');
    const { resources } = kustomization(app, 'tenants/base/team-a');
    expect(resources).toEqual([...new Set(resources)]);
    expect(resources).toContain('rbac.yaml');
  });

  test('a Flux Kustomization does not take the place of the kustomize file', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    new ApiObject(team, 'apps', {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'apps' },
    });
    expect(kustomization(app, 'tenants/base/team-a').resources).toContain('sync.yaml');
  });

  test('objects of one file are in order of kind, namespace and name', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a', { namespaces: ['team-a', 'jobs'] });
    configMap(team, 'b');
    configMap(team, 'a');
    configMap(team, 'c', { metadata: { name: 'c', namespace: 'jobs' } });
    const objects = objectsIn(laidOut(app).files.get('tenants/base/team-a/configmap.yaml'));
    expect(objects.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual([
      'jobs/c',
      'team-a/a',
      'team-a/b',
    ]);
  });

  test('one directory cannot belong to two constructs, which is told once', () => {
    const { app, fleet, prod, staging } = smallFleet();
    new Tenant(new Construct(fleet, 'here'), 'team-a', { clusters: [prod] });
    new Tenant(new Construct(fleet, 'there'), 'team-a', { clusters: [staging] });
    expect(laidOut(app).errors).toEqual([
      "[fleet-infra/there/team-a] both 'fleet-infra/here/team-a' and 'fleet-infra/there/team-a' " +
        'write tenants/base/team-a/; rename one of them',
    ]);
  });
});

describe('paths', () => {
  const directory = "id must be a directory name of letters, digits, '.', '_' and '-', got";

  test.each(['my app', '.git', '-x', '..', 'a\nb', 'é', 'a:b'])(
    'do not go through a directory %j',
    (id) => {
      const { app, tenant } = smallFleet();
      const below = new Construct(new AppRepo(app, 'apps', { tenant: tenant('team-a') }), id);
      configMap(below, 'a');
      configMap(below, 'b');
      expect(laidOut(app, 'apps').errors).toEqual([`[apps/${id}] ${directory} '${id}'`]);
    },
  );

  test('of two directories that differ only in case are an error with one of them, told once', () => {
    const { app, tenant } = smallFleet();
    const repo = new AppRepo(app, 'apps', { tenant: tenant('team-a') });
    const apps = ['podinfo', 'PodInfo', 'podinfo2'].map((id) => new Construct(repo, id));
    apps.forEach((one) => configMap(one, 'settings'));
    expect(laidOut(app, 'apps').errors).toEqual([
      "[apps/PodInfo/settings] 'apps/team-a/PodInfo' and 'apps/team-a/podinfo' differ only in case, " +
        'which some disks ignore; rename one of them',
    ]);
  });

  test('of a directory and the kustomize file beside it do not differ only in case', () => {
    const { app, tenant } = smallFleet();
    configMap(new AppRepo(app, 'apps', { tenant: tenant('team-a') }), 'Kustomization.yaml');
    expect(laidOut(app, 'apps').errors).toEqual([
      expect.stringContaining('differ only in case, which some disks ignore'),
    ]);
  });

  test('of files of others do not differ from ours only in case', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    team.includeFile('Rbac.yaml');
    team.includeFile('KUSTOMIZATION.yaml');
    const differ = 'differ only in case, which some disks ignore; rename one of them';
    const base = 'tenants/base/team-a';
    expect(laidOut(app).errors).toEqual([
      `[fleet-infra/team-a] '${base}/Rbac.yaml' and '${base}/rbac.yaml' ${differ}`,
      `[fleet-infra/team-a] '${base}/KUSTOMIZATION.yaml' and '${base}/kustomization.yaml' ${differ}`,
    ]);
  });
});

describe('patches of an environment', () => {
  test('are in the kustomize file of that overlay alone, with the object as their target', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    source(team, 'manifests').inEnvironment('production', { revision: GitRevision.tag('v1') });
    expect(kustomization(app, 'tenants/production/team-a').patches).toEqual([
      {
        target: {
          group: 'source.toolkit.fluxcd.io',
          version: 'v1',
          kind: 'GitRepository',
          name: 'manifests',
          namespace: 'team-a',
        },
        patch: '- op: replace\n  path: /spec/ref\n  value:\n    tag: v1\n',
      },
    ]);
    expect(kustomization(app, 'tenants/staging/team-a')).not.toHaveProperty('patches');
    expect(kustomization(app, 'tenants/base/team-a')).not.toHaveProperty('patches');
  });

  test('name no group for an object of the core API', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    team.patchInEnvironment('staging', configMap(team, 'settings', { data: { a: 'b' } }), [
      { op: 'remove', path: '/data/a' },
    ]);
    expect(kustomization(app, 'tenants/staging/team-a').patches[0].target).toEqual({
      version: 'v1',
      kind: 'ConfigMap',
      name: 'settings',
      namespace: 'team-a',
    });
  });

  test('do not reach an object whose name differs where the other has a dot', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    source(team, 'a-b');
    source(team, 'a.b').inEnvironment('staging', { revision: GitRevision.branch('next') });
    const [{ target }] = kustomization(app, 'tenants/staging/team-a').patches;
    // kustomize anchors the name and reads it as a regular expression.
    const names = new RegExp(`^(?:${target.name})$`);
    expect(['a.b', 'a-b'].filter((name) => names.test(name))).toEqual(['a.b']);
  });

  test('are in order of their objects; those of one object are one, in order of declaration', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const [z, a] = [source(team, 'z'), source(team, 'a')];
    const map = configMap(team, 'm', { data: { a: '1' } });
    team.patchInEnvironment('staging', z, [{ op: 'add', path: '/spec/timeout', value: '1m' }]);
    team.patchInEnvironment('staging', map, [{ op: 'remove', path: '/data/a' }]);
    team.patchInEnvironment('staging', a, [{ op: 'remove', path: '/spec/interval' }]);
    team.patchInEnvironment('staging', z, [{ op: 'replace', path: '/spec/timeout', value: '2m' }]);
    expect(
      kustomization(app, 'tenants/staging/team-a').patches.map((one: any) => [
        one.target.name,
        parse(one.patch),
      ]),
    ).toEqual([
      ['m', [{ op: 'remove', path: '/data/a' }]],
      ['a', [{ op: 'remove', path: '/spec/interval' }]],
      [
        'z',
        [
          { op: 'add', path: '/spec/timeout', value: '1m' },
          { op: 'replace', path: '/spec/timeout', value: '2m' },
        ],
      ],
    ]);
  });

  test.each<[string, any[], string]>([
    [
      'is not there',
      [{ op: 'replace', path: '/spec/reff', value: 1 }],
      "cannot replace '/spec/reff', which is not there",
    ],
    [
      'an earlier patch removed',
      [
        { op: 'remove', path: '/spec/ref' },
        { op: 'replace', path: '/spec/ref/branch', value: 'a' },
      ],
      "cannot replace '/spec/ref/branch', which is not there",
    ],
    [
      'would be no JSON',
      [{ op: 'replace', path: '/spec/ref', value: Lazy.any({ produce: () => 1 }) }],
      'value must be JSON, got a Lazy',
    ],
  ])('that change what %s are an error with the construct and the environment', (_, patch, why) => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const manifests = source(team, 'manifests');
    patch.forEach((operation) => team.patchInEnvironment('staging', manifests, [operation]));
    expect(laidOut(app).errors).toEqual([
      `[fleet-infra/team-a/manifests/repository] patch for environment 'staging': ${why}`,
    ]);
  });

  test('of what is in one environment alone are an error', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    const policy = pipeline(team).node.findChild('policy');
    team.patchInEnvironment('staging', policy, [{ op: 'remove', path: '/spec' }]);
    expect(laidOut(app).errors).toEqual([
      '[fleet-infra/team-a/podinfo/policy] only what a tenant has in every environment can differ ' +
        "in 'staging'",
    ]);
  });
});

test('a marker that marks nothing is an error with the construct', () => {
  const { app, tenant } = smallFleet();
  const team = tenant('team-a');
  const repo = new AppRepo(app, 'apps', { tenant: team });
  pipeline(team).image('1.0.0').markIn(configMap(repo, 'settings'), '/data/image');
  expect(() => app.synth()).toThrow(
    "[apps/settings] setter marker at '/data/image' must name a string of one line in the object",
  );
});

test('a marker where Flux does not look is an error with the construct', () => {
  const { app, tenant } = smallFleet();
  const team = tenant('team-a');
  pipeline(team).image('1.0.0').markIn(configMap(team, 'settings'), '/data/image');
  const elsewhere = new AppRepo(app, 'apps', { tenant: team, path: 'apps/team-a-too' });
  pipeline(team, 'other').image('1.0.0').markIn(configMap(elsewhere, 'x'), '/data/image');
  expect(() => app.synth()).toThrow(
    /\[fleet-infra\/team-a\/settings\] setter marker of policy 'podinfo' in 'tenants\/base\/team-a\/configmap.yaml' must be below 'apps\/team-a'[^]*\[apps\/x\] setter marker of policy 'other' in 'apps\/team-a-too\/x\/configmap.yaml' must be below 'apps\/team-a'/,
  );
});

function pipeline(tenant: Tenant, id: string = 'podinfo'): ImageAutomationPipeline {
  const commitTo = GitTarget.pullRequestBranch({ ...TARGET, environment: 'staging' });
  return addPipeline(tenant, { commitTo }, id);
}
