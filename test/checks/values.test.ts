import * as fc from 'fast-check';
import { argumentPatch, fluxPatchedBy } from '../../src/checks/lockdown-example';
import { configMapOf, foundBy, objectOf, releaseOf, syncOf } from './found-by';

const SOURCE = 'source.toolkit.fluxcd.io/v1';
const IMAGE = 'image.toolkit.fluxcd.io/v1';

describe('a name', () => {
  const found = (example: string) => foundBy('object-name', example);

  test.each([
    ['of a ConfigMap with dots', configMapOf('kube-root-ca.crt')],
    [
      'of a role with colons',
      objectOf('rbac.authorization.k8s.io/v1', 'Role', 'system:node_reader'),
    ],
    ['of an APIService', objectOf('apiregistration.k8s.io/v1', 'APIService', 'v1.metrics.k8s.io')],
    ['of a Kustomization with 63 characters', syncOf('a'.repeat(63))],
    ['of a ConfigMap with 253 characters', configMapOf('a'.repeat(253))],
    ['that Flux substitutes', configMapOf('${NAME}', '{}', '${NAMESPACE}')],
  ])('%s is one', (_, example) => {
    expect(found(example)).toEqual([]);
  });

  test.each([
    ['of a Kustomization with 64 characters', syncOf('a'.repeat(64)), 'at most 63 characters'],
    ['of a release with 64 characters', releaseOf('a'.repeat(64)), 'at most 63 characters'],
    ['of a namespace with dots', objectOf('v1', 'Namespace', 'a.b'), "letters, digits and '-'"],
    ['with capitals', configMapOf('Settings'), 'lowercase'],
    ['that ends with a dash', configMapOf('settings-'), 'lowercase'],
    [
      'of a namespace that an object is in',
      configMapOf('a', '{}', 'my_apps'),
      'must be in a namespace',
    ],
    ['with a line break', configMapOf('a\nb'), 'lowercase'],
  ])('%s is none', (_, example, message) => {
    expect(found(example)).toEqual([expect.stringContaining(message)]);
  });
});

describe('the name of a release', () => {
  const found = (name: string) =>
    foundBy('release-name', releaseOf('a', { spec: `releaseName: ${JSON.stringify(name)}` }));

  test.each(['a'.repeat(53), 'a.b-c', '0', '${name}'])('may be %s', (name) => {
    expect(found(name)).toEqual([]);
  });

  test.each(['a'.repeat(54), 'A', 'a_b', '', '-a'])('may not be %j', (name) => {
    expect(found(name)).toHaveLength(1);
  });
});

describe('a duration', () => {
  const found = (spec: string) =>
    foundBy('duration-form', objectOf(SOURCE, 'GitRepository', 'a', { spec }));

  test.each([
    'interval: 1h',
    'interval: 1h30m',
    'interval: 1.5h',
    'timeout: 90m',
    'timeout: 500ms',
    'interval: ${every}',
    'interval: {}',
    'timeout:',
  ])('may be written %s', (spec) => {
    expect(found(spec)).toEqual([]);
  });

  test.each([
    'interval: 1d',
    'interval: 60',
    'interval: 1 h',
    'interval: -1m',
    "interval: ''",
    'timeout: 1h',
    'interval: 1m30',
    'interval: 5M',
  ])('may not be written %s', (spec) => {
    expect(found(spec)).toHaveLength(1);
  });

  test('of what is applied may have hours', () => {
    expect(
      foundBy('duration-form', syncOf('a', { spec: 'timeout: 1h\nretryInterval: 1h' })),
    ).toEqual([]);
  });

  test('deep in a release is found', () => {
    const spec =
      'install: {strategy: {name: RetryOnFailure, retryInterval: 1d}}\nupgrade: {timeout: 1y}';
    expect(foundBy('duration-form', releaseOf('a', { spec }))).toEqual([
      expect.stringContaining("for install.strategy.retryInterval, got '1d'"),
      expect.stringContaining("for upgrade.timeout, got '1y'"),
    ]);
  });
});

