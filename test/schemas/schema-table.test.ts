import { knownKinds, scopeOf, validateAgainstSchemas } from './schema-table';

function kustomization(spec: object = {}, metadata: object = {}): object {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'apps', namespace: 'flux-system', ...metadata },
    spec: {
      interval: '10m',
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'fleet' },
      ...spec,
    },
  };
}

function helmRelease(spec: object = {}): object {
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: 'podinfo' },
    spec: { interval: '10m', chartRef: { kind: 'OCIRepository', name: 'podinfo' }, ...spec },
  };
}

function canary(service: object): object {
  return {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    metadata: { name: 'podinfo' },
    spec: {
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'podinfo' },
      service: { port: 80, ...service },
      analysis: { interval: '1m', threshold: 5, iterations: 10 },
    },
  };
}

function deployment(container: object = {}): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'podinfo' },
    spec: {
      selector: { matchLabels: { app: 'podinfo' } },
      template: {
        metadata: { labels: { app: 'podinfo' } },
        spec: { containers: [{ name: 'podinfo', image: 'podinfo:1', ...container }] },
      },
    },
  };
}

function kustomizeFile(fields: object): object {
  return { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...fields };
}

describe('what is accepted', () => {
  test('a Flux Kustomization is valid', () => {
    expect(validateAgainstSchemas(kustomization())).toEqual([]);
  });

  test('a required field may be left to its default', () => {
    const chart = {
      spec: { chart: 'podinfo', sourceRef: { kind: 'HelmRepository', name: 'a' }, verify: {} },
    };
    expect(validateAgainstSchemas(helmRelease({ chart }))).toEqual([]);
  });

  test('free-form values are kept whatever they hold', () => {
    const values = { image: { tag: 1 }, list: [null, { deep: true }], text: 'x' };
    expect(validateAgainstSchemas(helmRelease({ values }))).toEqual([]);
  });

  test('a string map takes any key', () => {
    const substitute = { cluster_name: 'a', 'b.c/d': 'e' };
    expect(validateAgainstSchemas(kustomization({ postBuild: { substitute } }))).toEqual([]);
  });

  test.each([['http'], [8080]])('the int-or-string %j is valid', (targetPort) => {
    expect(validateAgainstSchemas(canary({ targetPort }))).toEqual([]);
  });

  test('a Deployment with quantities as strings and as numbers is valid', () => {
    const resources = { limits: { cpu: 1, memory: '64Mi' } };
    const livenessProbe = { httpGet: { port: 'http' }, periodSeconds: 5 };
    expect(validateAgainstSchemas(deployment({ resources, livenessProbe }))).toEqual([]);
  });

  test('all real metadata fields are accepted', () => {
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: 'b', controller: true };
    const metadata = {
      generateName: 'a-',
      labels: { a: 'b' },
      annotations: { 'example.org/a': '1' },
      finalizers: ['example.org/hold'],
      ownerReferences: [owner],
    };
    expect(validateAgainstSchemas(kustomization({}, metadata))).toEqual([]);
  });

  test('the kustomize file of a tenant is valid', () => {
    const file = kustomizeFile({
      namespace: 'team-a',
      resources: ['podinfo.yaml'],
      components: ['../component'],
      patches: [
        { path: 'patch.yaml', target: { kind: 'Deployment', name: 'podinfo' } },
        { patch: '- op: remove', target: { labelSelector: 'a=b' }, options: {} },
      ],
      images: [{ name: 'podinfo', newName: 'mirror/podinfo', newTag: '1.2.3' }],
      configMapGenerator: [{ name: 'values', files: ['values.yaml'] }],
      commonAnnotations: { a: 'b' },
      labels: [{ pairs: { a: 'b' }, includeSelectors: false }],
    });
    expect(validateAgainstSchemas(file)).toEqual([]);
  });
});

