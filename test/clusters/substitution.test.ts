import { AppliedObject } from '../../src/clusters/applied-object';
import { viewClusters } from '../../src/clusters/view-clusters';
import { SourceTree } from '../../src/inventory/source-file';
import { configMapOf, repositoryOf, syncOf } from './repository-of';

const SETTINGS = 'substituteFrom:\n  - kind: ConfigMap\n    name: settings';

describe('Flux reads an object again after substitution', () => {
  test.each([
    ['"${count}"', 3],
    ['${count}', 3],
    ['"${enabled}"', true],
    ['"${agreed}"', true],
    ['${refused}', false],
    ['yes', 'yes'],
    ['"${none}"', null],
    ["'${count} of them'", '3 of them'],
    ['"${quote}${count}${quote}"', '3'],
    ['"# ${count}"', '# 3'],
    ['"${list}"', [1, 2]],
    ['"$${count}"', '${count}'],
    ['"${wrong}"', 'a: b: c'],
    ['"${time}"', '12:30:45'],
  ])('%s becomes %j', (text, value) => {
    const substitute = `substitute:
  count: "3"
  list: "[1, 2]"
  none: ""
  agreed: "yes"
  refused: off
  enabled: "true"
  quote: '"'
  time: "12:30:45"
  wrong: "a: b: c"`;
    expect(applied(substitute, `spec:\n  x: ${text}`).manifest.spec.x).toEqual(value);
  });

  test('with variables in its keys, too', () => {
    const { manifest } = applied('substitute:\n  domain: example.com', 'spec:\n  "${domain}/x": z');
    expect(manifest.spec).toEqual({ 'example.com/x': 'z' });
  });
});

test('what nothing is substituted in stays the same object', () => {
  const { manifest, document } = applied('substitute:\n  a: b', 'spec:\n  x: [1, $a]');
  expect(manifest).toBe(document.manifest);
});

test.each(['annotations', 'labels'])('%s can keep an object from substitution', (where) => {
  const found = applied(
    'substitute:\n  a: b',
    'spec: "${a} ${missing}"',
    `${where}: {kustomize.toolkit.fluxcd.io/substitute: disabled}`,
  );
  expect([found.manifest.spec, found.unsubstituted]).toEqual(['${a} ${missing}', []]);
});

describe('variables come', () => {
  test('inline before those of a ConfigMap, and of the last ConfigMap', () => {
    const postBuild = `substitute: {a: inline}
substituteFrom:
  - {kind: ConfigMap, name: settings}
  - {kind: ConfigMap, name: more}`;
    const { manifest } = applied(postBuild, 'spec: "${a} ${b} ${c}"', '', {
      'clusters/prod/settings.yaml': configMapOf('settings', '{a: x, b: x, c: one}'),
      'clusters/prod/more.yaml': configMapOf('more', '{b: two}'),
    });
    expect(manifest.spec).toBe('inline two one');
  });

  test('of a ConfigMap that a sync applies which comes later', () => {
    const { manifest } = applied(SETTINGS, 'spec: "${a}"', '', {
      'clusters/prod/zz.yaml': syncOf('zz'),
      'zz/settings.yaml': configMapOf('settings', '{a: late}'),
    });
    expect(manifest.spec).toBe('late');
  });

  test('without the line breaks of their values', () => {
    const { manifest } = applied('substitute:\n  a: |\n    one\n    two\n', 'spec: ${a}');
    expect(manifest.spec).toBe('onetwo');
  });

  test('of a Secret, whose values are not known where they are encrypted', () => {
    const secret = `apiVersion: v1
kind: Secret
metadata: {name: settings, namespace: flux-system}
data: {plain: eA==}
stringData: {hidden: "ENC[AES256_GCM,data:x]"}
`;
    const { manifest, unsubstituted } = applied(
      'substituteFrom:\n  - {kind: Secret, name: settings}',
      'spec: "${plain} ${hidden} ${hidden:=a} ${missing}"',
      '',
      { 'clusters/prod/secret.yaml': secret },
    );
    expect(manifest.spec).toBe('x ${hidden} ${hidden:=a} ${missing}');
    expect(unsubstituted).toEqual([
      { expression: '${missing}', variable: 'missing', pointer: '/spec' },
    ]);
  });
});

test('a variable may come from a ConfigMap that is not in the repository, so its default is not taken', () => {
  const { manifest, unsubstituted } = applied(SETTINGS, 'spec: "${a} ${b:=c}"');
  expect([manifest.spec, unsubstituted]).toEqual(['${a} ${b:=c}', []]);
});

