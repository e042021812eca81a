import { foundBy, objectOf, releaseOf, syncOf } from './found-by';

const CANARY = { spec: 'targetRef: {apiVersion: apps/v1, kind: Deployment, name: a}' };

/** A CustomResourceDefinition of Bucket with three fields. */
function definition(field: string, kind = 'Bucket'): string {
  return `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${kind.toLowerCase()}s.source.toolkit.fluxcd.io}
spec:
  group: source.toolkit.fluxcd.io
  names: {kind: ${kind}, plural: ${kind.toLowerCase()}s}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          properties:
            spec: {properties: {url: {}, interval: {}, ${field}: {type: string}}, required: [url, ${field}]}
`;
}

const source = (spec: string, metadata?: string) =>
  objectOf('source.toolkit.fluxcd.io/v1', 'GitRepository', 'a', { spec, metadata });

const bucket = (spec: string) => objectOf('source.toolkit.fluxcd.io/v1', 'Bucket', 'a', { spec });

describe('a field', () => {
  const found = (example: string) => foundBy('known-field', example);

  test.each([
    ['of the spec', syncOf('a', { spec: 'pruned: true' }), "'spec.pruned'", "'prune'"],
    [
      'of the items of a list',
      syncOf('a', { spec: 'dependsOn: [{name: b}, {nam: c}]' }),
      "'spec.dependsOn[1].nam'",
      "'name'",
    ],
    [
      'of an entry of a map',
      objectOf('flagger.app/v1beta1', 'Canary', 'a', {
        spec: `${CANARY.spec}\nanalysis: {match: [{headers: {x-user: {exakt: me}}}]}`,
      }),
      "'spec.analysis.match[0].headers.x-user.exakt'",
      "'exact'",
    ],
    ['beside the spec', `${source('url: x')}sepc: {}\n`, "'sepc'", "'spec'"],
  ])('%s that no kind has is found, with what was meant', (_, example, field, meant) => {
    expect(found(example)).toEqual([expect.stringContaining(`has a field ${field}`)]);
    expect(found(example)).toEqual([expect.stringContaining(`did you mean ${meant}`)]);
  });

  test('like none is found with all that there are', () => {
    expect(found(source('url: x\nref: {colour: red}'))).toEqual([
      expect.stringContaining('does not have; it has branch, commit, name, semver, tag'),
    ]);
  });

  test.each([
    ['of the values of a release', releaseOf('a', { spec: 'values: {intervall: 1, a: {b: c}}' })],
    ['that is null, which is not sent', source('url: x\nintervall:')],
    ['that is substituted', source('url: x\n"${field}": y')],
    ['below a substituted value', source('url: "${url}"\nref: "${ref}"')],
    ['that a controller writes', `${source('url: x')}status: {observed: 1}\n`],
    ['of metadata', source('url: x', 'managed: true')],
    [
      'of a version that is not known',
      objectOf('source.toolkit.fluxcd.io/v1beta2', 'GitRepository', 'a', {
        spec: 'url: x\ngitImplementation: libgit2',
      }),
    ],
    [
      'that another version of Flagger may have',
      objectOf('flagger.app/v1beta1', 'Canary', 'a', { spec: `${CANARY.spec}\nteleport: true` }),
    ],
    [
      'named as what all JavaScript has',
      objectOf('example.com/v1', 'GitRepository', 'a', { spec: 'constructor: x' }),
    ],
  ])('%s is none to judge', (_, example) => {
    expect(found(example)).toEqual([]);
  });

  test.each(['constructor', '__proto__', 'toString'])('named %s is one like any other', (name) => {
    expect(found(source(`url: x\n${name}: y`))).toHaveLength(1);
  });

  test('is one that the CustomResourceDefinition of the cluster has, and no other', () => {
    expect(found(bucket('url: x\ntoken: y') + definition('token'))).toEqual([]);
    expect(found(bucket('url: x\nsuspend: true') + definition('token'))).toHaveLength(1);
  });

  test('is none that a tenant defines', () => {
    const theirs = syncOf('theirs', {
      namespace: 'team-a',
      spec: 'path: ./theirs\nserviceAccountName: team-a\nsourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}',
    });
    const example = `# with: tenant team-a\n${bucket('url: x\ntoken: y')}${theirs}# file: theirs/crd.yaml\n${definition('token')}`;
    expect(found(example)).toHaveLength(2);
  });

  test.each(['spec: 7', 'spec: [[[]]]', 'spec: {versions: [{name: v1, schema: []}]}'])(
    'is not judged by a CustomResourceDefinition with %s',
    (spec) => {
      const odd = `---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\n${spec}\n`;
      expect(found(source('url: x\nintervall: y') + odd)).toHaveLength(1);
    },
  );
});

test('a field that the CustomResourceDefinition of the cluster requires must be there', () => {
  expect(foundBy('required-field', bucket('url: x') + definition('token'))).toEqual([
    'Bucket apps/a must have token, got none',
  ]);
});

describe('a kind', () => {
  const found = (apiVersion: string, kind: string, more = '') =>
    foundBy('known-kind', objectOf(apiVersion, kind, 'a') + more);

  test.each([
    ['source.toolkit.fluxcd.io/v1', 'GitRepositry', "'GitRepository', got 'GitRepositry'"],
    ['source.toolkit.fluxcd.io/v1', 'GitRepo', 'one of Bucket, ExternalArtifact, GitRepository'],
    ['notification.toolkit.fluxcd.io/v9', 'alert', "'Alert', got 'alert'"],
    ['flagger.app/v1beta1', 'Canery', "'Canary'"],
    ['kustomise.toolkit.fluxcd.io/v1', 'Kustomization', 'kustomize.toolkit.fluxcd.io'],
    ['toolkit.toolkit.fluxcd.io/v1', 'Kustomization', 'must be of API group'],
  ])('of %s may not be %s', (apiVersion, kind, message) => {
    expect(found(apiVersion, kind)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ['source.toolkit.fluxcd.io/v1beta1', 'Bucket'],
    ['source.toolkit.fluxcd.io/v1', '${kind}'],
    ['${group}.toolkit.fluxcd.io/v1', 'Repository'],
    ['infra.contrib.fluxcd.io/v1alpha2', 'Terraform'],
    ['fluxcd.controlplane.io/v1', 'SomethingNew'],
    ['helm.fluxcd.io/v1', 'HelmRelease'],
    ['kustomize.config.k8s.io/v1', 'Anything'],
  ])('of %s may be %s', (apiVersion, kind) => {
    expect(found(apiVersion, kind)).toEqual([]);
  });

  test('may be one that the cluster itself defines', () => {
    const one = definition('token', 'FtpServer');
    expect(found('source.toolkit.fluxcd.io/v1', 'FtpServer', one)).toEqual([]);
  });
});
