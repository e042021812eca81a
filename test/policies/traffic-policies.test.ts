import * as fc from 'fast-check';
import { findForeignHosts } from '../../src/inventory/find-foreign-hosts';
import { TENANT, TENANT_NAMESPACE } from '../../src/policies/fixtures/fixture';
import { HOST_EVASIONS } from '../../src/policies/fixtures/hosts';
import { policyFixtures } from '../../src/policies/fixtures/policy-fixtures';
import { TENANCY_POLICIES } from '../../src/policies/tenancy-policies';
import { messages } from './cel';

const policyOf = (kind: string) => {
  const name = kind.endsWith('Route') ? 'routes' : kind === 'Canary' ? 'canaries' : 'ingresses';
  return TENANCY_POLICIES.find((policy) => policy.name === `flux-tenants-${name}`)!;
};
const TRAFFIC = /hosts?\b|gateway|spec\.hostnames|spec\.parentRefs|spec\.service\.name/;

/** Whether synthesis lets an object of the tenant in. */
function isWritten(object: any): boolean {
  const location = {
    clusters: ['fleet/prod'],
    owner: 'team-a',
    tenancy: { tenant: TENANT.name, namespaces: TENANT.namespaces },
  };
  const objects = [TENANT_NAMESPACE, object].map((manifest) => ({
    manifest,
    constructPath: 'x',
    location,
    markers: [],
    patches: [],
  }));
  return findForeignHosts(objects as any).length === 0;
}

/** Whether the policies let objects in, as far as hosts and gateways go. */
function areAdmitted(objects: readonly any[]): boolean[] {
  return messages(
    objects.map((object) => ({
      policy: policyOf(object.kind),
      object,
      namespaceObject: TENANT_NAMESPACE,
    })),
  ).map((told) => told.filter((message) => TRAFFIC.test(message)).length === 0);
}

const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute'];

/** An object, of which only what takes traffic matters. */
function objectOf(kind: string, spec: any, annotations?: any): any {
  const group = ROUTES.includes(kind)
    ? 'gateway.networking.k8s.io/v1'
    : kind === 'Canary'
      ? 'flagger.app/v1beta1'
      : 'networking.k8s.io/v1';
  const metadata = { name: 'x', namespace: TENANT.name, annotations };
  return JSON.parse(JSON.stringify({ apiVersion: group, kind, metadata, spec }));
}

test('synthesis refuses exactly the fixtures that policies on traffic refuse', () => {
  const objects = policyFixtures()
    .map(({ object }) => object)
    .filter(({ kind, spec }) => [...ROUTES, 'Ingress', 'Canary'].includes(kind) && spec);
  const admitted = areAdmitted(objects);
  expect(admitted.filter((one) => !one).length).toBeGreaterThan(50);
  expect(objects.map((object) => [object.metadata.name, isWritten(object)])).toEqual(
    objects.map((object, i) => [object.metadata.name, admitted[i]]),
  );
});

test('an annotation is judged in an update, too, where it is new or changes', () => {
  const key = 'nginx.ingress.kubernetes.io/server-alias';
  const rules = [{ host: 'acme.example' }];
  const [bare, aliased, other] = [{}, { [key]: 'b.example' }, { [key]: 'c.example' }].map((one) =>
    objectOf('Ingress', { rules }, one),
  );
  const updates = [
    [bare, aliased],
    [aliased, other],
    [aliased, aliased],
    [aliased, bare],
  ];
  const told = messages(
    updates.map(([oldObject, object]) => ({
      policy: policyOf('Ingress'),
      object,
      oldObject,
      namespaceObject: TENANT_NAMESPACE,
    })),
  );
  expect(told.map(({ length }) => length)).toEqual([1, 1, 0, 0]);
});

