import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AppRepo,
  Cluster,
  Fleet,
  FluxInstallation,
  JsonPatchOperation,
  PlatformComponent,
  Tenant,
} from '../../src';
import { findStrays } from '../../src/inventory/find-strays';
import { takeInventory } from '../../src/inventory/take-inventory';
import { smallFleet } from '../synthesized';

function strays(app: Fleet): string[] {
  return findStrays(takeInventory(app).objects);
}

function object(
  scope: Construct,
  { apiVersion = 'v1', kind = 'ConfigMap', name = 'x', namespace, ...body }: any = {},
): ApiObject {
  const metadata = { name, ...(namespace && { namespace }) };
  return new ApiObject(scope, name, { apiVersion, kind, metadata, ...body });
}

/** A tenant with a second namespace, and its repository, which is for that namespace. */
function program() {
  const { app, fleet, tenant } = smallFleet();
  const team = tenant('team-a', { namespaces: ['team-a', 'jobs'] });
  const repo = new AppRepo(app, 'repo', { tenant: team, targetNamespace: 'jobs' });
  return { app, fleet, tenant, team, repo };
}

/** What is found of one object of the tenant, without the path of its construct. */
function straysOf(manifest: any, ...patches: JsonPatch[]): string[] {
  const { app, team } = program();
  object(team, manifest).addJsonPatch(...patches);
  return strays(app).map((stray) => {
    expect(stray).toMatch(/^\[fleet-infra\/team-a\/x\] /);
    return stray.slice('[fleet-infra/team-a/x] '.length);
  });
}

test('what is inside the bounds is no stray, in a tenant, its repository or the platform', () => {
  const { app, fleet, team, repo } = program();
  object(team, { name: 'home' });
  object(team, { name: 'second', namespace: 'jobs' });
  object(repo);
  const component = new PlatformComponent(fleet, 'ingress');
  object(component, { kind: 'ClusterRole', apiVersion: 'rbac.authorization.k8s.io/v1' });
  object(component, { name: 'y', namespace: 'kube-system' });
  expect(strays(app)).toEqual([]);
});

describe('the manifest as it is written, not the construct, must be', () => {
  const binding = 'rbac.authorization.k8s.io/v1';
  test.each<[string, JsonPatch[], string]>([
    [
      'in a namespace of the tenant',
      [JsonPatch.replace('/metadata/namespace', 'flux-system')],
      "ConfigMap 'x' must be in a namespace of tenant 'team-a' (team-a, jobs), got 'flux-system'",
    ],
    [
      'in a namespace at all',
      [JsonPatch.remove('/metadata/namespace')],
      "ConfigMap 'x' must be in a namespace of tenant 'team-a' (team-a, jobs), got 'none'",
    ],
    [
      'of no cluster-wide kind',
      [JsonPatch.replace('/kind', 'ClusterRoleBinding'), JsonPatch.replace('/apiVersion', binding)],
      "ClusterRoleBinding 'x' is cluster-wide and can be no tenant's; create it inside a PlatformComponent",
    ],
    [
      'nothing that gives rights',
      [JsonPatch.replace('/kind', 'RoleBinding'), JsonPatch.replace('/apiVersion', binding)],
      "RoleBinding 'x' decides over rights, which a tenant has only by its own binding; create it inside a PlatformComponent",
    ],
    [
      'no list',
      [JsonPatch.replace('/kind', 'ConfigMapList'), JsonPatch.add('/items', [])],
      "ConfigMapList 'x' is a list, whose items nobody would check; create an object for each",
    ],
  ])('%s', (_, patches, message) => {
    expect(straysOf({}, ...patches)).toEqual([message]);
  });
});

test('a list is refused with its kind alone, and a kind named so by its owner without items is not', () => {
  expect(straysOf({ kind: 'List', items: [] })).toEqual([expect.stringContaining('is a list')]);
  expect(straysOf({ apiVersion: 'acme.example/v1', kind: 'AllowList', spec: {} })).toEqual([]);
});

