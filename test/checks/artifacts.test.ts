import { OCI_SOURCE, TENANT_OCI_SOURCE } from '../../src/checks/oci-source-example';
import { hasOpenDot, isAnchored } from '../../src/checks/signer-pattern';
import { foundBy, objectOf, syncOf } from './found-by';
import { judged } from './judged';

/** The source with another `verify`. */
function verifying(verify: string): string {
  return OCI_SOURCE.replace(/ {2}verify:[^]*/, () => `  verify:\n${verify}`);
}

function signedBy(
  subject: string,
  issuer = '^https://token\\.actions\\.githubusercontent\\.com$',
): string {
  return verifying(
    `    matchOIDCIdentity:\n      - issuer: '${issuer}'\n        subject: '${subject}'\n    provider: cosign\n`,
  );
}

describe('who must have signed', () => {
  test('is nobody in particular without key and identity', () => {
    expect(foundBy('artifact-signer', verifying('    provider: cosign\n'))).toHaveLength(1);
    expect(
      foundBy('artifact-signer', verifying('    matchOIDCIdentity: []\n    provider: cosign\n')),
    ).toHaveLength(1);
  });

  test('is the holder of a key, without an identity', () => {
    expect(judged(verifying('    provider: cosign\n    secretRef:\n      name: key\n'))).toEqual(
      [],
    );
  });

  test('may be anybody whom an authority of its own knows', () => {
    const own = verifying(
      '    provider: cosign\n    trustedRootSecretRef:\n      name: sigstore\n',
    );
    expect(judged(own)).toEqual([]);
  });

  test('is told in one way', () => {
    const both = OCI_SOURCE.concat('    secretRef:\n      name: key\n');
    expect(foundBy('artifact-signer', both)).toEqual([
      expect.stringContaining('Flux would ignore matchOIDCIdentity'),
    ]);
  });

  test('is told by a Secret to notation', () => {
    expect(foundBy('artifact-signer', verifying('    provider: notation\n'))).toEqual([
      expect.stringContaining('must have secretRef in verify'),
    ]);
  });

  test('cannot be told of a chart by identity in a HelmRelease', () => {
    const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
  namespace: apps
spec:
  chart:
    spec:
      chart: podinfo
      sourceRef:
        kind: HelmRepository
        name: charts
      verify:
        provider: cosign
  interval: 10m
`;
    expect(foundBy('artifact-signer', release)).toHaveLength(1);
    const keyed = release.replace(
      'provider: cosign',
      'provider: cosign\n        secretRef:\n          name: key',
    );
    expect(foundBy('artifact-signer', keyed)).toEqual([]);
  });
});

describe('a pattern of signers', () => {
  test.each([
    '.*',
    '^.+$',
    'https://github.com/.*',
    '^https://github.com/acme',
    '^https://github\\.com/acme.*$',
    '^https://github\\.com/[^/]+/podinfo/.*|.*$',
    '/\\.github/workflows/release\\.yaml@refs/tags/v',
    '^https://github\\.com/[^/@]+/[^/@]+/\\.github/workflows/publish\\.yaml@refs/heads/main$',
    '^https://github\\.com/acme[^/]*/[^/]+/\\.github/workflows/ci\\.yml@refs/heads/release/1\\.x$',
    '',
  ])('%p accepts strangers', (subject) => {
    expect(foundBy('signer-pattern-stranger', signedBy(subject))).toEqual([
      expect.stringContaining('must not accept the signature of strangers'),
    ]);
  });

  test.each([
    '^https://github.com/acme/podinfo.*$',
    '^https://github.com/acme/.*$',
    'https://github.com/acme/podinfo/.github/workflows/release.yaml@refs/heads/main',
    '^https://github\\.com/(?:acme|acme-lab)/podinfo/\\.github/workflows/release\\.yaml@refs/tags/v[^/@]+$',
  ])('%p accepts none', (subject) => {
    expect(foundBy('signer-pattern-stranger', signedBy(subject))).toEqual([]);
  });

  test('of an address of mail accepts none, while one of all addresses does', () => {
    const google = '^https://accounts\\.google\\.com$';
    expect(judged(signedBy('^release@acme\\.example$', google))).toEqual([]);
    expect(foundBy('signer-pattern-stranger', signedBy('@gmail\\.com$', google))).toHaveLength(1);
  });

  test('that is none of Go is found', () => {
    expect(foundBy('signer-pattern-stranger', signedBy('^(?!evil).*$'))).toEqual([
      expect.stringContaining('must have a regular expression of Go (RE2) as subject'),
    ]);
  });

  test('with a variable is not judged', () => {
    expect(judged(signedBy('^https://github\\.com/${OWNER}.*'))).toEqual([]);
  });

  test('that ends in the name of a repository accepts its neighbours', () => {
    expect(
      foundBy('signer-pattern-exact', signedBy('^https://github\\.com/acme/podinfo.*$')),
    ).toEqual([expect.stringContaining("matches 'https://github.com/acme/podinfo-somebody-else/")]);
    expect(
      foundBy(
        'signer-pattern-exact',
        signedBy('^https://github\\.com/acme/podinfo[^/]*/\\.github/workflows/ci\\.yaml@.*$'),
      ),
    ).toHaveLength(1);
    expect(judged(signedBy('^https://github\\.com/acme/podinfo/.*$'))).toEqual([]);
  });

  test.each([
    ['^a$', true],
    ['^(?:a|b)$', true],
    ['^a|b$', false],
    ['^[|]$', true],
    ['^a\\|b$', true],
    ['^a\\$', false],
    ['a$', false],
  ])('%p is anchored: %p', (pattern, expected) => {
    expect(isAnchored(pattern)).toBe(expected);
  });

  test.each([
    ['a.b', true],
    ['a\\.b', false],
    ['a[.]b', false],
    ['a.*', false],
    ['a.+', false],
    ['a.{3}', false],
    ['a\\\\.b', true],
  ])('%p has an open dot: %p', (pattern, expected) => {
    expect(hasOpenDot(pattern)).toBe(expected);
  });
});

describe('the reference of an artifact', () => {
  function refers(reference: string): string[] {
    return judged(OCI_SOURCE.replace('    semver: 6.x\n', () => reference));
  }

  test('may be a digest with the tag that it stands for', () => {
    expect(refers('    digest: sha256:abc\n    tag: 6.1.0\n')).toEqual([]);
  });

  test('may be a variable', () => {
    expect(refers('    tag: ${VERSION}\n')).toEqual([]);
  });

  test('may be filtered with semver only', () => {
    expect(refers('    semver: 6.x\n    semverFilter: .*-rc.*\n')).toEqual([]);
    expect(refers('    semverFilter: .*-rc.*\n    tag: 6.1.0\n')).toEqual([
      expect.stringContaining('oci-reference'),
    ]);
  });
});

describe('the host of an artifact', () => {
  function at(place: string): string[] {
    return judged(OCI_SOURCE.replace('registry.example.com/podinfo', () => place));
  }

  test.each([
    'docker.io/acme/podinfo',
    'zot.registry.svc:5000/podinfo',
    '${REGISTRY}/podinfo',
    'localhost.example.com/a',
  ])('may be that of %p', (place) => {
    expect(at(place)).toEqual([]);
  });

  test.each([
    '10.0.0.5/podinfo',
    '10.0.0.5:5000/podinfo',
    'localhost:5000/podinfo',
    'acme/podinfo',
  ])('should not be that of %p', (place) => {
    expect(at(place)).toEqual([expect.stringContaining('registry-host')]);
  });

  test.each([
    ['acme.azurecr.io', 'azure'],
    ['europe-docker.pkg.dev/acme', 'gcp'],
    ['eu.gcr.io/acme', 'gcp'],
  ])('%s wants the identity of %s, or credentials', (host, provider) => {
    const [without] = at(`${host}/podinfo`);
    expect(without).toContain(`provider '${provider}'`);
    const secret = OCI_SOURCE.replace('registry.example.com', host).replace(
      '  url:',
      '  secretRef:\n    name: pull\n  url:',
    );
    expect(judged(secret)).toEqual([]);
  });

  test('that only begins like that of a cloud is none', () => {
    expect(at('acme.azurecr.io.example.com/podinfo')).toEqual([]);
    expect(at('public.ecr.aws/acme/podinfo')).toEqual([]);
  });
});

describe('a source outside of tenants', () => {
  test('may do without TLS and signature', () => {
    const plain = OCI_SOURCE.replace('spec:\n', 'spec:\n  insecure: true\n').replace(
      / {2}verify:[^]*/,
      '',
    );
    expect(judged(plain)).toEqual([]);
  });
});

describe('a source of a tenant that is not verified', () => {
  const source = (kind: string, spec: string, namespace = 'team-a') =>
    objectOf('source.toolkit.fluxcd.io/v1', kind, 'deploy', {
      namespace,
      spec: `interval: 5m\n${spec}`,
    });
  const git = (more = '', namespace?: string) =>
    source(
      'GitRepository',
      `url: https://git.example.com/a/b\nref: {branch: main}\n${more}`,
      namespace,
    );
  const automation = objectOf('image.toolkit.fluxcd.io/v1', 'ImageUpdateAutomation', 'images', {
    namespace: 'team-a',
    spec: 'interval: 5m\nsourceRef: {kind: GitRepository, name: deploy}\ngit: {}',
  });
  const sync = syncOf('apps', {
    namespace: 'team-a',
    spec: 'sourceRef: {kind: GitRepository, name: deploy}\nserviceAccountName: team-a',
  });
  const unsigned = (...objects: string[]) =>
    foundBy('tenant-source-signature', `# with: tenant team-a\n${objects.join('')}`);

  test('is found of Git, whoever applies it', () => {
    const message =
      "GitRepository team-a/deploy should have verify in a namespace of tenant 'team-a', got none";
    expect(unsigned(git())).toEqual([message]);
    expect(unsigned(git('verify:'))).toEqual([message]);
    expect(unsigned(git(), sync)).toEqual([message]);
    expect(unsigned(git('verify: {mode: HEAD, secretRef: {name: signers}}'), sync)).toEqual([]);
  });

  test('is found of what an automation writes only where something applies it, too', () => {
    expect(unsigned(git(), automation)).toEqual([]);
    expect(unsigned(git(), automation, sync)).toHaveLength(1);
  });

  test('is found of what an automation in another namespace claims to write', () => {
    const foreign = automation
      .replace('namespace: "team-a"', 'namespace: "team-b"')
      .replace('name: deploy}', 'name: deploy, namespace: team-a}');
    expect(foreign).not.toContain('namespace: "team-a"');
    expect(unsigned(git(), foreign)).toHaveLength(1);
  });

  test('is found of a bucket, which cannot be verified', () => {
    const bucket = source('Bucket', 'bucketName: x\nendpoint: s3.example.com');
    expect(unsigned(bucket)).toEqual([
      expect.stringContaining('such as an OCIRepository, got a Bucket, which has no verify'),
    ]);
  });

  test('is not found where it is nobody’s tenant', () => {
    expect(unsigned(git('', 'apps'))).toEqual([]);
    expect(unsigned(git('', 'flux-system'))).toEqual([]);
  });
});

describe('a source of a tenant', () => {
  test.each([
    '  insecure: true\n',
    '  proxySecretRef:\n    name: proxy\n',
    '  certSecretRef:\n    name: ca\n',
  ])('with %p is found', (field) => {
    expect(judged(TENANT_OCI_SOURCE.replace('spec:\n', `spec:\n${field}`))).toHaveLength(1);
  });

  test('with a proxy that is null is not found', () => {
    expect(judged(TENANT_OCI_SOURCE.replace('spec:\n', 'spec:\n  proxySecretRef:\n'))).toEqual([]);
  });

  test('of plain http is found', () => {
    const git = `# with: tenant team-a
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: podinfo
  namespace: team-a
spec:
  interval: 5m
  ref:
    branch: main
  url: http://git.example.com/acme/podinfo
`;
    expect(foundBy('tenant-source-insecure', git)).toHaveLength(1);
  });
});

describe('the keys of a Secret', () => {
  const keyed = verifying('    provider: cosign\n    secretRef:\n      name: signer\n');
  const secret = (text: string) =>
    `${keyed}---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: signer\n  namespace: apps\n${text}`;

  test('are not judged where something else fills it', () => {
    expect(foundBy('secret-keys', secret(''))).toEqual([]);
    expect(foundBy('secret-keys', secret('data: {}\n'))).toEqual([]);
    expect(foundBy('secret-keys', keyed)).toEqual([]);
  });

  test('are known though its values are encrypted', () => {
    expect(
      foundBy('secret-keys', secret('data:\n  public: ENC[AES256_GCM,data:x]\n')),
    ).toHaveLength(1);
    expect(foundBy('secret-keys', secret('data:\n  acme.pub: ENC[AES256_GCM,data:x]\n'))).toEqual(
      [],
    );
  });

  test('of a registry come with a type', () => {
    const pulling = OCI_SOURCE.replace('  url:', '  secretRef:\n    name: pull\n  url:');
    const of = (type: string) =>
      `${pulling}---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: pull\n  namespace: apps\ntype: ${type}\nstringData:\n  .dockerconfigjson: ''\n`;
    expect(foundBy('secret-keys', of('Opaque'))).toHaveLength(1);
    expect(foundBy('secret-keys', of('kubernetes.io/dockerconfigjson'))).toEqual([]);
  });

  test('do not excuse a type that nobody can change', () => {
    const pulling = OCI_SOURCE.replace('  url:', '  secretRef:\n    name: signer\n  url:');
    const filled = (type: string) => `${pulling}---\napiVersion: v1\nkind: Secret
metadata:\n  name: signer\n  namespace: apps\ntype: ${type}\n`;
    expect(foundBy('secret-keys', filled('Opaque'))).toEqual([
      expect.stringMatching(/got 'signer' of type Opaque$/),
    ]);
    expect(foundBy('secret-keys', filled('kubernetes.io/dockerconfigjson'))).toEqual([]);
  });

  const uses: [string, string, string[], string[]][] = [
    [
      'a trust policy of Notation',
      verifying('    provider: notation\n    secretRef:\n      name: signer\n'),
      ['trustpolicy.json', 'acme.crt'],
      ['trustpolicy.json'],
    ],
    [
      'a root of Sigstore',
      `${OCI_SOURCE}    trustedRootSecretRef:\n      name: signer\n`,
      ['trusted_root.json'],
      ['root.json'],
    ],
    [
      'an authority of a registry',
      OCI_SOURCE.replace('  ref:', '  certSecretRef:\n    name: signer\n  ref:'),
      ['ca.crt'],
      ['ca.pem'],
    ],
    [
      'a client of a registry',
      OCI_SOURCE.replace('  ref:', '  certSecretRef:\n    name: signer\n  ref:'),
      ['tls.crt', 'tls.key'],
      ['tls.crt', 'ca.crt'],
    ],
    [
      'a proxy',
      OCI_SOURCE.replace('  ref:', '  proxySecretRef:\n    name: signer\n  ref:'),
      ['address', 'username'],
      ['url'],
    ],
  ];

  const fetching = (kind: string, fields: string) => `apiVersion: source.toolkit.fluxcd.io/v1
kind: ${kind}
metadata:
  name: podinfo
  namespace: apps
spec:
  interval: 5m
${fields}  secretRef:
    name: signer
`;
  const git = (fields: string) => fetching('GitRepository', `  ref:\n    branch: main\n${fields}`);
  const https = git('  url: https://git.example.com/acme/podinfo\n');
  const app = git('  provider: github\n  url: https://github.com/acme/podinfo\n');
  const ssh = git('  url: ssh://git@git.example.com/acme/podinfo\n');
  const signed = https
    .replace(/ {2}secretRef:\n.*\n/, '')
    .concat('  verify:\n    mode: HEAD\n    secretRef:\n      name: signer\n');
  const bucket = (provider: string) =>
    fetching('Bucket', `  bucketName: x\n  endpoint: s3.example.com\n  provider: ${provider}\n`);

  uses.push(
    ['a user of Git', https, ['username', 'password'], ['username']],
    ['a token of Git', https, ['bearerToken'], ['token']],
    ['a public repository with an authority', https, ['ca.crt'], ['known_hosts']],
    ['a key of Git', ssh, ['identity', 'known_hosts'], ['identity']],
    [
      'a GitHub App',
      app,
      ['githubAppID', 'githubAppPrivateKey', 'githubAppInstallationOwner'],
      ['githubAppID', 'githubAppPrivateKey'],
    ],
    ['who signs with PGP', signed, ['alice.asc'], ['alice.pub']],
    ['who signs with SSH', signed, ['alice.sshpub'], ['identity']],
    [
      'a repository of charts',
      fetching('HelmRepository', '  url: https://charts.example.com\n'),
      ['username', 'password'],
      ['password'],
    ],
    ['a bucket', bucket('generic'), ['accesskey', 'secretkey'], ['accesskey']],
    ['a bucket of AWS', bucket('aws'), ['accesskey', 'secretkey'], ['username', 'password']],
    ['a bucket of Azure', bucket('azure'), ['sasKey'], ['accesskey', 'secretkey']],
    ['a bucket of Google Cloud', bucket('gcp'), ['serviceaccount'], ['accesskey', 'secretkey']],
  );

  test('are not judged where nobody knows what reads them', () => {
    const read = (source: string) => `${source}---\napiVersion: v1\nkind: Secret
metadata:\n  name: signer\n  namespace: apps\nstringData:\n  x: ''\n`;
    const charts = fetching('HelmRepository', '  type: oci\n  url: oci://ghcr.io/acme/charts\n');
    for (const source of [bucket('another'), git('  url: ${GIT_URL}\n'), charts]) {
      expect(foundBy('secret-keys', read(source))).toEqual([]);
    }
  });

  test.each(uses)('are those of %s', (_, source, right, wrong) => {
    const holding = (keys: string[]) =>
      `${source}---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: signer\n  namespace: apps\nstringData:\n${keys
        .map((key) => `  ${key}: ''\n`)
        .join('')}`;
    expect(foundBy('secret-keys', holding(right))).toEqual([]);
    expect(foundBy('secret-keys', holding(wrong))).toHaveLength(1);
  });
});
