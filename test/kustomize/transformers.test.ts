import { configMap, deployment, nameOf, objects, transformed } from './built';

const RBAC = 'rbac.authorization.k8s.io';

function binding(subjects: any[], roleRef: any = { apiGroup: RBAC, kind: 'Role', name: 'r' }): any {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name: 'b' },
    roleRef,
    subjects,
  };
}

function serviceAccount(name: string, namespace?: string): any {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } };
}

describe('namespace', () => {
  test('is that of all objects but those of the whole cluster, whatever they said', () => {
    const found = transformed(
      { namespace: 'team-a' },
      configMap('a', { namespace: 'other' }),
      { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name: 'c' } },
      { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'p' } },
    );
    expect(found.map(({ metadata }) => metadata.namespace)).toEqual([
      'team-a',
      undefined,
      undefined,
    ]);
  });

  test('leaves an object of the whole cluster the one that its file has', () => {
    const policy = { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'p' } };
    const files = { 'app/kustomization.yaml': { namespace: 'a', resources: ['p.yaml'] } };
    expect(objects({ ...files, 'app/p.yaml': policy })).toEqual([policy]);
  });

  test('becomes the name of a Namespace', () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'dev' } };
    expect(transformed({ namespace: 'team-a' }, namespace).map(nameOf)).toEqual(['team-a']);
  });

  test('is that of subjects called default, and of accounts that move along, but of no others', () => {
    const [, role] = transformed(
      { namespace: 'team-a' },
      serviceAccount('ours', 'old'),
      binding([
        { kind: 'ServiceAccount', name: 'default', namespace: 'elsewhere' },
        { kind: 'ServiceAccount', name: 'ours', namespace: 'old' },
        { kind: 'ServiceAccount', name: 'theirs', namespace: 'old' },
      ]),
    );
    expect(role.subjects.map((one: any) => one.namespace)).toEqual(['team-a', 'team-a', 'old']);
  });

  test('that makes two objects one is refused', () => {
    const all = [configMap('a', { namespace: 'x' }), configMap('a', { namespace: 'y' })];
    expect(() => transformed({ namespace: 'z' }, ...all)).toThrow(
      "namespace 'z' makes two objects one: ConfigMap 'a' in namespace 'z'",
    );
  });
});

describe('names that change', () => {
  const pod = {
    serviceAccountName: 'a',
    containers: [
      {
        name: 'c',
        envFrom: [{ configMapRef: { name: 'a' } }, { configMapRef: { name: 'far' } }],
        env: [{ name: 'E', valueFrom: { secretKeyRef: { name: 'a' } } }],
      },
    ],
  };

  test('change where they are referred to, by the kind that a field is for', () => {
    const found = transformed(
      { namePrefix: 'p-', nameSuffix: '-s' },
      configMap('a'),
      serviceAccount('a'),
      deployment('web', pod),
    );
    const { spec } = found[2].spec.template;
    expect(spec.serviceAccountName).toBe('p-a-s');
    expect(spec.containers[0].envFrom.map((one: any) => one.configMapRef.name)).toEqual([
      'p-a-s',
      'far',
    ]);
    // There is no Secret of that name.
    expect(spec.containers[0].env[0].valueFrom.secretKeyRef.name).toBe('a');
  });

  test('are not those of namespaces, definitions of kinds and services of the API', () => {
    const found = transformed(
      { namePrefix: 'p-' },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } },
      {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'a' },
      },
      { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: { name: 'a' } },
    );
    expect(found.map(nameOf)).toEqual(['a', 'a', 'a']);
  });

  test('of a role change in the bindings of its kind alone', () => {
    const role = { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata: { name: 'r' } };
    const other = binding([], { apiGroup: RBAC, kind: 'ClusterRole', name: 'r' });
    const [, first, second] = transformed({ namePrefix: 'p-' }, role, binding([]), {
      ...other,
      metadata: { name: 'o' },
    });
    expect([first.roleRef.name, second.roleRef.name]).toEqual(['p-r', 'r']);
  });

  test.each([
    [{ kind: 'User' }, 'has an item without a name'],
    [{ kind: 'ServiceAccount', name: 'a', namespace: null }, 'is of namespace null'],
    ['user', 'is no subject of'],
  ])(
    'are looked for in every binding, of which kustomize refuses subjects such as %j',
    (subject, message) => {
      expect(() => transformed({}, binding([subject]))).toThrow(message);
    },
  );

  test('change along the way of a tree: each reference means the object of its own base', () => {
    const base = (name: string) => ({
      [`${name}/kustomization.yaml`]: { resources: ['all.yaml'], namePrefix: `${name}-` },
      [`${name}/all.yaml`]: [configMap('a'), deployment('web', pod)],
    });
    const found = objects({
      'app/kustomization.yaml': { resources: ['../x', '../y'], namePrefix: 'all-' },
      ...base('x'),
      ...base('y'),
    });
    const names = found
      .filter(({ kind }) => kind === 'Deployment')
      .map(({ spec }) => spec.template.spec.containers[0].envFrom[0].configMapRef.name);
    expect(names).toEqual(['all-x-a', 'all-y-a']);
  });

  test('change in fields that a configuration adds', () => {
    const [, widget] = objects({
      'app/kustomization.yaml': {
        resources: ['all.yaml'],
        configurations: ['fields.yaml'],
        namePrefix: 'p-',
      },
      'app/fields.yaml': {
        nameReference: [{ kind: 'ConfigMap', fieldSpecs: [{ path: 'spec/ref', kind: 'Widget' }] }],
      },
      'app/all.yaml': [
        configMap('a'),
        { apiVersion: 'acme.io/v1', kind: 'Widget', metadata: { name: 'w' }, spec: { ref: 'a' } },
      ],
    });
    expect(widget.spec.ref).toBe('p-a');
  });
});

