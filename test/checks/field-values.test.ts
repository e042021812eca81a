import { foundBy, objectOf, releaseOf, syncOf } from './found-by';

const SOURCE = 'source.toolkit.fluxcd.io/v1';
const NOTIFICATION = 'notification.toolkit.fluxcd.io/v1beta3';
const TARGET = 'targetRef: {apiVersion: apps/v1, kind: Deployment, name: a}';

const source = (spec: string) => objectOf(SOURCE, 'GitRepository', 'a', { spec });
const canary = (spec: string) =>
  objectOf('flagger.app/v1beta1', 'Canary', 'a', { spec: `${TARGET}\n${spec}` });
const bucket = (spec: string) => objectOf(SOURCE, 'Bucket', 'a', { spec });

/** A CustomResourceDefinition of Bucket with one field. */
function definition(schema: string): string {
  return `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: buckets.source.toolkit.fluxcd.io}
spec:
  group: source.toolkit.fluxcd.io
  names: {kind: Bucket, plural: buckets}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {field: ${schema}}}}}}
`;
}

const found = (example: string) => foundBy('field-value', example);

describe('a value of another type than its field has', () => {
  test.each([
    [
      'a text for a number',
      releaseOf('a', { spec: 'install: {remediation: {retries: three}}' }),
      "a whole number for spec.install.remediation.retries, got 'three'",
    ],
    [
      'a number in quotes',
      releaseOf('a', { spec: "maxHistory: '5'" }),
      "a whole number, without quotes, for spec.maxHistory, got '5'",
    ],
    [
      'a number with a fraction',
      releaseOf('a', { spec: 'maxHistory: 5.5' }),
      'a whole number for spec.maxHistory, got 5.5',
    ],
    [
      'a text for a boolean',
      syncOf('a', { spec: "wait: 'yes'" }),
      "true or false for spec.wait, got 'yes'",
    ],
    [
      'what only YAML 1.1 takes for a boolean',
      syncOf('a', { spec: 'wait: yes' }),
      "true or false for spec.wait, got 'yes'",
    ],
    [
      'a boolean in quotes',
      syncOf('a', { spec: "force: 'true'" }),
      "true or false, without quotes, for spec.force, got 'true'",
    ],
    [
      'a number for a boolean',
      syncOf('a', { spec: 'wait: 1' }),
      'true or false for spec.wait, got 1',
    ],
    [
      'a version without quotes',
      source('url: x\nref: {tag: 1.10}'),
      'a text, in quotes, for spec.ref.tag, got 1.1',
    ],
    [
      'a boolean for a text',
      source('url: x\nref: {branch: true}'),
      'a text, in quotes, for spec.ref.branch, got true',
    ],
    ['a list for a text', source('url: [x]'), 'a text for spec.url, got a list'],
    [
      'a map for a list',
      syncOf('a', { spec: 'dependsOn: {name: b}' }),
      'a list for spec.dependsOn, got a map',
    ],
    [
      'a list for a map',
      source('url: x\nsecretRef: [{name: b}]'),
      'a map for spec.secretRef, got a list',
    ],
    ['a text for a map', source('url: x\nsecretRef: b'), "a map for spec.secretRef, got 'b'"],
    [
      'a text among maps',
      syncOf('a', { spec: 'dependsOn: [{name: b}, c]' }),
      "a map for spec.dependsOn[1], got 'c'",
    ],
    [
      'a number in a map of texts',
      syncOf('a', { spec: 'commonMetadata: {labels: {a/b: 1}}' }),
      'a text, in quotes, for spec.commonMetadata.labels.a/b, got 1',
    ],
    [
      'a list for the spec',
      `${objectOf(SOURCE, 'GitRepository', 'a')}spec: []\n`,
      'a map for spec, got a list',
    ],
    [
      'a text for a number of a Canary',
      canary('analysis: {threshold: five}'),
      "for spec.analysis.threshold, got 'five'",
    ],
  ])('is found: %s', (_, example, message) => {
    expect(found(example)).toEqual([expect.stringContaining(message)]);
  });

  test('is repeated only where it is short', () => {
    for (const text of ['a'.repeat(61), '"a\\nb"']) {
      expect(found(source(`url: x\nsecretRef: ${text}`))).toEqual([
        expect.stringContaining('got a longer text'),
      ]);
    }
  });

  test('is found as often as it is there, and nothing below it', () => {
    const spec = 'url: {tag: 1}\nsuspend: 0\nref: {tag: 1, branch: [2]}';
    expect(found(source(spec))).toHaveLength(4);
  });

  test('is told once, by the check that knows what to write', () => {
    const spec = 'retryInterval: 60\npostBuild: {substitute: {a: 1}}';
    expect(found(syncOf('a', { spec }))).toEqual([]);
    const ids = ['duration-form', 'text-value', 'field-value'];
    expect(foundBy(ids, syncOf('a', { spec }))).toHaveLength(2);
    expect(
      found(syncOf('a', { spec: 'retryInterval: true\npostBuild: {substitute: [a]}' })),
    ).toHaveLength(2);
  });
});

