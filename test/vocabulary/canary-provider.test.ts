import { Duration } from 'cdk8s';
import {
  CanaryHook,
  CanaryHookKind,
  CanaryHookOptions,
  CanaryProvider,
  GatewayApiOptions,
  MetricSource,
  CanaryAlertChannel,
  RequestMatch,
  SecretRef,
} from '../../src';

const checks = { interval: Duration.minutes(1), threshold: 1 };
const linear = { ...checks, stepWeight: 10 };
const weights = { ...checks, weights: [10, 50] };
const blueGreen = { ...checks, iterations: 3 };
const match = RequestMatch.header('X-Canary', 'insider');
const abTest = { ...blueGreen, match };
const cookie = { cookieName: 'version' };
const gateway = () =>
  CanaryProvider.gatewayApi({ hosts: ['a.example'], gateways: ['gateways/public'] });

/** `spec.analysis`, of which the metrics are left out. */
function analysisOf(rollout: unknown): any {
  const { metrics, ...analysis } = (rollout as any)._spec([]);
  return analysis;
}

describe('what a provider cannot do', () => {
  // The type checker finds a directive without an error as much as an error without one.
  test('does not compile, and is no method to JavaScript either', () => {
    const pairs: [() => unknown][] = [
      // @ts-expect-error plain Kubernetes moves all traffic at once
      [() => CanaryProvider.kubernetes().linear(linear)],
      // @ts-expect-error plain Kubernetes moves all traffic at once
      [() => CanaryProvider.kubernetes().stepWeights(weights)],
      // @ts-expect-error plain Kubernetes cannot tell requests apart
      [() => CanaryProvider.kubernetes().abTest(abTest)],
      // @ts-expect-error Linkerd cannot tell requests apart
      [() => CanaryProvider.linkerd().abTest(abTest)],
      // @ts-expect-error Linkerd cannot mirror
      [() => CanaryProvider.linkerd().mirrored()],
      // @ts-expect-error Linkerd has no sessions
      [() => CanaryProvider.linkerd().sticky(cookie)],
      // @ts-expect-error Traefik cannot tell requests apart, as far as Flagger goes
      [() => CanaryProvider.traefik().abTest(abTest)],
      // @ts-expect-error Traefik cannot mirror, as far as Flagger goes
      [() => CanaryProvider.traefik().mirrored()],
      // @ts-expect-error NGINX cannot mirror, as far as Flagger goes
      [() => CanaryProvider.nginx({ host: 'a.example' }).mirrored()],
      // @ts-expect-error NGINX has no sessions, as far as Flagger goes
      [() => CanaryProvider.nginx({ host: 'a.example' }).sticky(cookie)],
      // @ts-expect-error Contour cannot mirror, as far as Flagger goes
      [() => CanaryProvider.contour().mirrored()],
      // @ts-expect-error Contour has no sessions, as far as Flagger goes
      [() => CanaryProvider.contour().sticky(cookie)],
      // @ts-expect-error the Gateway API mirrors with iterations only
      [() => gateway().mirrored().linear(linear)],
      // @ts-expect-error a test of some requests is not one of some clients
      [() => gateway().sticky(cookie).abTest(abTest)],
      // @ts-expect-error all clients move at once
      [() => gateway().sticky(cookie).blueGreen(blueGreen)],
      // @ts-expect-error a mirrored test would need both
      [() => CanaryProvider.istio().mirrored().abTest(abTest)],
      // @ts-expect-error Flagger mirrors before there are sessions
      [() => CanaryProvider.istio().mirrored().sticky(cookie)],
    ];
    for (const [make] of pairs) {
      expect(make).toThrow(TypeError);
    }
  });
});

