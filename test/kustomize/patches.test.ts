import { built, configMap, deployment, nameOf, objects, transformed } from './built';

function merged(patch: any, ...resources: any[]): any[] {
  return transformed({ patches: [{ patch: JSON.stringify(patch) }] }, ...resources);
}

function patched(operations: any[], ...resources: any[]): any[] {
  const target = { kind: resources[0].kind };
  return transformed({ patches: [{ patch: JSON.stringify(operations), target }] }, ...resources);
}

const CONTAINERS = [
  { name: 'a', image: 'a:1', env: [{ name: 'X', value: '1' }], args: ['-v'] },
  { name: 'b', image: 'b:1' },
];
const WEB = deployment('web', { containers: CONTAINERS });

function podPatch(podSpec: any): any {
  return deployment('web', podSpec);
}

function containersOf([web]: any[]): any[] {
  return web.spec.template.spec.containers;
}

describe('a strategic merge patch', () => {
  test('merges known lists by their key, new items first, and replaces lists of texts', () => {
    const found = merged(
      podPatch({
        containers: [
          { name: 'a', image: 'a:2', env: [{ name: 'Y', value: '2' }], args: ['-q'] },
          { name: 'c', image: 'c:1' },
        ],
      }),
      WEB,
    );
    expect(containersOf(found)).toEqual([
      {
        name: 'a',
        image: 'a:2',
        env: [
          { name: 'Y', value: '2' },
          { name: 'X', value: '1' },
        ],
        args: ['-q'],
      },
      { name: 'c', image: 'c:1' },
      { name: 'b', image: 'b:1' },
    ]);
  });

  test('replaces lists of kinds that kustomize does not know', () => {
    const widget = (list: any[]) => ({
      apiVersion: 'acme.io/v1',
      kind: 'Widget',
      metadata: { name: 'w' },
      spec: { containers: list, kept: null },
    });
    const [found] = merged(widget([{ name: 'c' }]), widget([{ name: 'a' }, { name: 'b' }]));
    expect(found.spec.containers).toEqual([{ name: 'c' }]);
  });

  test('takes away what it sets to null, also below what it adds', () => {
    const [found] = merged(
      { ...configMap('a', { labels: null }), data: { a: null, b: '2' }, added: { x: null, y: 1 } },
      { ...configMap('a', { labels: { a: 'b' } }), data: { a: '1' } },
    );
    expect(found).toEqual({ ...configMap('a'), data: { b: '2' }, added: { y: 1 } });
  });

  test('keeps a null that was there', () => {
    const [found] = merged(configMap('a'), { ...configMap('a'), values: { on: null } });
    expect(found.values).toEqual({ on: null });
  });

  test('deletes an object, an item and a map, and replaces them, where $patch says so', () => {
    expect(
      merged({ ...configMap('a'), $patch: 'delete' }, configMap('a'), configMap('b')).map(nameOf),
    ).toEqual(['b']);
    const one = podPatch({ containers: [{ name: 'a', $patch: 'delete' }] });
    expect(containersOf(merged(one, WEB)).map(({ name }) => name)).toEqual(['b']);
    const all = podPatch({ containers: [{ $patch: 'replace' }, { name: 'z' }] });
    expect(containersOf(merged(all, WEB))).toEqual([{ name: 'z' }]);
    const [map] = merged(
      { ...configMap('a'), data: { $patch: 'replace', c: '3' } },
      { ...configMap('a'), data: { a: '1' } },
    );
    expect(map.data).toEqual({ c: '3' });
  });

  test('changes neither name nor kind unless it may, and the namespace never', () => {
    const patch = { ...configMap('new', { namespace: 'x' }), kind: 'Secret' };
    const of = (options?: any) =>
      transformed(
        { patches: [{ patch: JSON.stringify(patch), target: { name: 'a' }, options }] },
        configMap('a'),
      )[0];
    expect(of()).toEqual(configMap('a'));
    expect(of({ allowNameChange: true, allowKindChange: true })).toEqual({
      ...configMap('new'),
      kind: 'Secret',
    });
  });

  test('with a target sets a label to null where it seems to take it away, as kustomize does', () => {
    const patch = JSON.stringify(configMap('any', { labels: { a: null } }));
    const [found] = transformed(
      { patches: [{ patch, target: { kind: 'ConfigMap' } }] },
      configMap('a', { labels: { a: 'b' } }),
    );
    expect(found.metadata.labels).toEqual({ a: 'null' });
  });

  test('must meet the one object that it names', () => {
    const { errors } = built({
      'app/kustomization.yaml': {
        resources: ['a.yaml'],
        patches: [{ patch: JSON.stringify(configMap('b')) }],
        patchesStrategicMerge: ['p.yaml'],
      },
      'app/a.yaml': configMap('a'),
      'app/p.yaml': configMap('a', { namespace: 'other' }),
    });
    expect(errors).toEqual([
      {
        path: 'app/kustomization.yaml',
        message: "the patch is of ConfigMap 'a' in namespace 'other', of which there are 0",
        pointer: '/patchesStrategicMerge/0',
        isUnmet: true,
      },
    ]);
  });

  test('finds its object by the names that it had before', () => {
    const [found] = objects({
      'app/kustomization.yaml': {
        resources: ['../base'],
        patches: [{ patch: JSON.stringify({ ...configMap('a'), data: { b: 'c' } }) }],
      },
      'base/kustomization.yaml': { resources: ['a.yaml'], namePrefix: 'p-', namespace: 'n' },
      'base/a.yaml': configMap('a'),
    });
    expect(found).toEqual({ ...configMap('p-a', { namespace: 'n' }), data: { b: 'c' } });
  });
});

