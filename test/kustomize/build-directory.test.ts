import * as fc from 'fast-check';
import { KUSTOMIZATION_FILES } from '../../src/inventory/source-file';
import { buildDirectory } from '../../src/kustomize/build-directory';
import { built, configMap, nameOf, objects, treeOf } from './built';

const COMPONENT = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' };

function messages(files: Record<string, any>, additions = {}): string[] {
  return built(files, additions).errors.map(({ path, message }) => `${path}: ${message}`);
}

describe('a directory without a kustomization file', () => {
  test('is built of every file of YAML at and below it, hidden ones too', () => {
    const found = objects({
      'app/a.yaml': configMap('a'),
      'app/sub/.b.yml': configMap('b'),
      'app/readme.md': 'no YAML',
      'other/c.yaml': configMap('c'),
    });
    expect(found.map(nameOf)).toEqual(['a', 'b']);
  });

  test('takes a directory that has one as a whole', () => {
    const found = objects({
      'app/sub/kustomization.yaml': { namePrefix: 'p-', resources: ['b.yaml'] },
      'app/sub/b.yaml': configMap('b'),
      'app/sub/unlisted.yaml': configMap('c'),
      'app/sub/deep/values.yaml': 'replicas: 1',
    });
    expect(found.map(nameOf)).toEqual(['p-b']);
  });

  test('is refused for a file that holds no object, of which the rest is built', () => {
    const { errors, objects: found } = built({
      'app/a.yaml': configMap('a'),
      'app/values.yaml': 'replicas: 1',
    });
    expect(errors).toEqual([
      {
        path: 'app/values.yaml',
        message: 'what is no object of Kubernetes cannot be built: it has no kind',
      },
    ]);
    expect(found).toHaveLength(1);
  });
});

describe('resources', () => {
  test('keep the very manifest of their document where nothing changes them', () => {
    const { objects: found } = built({
      'app/kustomization.yaml': { resources: ['../base', 'a.yaml'] },
      'app/a.yaml': configMap('a', { annotations: { b: 'c' } }),
      'base/kustomization.yaml': { resources: ['b.yaml'] },
      'base/b.yaml': configMap('b'),
    });
    expect(found).toHaveLength(2);
    expect(found.every(({ manifest, document }) => manifest === document.manifest)).toBe(true);
  });

  test('items of lists say where they are in their document', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [configMap('a'), configMap('b')] };
    const nested = { apiVersion: 'v1', kind: 'ConfigMapList', items: [list, configMap('c')] };
    const { objects: found } = built({ 'app/all.yaml': nested });
    expect(found.map(({ manifest, within }) => [nameOf(manifest), within])).toEqual([
      ['c', '/items/1'],
      ['a', '/items/0/items/0'],
      ['b', '/items/0/items/1'],
    ]);
  });

  test.each([
    ['a file that is not there', 'b.yaml', "'b.yaml' is not there"],
    ['a directory without a kustomization file', 'sub', "'sub' has no kustomization file"],
    ['a directory around it', '..', "'..' is, or contains, what is being built"],
    ['what is outside of the repository', '../../x', "'../../x' is outside of the repository"],
    ['an absolute path', '/etc', "'/etc' is outside of the repository"],
    ['a component', 'component', "'component' must be a Kustomization, and is a Component"],
  ])('are refused: %s', (_, resource, message) => {
    const { errors, objects: found } = built({
      'app/kustomization.yaml': { resources: ['a.yaml', resource] },
      'app/a.yaml': configMap('a'),
      'app/sub/c.yaml': configMap('c'),
      'app/component/kustomization.yaml': { ...COMPONENT, namePrefix: 'p-' },
    });
    expect(errors[0]).toEqual({ path: 'app/kustomization.yaml', message, pointer: '/resources/1' });
    expect(found.map(({ manifest }) => nameOf(manifest))).toContain('a');
  });

  test('that lead back to where they come from are refused', () => {
    const files = {
      'app/kustomization.yaml': { resources: ['../b'] },
      'b/kustomization.yaml': { resources: ['../app'] },
    };
    expect(messages(files)).toEqual([
      "b/kustomization.yaml: '../app' is, or contains, what is being built",
    ]);
  });

  test('that are the same object are refused, whatever their namespace is called', () => {
    const files = {
      'app/kustomization.yaml': { resources: ['a.yaml', 'b.yaml'] },
      'app/a.yaml': configMap('a'),
      'app/b.yaml': configMap('a', { namespace: 'default' }),
    };
    expect(messages(files)).toEqual([
      "app/b.yaml: there are two of ConfigMap 'a' in namespace 'default': in app/a.yaml and app/b.yaml",
    ]);
  });

  test('of a file that cannot be read whole are those that can be', () => {
    const { errors, objects: found } = built({
      'app/a.yaml': `${JSON.stringify(configMap('a'))}\n---\nkind: [\n`,
    });
    expect(errors.map(({ path }) => path)).toEqual(expect.arrayContaining(['app/a.yaml']));
    expect(found.map(({ manifest }) => nameOf(manifest))).toEqual(['a']);
  });

  test('that are there twice are both built, so that rules see both, and told once', () => {
    const { errors, objects: found } = built({
      'app/kustomization.yaml': {
        resources: ['../base'],
        namespace: 'x',
        patches: [{ patch: JSON.stringify(configMap('a')) }],
      },
      'base/kustomization.yaml': { resources: ['a.yaml', 'b.yaml', 'a.yaml'] },
      'base/a.yaml': configMap('a', { labels: { of: 'a' } }),
      'base/b.yaml': configMap('a', { labels: { of: 'b' } }),
    });
    expect(errors.map(({ path }) => path)).toEqual(['base/b.yaml', 'base/a.yaml']);
    expect(found.map(({ manifest }) => manifest.metadata.labels.of)).toEqual(['a', 'b']);
  });

  test.each([
    'https://github.com/acme/base?ref=v1',
    'github.com/acme/base/path',
    'git@github.com:acme/base',
    'ssh://git@example.com/acme/base',
  ])('from elsewhere are unread, and what is done to them is no error: %s', (url) => {
    const { errors, unread } = built({
      'app/kustomization.yaml': {
        resources: [url],
        replicas: [{ name: 'web', count: 2 }],
        patches: [{ patch: JSON.stringify(configMap('far')) }],
      },
    });
    expect(errors).toEqual([]);
    expect(unread).toEqual([`what app/kustomization.yaml takes from ${url}`]);
  });

  test('of a diamond that doubles with every directory are refused rather than built', () => {
    const files: Record<string, any> = { 'app/kustomization.yaml': { resources: ['../d0'] } };
    for (let i = 0; i < 40; i++) {
      const next = `../d${i + 1}`;
      files[`d${i}/kustomization.yaml`] = { resources: i < 39 ? [next, next] : [] };
    }
    expect(messages(files).join()).toContain('more than 5000 directories are built here');
  });
});

