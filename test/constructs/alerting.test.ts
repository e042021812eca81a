import {
  AlertDestination,
  Alerting,
  AlertingProps,
  AlertKind,
  AlertSeverity,
  GitRevision,
  GitSource,
  PlatformComponent,
  SecretRef,
  SlackCredentials,
} from '../../src';
import { allowedAnnotation } from '../../src/vocabulary/tenant-annotations';
import { find, smallFleet, synthesized } from '../synthesized';
import { expectAdmitted, strictWarnings } from './strict';

const secret = SecretRef.named('x');
const secretRef = { name: 'x' };
const INFO = AlertSeverity.INFO;
const ENDPOINTS = allowedAnnotation('endpoints');
const teams = AlertDestination.microsoftTeams(secret);

/** Every destination, and the Provider that Flux's own guide asks for. */
const DESTINATIONS: [string, AlertDestination, any][] = [
  [
    'Slack, as a bot',
    AlertDestination.slack(SlackCredentials.bot(secret), '#team-a'),
    {
      address: 'https://slack.com/api/chat.postMessage',
      channel: '#team-a',
      secretRef,
      type: 'slack',
    },
  ],
  [
    'Slack, by a webhook',
    AlertDestination.slack(SlackCredentials.webhook(secret)),
    { secretRef, type: 'slack' },
  ],
  ['Teams', teams, { secretRef, type: 'msteams' }],
  ['Discord', AlertDestination.discord(secret), { secretRef, type: 'discord' }],
  ['Google Chat', AlertDestination.googleChat(secret), { secretRef, type: 'googlechat' }],
  ['Rocket.Chat', AlertDestination.rocketChat(secret), { secretRef, type: 'rocket' }],
  ['Lark', AlertDestination.lark(secret), { secretRef, type: 'lark' }],
  [
    'Webex',
    AlertDestination.webex(secret, 'Y2lzY29zcGFyaw=='),
    {
      address: 'https://webexapis.com/v1/messages',
      channel: 'Y2lzY29zcGFyaw==',
      secretRef,
      type: 'webex',
    },
  ],
  [
    'Telegram, at its own address',
    AlertDestination.telegram(secret, '-1552289257:1'),
    { channel: '-1552289257:1', secretRef, type: 'telegram' },
  ],
  [
    'Matrix',
    AlertDestination.matrix('https://matrix.acme.example', secret, '!abc:acme.example'),
    {
      address: 'https://matrix.acme.example',
      channel: '!abc:acme.example',
      secretRef,
      type: 'matrix',
    },
  ],
  [
    'Zulip',
    AlertDestination.zulip('https://acme.zulipchat.com', secret, 'team a/alerts'),
    { address: 'https://acme.zulipchat.com', channel: 'team a/alerts', secretRef, type: 'zulip' },
  ],
  [
    'PagerDuty',
    AlertDestination.pagerDuty('abc'),
    { address: 'https://events.pagerduty.com', channel: 'abc', type: 'pagerduty' },
  ],
  [
    'PagerDuty elsewhere',
    AlertDestination.pagerDuty('abc', 'https://events.eu.pagerduty.com'),
    { address: 'https://events.eu.pagerduty.com', channel: 'abc', type: 'pagerduty' },
  ],
  [
    'Opsgenie',
    AlertDestination.opsgenie(secret),
    { address: 'https://api.opsgenie.com/v2/alerts', secretRef, type: 'opsgenie' },
  ],
  [
    'Datadog',
    AlertDestination.datadog('https://api.datadoghq.eu', secret),
    { address: 'https://api.datadoghq.eu', secretRef, type: 'datadog' },
  ],
  ['Sentry', AlertDestination.sentry(secret), { secretRef, type: 'sentry' }],
  [
    'an environment of Sentry',
    AlertDestination.sentry(secret, 'production'),
    { channel: 'production', secretRef, type: 'sentry' },
  ],
  [
    'Grafana',
    AlertDestination.grafana('https://grafana.acme.example', secret),
    { address: 'https://grafana.acme.example/api/annotations', secretRef, type: 'grafana' },
  ],
  [
    'Alertmanager',
    AlertDestination.alertmanager('https://alerts.acme.example/am'),
    { address: 'https://alerts.acme.example/am/api/v2/alerts', type: 'alertmanager' },
  ],
  [
    'Alertmanager, with credentials',
    AlertDestination.alertmanager('https://alerts.acme.example', secret),
    { address: 'https://alerts.acme.example/api/v2/alerts', secretRef, type: 'alertmanager' },
  ],
  [
    'a webhook',
    AlertDestination.webhook('https://hooks.acme.example:8443/flux', secret),
    { address: 'https://hooks.acme.example:8443/flux', secretRef, type: 'generic-hmac' },
  ],
  [
    'a webhook without signature',
    AlertDestination.unsignedWebhook('https://hooks.acme.example/flux'),
    { address: 'https://hooks.acme.example/flux', type: 'generic' },
  ],
  [
    'workflows of GitHub',
    AlertDestination.githubWorkflows('https://github.com/acme/team-a', secret),
    { address: 'https://github.com/acme/team-a', secretRef, type: 'githubdispatch' },
  ],
];

