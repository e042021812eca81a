import { argumentPatch, CROSS_NAMESPACE, fluxPatchedBy } from '../../src/checks/lockdown-example';
import { configMapOf, foundBy, objectOf, releaseOf, syncOf } from './found-by';

const LOCKED = fluxPatchedBy(CROSS_NAMESPACE);

const SOURCE = 'source.toolkit.fluxcd.io/v1';
const NOTIFY = 'notification.toolkit.fluxcd.io/v1beta3';

describe('a source that is named must be there:', () => {
  const found = (example: string) => foundBy('source-exists', example);

  test.each([
    [
      'of a Kustomization',
      syncOf('a', { spec: 'sourceRef: {kind: Bucket, name: x}' }),
      "Bucket 'x' in namespace 'flux-system'",
    ],
    ['of the chart of a release', releaseOf('a'), "HelmRepository 'charts' in namespace 'apps'"],
    [
      'of a release',
      releaseOf('a', { spec: 'chartRef: {kind: OCIRepository, name: x, namespace: other}' }),
      "OCIRepository 'x' in namespace 'other'",
    ],
    [
      'of a chart',
      objectOf(SOURCE, 'HelmChart', 'a', { spec: 'sourceRef: {kind: GitRepository, name: x}' }),
      "GitRepository 'x' in namespace 'apps'",
    ],
    [
      'of an automation without a kind',
      objectOf('image.toolkit.fluxcd.io/v1', 'ImageUpdateAutomation', 'a', {
        spec: 'sourceRef: {name: x}',
      }),
      "GitRepository 'x' in namespace 'apps'",
    ],
    [
      'that another one includes',
      objectOf(SOURCE, 'GitRepository', 'a', { spec: 'include:\n  - repository: {name: x}' }),
      "GitRepository 'x' in namespace 'apps'",
    ],
    [
      'of an Alert',
      objectOf(NOTIFY, 'Alert', 'a', { spec: 'providerRef: {name: x}' }),
      "Provider 'x' in namespace 'apps'",
    ],
    [
      'of events',
      objectOf(NOTIFY, 'Alert', 'a', { spec: 'eventSources: [{kind: HelmRelease, name: x}]' }),
      "HelmRelease 'x' in namespace 'apps'",
    ],
    [
      'that a Receiver reconciles',
      objectOf('notification.toolkit.fluxcd.io/v1', 'Receiver', 'a', {
        spec: 'resources: [{kind: ImageRepository, name: x}]',
      }),
      "ImageRepository 'x' in namespace 'apps'",
    ],
    [
      'that artifacts are made of',
      objectOf('source.extensions.fluxcd.io/v1beta1', 'ArtifactGenerator', 'a', {
        spec: 'sources: [{kind: OCIRepository, name: x}]',
      }),
      "OCIRepository 'x' in namespace 'apps'",
    ],
  ])('that %s', (_, example, missing) => {
    expect(found(example)).toEqual([
      expect.stringContaining(`uses ${missing}, which is not there`),
    ]);
  });

  test.each([
    ['one that the cluster is bootstrapped from', syncOf('a')],
    [
      'any of a kind',
      objectOf(NOTIFY, 'Alert', 'a', { spec: "eventSources: [{kind: HelmRelease, name: '*'}]" }),
    ],
    [
      'an artifact, which any controller may make',
      syncOf('a', { spec: 'sourceRef: {kind: ExternalArtifact, name: x}' }),
    ],
    [
      'the chart that a release makes',
      objectOf(SOURCE, 'HelmRepository', 'charts') +
        releaseOf('a') +
        releaseOf('b', { spec: 'chartRef: {kind: HelmChart, name: apps-a}' }),
    ],
    [
      'one whose name Flux substitutes',
      syncOf('a', { spec: 'sourceRef: {kind: Bucket, name: "${bucket}"}' }),
    ],
    [
      'one of a kind that Flux does not have',
      syncOf('a', { spec: 'sourceRef: {kind: Repository, name: x}' }),
    ],
    [
      'one that is not needed now',
      syncOf('a', { spec: 'suspend: true\nsourceRef: {kind: Bucket, name: x}' }),
    ],
    [
      'one that a chart of Flux objects may bring',
      releaseOf('a', { spec: 'chart: {spec: {chart: flux2-sync}}' }) +
        objectOf(NOTIFY, 'Alert', 'a', { spec: 'providerRef: {name: x}' }),
    ],
    [
      'one that another source may bring',
      objectOf(SOURCE, 'OCIRepository', 'oci', { namespace: 'flux-system' }) +
        syncOf('a', { spec: 'sourceRef: {kind: OCIRepository, name: oci}' }) +
        syncOf('b', { spec: 'sourceRef: {kind: Bucket, name: x}' }),
    ],
    [
      'one of a source that cannot be read',
      objectOf(SOURCE, 'OCIRepository', 'oci', { namespace: 'flux-system' }) +
        syncOf('a', { spec: 'sourceRef: {kind: OCIRepository, name: oci}' }) +
        releaseOf('b'),
    ],
  ])('but not %s', (_, example) => {
    expect(found(example)).toEqual([]);
  });

  test('what flux-operator makes of a FluxInstance is there', () => {
    const instance = objectOf('fluxcd.controlplane.io/v1', 'FluxInstance', 'flux', {
      namespace: 'flux-system',
      spec: 'sync: {kind: OCIRepository, path: clusters/prod}',
    });
    const sync = syncOf('a', { spec: 'sourceRef: {kind: OCIRepository, name: flux-system}' });
    expect(found(instance + sync)).toEqual([]);
  });
});