describe('a provider', () => {
  test('adds what mirrors or keeps sessions, and does not change itself', () => {
    const istio = CanaryProvider.istio();
    expect(analysisOf(istio.mirrored(50).stepWeights(weights))).toEqual({
      interval: '1m',
      threshold: 1,
      stepWeights: [10, 50],
      mirror: true,
      mirrorWeight: 50,
    });
    expect(
      analysisOf(istio.sticky({ ...cookie, maxAge: Duration.hours(1) }).linear(linear)),
    ).toEqual({
      interval: '1m',
      threshold: 1,
      maxWeight: 50,
      stepWeight: 10,
      sessionAffinity: { cookieName: 'version', httpOnly: true, maxAge: 3600, secure: true },
    });
    expect(analysisOf(gateway().mirrored().blueGreen(blueGreen))).toMatchObject({ mirror: true });
    expect(analysisOf(istio.blueGreen(blueGreen))).toEqual({
      interval: '1m',
      threshold: 1,
      iterations: 3,
    });
  });

  test('spells a cookie as its kind of match takes it', () => {
    const cookied = { ...blueGreen, match: RequestMatch.cookie('canary', 'always') };
    const headersOf = (rollout: unknown) => analysisOf(rollout).match[0].headers;
    expect(headersOf(CanaryProvider.nginx({ host: 'a.example' }).abTest(cookied))).toEqual({
      cookie: { exact: 'canary' },
    });
    expect(headersOf(CanaryProvider.contour().abTest(cookied))).toEqual({
      cookie: { suffix: 'canary=always' },
    });
    for (const provider of [CanaryProvider.istio(), gateway()]) {
      expect(headersOf(provider.abTest(cookied))).toEqual({
        cookie: { regex: '^(.*; *)?canary=always(;.*)?$' },
      });
    }
    expect(headersOf(CanaryProvider.istio().abTest(abTest))).toEqual({
      'x-canary': { exact: 'insider' },
    });
  });

  test('matches a cookie among others, and none that only ends so', () => {
    const match = RequestMatch.cookie('canary', 'a.b');
    const [{ headers }] = (match as any)._spec('istio');
    const pattern = new RegExp(headers.cookie.regex);
    for (const sent of ['canary=a.b', 'x=1; canary=a.b', 'canary=a.b; x=1', 'x=1;canary=a.b;y=2']) {
      expect(sent).toMatch(pattern);
    }
    for (const sent of ['xcanary=a.b', 'canary=a.bc', 'canary=aXb', 'x=canary=a.b', '']) {
      expect(sent).not.toMatch(pattern);
    }
  });
});

