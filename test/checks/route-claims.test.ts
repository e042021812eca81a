import { CANARY_EXAMPLE } from '../../src/checks/canaries';
import { foundBy, objectOf } from './found-by';

const HOST = 'hosts: [shop.example.com]';
const PUBLIC = 'gatewayRefs: [{name: public, namespace: gateways}]';

/** A Canary with lines of `spec.service` beside its port. */
function canary(name: string, provider: string, service: readonly string[], namespace = 'apps') {
  return `---\n${CANARY_EXAMPLE.replaceAll('name: podinfo', `name: ${name}`)
    .replace('namespace: apps', `namespace: ${namespace}`)
    .replace('provider: istio', `provider: ${provider}`)
    .replace('port: 9898', ['port: 9898', ...service].join('\n    '))}`;
}

/** A Canary behind an Ingress, and that Ingress. */
function behindIngress(name: string, namespace: string, parts: Parameters<typeof ingress>[2] = {}) {
  const reference = `ingressRef: {apiVersion: networking.k8s.io/v1, kind: Ingress, name: ${name}}`;
  return (
    canary(name, 'nginx', [], namespace).replace('  service:', `  ${reference}\n  service:`) +
    ingress(name, namespace, parts)
  );
}

function ingress(
  name: string,
  namespace: string,
  {
    host = 'shop.example.com',
    path = '{path: /, pathType: Prefix',
    className = 'nginx',
    service = name,
    metadata = 'labels: {a: b}',
  } = {},
) {
  const backend = `backend: {service: {name: ${service}, port: {number: 80}}}`;
  return objectOf('networking.k8s.io/v1', 'Ingress', name, {
    namespace,
    metadata,
    spec: `ingressClassName: ${className}\nrules: [{host: ${host}, http: {paths: [${path}, ${backend}}]}}]\n`,
  });
}

function route(name: string, spec: string, namespace = 'apps') {
  return objectOf('gateway.networking.k8s.io/v1', 'HTTPRoute', name, { namespace, spec });
}

const found = (example: string) => foundBy('canary-host-shared', example);

const told = (canaryName: string, other: string, requests: string, namespace = 'apps') =>
  `Canary ${namespace}/${canaryName} must have hosts and paths of its own, but ${other} answers for '${requests}', too`;

describe('two Canaries at one Gateway', () => {
  const both = (a: readonly string[], b: readonly string[], namespace = 'web') =>
    found(
      canary('shop', 'gatewayapi:v1', [HOST, PUBLIC, ...a]) +
        canary('other', 'gatewayapi:v1beta1', b, namespace),
    );

  test.each([
    ['the same host', [], [HOST, PUBLIC], '/'],
    ['one of several hosts', [], ['hosts: [a.example.com, shop.example.com]', PUBLIC], '/'],
    [
      'the same path',
      ['match: [{uri: {prefix: /cart/}}]'],
      [HOST, PUBLIC, 'match: [{uri: {exact: /a}}, {uri: {prefix: /cart}}]'],
      '/cart',
    ],
    ['no path and all of them', [], [HOST, PUBLIC, 'match: [{uri: {prefix: /}}]'], '/'],
    [
      'one of several Gateways',
      [],
      [HOST, 'gatewayRefs: [{name: b, namespace: b}, {name: public, namespace: gateways}]'],
      '/',
    ],
  ])('must not have %s', (_, a, b, path) => {
    expect(both(a, b)).toEqual([
      told('shop', "Canary 'other' in namespace 'web'", `shop.example.com${path}`),
      told('other', "Canary 'shop' in namespace 'apps'", `shop.example.com${path}`, 'web'),
    ]);
  });

  test('must not have one host in other letters', () => {
    expect(both([], ['hosts: [SHOP.example.com]', PUBLIC])).toHaveLength(2);
  });

  test.each([
    ['other hosts', ['hosts: [b.example.com]', PUBLIC]],
    ['a host below that of the other', ["hosts: ['*.example.com']", PUBLIC]],
    ['other Gateways', [HOST, 'gatewayRefs: [{name: internal, namespace: gateways}]']],
    ['Gateways of one name in their own namespaces', [HOST, 'gatewayRefs: [{name: public}]']],
    ['other listeners', [HOST, PUBLIC.replace('}', ', sectionName: internal}')]],
    ['other paths', [HOST, PUBLIC, 'match: [{uri: {prefix: /cart}}]']],
    ['the path exactly', [HOST, PUBLIC, 'match: [{uri: {exact: /}}]']],
    ['other headers', [HOST, PUBLIC, 'match: [{headers: {a: {exact: b}}}]']],
    ['Services for Gateways', [HOST, 'gatewayRefs: [{kind: Service, group: "", name: shop}]']],
    ['hosts that Flux puts in', ['hosts: ["${HOST}"]', PUBLIC]],
  ])('may have %s', (_, service) => {
    expect(both([], service)).toEqual([]);
  });

  test('may list more than can be compared, which hides nobody else', () => {
    const many = (item: (i: number) => string) => Array.from({ length: 500 }, (_, i) => item(i));
    const lists = [
      `hosts: [shop.example.com, ${many((i) => `h${i}.example.com`).join(', ')}]`,
      `gatewayRefs: [{name: public, namespace: gateways}, ${many((i) => `{name: g${i}}`).join(', ')}]`,
      `match: [${many((i) => `{uri: {prefix: /${i}}}`).join(', ')}]`,
    ];
    const [one, other, third] = ['one', 'other', 'third'].map((name) =>
      canary(name, 'gatewayapi:v1', name === 'third' ? lists : [HOST, PUBLIC]),
    );
    expect(found(third + one + other)).toEqual(found(one + other));
  });

  test('are told once of each other, however many hosts they share', () => {
    const many = ['hosts: [a.example.com, b.example.com, c.example.com]', PUBLIC];
    expect(
      found(canary('a', 'gatewayapi:v1', many) + canary('b', 'gatewayapi:v1', many)),
    ).toHaveLength(2);
  });
});