describe('alerting', () => {
  function alerting(props: Partial<AlertingProps>, warnings: string[] = []): Map<string, string> {
    const { app, tenant } = smallFleet();
    new Alerting(tenant('team-a'), 'alerts', { destination: teams, ...props });
    return synthesized(app, warnings);
  }

  describe('of every destination', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a');
    DESTINATIONS.forEach(
      ([, destination], i) => new Alerting(team, `d${i}`, { destination, severity: INFO }),
    );
    const files = synthesized(app, [
      ...['d11', 'd12'].map(
        (id) =>
          `[fleet-infra/team-a/${id}] has the routing key of PagerDuty in Git, because Flux takes it from nowhere else: whoever reads it can raise incidents`,
      ),
      '[fleet-infra/team-a/d21] posts events that are not signed: the server cannot tell whether Flux sent them; use AlertDestination.webhook',
    ]);

    test.each(DESTINATIONS.map((one, i) => [...one, i] as const))(
      'posts to %s',
      (_, __, spec, i) => {
        const provider = find(files, 'Provider', `d${i}`);
        expect(provider.metadata.namespace).toBe('team-a');
        expect(provider.spec).toEqual(spec);
      },
    );

    test('is what the API server and the policies of the tenant admit', () => {
      expectAdmitted(files, ['Provider', 'Alert'], 2 * DESTINATIONS.length);
    });
  });

  test('passes the strict checks to every destination', () => {
    const checked = (isOn: boolean) =>
      strictWarnings((team, fleet) => {
        new GitSource(team, 'manifests', {
          url: 'https://github.com/acme/x',
          revision: GitRevision.branch('main'),
        });
        const component = new PlatformComponent(fleet, 'alerting');
        new Alerting(component, 'platform', { destination: teams });
        DESTINATIONS.forEach(
          ([, destination], i) => isOn && new Alerting(team, `d${i}`, { destination }),
        );
      }).filter((warning) => !/PagerDuty|not signed/.test(warning));
    expect(checked(true)).toEqual(checked(false));
  });

  test('lets its tenant post to the very address, and no other tenant', () => {
    const { app, tenant } = smallFleet();
    const destination = AlertDestination.webhook('https://hooks.acme.example/flux', secret);
    new Alerting(tenant('team-a'), 'alerts', { destination });
    tenant('team-b');
    const files = synthesized(app);
    const endpoints = (name: string) =>
      find(files, 'Namespace', name).metadata.annotations[ENDPOINTS];
    expect(endpoints('team-a')).toBe('https://hooks.acme.example/flux');
    expect(endpoints('team-b')).toBeUndefined();
  });

  test('tells of failures of all kinds, unless told otherwise', () => {
    const { spec } = find(alerting({}), 'Alert');
    expect(spec.eventSeverity).toBe('error');
    expect(spec.eventSources).toHaveLength(Object.keys(AlertKind).length);
    expect(spec).not.toHaveProperty('exclusionList');
  });

  test('covers every prop', () => {
    const props: Required<AlertingProps> = {
      destination: teams,
      severity: INFO,
      kinds: [AlertKind.KUSTOMIZATION, AlertKind.HELM_RELEASE, AlertKind.KUSTOMIZATION],
      exclusions: ['^waiting', 'dependency .* not ready'],
    };
    expect(find(alerting(props), 'Alert').spec).toEqual({
      eventSeverity: 'info',
      eventSources: [
        { kind: 'Kustomization', name: '*' },
        { kind: 'HelmRelease', name: '*' },
      ],
      exclusionList: ['^waiting', 'dependency .* not ready'],
      providerRef: { name: 'alerts' },
    });
  });

  test('covers the kinds alone that it tells of', () => {
    const { tenant } = smallFleet();
    const team = tenant('team-a');
    const source = new GitSource(team, 'manifests', {
      url: 'https://github.com/acme/x',
      revision: GitRevision.branch('main'),
    });
    team.sync('apps', { source });
    const kinds = [AlertKind.KUSTOMIZATION];
    const told = new Alerting(team, 'alerts', { destination: teams, kinds }).coverage();
    expect(told.map(({ name, isCovered }) => [name, isCovered])).toEqual([
      ['manifests', false],
      ['apps', true],
    ]);
  });

  test('of the platform lies in flux-system', () => {
    const { app, fleet } = smallFleet();
    const component = new PlatformComponent(fleet, 'alerting');
    new Alerting(component, 'platform', { destination: teams });
    const files = synthesized(app);
    for (const kind of ['Provider', 'Alert']) {
      expect(find(files, kind).metadata).toEqual({ name: 'platform', namespace: 'flux-system' });
    }
  });

  test.each<[string, Partial<AlertingProps>, RegExp]>([
    ['nothing', { kinds: [] }, /kinds of alerting 'fleet-infra\/team-a\/alerts' must be some/],
    ['all but everything', { exclusions: ['.*'] }, /exclusion must not match every message/],
    ['what is no expression', { exclusions: ['(?=x)'] }, /must be a regular expression of Go/],
    ['a kind that is none', { kinds: ['Canary' as AlertKind] }, /'kinds' .* must be a list/],
  ])('cannot be about %s', (_, props, message) => {
    expect(() => alerting(props)).toThrow(message);
  });
});

