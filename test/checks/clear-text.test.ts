import { RELEASE } from '../../src/checks/release-example';
import { foundBy, objectOf, releaseOf } from './found-by';

const BOTH = ['clear-credentials', 'clear-password'];

/** What is said of a release with values, given as JSON. */
function ofValues(values: unknown): string[] {
  return foundBy(BOTH, releaseOf('a', { spec: `values: ${JSON.stringify(values)}` }));
}

/** What is said of a Deployment whose container has a variable. */
function ofVariable(name: string, value: unknown): string[] {
  const containers = [{ name: 'a', image: 'a.example/a:1', env: [{ name, value }] }];
  const spec = `selector: {matchLabels: {a: b}}\ntemplate: ${JSON.stringify({ metadata: { labels: { a: 'b' } }, spec: { containers } })}`;
  return foundBy(BOTH, objectOf('apps/v1', 'Deployment', 'a', { spec }));
}

const PEM = '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAx0\n-----END RSA PRIVATE KEY-----';

describe('a password', () => {
  test.each([
    ['adminPassword', 'correct-horse'],
    ['PGPASSWORD', 'hunter2'],
    ['rootpassword', '123456'],
    ['bind_passwd', 'hunter2'],
    ['keystore-passphrase', 'hunter2'],
    ['authToken', 'tok_3f9a'],
    ['token', '3fa85f64-5717-4562-b3fc-2c963f66afa6'],
    ['OPENAI_API_KEY', 'sk-abc123'],
    ['apiKey', 'abc123'],
    ['awsSecretAccessKey', 'wJalrXUtnFEMIK7MDENGbPxRfiCY'],
    ['clientSecret', 'Zx9Qw2'],
  ])('by name %s is found in values and variables, and not shown', (name, value) => {
    for (const messages of [
      ofValues({ auth: { [name]: value } }),
      ofValues({ list: [{ env: [{ name, value }] }] }),
      ofVariable(name, value),
    ]) {
      expect(messages).toEqual([
        expect.stringMatching(
          new RegExp(`/a should take '${name}' from a Secret, got it in clear$`),
        ),
      ]);
      expect(messages.join()).not.toContain(value);
    }
  });

  test.each(['SECRET_KEY', 'DB_PASS', 'MYSQL_PWD', 'SECRET'])(
    'by name %s is found in variables alone: in values it may name the key of a Secret',
    (name) => {
      expect(ofVariable(name, 'Zx9Qw2')).toHaveLength(1);
      expect(ofValues({ auth: { [name]: 'Zx9Qw2' } })).toEqual([]);
    },
  );

  test.each([
    ['passwordSecretRef', 'db'],
    ['existingSecret', 'db-auth'],
    ['tokenPath', '/run/token'],
    ['secretName', 'tls'],
    ['passwordKey', 'admin-password'],
    ['secretKey', 'password'],
    ['DB_PASSWORD_FILE', '/run/secrets/db'],
    ['TOKEN_URL', 'https://login.example.com/token'],
    ['imagePullSecret', 'regcred'],
    ['clientSecret', 'oauth-client'],
    ['githubToken', 'github-token'],
    ['maxTokens', '4096'],
    ['tokenLimit', '4096'],
    ['privateKey', 'tls.key'],
    ['TLS_SECRET', 'regcred'],
    ['password_policy', 'strict'],
  ])('is not taken to be in %s: %s', (name, value) => {
    expect(ofValues({ auth: { [name]: value } })).toEqual([]);
    expect(ofVariable(name, value)).toEqual([]);
  });

  test.each<[unknown]>([
    [''],
    ['  '],
    ['true'],
    ['yes'],
    [true],
    [12345],
    [null],
    ['${PASSWORD}'],
    ['$(PASSWORD)'],
    ['$PASSWORD'],
    ['$__file{/etc/secrets/password}'],
    ['$2y$10$abcdefghijklmnopqrstuv'],
    ['{{ .Values.password }}'],
    ['<password>'],
    ['%PASSWORD%'],
    ['changeme'],
    ['CHANGE-ME'],
    ['xxxx'],
    ['******'],
    ['/run/secrets/password'],
    ['./password'],
    ['https://vault.example.com/v1/secret'],
    ['vault:secret/data/db#password'],
    ['ref+awsssm://db/password'],
    ['ENC[AES256_GCM,data:h8sVmQ==,iv:aXY=,tag:dGFn,type:str]'],
    ['Type your password'],
  ])('is not %j', (value) => {
    expect(ofValues({ auth: { password: value } })).toEqual([]);
    if (typeof value === 'string') {
      expect(ofVariable('PASSWORD', value)).toEqual([]);
    }
  });

  test('is not what names the key of a Secret', () => {
    expect(ofValues({ auth: { secretKeys: { adminPassword: 'postgres-pw' } } })).toEqual([]);
    expect(ofValues({ auth: { secretKeyRef: { password: 'pw' } } })).toEqual([]);
    expect(ofValues({ auth: { adminPassword: 'admin-password' } })).toEqual([]);
    expect(ofValues({ secrets: { adminPassword: 'Zx9' } })).toHaveLength(1);
  });

  test('is found in every kind with containers, those that come first among them', () => {
    const pod = {
      spec: { initContainers: [{ name: 'a', env: [{ name: 'A_TOKEN', value: 'Zx9' }] }] },
    };
    for (const [api, kind, spec] of [
      ['v1', 'Pod', pod.spec],
      ['apps/v1', 'StatefulSet', { template: pod }],
      ['apps/v1', 'DaemonSet', { template: pod }],
      ['apps/v1', 'ReplicaSet', { template: pod }],
      ['batch/v1', 'Job', { template: pod }],
      ['batch/v1', 'CronJob', { jobTemplate: { spec: { template: pod } } }],
    ] as const) {
      const object = objectOf(api, kind, 'a', {}).concat(`spec: ${JSON.stringify(spec)}\n`);
      expect(foundBy(BOTH, object)).toHaveLength(1);
    }
  });

  test('is told where it stands', () => {
    const values = '  values:\n    list:\n      - auth:\n          a/b:\n            apiKey: Zx9\n';
    expect(foundBy('clear-password', RELEASE.replace('---\n', `${values}---\n`))).toHaveLength(1);
  });
});