describe('a value that its field does not list', () => {
  test.each([
    [source('url: x\nverify: {mode: tag}'), "spec.verify.mode, got 'tag'; did you mean 'Tag'?"],
    [
      objectOf(SOURCE, 'OCIRepository', 'a', { spec: 'url: x\nverify: {provider: cosgin}' }),
      "one of cosign, notation for spec.verify.provider, got 'cosgin'; did you mean 'cosign'?",
    ],
    [
      releaseOf('a', { spec: 'driftDetection: {mode: on}' }),
      "one of enabled, warn, disabled for spec.driftDetection.mode, got 'on'",
    ],
    [
      releaseOf('a', { spec: 'chartRef: {kind: HelmChartt, name: a}' }),
      "did you mean 'HelmChart'?",
    ],
    [
      objectOf(NOTIFICATION, 'Provider', 'a', { spec: 'type: slak' }),
      "for spec.type, got 'slak'; did you mean 'slack'?",
    ],
    [
      objectOf(NOTIFICATION, 'Alert', 'a', { spec: 'eventSeverity: warning' }),
      "one of info, error for spec.eventSeverity, got 'warning'",
    ],
    [
      canary('analysis: {webhooks: [{name: a, url: b, type: pre-rolout}]}'),
      "did you mean 'pre-rollout'?",
    ],
  ])('is found: %#', (example, message) => {
    expect(found(example)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ['canary-provider', canary('provider: isto')],
    [
      'canary-reference-kind',
      canary('ingressRef: {apiVersion: networking.k8s.io/v1, kind: Ingres, name: a}'),
    ],
    [
      'alert-provider-form',
      objectOf('flagger.app/v1beta1', 'AlertProvider', 'a', { spec: 'type: slak\naddress: a' }),
    ],
    [
      'automation-push',
      objectOf('image.toolkit.fluxcd.io/v1', 'ImageUpdateAutomation', 'a', {
        spec: 'sourceRef: {kind: GitRepo, name: a}',
      }),
    ],
    [
      'event-source-form',
      objectOf(NOTIFICATION, 'Alert', 'a', {
        spec: 'providerRef: {name: a}\neventSources: [{kind: Canary, name: a}]',
      }),
    ],
    [
      'event-source-form',
      objectOf('notification.toolkit.fluxcd.io/v1', 'Receiver', 'a', {
        spec: 'type: github\nresources: [{kind: Canary, name: a}]',
      }),
    ],
  ])('is told once where %s knows what is meant: %#', (other, example) => {
    expect(found(example)).toEqual([]);
    expect(foundBy(other, example)).toHaveLength(1);
  });

  test('may be a kind that Flux Operator adds to event sources', () => {
    const spec = 'providerRef: {name: a}\neventSources: [{kind: FluxInstance, name: a}]';
    expect(found(objectOf(NOTIFICATION, 'Alert', 'a', { spec }))).toEqual([]);
  });

  test('is named as it is where it is like none', () => {
    const example = objectOf(NOTIFICATION, 'Alert', 'a', { spec: 'eventSeverity: warning' });
    expect(found(example)).toEqual([expect.not.stringContaining('did you mean')]);
  });
});

describe('a value is right', () => {
  test.each([
    ['that is null, which is not sent', source('url: x\nsuspend:\nref: ~')],
    [
      'that is substituted',
      syncOf('a', { spec: 'wait: "${wait}"\ntimeout: "${t}"\nforce: x${y}' }),
    ],
    ['below a substituted field', source('url: x\n"${field}": {tag: 1}')],
    ['of a list that is substituted', syncOf('a', { spec: 'dependsOn: "${list}"' })],
    ['that is a whole number with a point', releaseOf('a', { spec: 'maxHistory: 5.0' })],
    [
      'that is a number with a fraction',
      canary('analysis: {metrics: [{name: a, threshold: 9.5}]}'),
    ],
    ['that is a number in quotes for a text', source("url: x\nref: {tag: '1.10', branch: '7'}")],
    ['that looks like a boolean to YAML 1.1', source('url: x\nref: {tag: off}')],
    ['that looks like a date', source('url: x\nref: {branch: 2024-01-02}')],
    ['of a port by number', canary('service: {port: 80, targetPort: 80}')],
    ['of a port by name', canary('service: {port: 80, targetPort: http}')],
    ['of the values of a release', releaseOf('a', { spec: 'values: {suspend: 1, url: [x]}' })],
    ['of an unknown field', source('url: x\ntimeoutt: 7')],
    ['that a controller writes', `${source('url: x')}status: {conditions: 1}\n`],
    [
      'that a newer Flagger may list',
      canary('analysis: {webhooks: [{name: a, url: b, type: teleport}]}'),
    ],
    [
      'of a version that is not known',
      objectOf('source.toolkit.fluxcd.io/v1beta2', 'GitRepository', 'a', { spec: 'url: 1' }),
    ],
  ])('%s', (_, example) => {
    expect(found(example)).toEqual([]);
  });
});

describe('a value with a variable', () => {
  const applied = (postBuild: string, spec: string) =>
    `${syncOf('more', { spec: `path: ./more\n${postBuild}` })}# file: more/release.yaml\n${releaseOf('a', { spec })}`;

  test('is judged as what it becomes', () => {
    const postBuild = 'postBuild: {substitute: {keep: "5", word: three}}';
    expect(found(applied(postBuild, 'maxHistory: ${keep}'))).toEqual([]);
    expect(found(applied(postBuild, 'maxHistory: "${keep}"'))).toEqual([]);
    expect(found(applied(postBuild, 'maxHistory: ${word}'))).toEqual([
      expect.stringContaining("got 'three'"),
    ]);
    expect(found(applied(postBuild, 'releaseName: "${keep}"'))).toEqual([
      expect.stringContaining('a text, in quotes, for spec.releaseName, got 5'),
    ]);
  });

  test('is not judged where nobody here knows it', () => {
    const postBuild = 'postBuild: {substituteFrom: [{kind: Secret, name: elsewhere}]}';
    expect(found(applied(postBuild, 'maxHistory: ${keep}\ninstall: ${all}'))).toEqual([]);
  });

  test('is a text where nothing is substituted', () => {
    expect(found(applied('', 'maxHistory: ${keep}'))).toEqual([
      expect.stringContaining("got '${keep}'"),
    ]);
  });
});

describe('the CustomResourceDefinition of the cluster', () => {
  test.each([
    ['{type: boolean}', 'x', 1],
    ['{type: string, enum: [a, b]}', 'c', 1],
    ['{type: string, enum: [a, b]}', 'a', 0],
    ['{type: integer, enum: [1, 2]}', '3', 1],
    ['{type: integer, enum: [1, 2]}', '2', 0],
    ['{type: array, items: {type: array, items: {type: integer}}}', '[[1], [x, 2, y]]', 2],
    ['{type: object, additionalProperties: {type: integer}}', '{a: 1, b: x}', 1],
    ['{type: object, additionalProperties: {type: integer}}', '{constructor: x}', 1],
    ['{type: object, additionalProperties: true}', '{a: 1, b: x}', 0],
    ['{type: object, properties: {a: {type: string}}}', '{constructor: 1, __proto__: 2}', 0],
    ['{x-kubernetes-int-or-string: true}', 'x', 0],
    ['{x-kubernetes-int-or-string: true, type: integer}', 'x', 0],
    ['{anyOf: [{type: integer}, {type: string}]}', 'x', 0],
    ['{oneOf: [{enum: [a]}, {type: integer}]}', 'x', 0],
    ['{type: object, x-kubernetes-preserve-unknown-fields: true}', 'x', 0],
    ['{type: quantity}', 'x', 0],
    ['{type: [string, integer]}', 'true', 0],
    ['{type: constructor}', 'x', 0],
    ['{enum: a}', 'x', 0],
    ['{}', 'x', 0],
    ['7', 'x', 0],
  ])('with a field %s and the value %s counts', (schema, value, times) => {
    expect(found(bucket(`field: ${value}`) + definition(schema))).toHaveLength(times);
  });

  test('counts in place of what Flux 2.9 has', () => {
    expect(found(bucket('suspend: x'))).toHaveLength(1);
    expect(found(bucket('suspend: x') + definition('{}'))).toEqual([]);
  });
});