describe('labels and annotations', () => {
  test('of all reach selectors and templates where they are common', () => {
    const [web] = transformed({ commonLabels: { a: 'b' } }, deployment('web'));
    expect(web.metadata.labels).toEqual({ a: 'b' });
    expect(web.spec.selector.matchLabels).toEqual({ a: 'b' });
    expect(web.spec.template.metadata.labels).toEqual({ a: 'b' });
  });

  test('reach selectors and templates only when asked', () => {
    const pairs = { a: 'b' };
    const [plain] = transformed({ labels: [{ pairs }] }, deployment('web'));
    expect(plain.spec).toEqual(deployment('web').spec);
    const [templates] = transformed(
      { labels: [{ pairs, includeTemplates: true }] },
      deployment('web'),
    );
    expect(templates.spec.template.metadata.labels).toEqual(pairs);
    expect(templates.spec.selector).toBeUndefined();
  });

  test('replace what is there, and nothing besides', () => {
    const [map] = transformed(
      { commonAnnotations: { a: 'new' } },
      configMap('a', { annotations: { a: 'old', b: 'kept' } }),
    );
    expect(map.metadata.annotations).toEqual({ a: 'new', b: 'kept' });
  });
});

describe('images', () => {
  const of = (image: string, images: any[]) =>
    transformed({ images }, deployment('web', { containers: [{ name: 'c', image }] }))[0].spec
      .template.spec.containers[0].image;

  test.each([
    ['nginx:1', { name: 'nginx', newTag: '2' }, 'nginx:2'],
    ['nginx@sha256:a', { name: 'nginx', newTag: '2' }, 'nginx:2'],
    ['nginx:1', { name: 'nginx', digest: 'sha256:b' }, 'nginx@sha256:b'],
    ['localhost:5000/a:1', { name: 'localhost:5000/a', newName: 'b' }, 'b:1'],
    ['ghcr.io/acme/a:1', { name: 'ghcr.io/acme/.*', newTag: '2' }, 'ghcr.io/acme/a:2'],
    ['mynginx:1', { name: 'nginx', newTag: '2' }, 'mynginx:1'],
  ])('%s with %j becomes %s', (image, change, expected) => {
    expect(of(image, [change])).toBe(expected);
  });

  test('are found in lists of containers of any kind, however deep', () => {
    const widget = {
      apiVersion: 'acme.io/v1',
      kind: 'Widget',
      metadata: { name: 'w' },
      deep: [{ initContainers: [{ image: 'nginx:1' }], image: 'nginx:1' }],
    };
    const [found] = transformed({ images: [{ name: 'nginx', newTag: '2' }] }, widget);
    expect(found.deep).toEqual([{ initContainers: [{ image: 'nginx:2' }], image: 'nginx:1' }]);
  });
});

test('replicas are set by the name that an object first had', () => {
  const [web] = objects({
    'app/kustomization.yaml': { resources: ['../base'], replicas: [{ name: 'web', count: 0 }] },
    'base/kustomization.yaml': { resources: ['a.yaml'], namePrefix: 'p-' },
    'base/a.yaml': deployment('web'),
  });
  expect(web.spec.replicas).toBe(0);
});

describe('replacements', () => {
  test('cannot fill the memory with copies of copies', () => {
    const replacements = Array.from({ length: 60 }, (_, i) => ({
      source: { kind: 'ConfigMap', fieldPath: 'data' },
      targets: [
        { select: { kind: 'ConfigMap' }, fieldPaths: [`data.k${i}`], options: { create: true } },
      ],
    }));
    expect(() =>
      transformed({ replacements }, { ...configMap('a'), data: { a: 'b'.repeat(50_000) } }),
    ).toThrow('copies make an object of more than');
  });

  const source = { kind: 'ConfigMap', fieldPath: 'metadata.name' };

  test('copy a field, which may be made, and a part of it', () => {
    const [, web] = transformed(
      {
        replacements: [
          {
            source,
            targets: [
              {
                select: { kind: 'Deployment' },
                fieldPaths: ['metadata.annotations.[acme.io/of]'],
                options: { create: true },
              },
              {
                select: { name: 'w.*' },
                fieldPaths: ['spec.template.spec.containers.[name=c].image'],
                options: { delimiter: ':', index: 1 },
              },
            ],
          },
        ],
      },
      configMap('a'),
      deployment('web', { containers: [{ name: 'c', image: 'nginx:1' }] }),
    );
    expect(web.metadata.annotations).toEqual({ 'acme.io/of': 'a' });
    expect(web.spec.template.spec.containers[0].image).toBe('nginx:a');
  });

  test('of a field that is nowhere are refused', () => {
    const targets = [{ select: { kind: 'Deployment' }, fieldPaths: ['spec.replicas'] }];
    expect(() =>
      transformed({ replacements: [{ source, targets }] }, configMap('a'), deployment('web')),
    ).toThrow("there is no field 'spec.replicas' to replace");
  });
});