describe('a kustomization file', () => {
  test('that Flux builds may have fields that kustomize does not know; below it, none', () => {
    const files = {
      'app/kustomization.yaml': { resources: ['sub'], unknown: 1 },
      'app/sub/kustomization.yaml': { resources: [], images: [{ name: 'a', tag: 'b' }] },
    };
    expect(built(files).errors).toEqual([
      {
        path: 'app/sub/kustomization.yaml',
        message: "kustomize knows no field 'tag' here",
        pointer: '/images/0/tag',
      },
    ]);
  });

  test('that Flux builds may have numbers for texts; below it, none', () => {
    const files = {
      'app/kustomization.yaml': { resources: ['sub'], commonAnnotations: { build: 7 } },
      'app/sub/kustomization.yaml': { resources: [], commonAnnotations: { build: 7 } },
    };
    expect(messages(files)).toEqual([
      'app/sub/kustomization.yaml: /commonAnnotations/build must be a text in quotes, got 7',
    ]);
  });

  test('that does not stand alone in its directory is refused', () => {
    const files = { 'app/kustomization.yaml': {}, 'app/kustomization.yml': {} };
    expect(messages(files)[0]).toContain('there must be one kustomization file in a directory');
  });

  test('with Helm charts is refused, as Flux does', () => {
    const files = { 'app/kustomization.yaml': { helmCharts: [{ name: 'redis' }] } };
    expect(messages(files)).toEqual([
      'app/kustomization.yaml: Flux builds no Helm charts of kustomization files',
    ]);
  });

  test('says what of it cannot be known', () => {
    const { unread } = built({
      'app/kustomization.yaml': { transformers: ['t.yaml'], generators: ['g.yaml'], vars: [{}] },
    });
    expect(unread).toEqual([
      'what generators of app/kustomization.yaml add',
      'what transformers of app/kustomization.yaml change',
      'what vars of app/kustomization.yaml change',
    ]);
  });
});

describe('components', () => {
  const files = {
    'app/kustomization.yaml': {
      resources: ['a.yaml'],
      components: ['../one', '../two'],
      namePrefix: 'app-',
    },
    'app/a.yaml': configMap('a'),
    'one/kustomization.yaml': { ...COMPONENT, namePrefix: 'one-', resources: ['b.yaml'] },
    'one/b.yaml': configMap('b'),
    'two/kustomization.yaml': { ...COMPONENT, nameSuffix: '-two' },
  };

  test('change what came before them, one after the other', () => {
    expect(objects(files).map(nameOf)).toEqual(['app-one-a-two', 'app-one-b-two']);
  });

  test('of a Flux Kustomization come behind those of the file', () => {
    const found = objects(files, {
      components: ['../three', '../missing'],
      ignoreMissingComponents: true,
    });
    expect(found.map(nameOf)).toEqual(['app-one-a-two', 'app-one-b-two']);
    expect(messages(files, { components: ['../missing'] })).toEqual([
      "app/kustomization.yaml: '../missing' is not there",
    ]);
  });

  test('of a Flux Kustomization must be local', () => {
    expect(messages(files, { components: ['https://example.com/a'] })[0]).toContain(
      "component 'https://example.com/a' must be a path that is local and relative",
    );
  });
});

