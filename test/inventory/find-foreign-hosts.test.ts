import { ApiObject, Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  AppRepo,
  BlueGreenProvider,
  CanaryApp,
  CanaryProvider,
  CanaryWorkload,
  Cluster,
  ContainerImage,
  Fleet,
  FleetRepo,
  Tenant,
  TenantNetwork,
} from '../../src';
import { overlappingHosts } from '../../src/inventory/overlapping-hosts';
import { coversHost } from '../../src/vocabulary/host-pattern';
import { find, smallFleet, synthesized, temporaryDirectory } from '../synthesized';

/** What is wrong with a fleet of tenants with these networks. */
function errorsOf(...tenants: [name: string, network: TenantNetwork][]): string {
  const { app, tenant } = smallFleet();
  return messageOf(() => {
    tenants.forEach(([name, network]) => tenant(name, { network }));
    app.synth();
  });
}

function messageOf(run: () => unknown): string {
  try {
    run();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

/** What is wrong with an object of a tenant's own repository. */
function errorsOfObject(apiVersion: string, kind: string, spec: any, network: TenantNetwork = {}) {
  const { app, tenant } = smallFleet();
  const team = tenant('team-a', { namespaces: ['team-a', 'team-a-jobs'], network });
  const { annotations, ...content } = spec;
  const object = { apiVersion, kind, metadata: { name: 'x', annotations }, spec: content };
  new ApiObject(new AppRepo(app, 'apps', { tenant: team }), 'x', object);
  return messageOf(() => app.synth());
}

/** An app of a tenant behind this provider. */
function addCanary(team: Tenant, provider: BlueGreenProvider): void {
  new CanaryApp(team, 'app', {
    workload: CanaryWorkload.image(ContainerImage.of('ghcr.io/acme/app:1.0.0')),
    port: 8080,
    rollout: provider.blueGreen({
      interval: Duration.seconds(30),
      threshold: 2,
      iterations: 5,
    }),
  });
}

const GATEWAY_API = 'gateway.networking.k8s.io/v1';
const ingress = (spec: any, network?: TenantNetwork) =>
  errorsOfObject('networking.k8s.io/v1', 'Ingress', spec, network);
const route = (spec: any, network?: TenantNetwork) =>
  errorsOfObject(GATEWAY_API, 'HTTPRoute', spec, network);
const canary = (spec: any, network?: TenantNetwork) =>
  errorsOfObject('flagger.app/v1beta1', 'Canary', spec, network);

const hosts = ['shop.acme.example', '*.shop.acme.example'];
const ruleFor = (host?: string) => ({ host, http: { paths: [] } });

describe('a host that a tenant lists', () => {
  test.each([
    'shop',
    'svc.cluster.local',
    'payments.team-b.svc',
    'payments.team-b.svc.cluster.local',
    'payments.team-b.svc.acme.example',
    '*',
    '*.example',
    '*shop.example',
    'shop.*.example',
    'Shop.example',
    'shop.example.',
    'shop.example:443',
    'https://shop.example',
    'user@shop.example',
    'shop.example/path',
    'shop%2eexample',
    'a.example b.example',
    '10.0.0.1',
    '',
  ])('is not %p, in none of the lists', (host) => {
    for (const network of [{ hosts: [host] }, { sharedHosts: [host] }]) {
      expect(errorsOf(['team-a', network])).toMatch(
        /^(allowed|shared) host must be a lowercase DNS name outside of the cluster/,
      );
    }
  });

  test('is written in ASCII, which the error says of one that is not', () => {
    const { tenant } = smallFleet();
    const network = { hosts: ['bücher.example'] };
    expect(() => tenant('team-a', { network })).toThrow(
      "got 'bücher.example'; other letters than ASCII are written as xn--…",
    );
    expect(errorsOf(['team-a', { hosts: ['xn--bcher-kva.example'] }])).toBe('');
  });

  test.each([
    ['the very same', 'a.example', 'a.example', 'which is also one of'],
    ['the same below', '*.a.example', '*.a.example', 'which is also one of'],
    ['one below', 'b.a.example', '*.a.example', "which is below '*.a.example' of"],
    ['one far below', 'd.c.b.a.example', '*.a.example', "which is below '*.a.example' of"],
    ['all below one', '*.b.a.example', '*.a.example', "which is below '*.a.example' of"],
  ])('is not one of another: %s', (_, own, other, why) => {
    const declared = errorsOf(['team-a', { hosts: [own] }], ['team-b', { hosts: [other] }]);
    expect(declared).toContain(
      `[fleet-infra/team-a] tenant 'team-a' must not answer for host '${own}', ${why} tenant 'team-b': ` +
        'each could take traffic of the other; give each tenant hosts of its own',
    );
    expect(errorsOf(['team-b', { hosts: [other] }], ['team-a', { hosts: [own] }])).toBe(declared);
  });

  test.each([
    ['a.example', '*.a.example'],
    ['a.example', 'b.a.example'],
    ['a.example', 'a.example.org'],
    ['team.example', 'my-team.example'],
    ['*.team.example', '*.my-team.example'],
    ['*.b.a.example', 'b.a.example'],
  ])('may be beside that of another: %s, %s', (own, other) => {
    expect(errorsOf(['team-a', { hosts: [own] }], ['team-b', { hosts: [other] }])).toBe('');
  });

  test('is not one of another on other clusters, as names know of none', () => {
    const { app, prod, staging, tenant } = smallFleet();
    const network = { hosts: ['a.example'] };
    tenant('team-a', { clusters: [prod], network });
    tenant('team-b', { clusters: [staging], network });
    expect(() => app.synth()).toThrow(/which is also one of tenant 'team-b'/);
  });

  test('is compared with those of its own fleet', () => {
    const app = new Fleet({ outdir: temporaryDirectory() });
    for (const name of ['fleet-x', 'fleet-y']) {
      const fleet = new FleetRepo(app, name, { registry: 'ghcr.io/acme/manifests' });
      const prod = new Cluster(fleet, 'prod', { environment: 'production' });
      const network = { hosts: ['a.example'] };
      new Tenant(fleet, `team-${name}`, { clusters: [prod], network });
    }
    expect(() => app.synth()).not.toThrow();
  });

  test('is one of another when both share it, which the plan tells', () => {
    const { app, fleet, tenant } = smallFleet();
    const network = { sharedHosts: ['portal.acme.example', '*.apps.acme.example'] };
    tenant('team-a', { network });
    tenant('team-b', { network: { sharedHosts: ['portal.acme.example', 'x.apps.acme.example'] } });
    const warnings = [
      "[fleet-infra/team-a] tenant 'team-a' shares 'portal.acme.example', '*.apps.acme.example': " +
        'each tenant that shares a host can take all its traffic',
      "[fleet-infra/team-b] tenant 'team-b' shares 'portal.acme.example', 'x.apps.acme.example': " +
        'each tenant that shares a host can take all its traffic',
    ];
    expect(fleet.plan(temporaryDirectory()).warnings).toEqual(warnings);
    const { annotations } = find(synthesized(app, warnings), 'Namespace', 'team-a').metadata;
    expect(annotations).toMatchObject({
      'cdk8s-flux-tenants/allowed-shared-hosts': '*.apps.acme.example portal.acme.example',
    });
  });

  test.each([
    ['a.example', 'a.example'],
    ['b.a.example', '*.a.example'],
    ['*.a.example', 'b.a.example'],
  ])('is not shared by the word of one alone: %s, %s', (shared, other) => {
    const message = errorsOf(['team-a', { sharedHosts: [shared] }], ['team-b', { hosts: [other] }]);
    expect(message).toMatch(/must not answer for host/);
  });

  test('is that of a canary, too', () => {
    const { app, tenant } = smallFleet();
    addCanary(tenant('team-a'), CanaryProvider.istio({ hosts: ['*.acme.example'] }));
    addCanary(tenant('team-b'), CanaryProvider.nginx({ host: 'shop.acme.example' }));
    expect(() => app.synth()).toThrow(
      "tenant 'team-b' must not answer for host 'shop.acme.example', which is below '*.acme.example' of tenant 'team-a'",
    );
  });

  test('overlaps that of another wherever a name is covered by both, and nowhere else', () => {
    const label = fc.constantFrom('a', 'b');
    const name = fc.array(label, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
    const pattern = fc.tuple(fc.boolean(), name).map(([all, one]) => `${all ? '*.' : ''}${one}.x`);
    const claim = fc.record({
      tenant: fc.constantFrom('t1', 't2', 't3'),
      host: pattern,
      shared: fc.boolean(),
    });
    const below = (names: string[]) => names.flatMap((one) => ['a', 'b'].map((l) => `${l}.${one}`));
    const short = ['a', 'b', ...below(['a', 'b'])];
    const names = [...short, ...below(short), ...below(below(short))];
    fc.assert(
      fc.property(
        fc.uniqueArray(claim, { maxLength: 5, selector: (c) => c.tenant + c.host }),
        (claims) => {
          const objects = claims.map(({ tenant, host, shared }) => ({
            manifest: {
              kind: 'Namespace',
              metadata: {
                name: tenant,
                annotations: {
                  [`cdk8s-flux-tenants/allowed-${shared ? 'shared-' : ''}hosts`]: host,
                },
              },
            },
            location: { clusters: ['fleet/prod'], owner: tenant, tenancy: { tenant } },
          }));
          const overlap = claims.some((one) =>
            claims.some(
              (other) =>
                one.tenant !== other.tenant &&
                !(one.shared && other.shared) &&
                names.some(
                  (h) => coversHost(one.host, `${h}.x`) && coversHost(other.host, `${h}.x`),
                ),
            ),
          );
          expect(overlappingHosts(objects as any).length > 0).toBe(overlap);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('a gateway that a tenant lists', () => {
  test.each([
    'public',
    'gateways/',
    '/public',
    'gateways/public/x',
    'a.b/public',
    'Gateways/x',
    '',
  ])('is not %p', (gateway) => {
    const { tenant } = smallFleet();
    expect(() => tenant('team-a', { network: { gateways: [gateway] } })).toThrow(
      "allowed gateway must be '<namespace>/<name>', got",
    );
  });

  test('is not in a namespace of another, by the word of a canary neither', () => {
    const error =
      "[fleet-infra/team-a] tenant 'team-a' must not use gateway 'team-b-edge/public', which is one of tenant 'team-b'";
    const gateways = ['team-b-edge/public'];
    for (const isOfCanary of [true, false]) {
      const { app, tenant } = smallFleet();
      tenant('team-b', { namespaces: ['team-b', 'team-b-edge'] });
      const team = tenant('team-a', { network: isOfCanary ? {} : { gateways } });
      if (isOfCanary) {
        addCanary(team, CanaryProvider.istio({ gateways }));
      }
      expect(() => app.synth()).toThrow(error);
    }
  });

  test('may be that of several tenants', () => {
    const network = { gateways: ['gateways/public'] };
    expect(errorsOf(['team-a', network], ['team-b', network])).toBe('');
  });
});

describe('an Ingress of a tenant', () => {
  test.each(['shop.acme.example', 'a.shop.acme.example', '*.shop.acme.example'])(
    'answers for %s where its tenant lists it',
    (host) => {
      expect(ingress({ rules: [ruleFor(host)] }, { hosts })).toBe('');
      expect(ingress({ rules: [ruleFor(host)] }, { sharedHosts: hosts })).toBe('');
    },
  );

  test.each(['evil-shop.acme.example', 'acme.example', '*.acme.example', undefined])(
    'does not answer for %s where its tenant lists another',
    (host) => {
      expect(ingress({ rules: [ruleFor(host)] }, { hosts })).toContain(
        "[apps/x] Ingress 'x' must answer for hosts of tenant 'team-a' (*.shop.acme.example, shop.acme.example) and " +
          `no others, got '${host ?? '*'}'; list it in the tenant's 'network.hosts'`,
      );
    },
  );

  test.each<[string, any]>([
    ['no rules', {}],
    ['an empty list of rules', { rules: [] }],
    ['a default', { rules: [ruleFor(hosts[0])], defaultBackend: {} }],
    ['a certificate of another', { rules: [ruleFor(hosts[0])], tls: [{ hosts: ['b.example'] }] }],
    [
      'a name of another in the DNS',
      {
        rules: [ruleFor(hosts[0])],
        annotations: { 'external-dns.alpha.kubernetes.io/hostname': `${hosts[0]},b.example` },
      },
    ],
  ])('is refused with %s', (_, spec) => {
    expect(ingress(spec, { hosts })).toMatch(/got '(\*|b\.example)'; list it/);
  });

  test.each([
    ['nginx.ingress.kubernetes.io/server-alias', hosts[0]],
    ['konghq.com/host-aliases', hosts[0]],
    ['appgw.ingress.kubernetes.io/hostname-extension', hosts[0]],
    ['traefik.ingress.kubernetes.io/router.pathmatcher', 'PathPrefix'],
    ['alb.ingress.kubernetes.io/conditions.x', '[{"field":"host-header"}]'],
  ])('is refused with %s, by which it answers for what no rule shows', (key, value) => {
    const annotations = { [key]: value };
    expect(ingress({ rules: [ruleFor(hosts[0])], annotations }, { hosts })).toContain(
      `[apps/x] Ingress 'x' must not have annotation '${key}', by which it would answer for more than its rules; ` +
        'give it a rule for each host',
    );
  });

  test.each(['/`) || Host(`b.example', '/a\nb', '/ä'])('is refused with path %j', (path) => {
    const rules = [{ ...ruleFor(hosts[0]), http: { paths: [{ path }] } }];
    expect(ingress({ rules }, { hosts })).toMatch(
      /must have paths of printable ASCII without a backtick/,
    );
  });

  test('may have paths that are regular expressions', () => {
    const rules = [{ ...ruleFor(hosts[0]), http: { paths: [{ path: '/a(/|$)(.*)' }] } }];
    expect(ingress({ rules }, { hosts })).toBe('');
  });

  test('may have conditions for its rules that name no hosts', () => {
    const annotations = { 'alb.ingress.kubernetes.io/conditions.x': '[{"field":"source-ip"}]' };
    expect(ingress({ rules: [ruleFor(hosts[0])], annotations }, { hosts })).toBe('');
  });

  test('is not moved to the host of another by a patch of an environment', () => {
    const { app, tenant } = smallFleet();
    const team = tenant('team-a', { network: { hosts } });
    const object = new ApiObject(team, 'x', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'x', namespace: 'team-a' },
      spec: { rules: [ruleFor(hosts[0])] },
    });
    team.patchInEnvironment('staging', object, [
      { op: 'replace', path: '/spec/rules/0/host', value: 'b.example' },
    ]);
    expect(() => app.synth()).toThrow(/must answer for hosts of tenant 'team-a'.*got 'b\.example'/);
  });
});

describe('a route of a tenant', () => {
  const parentRefs = [{ name: 'public', namespace: 'gateways' }];
  const network = { hosts, gateways: ['gateways/public'] };

  test('answers for its hosts, at gateways that it lists and its own', () => {
    expect(route({ hostnames: hosts, parentRefs }, network)).toBe('');
    for (const namespace of [undefined, 'team-a-jobs']) {
      expect(route({ hostnames: hosts, parentRefs: [{ name: 'x', namespace }] }, { hosts })).toBe(
        '',
      );
    }
  });

  test('answers for no host of others, nor for all', () => {
    expect(route({ hostnames: ['b.example'], parentRefs }, network)).toContain("got 'b.example'");
    expect(route({ parentRefs }, network)).toContain("got '*'");
  });

  test('is at no other gateway', () => {
    expect(route({ hostnames: hosts, parentRefs }, { hosts })).toContain(
      "[apps/x] HTTPRoute 'x' must be attached to gateways of tenant 'team-a', or to those that it lists (none), " +
        "got 'gateways/public'; list it in the tenant's 'network.gateways'",
    );
    const service = [{ kind: 'Service', group: '', ...parentRefs[0] }];
    expect(route({ hostnames: hosts, parentRefs: service }, network)).toContain(
      "got 'Service gateways/public'",
    );
  });
});

test.each([
  ['Ingress', 'networking.k8s.io/v1', 'nginx.ingress.kubernetes.io/server-snippet'],
  ['Ingress', 'networking.k8s.io/v1', 'haproxy-ingress.github.io/config-backend'],
  ['Service', 'v1', 'getambassador.io/config'],
  ['Service', 'v1', 'haproxy.org/route-acl'],
])('an object of kind %s (%s) does not configure a controller by %s', (kind, apiVersion, key) => {
  const rules = kind === 'Ingress' ? [ruleFor(hosts[0])] : undefined;
  expect(
    errorsOfObject(apiVersion, kind, { rules, annotations: { [key]: '#' } }, { hosts }),
  ).toContain(
    `[apps/x] ${kind} 'x' must not have annotation '${key}', which holds configuration of an ingress controller ` +
      'that all share; remove it',
  );
});

describe('a canary of a tenant', () => {
  const targetRef = { kind: 'Deployment', name: 'app' };
  const served = (fields: any, network?: TenantNetwork) =>
    canary({ targetRef, analysis: {}, service: { port: 80, ...fields } }, network);
  const DNS = 'external-dns.alpha.kubernetes.io/hostname';
  const CONFIGURATION = 'getambassador.io/config';
  const annotated = (part: string, key: string, value: string) => ({
    [part]: { annotations: { [key]: value } },
  });

  test('answers for its own Service and its hosts, through gateways that it lists, its own and the mesh', () => {
    const gateways = ['mesh', 'own', 'team-a-jobs/own', 'istio-system/public'];
    const network = { hosts, gateways: ['istio-system/public'] };
    const all = { hosts: ['app', ...hosts], gateways, match: [{ gateways }, {}] };
    expect(served(all, network)).toBe('');
  });

  test.each<[any, string]>([
    [{ hosts: ['b.example'] }, "got 'b.example'"],
    [{ name: 'payments.team-b' }, "got 'payments.team-b'"],
    [{ hosts: ['payments.team-b.svc.cluster.local'] }, "got 'payments.team-b.svc.cluster.local'"],
    [{ gateways: ['istio-system/public'] }, "got 'istio-system/public'"],
    [{ gateways: ['public.istio-system'] }, "got 'public.istio-system'"],
    [{ match: [{ gateways: ['istio-system/public'] }] }, "got 'istio-system/public'"],
    [{ gatewayRefs: [{ name: 'x', namespace: 'team-b' }], hosts }, "got 'team-b/x'"],
    [{ gatewayRefs: [{ name: 'x' }] }, "got '*'"],
    [annotated('apex', DNS, `${hosts[0]},b.example`), "got 'b.example'"],
    [annotated('primary', DNS, 'b.example'), "got 'b.example'"],
    [annotated('canary', DNS, 'b.example'), "got 'b.example'"],
    [annotated('apex', CONFIGURATION, 'x'), `must not have annotation '${CONFIGURATION}'`],
  ])('is refused with %j', (fields, message) => {
    expect(served(fields, { hosts })).toContain(message);
  });

  test('may have its Service annotated, with its hosts too', () => {
    expect(served(annotated('apex', DNS, hosts[0]), { hosts })).toBe('');
    expect(served(annotated('apex', 'note', 'b.example'))).toBe('');
  });

  test('of the program may use the gateway that the program names', () => {
    const { app, tenant } = smallFleet();
    const gateways = ['istio-system/public', 'own'];
    addCanary(tenant('team-a'), CanaryProvider.istio({ hosts: ['a.example'], gateways }));
    expect(find(synthesized(app), 'Namespace', 'team-a').metadata.annotations).toMatchObject({
      'cdk8s-flux-tenants/allowed-gateways': 'istio-system/public',
      'cdk8s-flux-tenants/allowed-hosts': 'a.example',
    });
  });
});
