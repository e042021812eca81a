import * as fc from 'fast-check';
import { findForeignHosts } from '../../src/inventory/find-foreign-hosts';
import { TENANT, TENANT_NAMESPACE } from '../../src/policies/fixtures/fixture';
import { HOST_EVASIONS } from '../../src/policies/fixtures/hosts';

const pieces = fc.constantFrom(
  ...['acme.example', 'team-a.acme.example', 'shop', 'team-a', 'team-b', 'x', 'svc', 'gateways'],
  ...['public', 'mesh', 'cluster.local', 'example', 'portal', 'xn--a', 'A', 'é', '1', '-', '_'],
  ...['.', '..', '*.', '*', '/', ':443', '@', '%2e', '\n', ' ', ',', '\\', '\0', '[', '${a}'],
);
/** Hosts and gateways, most of which only look like those of the tenant. */
export const text = fc.oneof(
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
    'konghq.com/host-aliases',
    'alb.ingress.kubernetes.io/conditions.x',
    'haproxy.org/route-acl',
    'getambassador.io/config',
    'note',
  ),
  fc.oneof(text, fc.constantFrom('[{"field":"host-header"}]', '[{"field":"source-ip"}]')),
  { maxKeys: 1 },
);
/** Mostly not annotated, or nearly everything would be refused. */
const annotated = fc.option(fc.record({ annotations }), { nil: undefined, freq: 1 });
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
    apex: annotated,
    primary: annotated,
    canary: annotated,
    name: fc.option(text, { nil: undefined }),
    hosts: texts,
    gateways: texts,
    gatewayRefs: references,
    match: fc.option(fc.array(fc.record({ gateways: texts }), { maxLength: 1 }), {
      nil: undefined,
    }),
  }),
});

const SPECS: Record<string, fc.Arbitrary<any>> = {
  Ingress: ingress,
  HTTPRoute: route,
  TCPRoute: fc.record({ parentRefs: references }),
  Canary: canary,
};

export const TRAFFIC_KINDS = Object.keys(SPECS);

/** Objects of one kind, the same in each run. */
export function trafficSamples(kind: string, numRuns: number): any[] {
  const added = kind === 'Canary' ? fc.constant({}) : annotations;
  return fc
    .sample(fc.tuple(SPECS[kind], added), { seed: 20261121, numRuns })
    .map(([spec, metadata]) => trafficObject(kind, spec, metadata));
}

export const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

/** An object, of which only what takes traffic matters. */
export function trafficObject(kind: string, spec: any, annotations?: any): any {
  const group = ROUTES.includes(kind)
    ? 'gateway.networking.k8s.io/v1'
    : kind === 'Canary'
      ? 'flagger.app/v1beta1'
      : 'networking.k8s.io/v1';
  const metadata = { name: 'x', namespace: TENANT.name, annotations };
  return JSON.parse(JSON.stringify({ apiVersion: group, kind, metadata, spec }));
}

/** Whether synthesis lets an object of the tenant in. */
export function isWritten(object: any): boolean {
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