describe('what a Flux Kustomization adds', () => {
  const files = {
    'app/kustomization.yaml': {
      resources: ['a.yaml'],
      namespace: 'own',
      images: [{ name: 'nginx', newName: 'mirror/nginx', newTag: '1' }],
    },
    'app/a.yaml': {
      ...configMap('a'),
      kind: 'Pod',
      spec: { containers: [{ name: 'c', image: 'nginx:0' }] },
    },
  };

  test('overrules the namespace of the file', () => {
    const [pod] = objects(files, { targetNamespace: 'team-a', namePrefix: 'p-', nameSuffix: '-s' });
    expect(pod.metadata).toEqual({ name: 'p-a-s', namespace: 'team-a' });
  });

  test('merges images: a digest replaces the tag of the file, and its new name stays', () => {
    const [pod] = objects(files, { images: [{ name: 'nginx', digest: 'sha256:abc' }] });
    expect(pod.spec.containers[0].image).toBe('mirror/nginx@sha256:abc');
  });

  test('patches after the file does', () => {
    const patch = JSON.stringify({ ...configMap('any', { labels: { by: 'flux' } }), kind: 'Pod' });
    const [pod] = objects(files, { patches: [{ patch, target: { kind: 'Pod' } }] });
    expect(pod.metadata.labels).toEqual({ by: 'flux' });
  });

  test('labels objects last, and not what they make', () => {
    const [pod] = objects(files, {
      commonMetadata: { labels: { a: 'b' }, annotations: { c: 'd' } },
    });
    expect(pod.metadata).toMatchObject({ labels: { a: 'b' }, annotations: { c: 'd' } });
  });
});

test('the files that were read in any role are told', () => {
  const { used } = built({
    'app/kustomization.yaml': {
      resources: ['a.yaml'],
      patches: [{ path: 'patch.yaml' }],
      configMapGenerator: [{ name: 'c', files: ['app.conf'] }],
      configurations: ['fields.yaml'],
    },
    'app/a.yaml': configMap('a'),
    'app/patch.yaml': configMap('a', { labels: { b: 'c' } }),
    'app/app.conf': '',
    'app/fields.yaml': {},
    'app/unused.yaml': configMap('b'),
  });
  expect([...used].sort()).toEqual([
    'app/a.yaml',
    'app/app.conf',
    'app/fields.yaml',
    'app/kustomization.yaml',
    'app/patch.yaml',
  ]);
});

test('objects for tools alone, and kustomization files, are not applied', () => {
  const local = { annotations: { 'config.kubernetes.io/local-config': 'true' } };
  const file = {
    ...configMap('k'),
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
  };
  const { apiVersion: _, ...versionless } = configMap('v');
  const found = objects({
    'app/a.yaml': [configMap('a'), configMap('b', local), file, versionless],
  });
  expect(found.map(nameOf)).toEqual(['a']);
});

test("annotations with which an object would pass for another are refused, because they are kustomize's own", () => {
  const forged = { 'internal.config.kubernetes.io/previousNames': 'admin' };
  expect(messages({ 'app/a.yaml': configMap('a', { annotations: forged }) })).toEqual([
    "app/a.yaml: annotation 'internal.config.kubernetes.io/previousNames' of ConfigMap 'a' is kustomize's own",
  ]);
});

test('whatever somebody writes, a build tells and does not throw', () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  const fields = fc.dictionary(
    fc.constantFrom(
      ...['resources', 'patches', 'images', 'labels', 'namespace', 'namePrefix', 'replacements'],
      ...['components', 'replicas', 'configMapGenerator', 'commonLabels', 'configurations'],
      ...['patchesStrategicMerge', 'patchesJson6902', 'generatorOptions', 'kind', 'metadata'],
    ),
    fc.oneof(
      value,
      fc.array(fc.constantFrom('a.yaml', '.', '..', 'a.yaml\n', '[')),
      fc.array(value),
    ),
  );
  const object = fc.record({
    apiVersion: fc.oneof(fc.constant('v1'), value),
    kind: fc.oneof(fc.constantFrom('RoleBinding', 'Deployment', 'List'), value),
    metadata: fc.oneof(fc.record({ name: fc.constantFrom('a', 'b'), annotations: value }), value),
    spec: value,
    subjects: value,
    items: value,
  });
  fc.assert(
    fc.property(
      fields,
      fc.array(object),
      fc.dictionary(
        fc.constantFrom('patches', 'images', 'components', 'targetNamespace', 'commonMetadata'),
        value,
      ),
      (kustomization, written, additions) => {
        for (const name of [KUSTOMIZATION_FILES[0], 'unused.yaml']) {
          const tree = treeOf({ [`app/${name}`]: kustomization, 'app/a.yaml': written });
          expect(buildDirectory(tree, 'app', additions as any).errors).toBeInstanceOf(Array);
        }
      },
    ),
    { numRuns: 300 },
  );
});