describe("a tenant's object must not", () => {
  const found = (example: string) =>
    foundBy('cross-namespace-reference', `# with: tenant team-a\n${example}`);

  test.each([
    [
      'fetch from the platform',
      syncOf('a', {
        namespace: 'team-a',
        spec: 'sourceRef: {kind: GitRepository, name: x, namespace: flux-system}',
      }),
    ],
    [
      'use the charts of others',
      releaseOf('a', {
        namespace: 'team-a',
        spec: 'chart: {spec: {chart: c, sourceRef: {kind: HelmRepository, name: x, namespace: apps}}}',
      }),
    ],
    [
      'listen to others',
      objectOf(NOTIFY, 'Alert', 'a', {
        namespace: 'team-a',
        spec: 'eventSources: [{kind: HelmRelease, name: "*", namespace: apps}]',
      }),
    ],
    [
      'depend on others, which could be read by readyExpr',
      releaseOf('a', { namespace: 'team-a', spec: 'dependsOn: [{name: x, namespace: apps}]' }),
    ],
  ])('%s', (_, example) => {
    expect(found(example)).toHaveLength(1);
  });

  test('be blamed for its own namespace, spelt out', () => {
    const spec =
      'sourceRef: {kind: GitRepository, name: x, namespace: team-a}\ndependsOn: [{name: y, namespace: team-a}]';
    expect(found(syncOf('a', { namespace: 'team-a', spec }))).toEqual([]);
  });
});

describe('an object of the platform', () => {
  const found = (example: string) => foundBy('cross-namespace-reference', example);
  const open =
    '# file: clusters/prod/flux-system/kustomization.yaml\nresources: [gotk-sync.yaml]\n';
  const foreign = releaseOf('a', {
    spec: 'chart: {spec: {chart: c, sourceRef: {kind: HelmRepository, name: x, namespace: flux-system}}}',
  });

  test('may name one of another namespace, where Flux lets it', () => {
    expect(found(foreign + open)).toEqual([]);
  });

  test('may not, where Flux is locked down', () => {
    expect(found(foreign + LOCKED)).toEqual([
      expect.stringContaining("got HelmRepository 'x' in namespace 'flux-system'"),
    ]);
  });

  test('may not, where a FluxInstance is multitenant', () => {
    const instance = objectOf('fluxcd.controlplane.io/v1', 'FluxInstance', 'flux', {
      spec: 'cluster: {multitenant: true}',
    });
    expect(found(foreign + instance + open)).toHaveLength(1);
  });

  test('may depend on one of another namespace, which Flux does not lock', () => {
    expect(
      found(syncOf('a', { spec: 'dependsOn: [{name: x, namespace: apps}]' }) + LOCKED),
    ).toEqual([]);
  });

  test('is not locked by a flag that says false', () => {
    expect(found(foreign + LOCKED.replace('=true', '=false'))).toEqual([]);
  });

  test('is not locked by a flag of another controller', () => {
    const others = fluxPatchedBy(
      argumentPatch('--no-cross-namespace-refs=true', 'kustomize-controller'),
    );
    expect(found(foreign + others)).toEqual([]);
  });

  test('may name one of another namespace, where nothing says how Flux runs', () => {
    const patchOfNothing = LOCKED.replace('  - gotk-components.yaml\n', '');
    expect(found(foreign + patchOfNothing)).toEqual([]);
  });
});

