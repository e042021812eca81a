import { ALERT, RECEIVER } from '../../src/checks/alert-example';
import { foundBy, objectOf } from './found-by';
import { judged } from './judged';

describe('a Provider for Slack', () => {
  const bare = ALERT.replace(/ {2}address: .*\n/, '');
  const secret = (key: string) =>
    `---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: slack-token\n  namespace: apps\nstringData:\n  ${key}: ''\n`;

  test('may have its address in a Secret that is not known', () => {
    expect(judged(bare)).toEqual([]);
  });

  test('may have its address in a Secret that is known', () => {
    expect(foundBy('slack-address', bare + secret('address'))).toEqual([]);
    expect(foundBy('slack-address', bare + secret('token'))).toEqual([
      expect.stringContaining('must have an address, got none'),
    ]);
  });

  test("must post to Slack's API with a token", () => {
    const hook = ALERT.replace('slack.com/api/chat.postMessage', 'hooks.slack.com/services/x');
    expect(foundBy('slack-address', hook + secret('token'))).toHaveLength(1);
    expect(foundBy('slack-address', hook + secret('address'))).toEqual([]);
  });

  test('may post to what speaks like Slack', () => {
    const other = ALERT.replace('slack.com/api/chat.postMessage', 'mattermost.example.com/hooks/x');
    expect(judged(other + secret('token'))).toEqual([]);
  });

  test('of a variable address is not judged', () => {
    expect(
      judged(
        bare
          .replace('  channel', '  address: ${SLACK}\n  channel')
          .replace(/ {2}secretRef:\n.*\n/, ''),
      ),
    ).toEqual([]);
  });
});

test('a Provider of another type needs no address', () => {
  const other = ALERT.replace(/ {2}address: .*\n/, '')
    .replace(/ {2}secretRef:\n.*\n/, '')
    .replace('type: slack', 'type: azureeventhub');
  expect(judged(other)).toEqual([]);
});

describe('an event source', () => {
  const about = (source: string) =>
    ALERT.replace(/- kind: GitRepository\n *name: '\*'/, () => source);

  test('of another kind than those of Flux is found', () => {
    expect(foundBy('event-source-form', about("- kind: Canary\n      name: '*'"))).toHaveLength(1);
  });

  test.each(['FluxInstance', 'ResourceSet', 'ResourceSetInputProvider', 'Terraform'])(
    'may be of kind %s, with which others have Flux tell of their events',
    (kind) => {
      const files = about(`- kind: ${kind}\n      name: '*'`);
      expect(foundBy('event-source-form', files)).toEqual([]);
    },
  );

  test('may be of the FluxInstance that a cluster is installed by', () => {
    const inFlux = about("- kind: FluxInstance\n      name: '*'").replace(
      /namespace: .*/g,
      'namespace: flux-system',
    );
    expect(judged(inFlux)).toEqual([]);
  });

  test('of a kind that is a variable is not judged', () => {
    expect(judged(about('- kind: ${KIND}\n      name: podinfo'))).toEqual([]);
  });

  test('in another namespace that holds such objects is heard of', () => {
    const other = `${ALERT}---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: charts
spec:
  interval: 10m
  url: https://charts.example.com
`;
    const source = (namespace: string) =>
      other.replace(
        'kind: GitRepository\n',
        `kind: HelmRepository\n      namespace: ${namespace}\n`,
      );
    expect(foundBy('alert-silent', source('charts'))).toEqual([]);
    expect(foundBy('alert-silent', source('apps'))).toEqual([
      expect.stringContaining("there is no HelmRepository in 'apps'"),
    ]);
  });

  test('is enough among others that are about nothing', () => {
    expect(
      judged(about("- kind: GitRepository\n      name: '*'\n    - kind: Bucket\n      name: '*'")),
    ).toEqual([]);
  });

  test('in flux-system may be what flux bootstrap makes', () => {
    const platform = ALERT.replaceAll('namespace: apps', 'namespace: flux-system').replace(
      /---\napiVersion: source[^]*/,
      '',
    );
    expect(foundBy('alert-silent', platform)).toEqual([]);
  });

  test('of a tenant that applies what is not known may be anything', () => {
    const sync = `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: podinfo
  namespace: apps
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: GitRepository
    name: podinfo
`;
    expect(foundBy('alert-silent', about("- kind: HelmRelease\n      name: '*'") + sync)).toEqual(
      [],
    );
  });
});