describe('a destination', () => {
  test.each<[string, () => unknown, RegExp]>([
    [
      'of a bot without channel',
      () => AlertDestination.slack(SlackCredentials.bot(secret)),
      /slack must have a channel for its bot/,
    ],
    [
      'of a webhook with channel',
      () => AlertDestination.slack(SlackCredentials.webhook(secret), 'x'),
      /slack must not have channel 'x'/,
    ],
    [
      'without TLS',
      () => AlertDestination.webhook('http://a.example/x', secret),
      /address must be 'https/,
    ],
    [
      'without address',
      () => AlertDestination.webhook(undefined as any, secret),
      /address is missing: it must be a text/,
    ],
    [
      'with a password',
      () => AlertDestination.unsignedWebhook('https://u:p@a.example/x'),
      /address must be 'https/,
    ],
    [
      'with a token in its query',
      () => AlertDestination.webhook('https://a.example/x?token=1', secret),
      /address must be 'https/,
    ],
    [
      'with the path of an API that is added',
      () => AlertDestination.grafana('https://a.example/api/annotations', secret),
      /url of Grafana must be without the path of its API/,
    ],
    [
      'without Secret',
      () => AlertDestination.microsoftTeams(undefined as any),
      /secret for msteams is missing/,
    ],
    [
      'with the URL for a Secret',
      () => AlertDestination.discord('https://discord.com/api/webhooks/x' as any),
      /secret for discord must be a SecretRef/,
    ],
    [
      'with a routing key that is none',
      () => AlertDestination.pagerDuty('a b'),
      /routing key must be/,
    ],
    [
      'with a chat that is none',
      () => AlertDestination.telegram(secret, 'acme'),
      /chat must be '@<channel>'/,
    ],
    [
      'with a room that is none',
      () => AlertDestination.webex(secret, '${ROOM}'),
      /room must be the id/,
    ],
    [
      'with a room of no server',
      () => AlertDestination.matrix('https://m.example', secret, '#x'),
      /room must be '!<id>/,
    ],
    [
      'with a topic of no channel',
      () => AlertDestination.zulip('https://z.example', secret, 'x'),
      /topic must be '<channel>\/<topic>'/,
    ],
    [
      'with a topic of two lines',
      () => AlertDestination.zulip('https://z.example', secret, 'x/a\nb'),
      /topic must be a text of one line/,
    ],
    [
      'with an environment that is none',
      () => AlertDestination.sentry(secret, 'a b'),
      /environment must be a word/,
    ],
    [
      'with the owner of a repository',
      () => AlertDestination.githubWorkflows('https://github.com/acme', secret),
      /repository must be 'https:\/\/<host>\/<owner>\/<name>'/,
    ],
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