describe('a JSON patch', () => {
  test('adds, replaces, moves, copies, tests and removes', () => {
    const [found] = patched(
      [
        { op: 'test', path: '/data/a', value: '1' },
        { op: 'add', path: '/list/-', value: 3 },
        { op: 'replace', path: '/list/-1', value: 4 },
        { op: 'move', from: '/data/a', path: '/data/b' },
        { op: 'copy', from: '/data/b', path: '/data/x~1y' },
        { op: 'remove', path: '/list/0' },
      ],
      { ...configMap('a'), data: { a: '1' }, list: [1, 2] },
    );
    expect(found).toEqual({ ...configMap('a'), data: { b: '1', 'x/y': '1' }, list: [2, 4] });
  });

  test('cannot fill the memory with copies of copies', () => {
    const copies = Array.from({ length: 60 }, (_, i) => ({
      op: 'copy',
      from: '/data',
      path: `/data/k${i}`,
    }));
    expect(() => patched(copies, { ...configMap('a'), data: { a: 'b'.repeat(50_000) } })).toThrow(
      'copies make an object of more than',
    );
  });

  test('replaces a field that is not there, as kustomize does', () => {
    const [found] = patched([{ op: 'replace', path: '/data', value: {} }], configMap('a'));
    expect(found.data).toEqual({});
  });

  test('takes annotations for granted, which kustomize adds for itself', () => {
    const add = [{ op: 'add', path: '/metadata/annotations/a', value: 'b' }];
    const [found] = patched(add, configMap('a'));
    expect(found.metadata.annotations).toEqual({ a: 'b' });
    const target = { version: 'v1', kind: 'ConfigMap', name: 'a' };
    const old = { patchesJson6902: [{ patch: JSON.stringify(add), target }] };
    expect(() => transformed(old, configMap('a'))).toThrow('leads nowhere');
  });

  test.each([
    [{ op: 'remove', path: '/data/missing' }, 'which is not there'],
    [{ op: 'add', path: '/nowhere/a', value: 1 }, "'nowhere' is neither a map nor a list"],
    [{ op: 'add', path: '/list/7', value: 1 }, 'leads to place 7 of 2 in a list'],
    [{ op: 'test', path: '/kind', value: 'Secret' }, 'is "ConfigMap", not "Secret"'],
    [{ op: 'purge', path: '/kind' }, "got 'purge'"],
    [{ op: 'add', path: '', value: {} }, 'path must be a JSON pointer'],
  ])('that does not apply is refused: %j', (operation, message) => {
    const { errors, objects: found } = built({
      'app/kustomization.yaml': {
        resources: ['a.yaml'],
        patches: [{ patch: JSON.stringify([operation]), target: { kind: 'ConfigMap' } }],
      },
      'app/a.yaml': { ...configMap('a'), data: {}, list: [0] },
    });
    expect(errors).toHaveLength(1);
    expect(errors[0].message).toContain(message);
    expect(errors[0].pointer).toBe('/patches/0');
    expect(found).toHaveLength(1);
  });

  test('must have a target', () => {
    expect(() => transformed({ patches: [{ patch: '[{"op": "remove", "path": "/a"}]' }] })).toThrow(
      'a JSON patch must have a target',
    );
  });

  test('in brackets must be JSON', () => {
    const patches = [{ patch: '[{op: remove, path: /a}]', target: { kind: 'ConfigMap' } }];
    expect(() => transformed({ patches }, configMap('a'))).toThrow('JSON');
  });
});