describe('interval and timeout of a Kustomization', () => {
  const found = (interval: string, timeout: string) => {
    const spec = `sourceRef: {kind: GitRepository, name: flux-system}\npath: ./\nprune: true\ninterval: ${interval}\ntimeout: ${timeout}`;
    return foundBy(
      'interval-timeout',
      objectOf('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'a', { spec }),
    );
  };

  test.each([
    ['1m', '30s'],
    ['10m', '10m'],
    ['1h', '59m60s'],
    ['${every}', '${most}'],
    ['1d', '1d'],
  ])('may be %s and %s', (interval, timeout) => {
    expect(found(interval, timeout)).toEqual([]);
  });

  test.each([
    ['59s', '30s', 'at least 1m'],
    ['10m', '29s', 'at least 30s'],
    ['10m', '601s', 'no longer than'],
  ])('should not be %s and %s', (interval, timeout, message) => {
    expect(found(interval, timeout)).toEqual([expect.stringContaining(message)]);
  });
});

describe('a required field', () => {
  const found = (kind: string, spec: string) =>
    foundBy(
      'required-field',
      objectOf(kind.replace(' ', '/v1 ').split(' ')[0], kind.split(' ')[1], 'a', { spec }),
    );
  const sync = 'kustomize.toolkit.fluxcd.io Kustomization';
  const whole = 'interval: 10m\nprune: false\nsourceRef: {kind: Bucket, name: a}';

  test.each([
    ['set', whole],
    ['set by Flux', whole.replace('false', '"${prune}"')],
    ['of what is not there', `${whole}\npostBuild: {}\ndecryption:`],
    ['of what is substituted', whole.replace('{kind: Bucket, name: a}', '"${source}"')],
  ])('may be %s', (_, spec) => {
    expect(found(sync, spec)).toEqual([]);
  });

  test.each([
    ['prune', whole.replace('prune: false', '')],
    ['prune', whole.replace('prune: false', 'prune:')],
    ['sourceRef.kind', whole.replace('kind: Bucket, ', '')],
    ['dependsOn[0].name', `${whole}\ndependsOn: [{namespace: b}]`],
    ['postBuild.substituteFrom[0].kind', `${whole}\npostBuild: {substituteFrom: [{name: b}]}`],
  ])('%s may not be missing', (field, spec) => {
    expect(found(sync, spec)).toEqual([`Kustomization apps/a must have ${field}, got none`]);
  });

  test('with a default may be missing', () => {
    expect(
      found('image.toolkit.fluxcd.io ImageUpdateAutomation', 'interval: 1m\nsourceRef: {name: a}'),
    ).toEqual([]);
    expect(
      found(
        'source.toolkit.fluxcd.io OCIRepository',
        'interval: 1m\nurl: oci://a/b\nverify: {secretRef: {name: a}}',
      ),
    ).toEqual([]);
  });
});

describe('the address of', () => {
  const found = (version: string, kind: string, spec: string) =>
    foundBy('source-url', objectOf(version, kind, 'a', { spec }));

  test.each([
    [SOURCE, 'GitRepository', 'url: ssh://git@git.example.com:2222/acme/app.git'],
    [SOURCE, 'GitRepository', 'url: ${url}'],
    [SOURCE, 'OCIRepository', 'url: oci://registry.example.com:5000/acme/app'],
    [SOURCE, 'HelmRepository', 'url: oci://registry.example.com/charts'],
    [IMAGE, 'ImageRepository', 'image: registry.example.com:5000/acme/app'],
    [IMAGE, 'ImageRepository', 'image: nginx'],
    [IMAGE, 'ImageRepository', 'image: [a]'],
  ])('%s %s may be %s', (version, kind, spec) => {
    expect(found(version, kind, spec)).toEqual([]);
  });

  test.each([
    [SOURCE, 'GitRepository', 'url: git@git.example.com:acme/app'],
    [SOURCE, 'GitRepository', 'url: git.example.com/acme/app'],
    [SOURCE, 'OCIRepository', 'url: https://registry.example.com/acme/app'],
    [SOURCE, 'OCIRepository', 'url: oci://registry.example.com/acme/app:1.0.0'],
    [SOURCE, 'OCIRepository', 'url: oci://registry.example.com/acme/app@sha256:abc'],
    [SOURCE, 'HelmRepository', 'url: charts.example.com'],
    [IMAGE, 'ImageRepository', 'image: https://registry.example.com/acme/app'],
    [IMAGE, 'ImageRepository', 'image: registry.example.com:5000/acme/app:1.0.0'],
    [IMAGE, 'ImageRepository', 'image: nginx:1.27'],
  ])('%s %s may not be %s', (version, kind, spec) => {
    expect(found(version, kind, spec)).toHaveLength(1);
  });
});

test.each([
  'ref: {branch: main}',
  'ref: {semver: ">=1.0.0"}',
  'ref: {name: refs/heads/x}',
  'ref: {tag: "${tag}"}',
])('a GitRepository says what it fetches with %s', (spec) => {
  expect(foundBy('git-reference', objectOf(SOURCE, 'GitRepository', 'a', { spec }))).toEqual([]);
});

describe('apiVersions that Flux does not serve are found', () => {
  const found = (example: string) => foundBy('flux-api-version', example);

  test('in the values of a release', () => {
    const values = `values:
  extraObjects:
    - {apiVersion: source.toolkit.fluxcd.io/v1beta2, kind: OCIRepository, metadata: {name: a}}
    - {apiVersion: source.toolkit.fluxcd.io/v1, kind: OCIRepository, metadata: {name: b}}
    - {apiVersion: monitoring.coreos.com/v1beta2, kind: Bucket}`;
    expect(found(releaseOf('a', { spec: values }))).toEqual([
      "HelmRelease apps/a must name OCIRepository with apiVersion 'source.toolkit.fluxcd.io/v1', got 'source.toolkit.fluxcd.io/v1beta2'",
    ]);
  });

  test('in health checks, which wait for a kind that is not there', () => {
    const spec =
      'healthChecks: [{apiVersion: helm.toolkit.fluxcd.io/v2beta1, kind: HelmRelease, name: a, namespace: apps}]';
    expect(found(syncOf('a', { spec }))).toHaveLength(1);
  });

  test('in the objects of a ResourceSet', () => {
    const spec = 'resources: [{apiVersion: helm.toolkit.fluxcd.io/v2beta2, kind: HelmRelease}]';
    expect(found(objectOf('fluxcd.controlplane.io/v1', 'ResourceSet', 'a', { spec }))).toHaveLength(
      1,
    );
  });
});

describe('health', () => {
  const found = (spec: string, objects = '') =>
    foundBy(
      ['health-expressions', 'health-of-custom-resource', 'ignored-health-checks'],
      `${syncOf('a', { spec })}# file: a/x.yaml\n${objects}`,
    );
  const canary = objectOf('flagger.app/v1beta1', 'Canary', 'podinfo');

  test.each([
    ['wait alone', 'wait: true', ''],
    ['checks alone', 'healthChecks: [{kind: Deployment, name: a}]', ''],
    ['wait and an empty list', 'wait: true\nhealthChecks: []', ''],
    [
      'expressions for what is checked',
      'healthChecks: [{kind: X, name: a}]\nhealthCheckExprs: [{apiVersion: a/v1, kind: X, current: "true"}]',
      '',
    ],
    [
      'expressions where Flux substitutes wait',
      'wait: ${wait}\nhealthCheckExprs: [{apiVersion: a/v1, kind: X, current: "true"}]',
      '',
    ],
    [
      'expressions for kinds of one name in two groups',
      'wait: true\nhealthCheckExprs: [{apiVersion: a/v1, kind: X, current: "true"}, {apiVersion: b/v1, kind: X, current: "true"}]',
      '',
    ],
    ['a Canary that nothing waits for', 'wait: false', canary],
    [
      'a Canary with an expression for its group',
      'wait: true\nhealthCheckExprs: [{apiVersion: flagger.app/v1beta1, current: "true"}]',
      canary,
    ],
    [
      'another kind of Flagger',
      'wait: true',
      objectOf('flagger.app/v1beta1', 'MetricTemplate', 'a'),
    ],
  ])('may be %s', (_, spec, objects) => {
    expect(found(spec, objects)).toEqual([]);
  });

  test.each([
    [
      'wait and checks',
      'wait: true\nhealthChecks: [{kind: Deployment, name: a}]',
      '',
      'which Flux ignores because of wait',
    ],
    [
      'expressions for nothing',
      'healthCheckExprs: [{apiVersion: a/v1, kind: X, current: "true"}]',
      '',
      'without wait',
    ],
    [
      'two expressions for two versions of a kind',
      'wait: true\nhealthCheckExprs: [{apiVersion: a/v1, kind: X, current: "true"}, {apiVersion: a/v2, kind: X, current: "true"}]',
      '',
      "one health expression for kind 'X'",
    ],
    [
      'a check of a Canary without an expression',
      'healthChecks: [{apiVersion: flagger.app/v1beta1, kind: Canary, name: c}]',
      '',
      "checks Canary 'c'",
    ],
    [
      'a Canary with an expression for another kind',
      'wait: true\nhealthCheckExprs: [{apiVersion: flagger.app/v1beta1, kind: AlertProvider, current: "true"}]',
      canary,
      "waits for Canary 'podinfo'",
    ],
  ])('may not be %s', (_, spec, objects, message) => {
    expect(found(spec, objects)).toEqual([expect.stringContaining(message)]);
  });
});

describe('texts', () => {
  const found = (example: string) => foundBy('text-value', example);

  test.each([
    [
      'a number in a ConfigMap',
      configMapOf('a', '{port: 8080}'),
      "must have texts in data, got 8080 for 'port'",
    ],
    [
      'a boolean in a Secret',
      `${objectOf('v1', 'Secret', 'a')}stringData: {on: true}\n`,
      'stringData',
    ],
    ['a map in a ConfigMap', configMapOf('a', '{port: {a: b}}'), '{"a":"b"}'],
    [
      'a label',
      objectOf('v1', 'Pod', 'a', { metadata: 'labels: {version: 1.10}' }),
      'metadata.labels',
    ],
    [
      'a variable of a Kustomization',
      syncOf('a', { spec: 'postBuild: {substitute: {replicas: 3}}' }),
      'spec.postBuild.substitute',
    ],
  ])('are wanted for %s', (_, example, message) => {
    expect(found(example)).toEqual([expect.stringContaining(message)]);
  });

  test('are wanted without telling what a Secret holds', () => {
    const secret = `${objectOf('v1', 'Secret', 'a')}stringData: {password: 8642}\n`;
    expect(found(secret)).toEqual([expect.stringContaining("got a number for 'password'")]);
    expect(found(secret).join()).not.toContain('8642');
  });

  test('are what kustomize makes of annotations', () => {
    const example = objectOf('v1', 'Pod', 'a', { metadata: 'annotations: {enabled: true}' });
    expect(found(example)).toEqual([]);
  });

  test('are wanted after substitution, which drops quotes', () => {
    const sync = syncOf('a', { spec: `postBuild: {substitute: {port: "8080", quote: '"'}}` });
    const data = '{wrong: "${port}", right: "${quote}${port}${quote}", also: "port ${port}"}';
    expect(found(`${sync}# file: a/x.yaml\n${configMapOf('x', data)}`)).toEqual([
      "ConfigMap apps/x must have texts in data, got 8080 for 'wrong': put it in quotes",
    ]);
  });

  test.each([
    ['nothing', configMapOf('a', '{empty: }')],
    ['what only looks like a boolean', configMapOf('a', '{agreed: yes, off: on}')],
    ['a number in quotes', configMapOf('a', '{port: "8080"}')],
    ['a variable nobody knows', configMapOf('a', '{port: "${port}"}')],
    [
      'the data of another kind',
      `${objectOf('example.com/v1', 'ConfigMap', 'a')}data: {port: 1}\n`,
    ],
  ])('may be %s', (_, example) => {
    expect(found(example)).toEqual([]);
  });
});

describe('variables', () => {
  const found = (postBuild: string, value: string, more = '') =>
    foundBy(
      'substitution-variable',
      `${syncOf('a', { spec: `postBuild: ${postBuild}` })}${more}# file: a/x.yaml\n${configMapOf('x', `{x: ${JSON.stringify(value)}}`)}`,
    );

  test.each([
    ['that is set', '{substitute: {a: b}}', '${a} ${a^^} ${#a}'],
    ['with a default', '{substitute: {a: b}}', '${b:=c} ${b:-}'],
    ['that is escaped', '{substitute: {a: b}}', '$${b} $b'],
    [
      'that a Secret may set that is not in the repository',
      '{substituteFrom: [{kind: Secret, name: s}]}',
      '${b}',
    ],
    ['without any to substitute', '{substitute: {}}', '${b} ${{ b }}'],
  ])('may be one %s', (_, postBuild, value) => {
    expect(found(postBuild, value)).toEqual([]);
  });

  test('need nothing where nothing is substituted', () => {
    expect(
      foundBy(
        'substitution-variable',
        `${syncOf('a')}# file: a/x.yaml\n${configMapOf('x', '{x: "${a} ${{ b }}"}')}`,
      ),
    ).toEqual([]);
  });

  test.each([
    [
      'that is not set',
      '{substitute: {a: b}}',
      '${b}',
      "uses variable 'b', which Kustomization 'a' in namespace 'flux-system' does not set",
    ],
    ['in a default that is not needed', '{substitute: {a: b}}', '${a:=${b}}', "uses variable 'b'"],
    [
      'of another template',
      '{substitute: {a: b}}',
      'x ${{ github.sha }}',
      "holds '${{ github.sha }', which Flux cannot substitute",
    ],
    ['with a default as a shell has it', '{substitute: {a: b}}', '${a-b}', "holds '${a-b}'"],
    ['of another name', '{substitute: {a-b: c}}', 'x', "got 'a-b'"],
  ])('may not be one %s', (_, postBuild, value, message) => {
    expect(found(postBuild, value)).toEqual([expect.stringContaining(message)]);
  });

  test('of a ConfigMap may not have other names', () => {
    const settings = configMapOf('s', '{"a.b": c}', 'flux-system');
    expect(found('{substituteFrom: [{kind: ConfigMap, name: s}]}', 'x', settings)).toEqual([
      expect.stringContaining("got 'a.b' of ConfigMap 's'"),
    ]);
  });

  test('may be missing where Flux is told so, in a form that it can read', () => {
    const lenient = fluxPatchedBy(
      argumentPatch('--feature-gates=StrictPostBuildSubstitutions=false', 'kustomize-controller'),
    );
    expect(found('{substitute: {a: b}}', '${b}', lenient)).toEqual([]);
    expect(found('{substitute: {a: b}}', '${b', lenient)).toHaveLength(1);
  });

  test('do no harm while the Kustomization is suspended', () => {
    expect(
      foundBy(
        'substitution-variable',
        `${syncOf('a', { spec: 'suspend: true\npostBuild: {substitute: {a: b}}' })}# file: a/x.yaml\n${configMapOf('x', '{x: "${b}"}')}`,
      ),
    ).toEqual([]);
  });
});

describe('a ConfigMap', () => {
  const found = (metadata: string, spec = 'valuesFrom: [{kind: ConfigMap, name: values}]') =>
    foundBy(
      'substitution-watch-label',
      releaseOf('a', { spec }) + objectOf('v1', 'ConfigMap', 'values', { metadata }),
    );

  test('that a release takes values from should be watched', () => {
    expect(found('labels: {}')).toEqual([
      expect.stringContaining("because HelmRelease 'a' takes values from it"),
    ]);
  });

  test.each([
    ['it is', 'labels: {reconcile.fluxcd.io/watch: Enabled}', undefined],
    ['its label is substituted', 'labels: {reconcile.fluxcd.io/watch: "${watch}"}', undefined],
    ['a Secret of its name is used', 'labels: {}', 'valuesFrom: [{kind: Secret, name: values}]'],
  ])('need not be, where %s', (_, metadata, spec) => {
    expect(found(metadata, spec)).toEqual([]);
  });
});

describe('values of a release that come from elsewhere', () => {
  const held = (kind: string, data: string) =>
    `${objectOf('v1', kind, 'values')}${kind === 'Secret' ? 'stringData' : 'data'}: ${data}\n`;
  const found = (reference: string, object: string) =>
    foundBy('helm-values-key', releaseOf('a', { spec: `valuesFrom: [{${reference}}]` }) + object);

  test.each(['ConfigMap', 'Secret'])('must have a key that %s holds', (kind) => {
    const reference = `kind: ${kind}, name: values`;
    expect(found(reference, held(kind, '{values.yml: ""}'))).toEqual([
      `HelmRelease apps/a must take values from a key that ${kind} 'values' has (values.yml), got 'values.yaml'`,
    ]);
    expect(found(`${reference}, valuesKey: b`, held(kind, '{a: "", c: ""}'))).toEqual([
      `HelmRelease apps/a must take values from a key that ${kind} 'values' has (a, c), got 'b'`,
    ]);
    expect(found(reference, held(kind, '{values.yaml: ""}'))).toEqual([]);
    expect(found(`${reference}, valuesKey: b`, held(kind, '{a: "", b: ""}'))).toEqual([]);
  });

  test.each([
    ['may be missing', 'kind: ConfigMap, name: values, optional: true', '{a: ""}'],
    ['something else fills', 'kind: ConfigMap, name: values', '{}'],
    ['something else makes', 'kind: ConfigMap, name: others', '{a: ""}'],
    ['Flux puts a name into', 'kind: ConfigMap, name: "${NAME}"', '{a: ""}'],
    ['Flux puts a key into', 'kind: ConfigMap, name: values, valuesKey: "${KEY}"', '{a: ""}'],
    ['Flux puts keys into', 'kind: ConfigMap, name: values', '{"${KEY}": ""}'],
    ['is none', 'kind: Service, name: values', '{a: ""}'],
  ])('may be of one that %s', (_, reference, data) => {
    expect(found(reference, held('ConfigMap', data))).toEqual([]);
  });
});

test('no text of any field makes a check fail', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.constantFrom('${', '$${a}', '__proto__', 'constructor', 'oci://', '\n---\n', '#', '*'),
  );
  fc.assert(
    fc.property(texts, texts, texts, (a, b, c) => {
      const [x, y, z] = [a, b, c].map((text) => JSON.stringify(text));
      const example =
        syncOf('a', {
          spec: `timeout: ${x}\ndependsOn: [{name: ${y}, namespace: ${z}}]\npostBuild: {substitute: {${x}: ${y}}}`,
        }) +
        releaseOf('b', {
          spec: `releaseName: ${x}\nvalues: {${x}: {apiVersion: ${y}, kind: ${z}}}`,
        }) +
        objectOf(SOURCE, 'OCIRepository', a, { spec: `url: ${y}`, namespace: c });
      return (
        foundBy([], `${example}# file: a/x.yaml\n${configMapOf(b, `{${x}: ${z}}`, c)}`).length === 0
      );
    }),
    { numRuns: 30 },
  );
});