test('an Alert hears nothing by a Provider that is suspended', () => {
  const suspended = ALERT.replace('  type: slack', '  suspend: true\n  type: slack');
  expect(foundBy('alert-silent', suspended)).toHaveLength(1);
});

test('an Alert names no namespace of its Provider', () => {
  const foreign = ALERT.replace(
    'providerRef:\n    name: slack',
    'providerRef:\n    name: slack\n    namespace: flux-system',
  );
  expect(foundBy('event-source-form', foreign)).toHaveLength(1);
});

describe('what calls a Receiver', () => {
  const called = (spec: string, ...kinds: readonly string[]) =>
    foundBy(
      ['receiver-cause', 'receiver-unproven'],
      objectOf('notification.toolkit.fluxcd.io/v1', 'Receiver', 'hook', {
        spec: `secretRef: {name: webhook-token}\n${spec}\nresources: [${kinds
          .map((kind) => `{kind: ${kind}, name: '*', matchLabels: {a: b}}`)
          .join(', ')}]`,
      }),
    );

  test.each([
    ['type: github\nevents: [ping, push]', ['OCIRepository']],
    ['type: github\nevents: [Push]', ['OCIRepository', 'ImageRepository']],
    ['type: gitlab\nevents: [Push Hook, Tag Push Hook]', ['ImageRepository']],
    ['type: bitbucket\nevents: ["repo:refs_changed"]', ['ImageRepository']],
  ])('does not tell by %j that there is a new %s', (spec, kinds) => {
    expect(called(spec, ...kinds)).toEqual([
      expect.stringMatching(
        /^Receiver apps.hook should look at what a push to Git changes, .* alone$/,
      ),
    ]);
  });

  test.each(['github\nevents: [ping, package, registry_package]', 'gcr', 'harbor', 'nexus'])(
    'does not tell by type %j of a push to Git',
    (type) => {
      expect(called(`type: ${type}`, 'GitRepository')).toEqual([
        expect.stringMatching(
          /^Receiver apps.hook should look at what a push to a registry changes/,
        ),
      ]);
      expect(called(`type: ${type}`, 'OCIRepository')).toEqual([]);
    },
  );

  test.each([
    ['type: github', ['OCIRepository']],
    ['type: github\nevents: []', ['GitRepository']],
    ['type: github\nevents: [push, package]', ['OCIRepository']],
    ['type: github\nevents: [ping, workflow_run]', ['OCIRepository']],
    ['type: github\nevents: [toString]', ['OCIRepository']],
    ['type: github\nevents: [ping, push]', ['GitRepository', 'OCIRepository']],
    ['type: github\nevents: [ping, push]', ['HelmRepository']],
    ['type: gitlab\nevents: [Pipeline Hook]', ['ImageRepository']],
    ['type: gitlab', ['ImageRepository']],
    ['type: harbor', ['Bucket']],
    ['type: harbor', ['GitRepository', 'ImageRepository']],
    ['type: generic-hmac', ['OCIRepository']],
    ['type: generic-hmac', ['GitRepository']],
    ['type: constructor', ['GitRepository']],
    ['type: ${TYPE}', ['GitRepository']],
    ['type: github\nevents: ["${EVENT}"]', ['OCIRepository']],
  ])('may tell by %j of %s', (spec, kinds) => {
    expect(called(spec, ...kinds)).toEqual([]);
  });

  test.each(['acr', 'cdevents', 'dockerhub', 'generic', 'quay'])(
    'with type %s may be anybody who knows the path',
    (type) => {
      expect(called(`type: ${type}`, 'OCIRepository')).toEqual([
        `Receiver apps/hook should be of a type that proves who calls, such as 'generic-hmac', got '${type}'`,
      ]);
    },
  );
});