describe('two Canaries of Istio', () => {
  const both = (service: readonly string[], namespace = 'web') =>
    found(
      canary('shop', 'istio', [HOST, 'gateways: [istio-system/public]']) +
        canary('other', 'istio', service, namespace),
    );

  test.each([
    [[HOST, 'gateways: [mesh, istio-system/public]']],
    [[HOST, 'gateways: [public.istio-system.svc.cluster.local]']],
    [[HOST, 'gateways: [istio-system/public]', 'match: [{name: all, uri: {prefix: /}}]']],
  ])('must not both have %j', (service) => {
    expect(both(service)).toHaveLength(2);
    expect(both(service.map((line) => line.replace(/[/.]?istio-system[/.]?/, '')))).toEqual([]);
  });

  test.each([
    [['hosts: [other, shop]', 'gateways: [istio-system/public]']],
    [['gateways: [istio-system/public]']],
    [[HOST]],
    [[HOST, 'gateways: [istio-system/public]', 'appProtocol: TCP']],
    [[HOST, 'gateways: [istio-system/public]', 'delegation: true']],
    [[HOST, 'gateways: [istio-system/public]', 'match: [{uri: {prefix: /}, port: 80}]']],
    [[HOST, 'gateways: [istio-system/public]', 'match: [{uri: {prefix: /cart}}]']],
  ])('may have %j', (service) => {
    expect(both(service)).toEqual([]);
  });

  test('share the mesh within a namespace, and not beyond, where one host may be two', () => {
    const inMesh = (namespace: string) =>
      found(canary('shop', 'istio', [HOST]) + canary('other', 'istio', [HOST], namespace));
    expect(inMesh('apps')).toHaveLength(2);
    expect(inMesh('web')).toEqual([]);
  });
});