test.each([
  ['Role', 'v1'],
  ['RoleBinding', 'v1'],
  ['Role', 'v1beta1'],
])('a tenant holds no %s of its own (%s), wherever', (kind, version) => {
  const { app, team, repo } = program();
  const rights = { apiVersion: `rbac.authorization.k8s.io/${version}`, kind };
  object(team, rights);
  object(repo, rights);
  object(team.node.findChild('Rbac') as Construct, { ...rights, name: 'team-a-reconciler-2' });
  expect(strays(app).sort()).toEqual([
    expect.stringMatching(/^\[fleet-infra\/team-a\/Rbac\/.*decides over rights/),
    expect.stringMatching(/^\[fleet-infra\/team-a\/x\] .*decides over rights/),
    expect.stringMatching(/^\[repo\/x\] .*decides over rights/),
  ]);
});

test('a namespace that a user puts beside those of the tenant is as wide as elsewhere', () => {
  const { app, team } = program();
  const scope = team.node.findChild('Namespaces') as Construct;
  object(scope, { kind: 'Namespace', name: 'team-a-more' });
  expect(strays(app)).toEqual([
    expect.stringMatching(/^\[fleet-infra\/team-a\/Namespaces\/team-a-more\] .* is cluster-wide/),
  ]);
});

test('everything in an app repository is in the one namespace that it is for', () => {
  const { app, repo } = program();
  object(repo, { namespace: 'team-a' });
  expect(strays(app)).toEqual([
    "[repo/x] ConfigMap 'x' must be in a namespace of tenant 'team-a' (jobs), got 'team-a'",
  ]);
});

describe('a kind is cluster-wide', () => {
  test.each([
    ['policies.kyverno.io', 'MutatingPolicy GeneratingPolicy ImageValidatingPolicy DeletingPolicy'],
    ['kyverno.io', 'ClusterPolicy ClusterCleanupPolicy GlobalContextEntry'],
    ['external-secrets.io', 'ClusterSecretStore ClusterExternalSecret'],
    ['networking.k8s.io', 'IngressClass ServiceCIDR IPAddress'],
    ['resource.k8s.io', 'DeviceClass ResourceSlice'],
    ['storage.k8s.io', 'StorageClass VolumeAttributesClass CSINode'],
    ['certificates.k8s.io', 'ClusterTrustBundle CertificateSigningRequest'],
    ['authentication.k8s.io', 'TokenReview SelfSubjectReview'],
    ['monitoring.googleapis.com', 'ClusterPodMonitoring'],
    ['constraints.gatekeeper.sh', 'K8sRequiredLabels'],
    ['nobody.knows.example', 'ClusterAnything'],
    ['', 'Namespace Node PersistentVolume ComponentStatus'],
  ])('in group %p: %s', (group, kinds) => {
    for (const kind of kinds.split(' ')) {
      const apiVersion = group ? `${group}/v1` : 'v1';
      expect(straysOf({ apiVersion, kind })).toEqual([
        `${kind} 'x' is cluster-wide and can be no tenant's; create it inside a PlatformComponent`,
      ]);
    }
  });

  test.each([
    ['postgresql.cnpg.io', 'Cluster'],
    ['operators.coreos.com', 'ClusterServiceVersion'],
    ['ipam.cluster.x-k8s.io', 'IPAddress'],
    ['longhorn.io', 'Node'],
    ['notification.toolkit.fluxcd.io', 'Provider'],
    ['acme.example', 'ClusteredThing'],
  ])('but not in group %p: %s', (group, kind) => {
    expect(straysOf({ apiVersion: `${group}/v1`, kind })).toEqual([]);
  });
});

describe('an object of Flux', () => {
  const sync = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    spec: { serviceAccountName: 'team-a' },
  };
  const release = {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    spec: { serviceAccountName: 'team-a' },
  };
  const other = { name: 'x', namespace: 'team-b' };

  test.each<[string, object]>([
    ['sourceRef', { sourceRef: other }],
    ['chartRef', { chartRef: other }],
    ['chart.spec.sourceRef', { chart: { spec: { sourceRef: other } } }],
    ['dependsOn', { dependsOn: [{ name: 'y' }, other] }],
    ['eventSources', { eventSources: [other] }],
    ['resources', { resources: [other] }],
    ['sources', { sources: [other] }],
    ['imageRepositoryRef', { imageRepositoryRef: other }],
  ])('does not use the objects of another namespace by %s', (field, spec) => {
    const message =
      `must not use the objects of another namespace, got spec.${field} with namespace ` +
      "'team-b', not 'team-a'";
    for (const apiVersion of ['a.toolkit.fluxcd.io/v1', 'source.extensions.fluxcd.io/v1']) {
      expect(straysOf({ apiVersion, kind: 'A', spec })).toEqual([`A 'x' ${message}`]);
    }
    expect(straysOf({ apiVersion: 'notfluxcd.io/v1', kind: 'A', spec })).toEqual([]);
    const own = JSON.parse(JSON.stringify(spec).replace('team-b', 'team-a'));
    expect(straysOf({ apiVersion: 'a.toolkit.fluxcd.io/v1', kind: 'A', spec: own })).toEqual([]);
  });

  test.each([sync, release])('is applied as the tenant: %j', (manifest) => {
    const { kind } = manifest;
    const message = `${kind} 'x' must be applied as the tenant, with spec.serviceAccountName 'team-a', got`;
    expect(straysOf(manifest)).toEqual([]);
    expect(straysOf({ ...manifest, spec: {} })).toEqual([`${message} nothing`]);
    expect(straysOf({ ...manifest, spec: undefined })).toEqual([`${message} nothing`]);
    expect(straysOf(manifest, JsonPatch.replace('/spec/serviceAccountName', 'root'))).toEqual([
      `${message} 'root'`,
    ]);
  });

  test.each([sync, release])('does not reach another cluster: %j', (manifest) => {
    const spec = { ...manifest.spec, kubeConfig: { secretRef: { name: 'x' } } };
    expect(straysOf({ ...manifest, spec })).toEqual([
      `${manifest.kind} 'x' must not set spec.kubeConfig: a tenant applies to the clusters that it runs on`,
    ]);
  });

  test.each(['targetNamespace', 'storageNamespace'])('has a %s of the tenant', (field) => {
    const within = (namespace: string) => ({
      ...release,
      spec: { ...release.spec, [field]: namespace },
    });
    expect(straysOf(within('jobs'))).toEqual([]);
    expect(straysOf(within('team-b'))).toEqual([
      `HelmRelease 'x' must have as spec.${field} a namespace of tenant 'team-a' (team-a, jobs), got 'team-b'`,
    ]);
  });

  test.each(['aws', 'azure', 'gcp'])('uses no identity of the cloud %s', (provider) => {
    const source = {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'Bucket',
      spec: { provider },
    };
    const told = (cluster: string) =>
      `Bucket 'x' must not use an identity of cloud '${provider}' on cluster '${cluster}', which has workloadIdentity ` +
      'off; give it a Secret, or the cluster a FluxInstallation with workloadIdentity';
    expect(straysOf(source)).toEqual([told('prod'), told('staging')]);
    const secretRef = { name: 'keys' };
    expect(straysOf({ ...source, spec: { provider, secretRef } })).toEqual([]);
    expect(straysOf({ ...source, spec: { provider: 'generic' } })).toEqual([]);
  });

  test('uses one where each cluster that applies it allows it, in an app repository, too', () => {
    const [off, on] = [false, true].map((workloadIdentity) =>
      FluxInstallation.bootstrap({ workloadIdentity }),
    );
    const manifest = { apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImageRepository' };
    const found = (...installations: FluxInstallation[]) => {
      const { app, fleet } = smallFleet();
      const clusters = installations.map(
        (flux, i) => new Cluster(fleet, `c${i}`, { environment: 'production', flux }),
      );
      const tenant = new Tenant(fleet, 'team-a', { clusters });
      object(new AppRepo(app, 'repo', { tenant }), { ...manifest, spec: { provider: 'aws' } });
      return strays(app).length;
    };
    expect([found(on), found(on, on), found(on, off), found(off)]).toEqual([0, 0, 1, 1]);
  });

  test('keeps to the same rules in an app repository', () => {
    const { app, repo } = program();
    object(repo, {
      ...sync,
      spec: { sourceRef: other, kubeConfig: {}, targetNamespace: 'team-b' },
    });
    expect(strays(app)).toHaveLength(4);
  });

  test('is free in the directories of the platform', () => {
    const { app, fleet } = program();
    const spec = { sourceRef: other, kubeConfig: {} };
    object(new PlatformComponent(fleet, 'ingress'), { ...sync, spec });
    expect(strays(app)).toEqual([]);
  });
});

describe('a patch for an environment', () => {
  /** What a patch of `manifest` for staging is refused for. */
  function refusals(manifest: any, ...operations: JsonPatchOperation[]): string[] {
    const { app, team } = program();
    team.patchInEnvironment('staging', object(team, manifest), operations);
    return strays(app).map((stray) => {
      expect(stray).toContain("[fleet-infra/team-a/x] patch for environment 'staging': ");
      return stray.slice(stray.indexOf("': ") + 3);
    });
  }
  const sync = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    spec: { serviceAccountName: 'team-a' },
  };

  test.each<[string, any, string]>([
    ['/apiVersion', 'v2', "apiVersion must stay 'v1', got 'v2'"],
    ['/kind', 'ClusterRoleBinding', "kind must stay 'ConfigMap', got 'ClusterRoleBinding'"],
    ['/metadata/name', 'y', "metadata.name must stay 'x', got 'y'"],
    ['/metadata/namespace', 'jobs', "metadata.namespace must stay 'team-a', got 'jobs'"],
    ['/metadata', { name: 'x' }, "metadata.namespace must stay 'team-a', got nothing"],
  ])('leaves %s as it is', (path, value, message) => {
    expect(refusals({}, { op: 'replace', path, value })).toEqual([message]);
    expect(refusals({}, { op: 'add', path, value })).toEqual([message]);
  });

  test('may say again what an object is, and change everything else', () => {
    const metadata = { name: 'x', namespace: 'team-a', labels: { level: 'on' } };
    expect(
      refusals(
        { data: { a: '1' } },
        { op: 'replace', path: '/metadata', value: metadata },
        { op: 'replace', path: '/data', value: { a: '2' } },
      ),
    ).toEqual([]);
  });

  test.each<[string, JsonPatchOperation]>([
    ['another account', { op: 'replace', path: '/spec/serviceAccountName', value: 'root' }],
    ['no account', { op: 'remove', path: '/spec/serviceAccountName' }],
    ['another spec', { op: 'replace', path: '/spec', value: { serviceAccountName: 'root' } }],
    ['no spec', { op: 'remove', path: '/spec' }],
  ])('does not have a sync applied by %s', (_, operation) => {
    expect(refusals(sync, operation)).toEqual([
      expect.stringContaining(
        "must be applied as the tenant, with spec.serviceAccountName 'team-a'",
      ),
    ]);
  });

  test('is judged by what all patches of the environment together make of the object', () => {
    const { app, team } = program();
    const map = object(team);
    const rename = (name: string) => [{ op: 'replace', path: '/metadata/name', value: name }];
    team.patchInEnvironment('staging', map, rename('y'));
    team.patchInEnvironment('production', map, rename('z'));
    team.patchInEnvironment('staging', map, rename('x'));
    expect(strays(app)).toEqual([
      "[fleet-infra/team-a/x] patch for environment 'production': metadata.name must stay 'x', got 'z'",
    ]);
  });

  test('does not tell again what is wrong without it', () => {
    const { app, team } = program();
    const map = object(team, { namespace: 'team-b' });
    team.patchInEnvironment('staging', map, [{ op: 'add', path: '/data', value: {} }]);
    expect(strays(app)).toHaveLength(1);
  });

  test('that does not apply is for the layout to tell', () => {
    expect(refusals({}, { op: 'remove', path: '/nowhere' })).toEqual([]);
  });
});