describe('a target path of a release', () => {
  const found = (path: string, values: string) =>
    foundBy(
      'helm-values-target',
      releaseOf('redis', {
        spec: `values: ${values}\nvaluesFrom: [{kind: Secret, name: auth, targetPath: ${JSON.stringify(path)}}]\n`,
      }),
    );

  test.each([
    ['auth.password', '{auth: {password: changeme}}'],
    ['auth.password', '{auth: {password: null}}'],
    ['password', "{password: ''}"],
    ['auth', '{auth: {user: app}}'],
    ['hosts[1].name', '{hosts: [{}, {name: a}]}'],
    ['lists[0][1]', '{lists: [[a, b]]}'],
    ['annotations.acme\\.example/key', '{annotations: {acme.example/key: a}}'],
  ])('must not be %p where spec.values are %s', (path, values) => {
    expect(found(path, values)).toEqual([
      `HelmRelease apps/redis must not take '${path}' from Secret 'auth', because spec.values set it, too, and either may win`,
    ]);
  });

  test.each([
    ['auth.password', '{auth: none}', "map at 'auth'"],
    ['auth.password', '{auth: null}', "map at 'auth'"],
    ['auth.password', '{auth: []}', "map at 'auth'"],
    ['auth[0]', "{auth: {'0': a}}", "list at 'auth'"],
    ['a.b.length', '{a: {b: [x]}}', "map at 'a.b'"],
  ])('must not be %p, which leads nowhere in %s', (path, values, what) => {
    expect(found(path, values)).toEqual([
      `HelmRelease apps/redis must not take '${path}' from Secret 'auth', because spec.values have something else than a ${what}`,
    ]);
  });

  test.each([
    ['auth.password', '{auth: {user: app}}'],
    ['auth.password', '{}'],
    ['auth.password', '{authority: {password: a}, auth.password: a}'],
    ['auth.constructor', '{auth: {}}'],
    ['hosts[1].name', '{hosts: [{name: a}, {port: 1}]}'],
    ['hosts[2].name', '{hosts: [{name: a}]}'],
    ['${path}', '{auth: a}'],
    ['', '{auth: a}'],
    ['...', '{auth: a}'],
  ])('may be %p where spec.values are %s', (path, values) => {
    expect(found(path, values)).toEqual([]);
  });

  test('is none where a reference has YAML, which spec.values overwrite by intent', () => {
    const spec =
      'values: {auth: {password: a}}\nvaluesFrom: [{kind: Secret, name: auth, valuesKey: auth.password}]\n';
    expect(foundBy('helm-values-target', releaseOf('redis', { spec }))).toEqual([]);
  });
});