test('a patch waits for an empty file to be filled, as flux bootstrap does, and is idle beside one that is not', () => {
  const patches = [
    { patch: JSON.stringify([{ op: 'remove', path: '/data' }]), target: { kind: 'Deployment' } },
  ];
  const idle = (text: unknown) =>
    built({ 'app/kustomization.yaml': { resources: ['a.yaml'], patches }, 'app/a.yaml': text })
      .idle;
  expect(idle('')).toEqual([]);
  expect(idle('# filled by flux bootstrap\n')).toEqual([]);
  expect(idle(configMap('a'))).toHaveLength(1);
});

describe('a target', () => {
  const all = [
    configMap('a', { namespace: 'x', labels: { tier: 'web' } }),
    configMap('ab', { annotations: { a: 'b' } }),
    deployment('a'),
  ];

  function chosen(target: any): string[] {
    const patch = JSON.stringify([{ op: 'add', path: '/patched', value: true }]);
    return transformed({ patches: [{ patch, target }] }, ...all)
      .filter(({ patched: isPatched }) => isPatched)
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  }

  test.each([
    [{}, ['ConfigMap a', 'ConfigMap ab', 'Deployment a']],
    [{ kind: 'ConfigMap' }, ['ConfigMap a', 'ConfigMap ab']],
    [{ kind: 'Config' }, []],
    [{ name: 'a' }, ['ConfigMap a', 'Deployment a']],
    [{ name: 'a.*', kind: 'Config.*|Secret' }, ['ConfigMap a', 'ConfigMap ab']],
    [{ group: 'apps', version: 'v1' }, ['Deployment a']],
    [{ namespace: 'default' }, ['ConfigMap ab', 'Deployment a']],
    [{ labelSelector: 'tier in (web, db)' }, ['ConfigMap a']],
    [{ labelSelector: 'tier!=db,!other' }, ['ConfigMap a', 'ConfigMap ab', 'Deployment a']],
    [{ labelSelector: 'tier notin (web)', kind: 'ConfigMap' }, ['ConfigMap ab']],
    [{ annotationSelector: 'a=b' }, ['ConfigMap ab']],
  ])('%j chooses %j', (target, names) => {
    expect(chosen(target)).toEqual(names);
  });

  test.each([
    [{ name: '(' }, 'must be a regular expression of Go'],
    [{ name: '(?=a)b' }, 'must be a regular expression of Go'],
    [{ labelSelector: 'a b' }, "selector must be such as 'a=b,c in (d,e),!f'"],
    [{ labelSelector: 'a=b c' }, 'selector'],
    [{ labelSelector: `a=${'b'.repeat(64)}` }, 'cannot be the value of a label'],
    [{ labelSelector: 'a,'.repeat(1000) }, 'at most'],
  ])('that is wrong is refused: %j', (target, message) => {
    expect(() => chosen(target)).toThrow(message);
  });
});