describe('what surely gives access', () => {
  test.each([
    ['postgres://app:hunter2@db.example.com/app', 'a url with a password'],
    ['redis://:hunter2@redis:6379', 'a url with a password'],
    ['AMQP://guest:guest@rabbit', 'a url with a password'],
    ['a: https://u:p%40ss@x.example\nb: c', 'a url with a password'],
    ['http://$(HOST):80 https://a:b@c', 'a url with a password'],
    [PEM, 'a private key'],
    [PEM.replace(/\n/g, '\\n'), 'a private key'],
    [PEM.replace(/RSA (.*)-----/g, 'PGP $1 BLOCK-----'), 'a private key'],
  ])('is found whatever its name is, once, and not shown: %j', (value, what) => {
    for (const messages of [
      ofValues({ a: { b: { c: value } } }),
      ofValues({ a: { c: [['x', value]] } }),
      ofValues({ env: [{ name: 'c', value }] }),
      ofVariable('c', value),
      ofVariable('PASSWORD', value).map((message) => message.replace("'PASSWORD'", "'c'")),
    ]) {
      expect(messages).toEqual([
        expect.stringMatching(new RegExp(`/a must take 'c' from a Secret, got ${what} in clear$`)),
      ]);
      expect(messages.join()).not.toMatch(/hunter2|guest|MIIE/);
    }
  });

  test.each([
    'postgres://app@db.example.com:5432/app',
    'https://x.example/a:b@c',
    'https://x.example:443?mail=a@b',
    'http://$(USER):$(PASSWORD)@db',
    'http://${USER}:${PASSWORD}@db',
    'http://user:{{ .password }}@db',
    'http://user:<password>@db',
    'http://{user}:{password}@db',
    'http://user:***@db',
    'http://user:@db',
    'docker://nginx:1.27@sha256:0000',
    'oci://ghcr.io:443/a/b@sha256:0000',
    'docker://nginx:1.27@sha512:0000',
    'https://([^:]+):([^@]+)@git',
    'git@github.com:acme/x.git',
    'user:password@host',
    '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
    '-----BEGIN CERTIFICATE-----\nMIIEowIBAAKCAQEAx0\n',
  ])('is not %j', (value) => {
    expect(ofValues({ url: value })).toEqual([]);
    expect(ofVariable('URL', value)).toEqual([]);
  });
});

test('values of aliases are read once, however often they stand there', () => {
  const bomb = Array.from({ length: 40 }, (_, i) =>
    i === 0 ? 'l0: &l0 {password: Zx9}' : `l${i}: &l${i} {a: *l${i - 1}, b: *l${i - 1}}`,
  ).join('\n    ');
  expect(foundBy(BOTH, releaseOf('a', { spec: `values:\n    ${bomb}` })).length).toBeLessThan(3);
});