describe('what the library made of a tenant', () => {
  const made = (team: Tenant, file: string, id: string) =>
    team.node.findChild(file).node.findChild(id) as ApiObject;
  const namespace = (team: Tenant) => made(team, 'Namespaces', 'jobs');
  const binding = (team: Tenant) => made(team, 'Rbac', 'jobs-binding');
  const label = (name: string) => `/metadata/labels/${name.replace('/', '~1')}`;
  const admin = {
    apiGroup: 'rbac.authorization.k8s.io',
    kind: 'ClusterRole',
    name: 'cluster-admin',
  };

  test.each<[string, (team: Tenant) => ApiObject, string, any]>([
    ['label', namespace, label('toolkit.fluxcd.io/tenant'), 'team-b'],
    ['standard', namespace, label('pod-security.kubernetes.io/enforce'), 'privileged'],
    ['version', namespace, label('pod-security.kubernetes.io/warn-version'), 'v1.0'],
    ['role', binding, '/roleRef/name', 'cluster-admin'],
    ['kind of role', binding, '/roleRef', admin],
    ['subject', binding, '/subjects/0/name', 'team-b'],
    ['subjects', binding, '/subjects/-', { kind: 'ServiceAccount', name: 'x' }],
  ])('keeps its %s, in each environment and in all', (_, find, path, value) => {
    const op = path.endsWith('-') ? 'add' : 'replace';
    const [all, one] = [program(), program()];
    find(all.team).addJsonPatch(
      op === 'add' ? JsonPatch.add(path, value) : JsonPatch.replace(path, value),
    );
    one.team.patchInEnvironment('staging', find(one.team), [{ op, path, value }]);
    const where = find(one.team).node.path;
    const [field] = path.replace(/\/(-|0\/.*)$/, '').split('/roleRef');
    expect(strays(all.app)).toEqual([expect.stringContaining(`[${where}] `)]);
    expect(strays(all.app)[0]).toMatch(/must keep '\/.*' as it was made/);
    expect(strays(all.app)[0]).toContain(field);
    expect(strays(one.app)).toEqual([
      strays(all.app)[0].replace(`[${where}] `, `[${where}] patch for environment 'staging': `),
    ]);
  });

  test('cannot lose its labels with all the others', () => {
    const { app, team } = program();
    namespace(team).addJsonPatch(JsonPatch.remove('/metadata/labels'));
    expect(strays(app)).toHaveLength(7);
  });

  test('cannot become something else', () => {
    const { app, team } = program();
    binding(team).addJsonPatch(JsonPatch.replace('/kind', 'ClusterRoleBinding'));
    namespace(team).addJsonPatch(JsonPatch.replace('/metadata/name', 'kube-system'));
    expect(strays(app)).toEqual([
      "[fleet-infra/team-a/Namespaces/jobs] Namespace 'kube-system' must keep '/metadata/name' as it was made ('jobs'), got 'kube-system'",
      "[fleet-infra/team-a/Rbac/jobs-binding] ClusterRoleBinding 'team-a-reconciler' must keep '/kind' as it was made ('RoleBinding'), got 'ClusterRoleBinding'",
    ]);
  });

  test('may have more labels', () => {
    const { app, team } = program();
    namespace(team).metadata.addLabel('acme.example/cost-centre', '7');
    expect(strays(app)).toEqual([]);
  });
});

test('a stray keeps a program from being written', () => {
  const { app, team } = program();
  object(team).addJsonPatch(JsonPatch.replace('/metadata/namespace', 'flux-system'));
  expect(() => app.synth()).toThrow(
    "[fleet-infra/team-a/x] ConfigMap 'x' must be in a namespace of tenant 'team-a' (team-a, jobs), got 'flux-system'",
  );
});