describe('dependencies', () => {
  const cycle = (example: string) => foundBy('dependency-cycle', example);
  const on = (...names: string[]) => ({
    spec: `dependsOn: [${names.map((name) => `{name: ${name}}`).join(', ')}]`,
  });

  test('of two that wait for each other are found at both', () => {
    expect(cycle(syncOf('a', on('b')) + syncOf('b', on('a')))).toEqual([
      "Kustomization flux-system/a depends on 'b' in namespace 'flux-system', which depends on it",
      "Kustomization flux-system/b depends on 'a' in namespace 'flux-system', which depends on it",
    ]);
  });

  test('in a larger circle are found at each edge of it, and at no other', () => {
    const example =
      syncOf('a', on('b', 'd')) +
      syncOf('b', on('c', 'd')) +
      syncOf('c', on('a')) +
      syncOf('d') +
      syncOf('e', on('a'));
    expect(cycle(example).map((message) => message.replace(/ in namespace.*/, ''))).toEqual([
      "Kustomization flux-system/a depends on 'b'",
      "Kustomization flux-system/b depends on 'c'",
      "Kustomization flux-system/c depends on 'a'",
    ]);
  });

  test('that meet again are no circle', () => {
    expect(
      cycle(syncOf('a', on('b', 'c')) + syncOf('b', on('d')) + syncOf('c', on('d')) + syncOf('d')),
    ).toEqual([]);
  });

  test('of a release and a Kustomization of the same name are none of each other', () => {
    expect(
      cycle(
        releaseOf('a', { namespace: 'flux-system', ...on('b') }) +
          syncOf('b', on('a')) +
          syncOf('a'),
      ),
    ).toEqual([]);
  });

  test('by an expression may end a circle', () => {
    const readyExpr = 'dependsOn: [{name: a, readyExpr: "dep.status.x == 1"}]';
    expect(cycle(syncOf('a', on('b')) + syncOf('b', { spec: readyExpr }))).toEqual([]);
  });

  test('in a chain of thousands are walked without end of the stack', () => {
    const chain = Array.from({ length: 3000 }, (_, i) => syncOf(`s${i}`, on(`s${i + 1}`))).join('');
    expect(cycle(chain + syncOf('s3000'))).toEqual([]);
  });

  test('on what flux bootstrap applies the cluster by are fulfilled', () => {
    expect(foundBy('dependency-exists', syncOf('a', on('flux-system')))).toEqual([]);
  });

  test('on a Kustomization are not those on a release', () => {
    expect(
      foundBy(
        'dependency-exists',
        releaseOf('a', { namespace: 'flux-system', ...on('flux-system') }),
      ),
    ).toEqual([
      "HelmRelease flux-system/a depends on 'flux-system' in namespace 'flux-system', which is not there",
    ]);
  });

  test.each([
    ['healthChecks', 'healthChecks: [{kind: Deployment, name: x}]'],
    ['a wait that Flux substitutes', 'wait: "${wait}"'],
  ])('on one with %s wait for health', (_, spec) => {
    expect(
      foundBy('dependency-without-health', syncOf('a', on('b')) + syncOf('b', { spec })),
    ).toEqual([]);
  });
});

describe('the path of a Kustomization', () => {
  const found = (example: string) => foundBy('sync-path-exists', example);
  const file = `# file: apps/base/settings.yaml\n${configMapOf('settings')}`;

  test.each(['./apps/base', 'apps/base/', '/apps//base', './', '', '.', '../apps', '${dir}'])(
    'may be %j',
    (path) => {
      expect(found(syncOf('a', { spec: `path: ${JSON.stringify(path)}` }) + file)).toEqual([]);
    },
  );

  test.each(['./apps/bas', 'apps/base/settings.yaml', './Apps'])('may not be %j', (path) => {
    expect(found(syncOf('a', { spec: `path: ${path}` }) + file)).toHaveLength(1);
  });

  test('may come from a repository that its source includes', () => {
    const git = objectOf(SOURCE, 'GitRepository', 'more', {
      namespace: 'flux-system',
      spec: 'url: ssh://git@git.example.com/acme/fleet-infra\nref: {branch: main}\ninclude: [{repository: {name: flux-system}, toPath: x}]',
    });
    expect(
      found(
        git + syncOf('a', { spec: 'path: x\nsourceRef: {kind: GitRepository, name: more}' }) + file,
      ),
    ).toEqual([]);
  });

  test('is not known of a source that cannot be read', () => {
    expect(found(syncOf('a', { spec: 'path: x\nsourceRef: {kind: Bucket, name: more}' }))).toEqual(
      [],
    );
  });
});

