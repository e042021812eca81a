import { foundBy, objectOf, syncOf } from './found-by';

const SOURCE = 'source.toolkit.fluxcd.io/v1';

const found = (example: string) =>
  foundBy('source-allowlist-missed', `# with: tenant team-a\n${example}`);

const git = (url: string, namespace = 'team-a') =>
  objectOf(SOURCE, 'GitRepository', 'a', { namespace, spec: `url: ${url}` });

test.each([
  ['Git', git('https://git.example.com/acme/podinfos'), "'https://git.example.com/acme/podinfos'"],
  ['Git by another way', git('ssh://git@git.example.com/acme/podinfo'), 'allowed-git'],
  [
    'a bucket, when none is listed',
    objectOf(SOURCE, 'Bucket', 'a', {
      namespace: 'team-a',
      spec: 'endpoint: s3.example.com\nbucketName: x',
    }),
    "'s3.example.com/x'",
  ],
  [
    'a registry by a HelmRepository',
    objectOf(SOURCE, 'HelmRepository', 'a', {
      namespace: 'team-a',
      spec: 'url: oci://registry.example.com/podinfo',
    }),
    'allowed-helm',
  ],
  [
    'tags of images',
    objectOf('image.toolkit.fluxcd.io/v1', 'ImageRepository', 'a', {
      namespace: 'team-a',
      spec: 'image: registry.example.com/other',
    }),
    'allowed-images',
  ],
  ['nothing', objectOf(SOURCE, 'GitRepository', 'a', { namespace: 'team-a' }), "'undefined'"],
])('a tenant may not fetch %s that its namespace does not list', (_, example, text) => {
  expect(found(example)).toEqual([expect.stringContaining(text)]);
});

test.each([
  ['what is listed', git('https://git.example.com/acme/podinfo')],
  ['what is below', git('https://git.example.com/acme/podinfo/x')],
  ['what is substituted', git('https://git.example.com/${team}')],
  ['for the platform', git('https://git.example.com/acme/others', 'apps')],
])('a source may fetch %s', (_, example) => {
  expect(found(example)).toEqual([]);
});

test('a namespace of a tenant without any list lists nothing that could be missed', () => {
  const namespace =
    '---\napiVersion: v1\nkind: Namespace\nmetadata: {name: apps, labels: {toolkit.fluxcd.io/tenant: dev}}\n';
  expect(found(git('https://git.example.com/acme/others', 'apps') + namespace)).toEqual([]);
});

test('a tenant cannot list anything by applying its own namespace', () => {
  const theirs = syncOf('theirs', {
    namespace: 'team-a',
    spec: 'path: ./theirs\nserviceAccountName: team-a\nsourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}',
  });
  const namespace = `# file: theirs/namespace.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: team-a
  labels: {toolkit.fluxcd.io/tenant: team-a}
  annotations: {cdk8s-flux-tenants/allowed-git: https://git.example.com}
`;
  const example = git('https://git.example.com/acme/others') + theirs + namespace;
  expect(found(example)).toHaveLength(1);
});