const interval = Duration.minutes(1);
test.each<[string, () => unknown, RegExp]>([
  [
    'no failure',
    () => CanaryProvider.linkerd().linear({ ...linear, threshold: 0 }),
    /threshold must/,
  ],
  [
    'a step',
    () => CanaryProvider.linkerd().linear({ ...linear, stepWeight: 60 }),
    /stepWeight must/,
  ],
  ['a maximum', () => CanaryProvider.linkerd().linear({ ...linear, maxWeight: 101 }), /maxWeight/],
  [
    'no weights',
    () => CanaryProvider.linkerd().stepWeights({ ...checks, weights: [] }),
    /a weight$/,
  ],
  ...[[0], [101], [1.5], [10, 10], [20, 10]].map((some): [string, () => unknown, RegExp] => [
    `weights ${some}`,
    () => CanaryProvider.linkerd().stepWeights({ ...checks, weights: some }),
    /^weight.* must be a whole number from [0-9]+ to 100, got/,
  ]),
  [
    'no looks',
    () => CanaryProvider.kubernetes().blueGreen({ ...checks, iterations: 0 }),
    /iterations/,
  ],
  [
    'iterations that are no whole number',
    () =>
      CanaryProvider.contour().abTest({
        ...checks,
        iterations: 1.5,
        match: RequestMatch.header('x-canary', 'a'),
      }),
    /iterations must be a whole number from 1 to 1000, got 1.5/,
  ],
  [
    'a short interval',
    () => CanaryProvider.kubernetes().blueGreen({ ...blueGreen, interval: Duration.seconds(5) }),
    /interval must be at least 10 seconds/,
  ],
  ...[Duration.millis(0), Duration.millis(0.5)].map(
    (maxLatency): [string, () => unknown, RegExp] => [
      'no latency',
      () => CanaryProvider.linkerd().linear({ ...linear, maxLatency }),
      /maxLatency must be at least a millisecond/,
    ],
  ),
  [
    'a latency that NGINX does not measure',
    () => CanaryProvider.nginx({ host: 'a.b' }).linear({ ...linear, maxLatency: interval }),
    /^maxLatency must be left out, because provider 'nginx' does not measure it; add a CanaryMetric/,
  ],
  [
    'a rate that a Gateway does not measure',
    () => gateway().linear({ ...linear, minSuccessRate: 99 }),
    /^minSuccessRate must be left out, because provider 'gatewayapi:v1' does not measure it/,
  ],
  ...['a b', 'a..b', '-a.b', 'a-.b', '*', '*a.b', '*.*.b', '10.0.0.1', 'a:80', 'A.b', ''].flatMap(
    (host): [string, () => unknown, RegExp][] => [
      [`host ${host}`, () => CanaryProvider.nginx({ host }), /host must be a lowercase DNS name/],
      [`host ${host}`, () => CanaryProvider.istio({ hosts: ['a.b', host] }), /host must be/],
      [
        `host ${host}`,
        () => CanaryProvider.gatewayApi({ hosts: [host], gateways: ['a/b'] }),
        /host must be/,
      ],
    ],
  ),
  ...['../x', 'a/b/c', '/a', 'a/', 'a_b', 'a/-b', '-a/b', 'a.b/c', ''].flatMap(
    (name): [string, () => unknown, RegExp][] => [
      [`gateway ${name}`, () => CanaryProvider.istio({ gateways: [name] }), /gateway must be '</],
      [
        `gateway ${name}`,
        () => CanaryProvider.gatewayApi({ hosts: ['a.b'], gateways: [name] }),
        /gateway must be '<namespace>\/<name>'/,
      ],
    ],
  ),
  [
    'a route for all hosts',
    () => CanaryProvider.gatewayApi({ hosts: [], gateways: ['a/b'] }),
    /must have a host: a route that has none takes those of all/,
  ],
  [
    'a route without Gateway',
    () => CanaryProvider.gatewayApi({ hosts: ['a.b'], gateways: [] }),
    /must have a gateway/,
  ],
  [
    'a version',
    () =>
      CanaryProvider.gatewayApi({
        hosts: ['a.b'],
        gateways: ['a/b'],
        version: 'v1alpha2',
      } as unknown as GatewayApiOptions),
    /must be one of v1, v1beta1, got 'v1alpha2'/,
  ],
  [
    'an ingress class',
    () => CanaryProvider.nginx({ host: 'a.b', ingressClass: 'a..b' }),
    /ingress class must be lowercase letters/,
  ],
  ['mirrored', () => CanaryProvider.istio().mirrored(0), /mirrored percentage must be a whole/],
  ['a cookie', () => CanaryProvider.istio().sticky({ cookieName: 'a;b' }), /cookieName must be/],
  [
    'a cookie that is gone at once',
    () => CanaryProvider.istio().sticky({ ...cookie, maxAge: Duration.millis(10) }),
    /maxAge must be whole seconds/,
  ],
  ['all cookies', () => RequestMatch.header('Cookie', 'x'), /use RequestMatch.cookie/],
  ...['', 'a b', "a'b", 'a\n', 'a;b', '$(x)', 'a:b'].flatMap(
    (text): [string, () => unknown, RegExp][] => [
      ['a header', () => RequestMatch.header(text, 'x'), /header must be letters/],
      ['a header', () => RequestMatch.header('x', text), /value of header 'x' must be letters/],
      ['a cookie', () => RequestMatch.cookie('x', text), /value of cookie 'x' must be letters/],
    ],
  ),
  [
    'a cookie that NGINX does not know',
    () =>
      CanaryProvider.nginx({ host: 'a.b' }).abTest({
        ...blueGreen,
        match: RequestMatch.cookie('canary', 'yes'),
      }),
    /cookie 'canary' must have the value 'always', which is the only one that NGINX knows, got 'yes'/,
  ],
])('%s out of range is refused', (_, make, message) => {
  expect(make).toThrow(message);
});

describe('a hook', () => {
  const canary = { namespace: 'team-a', service: 'shop', port: 80, interval: 60 };
  const urlOf = (options: Partial<CanaryHookOptions>) =>
    (CanaryHook.call(CanaryHookKind.ROLLOUT, { service: 'x', ...options }) as any)._spec(canary)
      .url;

  test('calls a Service in the namespace of its canary', () => {
    expect(urlOf({})).toBe('http://x.team-a.svc/');
    expect(urlOf({ port: 8080, path: '/gate/check' })).toBe('http://x.team-a.svc:8080/gate/check');
  });

  test.each<[Partial<CanaryHookOptions>, RegExp]>([
    [{ service: 'x.team-b' }, /service of a hook must be lowercase letters/],
    [{ service: 'x.team-b.svc/' }, /service of a hook must be/],
    [{ service: 'user@evil' }, /service of a hook must be/],
    [{ port: 0 }, /port of a hook must be/],
    [{ path: 'gate' }, /path of a hook must start with '\/'/],
    [{ path: '/@evil.example' }, /path of a hook must/],
    [{ path: '/?x' }, /path of a hook must/],
    [{ timeout: Duration.millis(1) }, /timeout of a hook must be whole seconds/],
    [{ metadata: { a: 1 as any } }, /metadata 'a' of a hook must be a text/],
    [{ patience: Duration.hours(1) }, /hook 'rollout' must have no patience/],
  ])('is none with %j', (options, message) => {
    expect(() => urlOf(options)).toThrow(message);
  });

  test('is of a kind that Flagger has', () => {
    expect(() => CanaryHook.call('confirm' as any, { service: 'x' })).toThrow(
      "kind of a hook must be a CanaryHookKind, got 'confirm'",
    );
  });
});

test('what Flagger asks for metrics, it asks with credentials of the tenant', () => {
  const secret = SecretRef.named('keys');
  const specs = [
    MetricSource.prometheus('https://prometheus.example', secret),
    MetricSource.datadog(secret),
    MetricSource.newRelic(secret),
    MetricSource.graphite('http://graphite.monitoring.svc'),
    MetricSource.influxDb('https://influx.example', secret),
    MetricSource.dynatrace('https://x.live.dynatrace.com', secret),
    MetricSource.splunk('https://api.us1.signalfx.com', secret),
  ].map((source) => (source as any)._spec('team-a'));
  const secretRef = { name: 'keys' };
  expect(specs).toEqual([
    { type: 'prometheus', address: 'https://prometheus.example', secretRef },
    { type: 'datadog', address: 'https://api.datadoghq.com', secretRef },
    { type: 'newrelic', secretRef },
    { type: 'graphite', address: 'http://graphite.monitoring.svc' },
    { type: 'influxdb', address: 'https://influx.example', secretRef },
    { type: 'dynatrace', address: 'https://x.live.dynatrace.com', secretRef },
    { type: 'splunk', address: 'https://api.us1.signalfx.com', secretRef },
  ]);
  expect(() => MetricSource.datadog(undefined as any)).toThrow(/credentials of a metric source is/);
});

test('the address of an alert channel stays in its Secret', () => {
  const secret = SecretRef.named('hook');
  const secretRef = { name: 'hook' };
  const specs = [
    CanaryAlertChannel.slack(secret, 'team-a'),
    CanaryAlertChannel.microsoftTeams(secret),
    CanaryAlertChannel.discord(secret),
    CanaryAlertChannel.rocketChat(secret, '#ops'),
    CanaryAlertChannel.googleChat(secret),
  ].map((channel) => (channel as any)._spec('team-a'));
  expect(specs).toEqual([
    { channel: 'team-a', secretRef, type: 'slack' },
    { secretRef, type: 'msteams' },
    { secretRef, type: 'discord' },
    { channel: '#ops', secretRef, type: 'rocket' },
    { secretRef, type: 'gchat' },
  ]);
  expect(() => CanaryAlertChannel.slack(secret, 'a b')).toThrow(/channel must be a channel's name/);
});