describe('a Canary behind an Ingress', () => {
  test('must not share its host with that of another, whoever has it', () => {
    const tenants = '# with: tenant team-a\n# with: tenant team-b\n';
    expect(found(tenants + behindIngress('a', 'team-a') + behindIngress('b', 'team-b'))).toEqual([
      told('a', "Ingress 'b' in namespace 'team-b'", 'shop.example.com/', 'team-a'),
      told('b', "Ingress 'a' in namespace 'team-a'", 'shop.example.com/', 'team-b'),
    ]);
  });

  test.each([
    ['of no Canary', {}],
    [
      'that leaves the type of the path to its controller',
      { path: '{path: /, pathType: ImplementationSpecific' },
    ],
    ['that leaves the path out', { path: '{pathType: ImplementationSpecific' }],
  ])('must not share it with an Ingress %s', (_, parts) => {
    expect(found(behindIngress('a', 'apps') + ingress('b', 'web', parts))).toEqual([
      told('a', "Ingress 'b' in namespace 'web'", 'shop.example.com/'),
    ]);
  });

  test.each([
    ['has another host', { host: 'b.example.com' }],
    ['has another path', { path: '{path: /cart, pathType: Prefix' }],
    ['has the path exactly', { path: '{path: /, pathType: Exact' }],
    ['has another class', { className: 'internal' }],
    ['has a class that is not known', { className: '${CLASS}' }],
    [
      'is a share of another',
      { metadata: "annotations: {nginx.ingress.kubernetes.io/canary: 'true'}" },
    ],
    [
      'has other requests',
      { metadata: 'annotations: {zalando.org/skipper-predicate: Header("a", "b")}' },
    ],
  ])('may be beside an Ingress that %s', (_, parts) => {
    expect(found(behindIngress('a', 'apps') + ingress('b', 'web', parts))).toEqual([]);
  });

  test('may have two of them, and paths for others in its own', () => {
    expect(found(behindIngress('a', 'apps') + ingress('tls', 'apps', { service: 'a' }))).toEqual(
      [],
    );
    const shared = behindIngress('a', 'apps', { service: 'b' }) + ingress('c', 'web');
    expect(found(shared)).toEqual([]);
  });

  test('asks for nothing that an Ingress it has not would', () => {
    expect(found(canary('a', 'nginx', [HOST]) + ingress('b', 'web'))).toEqual([]);
    expect(found(canary('a', 'contour', [HOST]) + canary('b', 'contour', [HOST]))).toEqual([]);
    expect(found(ingress('a', 'apps') + ingress('b', 'web'))).toEqual([]);
  });
});

describe('a Canary beside an HTTPRoute', () => {
  const beside = (spec: string, name = 'old', namespace = 'web') =>
    found(canary('shop', 'gatewayapi:v1', [HOST, PUBLIC]) + route(name, spec, namespace));
  const parents = 'parentRefs: [{name: public, namespace: gateways}]\n';
  const hosts = 'hostnames: [shop.example.com]\n';

  test.each([
    ['matches all', 'rules: [{backendRefs: [{name: a, port: 80}]}]'],
    ['matches all by a path', 'rules: [{matches: [{path: {type: PathPrefix, value: /}}]}]'],
    ['matches all by no path', 'rules: [{matches: [{}]}]'],
  ])('must not share its host with one that %s', (_, rules) => {
    expect(beside(parents + hosts + rules)).toEqual([
      told('shop', "HTTPRoute 'old' in namespace 'web'", 'shop.example.com/'),
    ]);
  });

  test.each([
    ['for another path', `${parents}${hosts}rules: [{matches: [{path: {value: /cart}}]}]`],
    ['for a header', `${parents}${hosts}rules: [{matches: [{headers: [{name: a, value: b}]}]}]`],
    ['for a method', `${parents}${hosts}rules: [{matches: [{method: POST}]}]`],
    ['for all hosts', `${parents}rules: [{backendRefs: [{name: a, port: 80}]}]`],
    ['at another Gateway', `parentRefs: [{name: public}]\n${hosts}rules: [{}]`],
    ['at a listener', `${parents.replace('}', ', sectionName: http}')}${hosts}rules: [{}]`],
    ['between Services', `parentRefs: [{kind: Service, group: '', name: a}]\n${hosts}rules: [{}]`],
  ])('may be beside one %s', (_, spec) => {
    expect(beside(spec)).toEqual([]);
  });

  test('may be beside that which Flagger writes for it', () => {
    expect(beside(`${parents}${hosts}rules: [{}]`, 'shop', 'apps')).toEqual([]);
    expect(beside(`${parents}${hosts}rules: [{}]`, 'shop', 'web')).toHaveLength(1);
  });
});

test('what Flux does not apply takes nothing', () => {
  const off = 'annotations: {kustomize.toolkit.fluxcd.io/reconcile: disabled}';
  expect(found(behindIngress('a', 'apps') + ingress('b', 'web', { metadata: off }))).toEqual([]);
});