test.each([
  ['it is empty', '', '{}'],
  ['Flux only adds to it', 'Merge', '{b: x}'],
  ['Flux leaves it as it is', 'IfNotPresent', '{b: x}'],
])('nothing is certain of a variable of a ConfigMap when %s', (_, ssa, data) => {
  const annotations = `annotations: {kustomize.toolkit.fluxcd.io/ssa: '${ssa}'}`;
  const settings = configMapOf('settings', data).replace(
    'namespace: flux-system',
    `namespace: flux-system\n  ${annotations}`,
  );
  const { manifest, unsubstituted } = applied(SETTINGS, 'spec: "${a} ${b}"', '', {
    'clusters/prod/settings.yaml': settings,
  });
  expect([manifest.spec, unsubstituted]).toEqual([ssa === 'Merge' ? '${a} x' : '${a} ${b}', []]);
});

test('a variable may come from a file that a generator reads and that is none of YAML', () => {
  const generator = `resources: [apps.yaml]
generatorOptions: {disableNameSuffixHash: true}
configMapGenerator:
  - name: settings
    namespace: flux-system
    envs: [cluster.env]
    files: [c=c.txt]
    literals: [b=x]
`;
  const { tree } = repositoryOf('fleet', {
    'clusters/prod/kustomization.yaml': generator,
    'clusters/prod/apps.yaml': syncOf('apps', {
      spec: `postBuild:\n${SETTINGS.replace(/^(?=.)/gm, '  ')}`,
    }),
    'apps/a.yaml': configMapOf('example', '{text: "${a} ${b} ${c}"}'),
  });
  const others = ['clusters/prod/cluster.env', 'clusters/prod/c.txt'];
  const repository = { name: 'fleet', tree: new SourceTree(tree.files, others) };
  const [cluster] = viewClusters([repository]).clusters;
  const { manifest, unsubstituted } = cluster.find('/ConfigMap', 'flux-system', 'example')!;
  expect([manifest.data.text, unsubstituted]).toEqual(['${a} x ${c}', []]);
});

test('without a single variable, nothing is substituted', () => {
  const { manifest, unsubstituted } = applied('substitute: {}', 'spec: "${a:=b} $$"');
  expect([manifest.spec, unsubstituted]).toEqual(['${a:=b} $$', undefined]);
});

test('without a single variable, everything is when the sync says so', () => {
  const { manifest } = applied('substituteStrategy: Always', 'spec: "${a:=b} $$"');
  expect(manifest.spec).toBe('b $');
});

test.each([
  'substitute: [a]',
  'substitute: text\nsubstituteFrom: {}',
  'substituteFrom: [null, 1, {kind: 5}]',
])('postBuild of another shape does no harm: %s', (postBuild) => {
  expect(applied(postBuild, 'spec: "${a}"').manifest.spec).toBe('${a}');
});

/** The object of sync `apps`, which has `postBuild`. */
function applied(
  postBuild: string,
  body: string,
  metadata = '',
  files: Record<string, string> = {},
): AppliedObject {
  const spec = `postBuild:\n${postBuild.replace(/^(?=.)/gm, '  ')}`;
  const object = `apiVersion: example.com/v1
kind: Example
metadata:
  name: example
  namespace: apps
${metadata.replace(/^(?=.)/gm, '  ')}
${body}
`;
  const repository = repositoryOf('fleet', {
    'clusters/prod/apps.yaml': syncOf('apps', { spec }),
    'apps/example.yaml': object,
    ...files,
  });
  return viewClusters([repository]).clusters[0].find('example.com/Example', 'apps', 'example')!;
}

test('a sync that applies itself by another name each time is followed once', () => {
  const sync = (name: string, n: string) =>
    syncOf(name, { path: 'apps', spec: `postBuild:\n  substitute:\n    n: "${n}"` });
  const { clusters } = viewClusters([
    repositoryOf('fleet', {
      'clusters/prod/flux-system/gotk-sync.yaml': syncOf('flux-system', { path: 'clusters/prod' }),
      'clusters/prod/apps.yaml': sync('apps', 'x'),
      'apps/more.yaml': sync('more-${n}', '${n}x'),
    }),
  ]);
  const prod = clusters.find(({ name }) => name === 'prod')!;
  const names = prod.objects.map(({ manifest }) => manifest.metadata.name);
  expect(names.filter((name) => name.startsWith('more'))).toEqual(['more-x', 'more-xx']);
  expect(prod.unread.map(({ what }) => what)).toContain(
    "what Kustomization 'more-xx' in namespace 'flux-system' applies",
  );
});