describe('what is refused', () => {
  test('a misspelt field of the spec is refused', () => {
    expect(validateAgainstSchemas(kustomization({ prunes: true }))).toEqual([
      'spec.prunes is not a known field',
    ]);
  });

  test('an unknown field is refused deep inside arrays and structs', () => {
    const patches = [{ patch: 'x', target: { kind: 'Deployment', labels: 'a=b' } }];
    expect(validateAgainstSchemas(kustomization({ patches }))).toEqual([
      'spec.patches[0].target.labels is not a known field',
    ]);
  });

  test('an unknown field is refused next to apiVersion and kind', () => {
    expect(validateAgainstSchemas({ ...kustomization(), status: {} })).toEqual([
      'status is not a known field',
    ]);
  });

  test('an unknown field is refused beyond a reference to a shared definition', () => {
    expect(validateAgainstSchemas(deployment({ imagePolicy: 'Always' }))).toEqual([
      'spec.template.spec.containers[0].imagePolicy is not a known field',
    ]);
  });

  test('an unknown field is refused inside the values of a map', () => {
    const match = [{ headers: { 'x-user': { exact: 'a', exactly: 'b' } } }];
    expect(validateAgainstSchemas(canary({ match }))).toContain(
      'spec.service.match[0].headers["x-user"].exactly is not a known field',
    );
  });

  test('a value of another type is refused', () => {
    expect(validateAgainstSchemas(kustomization({ prune: 'yes' }))).toEqual([
      'spec.prune must be boolean, not "yes"',
    ]);
  });

  test('a missing required field is refused', () => {
    expect(validateAgainstSchemas(kustomization({ sourceRef: { kind: 'Bucket' } }))).toEqual([
      'spec.sourceRef.name is required',
    ]);
  });

  test('a value outside an enumeration is refused', () => {
    const sourceRef = { kind: 'Gitrepo', name: 'fleet' };
    expect(validateAgainstSchemas(kustomization({ sourceRef }))).toEqual([
      expect.stringMatching(/^spec\.sourceRef\.kind must be equal to one of .*, not "Gitrepo"$/),
    ]);
  });

  test('a value that does not match its pattern is refused', () => {
    expect(validateAgainstSchemas(kustomization({ interval: '10 minutes' }))).toEqual([
      expect.stringMatching(/^spec\.interval must match pattern/),
    ]);
  });

  test('a value longer than allowed is refused', () => {
    expect(validateAgainstSchemas(kustomization({ targetNamespace: 'a'.repeat(64) }))).toEqual([
      'spec.targetNamespace must NOT have more than 63 characters',
    ]);
  });

  test.each([[true], [1.5], [{ port: 1 }]])('%j is no int-or-string', (targetPort) => {
    expect(validateAgainstSchemas(canary({ targetPort }))).toEqual([
      expect.stringMatching(/^spec\.service\.targetPort must be integer or string, not /),
    ]);
  });

  test('none of the alternatives of a oneOf is refused', () => {
    const object = {
      apiVersion: 'flagger.app/v1beta1',
      kind: 'AlertProvider',
      metadata: { name: 'chat' },
      spec: { type: 'slack' },
    };
    expect(validateAgainstSchemas(object)).toContain('spec must match exactly one schema in oneOf');
  });

  test.each(['labels', 'annotations'])('a number among %s is refused', (field) => {
    expect(validateAgainstSchemas(kustomization({}, { [field]: { version: 1 } }))).toEqual([
      `metadata.${field}.version must be string, not 1`,
    ]);
  });

  test('a metadata field that Kubernetes does not have is refused', () => {
    expect(validateAgainstSchemas(kustomization({}, { label: {} }))).toEqual([
      'metadata.label is not a known field',
    ]);
  });

  test('a number in the string data of a ConfigMap is refused', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 1 } };
    expect(validateAgainstSchemas(object)).toEqual(['data.a must be string, not 1']);
  });

  test('plain text in the binary data of a Secret is refused', () => {
    const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'p?' } };
    expect(validateAgainstSchemas(object)).toEqual(['data.a must match format "byte"']);
  });

  test('a port beyond 32 bits is refused', () => {
    expect(validateAgainstSchemas(deployment({ ports: [{ containerPort: 2 ** 31 }] }))).toEqual([
      expect.stringContaining('containerPort must match format "int32"'),
    ]);
  });

  test('two items of a keyed list with the same key are refused', () => {
    const ports = [
      { containerPort: 80, protocol: 'TCP' },
      { containerPort: 80, protocol: 'TCP' },
    ];
    expect(validateAgainstSchemas(deployment({ ports }))).toEqual([
      'spec.template.spec.containers[0].ports must not have two items with the same containerPort, protocol',
    ]);
  });

  test('a kind or a version that the tables do not know is refused', () => {
    expect(validateAgainstSchemas({ apiVersion: 'example.org/v1', kind: 'Thing' })).toEqual([
      'example.org/v1 Thing is not a known kind',
    ]);
    const old = { ...kustomization(), apiVersion: 'kustomize.toolkit.fluxcd.io/v1beta2' };
    expect(validateAgainstSchemas(old)).toEqual([
      'kustomize.toolkit.fluxcd.io/v1beta2 Kustomization is not a known kind',
    ]);
  });

  test.each([[undefined], [null], ['text'], [{ kind: 'Namespace' }]])(
    '%j is no object of Kubernetes',
    (value) => {
      expect(validateAgainstSchemas(value)).toEqual(['the object has no apiVersion and kind']);
    },
  );

  test('a field of a kustomize file that this library does not write is refused', () => {
    expect(validateAgainstSchemas(kustomizeFile({ namePrefix: 'a-' }))).toEqual([
      'namePrefix is not a known field',
    ]);
    expect(validateAgainstSchemas(kustomizeFile({ images: [{ name: 'a', tag: 'b' }] }))).toEqual([
      'images[0].tag is not a known field',
    ]);
  });
});

describe('the tables', () => {
  test.each(knownKinds)('the schema of %s compiles', (key) => {
    const [kind, version, group] = key.split('/').reverse();
    const apiVersion = group === undefined ? version : `${group}/${version}`;
    const errors = validateAgainstSchemas({ apiVersion, kind, bogus: true });
    expect(errors).toContain('bogus is not a known field');
    expect(errors.filter((error) => /^(apiVersion|kind)\b/.test(error))).toEqual([]);
  });

  test('the scope of a kind is known', () => {
    expect(scopeOf('v1', 'Namespace')).toBe('Cluster');
    expect(scopeOf('v1', 'ServiceAccount')).toBe('Namespaced');
    expect(scopeOf('policies.kyverno.io/v1', 'ValidatingPolicy')).toBe('Cluster');
    expect(scopeOf('example.org/v1', 'Thing')).toBeUndefined();
  });
});