describe('objects applied twice', () => {
  const found = (example: string) =>
    foundBy(['object-applied-twice', 'overlapping-syncs'], example);
  const two = syncOf('a') + syncOf('b');
  const both = (object: string, other = object) =>
    `${two}# file: a/x.yaml\n${object}# file: b/x.yaml\n${other}`;

  test('are found, whatever is in them', () => {
    expect(found(both(configMapOf('x'), configMapOf('x', '{a: b}')))).toEqual([
      "ConfigMap apps/x must be applied once, but Kustomization 'b' in namespace 'flux-system' applies it, and Kustomization 'a' in namespace 'flux-system' does from 'a/x.yaml'",
    ]);
  });

  test('are found between the root and a Kustomization', () => {
    expect(found(`${syncOf('a')}${configMapOf('x')}# file: a/x.yaml\n${configMapOf('x')}`)).toEqual(
      [expect.stringContaining("and the Kustomization of the cluster's root does")],
    );
  });

  test.each([
    ['a name that Flux substitutes', configMapOf('${x}')],
    [
      'a namespace that nothing deletes',
      objectOf('v1', 'Namespace', 'x', {
        metadata: 'annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}',
      }),
    ],
    [
      'what Flux only adds to',
      objectOf('v1', 'ConfigMap', 'x', {
        metadata: 'annotations: {kustomize.toolkit.fluxcd.io/ssa: Merge}',
      }),
    ],
    [
      'what Flux makes once',
      objectOf('v1', 'ConfigMap', 'x', {
        metadata: 'labels: {kustomize.toolkit.fluxcd.io/ssa: IfNotPresent}',
      }),
    ],
  ])('may be %s', (_, object) => {
    expect(found(both(object))).toEqual([]);
  });

  test('may differ in namespace or kind', () => {
    expect(found(both(configMapOf('x'), configMapOf('x', '{}', 'other')))).toEqual([]);
    expect(found(both(configMapOf('x'), objectOf('v1', 'Secret', 'x')))).toEqual([]);
  });

  test('do no harm while one of the Kustomizations is suspended', () => {
    const example = `${syncOf('a')}${syncOf('b', { spec: 'suspend: true' })}# file: a/x.yaml\n${configMapOf('x')}# file: b/x.yaml\n${configMapOf('x')}`;
    expect(found(example)).toEqual([]);
  });

  test('by a directory in another one are told once, not once for each object', () => {
    const example = `${syncOf('a')}${syncOf('b', { spec: 'path: a/b' })}# file: a/b/x.yaml\n${configMapOf('x')}${configMapOf('y')}${configMapOf('z')}`;
    expect(found(example)).toEqual([
      "Kustomization flux-system/b must have a path of its own, but Kustomization 'a' in namespace 'flux-system' applies the same files, with ConfigMap 'x' and 2 more",
    ]);
  });

  test('are none by a directory in another one that a kustomization file leaves out', () => {
    const example = `${syncOf('a')}${syncOf('b', { spec: 'path: a/b/app' })}# file: a/kustomization.yaml
resources: [b/sync.yaml]
# file: a/b/sync.yaml
${syncOf('c')}# file: a/b/app/x.yaml
${configMapOf('x')}`;
    expect(found(example)).toEqual([]);
  });
});

test.each([
  'spec: text',
  'spec: {sourceRef: [], chartRef: 5, dependsOn: {a: b}, healthChecks: 7, eventSources: [null, 1, {}]}',
  'spec: {dependsOn: [null, x, {name: {}}, {name: a, namespace: []}], chart: {spec: []}, include: [{repository: 1}]}',
  'spec: {postBuild: [], path: {}, resources: [{kind: constructor, name: toString}], values: [[[1]]]}',
])('nothing of another shape makes a check fail: %s', (spec) => {
  const kinds: [string, string][] = [
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
    [SOURCE, 'GitRepository'],
    [NOTIFY, 'Alert'],
    ['notification.toolkit.fluxcd.io/v1', 'Receiver'],
    ['image.toolkit.fluxcd.io/v1', 'ImagePolicy'],
    ['v1', 'ConfigMap'],
  ];
  const example = kinds
    .map(([version, kind]) => `${objectOf(version, kind, 'x')}${spec}\n`)
    .join('');
  expect(foundBy([], example)).toEqual([]);
});