describe('no spelling of a host or gateway gets around the lists', () => {
  const pieces = fc.constantFrom(
    ...['acme.example', 'team-a.acme.example', 'shop', 'team-a', 'team-b', 'x', 'svc', 'gateways'],
    ...['public', 'mesh', 'cluster.local', 'example', 'portal', 'xn--a', 'A', 'é', '1', '-', '_'],
    ...['.', '..', '*.', '*', '/', ':443', '@', '%2e', '\n', ' ', ',', '\\', '\0', '[', '${a}'],
  );
  const text = fc.oneof(
    fc.constantFrom(...Object.values(HOST_EVASIONS)),
    fc.constantFrom('gateways/public', 'mesh', 'x', 'team-a-jobs/x'),
    fc.constantFrom('acme.example', 'portal.acme.example', '*.x.team-a.acme.example'),
    fc.array(pieces, { maxLength: 4 }).map((parts) => parts.join('')),
    fc.array(pieces, { maxLength: 3 }).map((parts) => `${parts.join('')}.team-a.acme.example`),
  );
  const texts = fc.option(fc.array(text, { maxLength: 3 }), { nil: undefined });
  const reference = fc.record(
    {
      name: text,
      namespace: fc.constantFrom('team-a', 'team-a-jobs', 'team-b', 'gateways', 'gateways/public'),
      kind: fc.constantFrom('Gateway', 'Service', 'ListenerSet'),
      group: fc.constantFrom('gateway.networking.k8s.io', '', 'networking.istio.io'),
    },
    { requiredKeys: ['name'] },
  );
  const references = fc.option(
    fc.array(fc.oneof(reference, fc.constant({ name: 'public', namespace: 'gateways' })), {
      maxLength: 2,
    }),
    { nil: undefined },
  );
  const annotations = fc.dictionary(
    fc.constantFrom(
      'external-dns.alpha.kubernetes.io/hostname',
      'external-dns-alpha.kubernetes.io/hostname',
      'nginx.ingress.kubernetes.io/server-alias',
      'nginx.ingress.kubernetes.io/server-alias-of-mine',
      'nginx.org/server-snippets',
      'note',
    ),
    text,
    { maxKeys: 1 },
  );
  const ingress = fc.record({
    rules: fc.option(
      fc.array(fc.record({ host: fc.option(text, { nil: undefined }) }), { maxLength: 2 }),
      { nil: undefined },
    ),
    tls: fc.option(fc.array(fc.record({ hosts: texts }), { maxLength: 1 }), { nil: undefined }),
  });
  const route = fc.record({ hostnames: texts, parentRefs: references });
  const canary = fc.record({
    targetRef: fc.record({ kind: fc.constant('Deployment'), name: text }),
    analysis: fc.constant({}),
    service: fc.record({
      name: fc.option(text, { nil: undefined }),
      hosts: texts,
      gateways: texts,
      gatewayRefs: references,
      match: fc.option(fc.array(fc.record({ gateways: texts }), { maxLength: 1 }), {
        nil: undefined,
      }),
    }),
  });

  test.each([
    ['Ingress', ingress],
    ['HTTPRoute', route],
    ['TCPRoute', fc.record({ parentRefs: references })],
    ['Canary', canary],
  ] as [string, fc.Arbitrary<any>][])(
    'of a %s, nor parts synthesis from policies',
    (kind, specs) => {
      const sample = fc.sample(fc.tuple(specs, kind === 'Canary' ? fc.constant({}) : annotations), {
        seed: 20261121,
        numRuns: 2500,
      });
      const objects = sample.map(([spec, annotated]) => objectOf(kind, spec, annotated));
      const admitted = areAdmitted(objects);
      expect(admitted.filter((one) => one).length).toBeGreaterThan(20);
      expect(admitted.filter((one) => !one).length).toBeGreaterThan(200);
      objects.forEach((object, i) => {
        expect([object, isWritten(object)]).toEqual([object, admitted[i]]);
      });
    },
  );

  test('not even one that a client reads as another host', () => {
    const hosts = fc.sample(text, { seed: 7, numRuns: 4000 });
    const admitted = areAdmitted(hosts.map((host) => objectOf('Ingress', { rules: [{ host }] })));
    const urlOf = (host: string) => `https://${host.replace(/^\*/, 'star')}/`;
    const accepted = hosts.filter((host, i) => admitted[i] && URL.canParse(urlOf(host)));
    expect(accepted.length).toBeGreaterThan(50);
    for (const host of accepted) {
      const read = new URL(urlOf(host)).hostname;
      expect(read.replace(/^star/, '*')).toBe(host);
      expect(host).toMatch(/^acme\.example$|^portal\.acme\.example$|\.team-a\.acme\.example$/);
    }
  });
});