describe('a Receiver', () => {
  test.each([
    ["name: '*'", 1],
    ["name: '*'\n      matchLabels:\n        app: podinfo", 0],
    ['name: podinfo\n      matchLabels:\n        app: podinfo', 1],
    ['name: podinfo', 0],
  ])('of resources with %p has %p problems', (resource, count) => {
    const example = RECEIVER.replace('name: podinfo\n  secretRef', `${resource}\n  secretRef`);
    expect(foundBy('event-source-form', example)).toHaveLength(count);
  });

  test('for tokens of OIDC has no Secret', () => {
    const oidc = RECEIVER.replace('type: github', 'type: generic-oidc');
    expect(foundBy('receiver-form', oidc)).toHaveLength(2);
  });
});

describe('the Secret of a Provider', () => {
  const provider = (type: string, spec: string, keys: string[]) =>
    `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: x
  namespace: apps
spec:
${spec}  secretRef:
    name: credentials
  type: ${type}
---
apiVersion: v1
kind: Secret
metadata:
  name: credentials
  namespace: apps
stringData:
${keys.map((key) => `  ${key}: ''\n`).join('')}`;
  const at = '  address: https://a.example/x\n';

  test.each<[string, string, string[], string[]]>([
    ['msteams', '', ['address'], ['token']],
    ['discord', '', ['address'], ['url']],
    ['sentry', '', ['address'], ['dsn']],
    ['opsgenie', at, ['token'], ['apiKey']],
    ['datadog', at, ['token'], ['address']],
    ['telegram', '', ['token'], ['address']],
    ['generic-hmac', at, ['token'], ['key']],
    ['zulip', at, ['username', 'password'], ['token']],
    ['grafana', at, ['username', 'password'], ['username']],
    ['alertmanager', '', ['address'], ['password']],
    ['github', at, ['token'], ['githubAppID']],
    ['github', at, ['githubAppID', 'githubAppPrivateKey'], ['username']],
    ['gitlab', at, ['token'], ['username']],
    ['bitbucketserver', at, ['username', 'password'], ['username']],
  ])('of type %s holds what that needs', (type, spec, right, wrong) => {
    expect(foundBy('secret-keys', provider(type, spec, right))).toEqual([]);
    expect(foundBy('secret-keys', provider(type, spec, wrong))).toHaveLength(1);
  });

  test('is told by what it should hold, and what it holds', () => {
    expect(foundBy('secret-keys', provider('grafana', at, ['apiKey']))).toEqual([
      expect.stringContaining(
        "must name a Secret with 'token', or 'username' and 'password', or 'address', or 'headers' for type grafana, got 'credentials' of type Opaque with apiKey",
      ),
    ]);
  });

  test('may have no address where the Provider has one, and is not judged of a type that is a variable', () => {
    expect(foundBy('secret-keys', provider('rocket', at, ['headers']))).toEqual([]);
    expect(foundBy('secret-keys', provider('${TYPE}', at, ['x']))).toEqual([]);
  });
});

describe('an address that is a credential', () => {
  const provider = (address: string) => `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: on-call
  namespace: apps
spec:
  type: generic
  address: ${address}
`;

  test.each([
    ['https://hooks.slack.com/services/T0/B0/KEY', 'hooks.slack.com'],
    ['https://discord.com/api/webhooks/1/KEY', 'discord.com'],
    ['https://open.larksuite.com/open-apis/bot/v2/hook/KEY', 'open.larksuite.com'],
    ['https://KEY@o1.ingest.sentry.io/2', 'o1.ingest.sentry.io'],
    [
      'https://x.logic.azure.com:443/workflows/1/run?api-version=1&sig=KEY',
      'x.logic.azure.com:443',
    ],
  ])('is found in a Provider of Flux: %s', (address, host) => {
    expect(foundBy('alert-provider-address', provider(address))).toEqual([
      expect.stringContaining(`incoming webhook at '${host}'`),
    ]);
  });

  test.each([
    'https://slack.com/api/chat.postMessage',
    'https://api.opsgenie.com/v2/alerts',
    'https://github.com/acme/team-a',
    'https://dev.azure.com/acme/team-a/_git/team-a',
    'https://grafana.acme.example/api/annotations?dashboardUID=x',
  ])('is not %s', (address) => {
    expect(foundBy('alert-provider-address', provider(address))).toEqual([]);
  });
});
