import { apiGroupOf } from '../vocabulary/cluster-scoped-kinds';
import { gatewayNamespace } from '../vocabulary/gateway-name';
import {
  ALIAS_ANNOTATION,
  CONDITIONS_ANNOTATION,
  CONFIGURATION_ANNOTATION,
  coversHost,
  DNS_ANNOTATION,
  HOST_CONDITIONS,
  PATH_PATTERN,
} from '../vocabulary/host-pattern';
import { isDnsLabel } from '../vocabulary/names';
import { Tenancy } from '../vocabulary/placement';
import { homeOf, listedSources, namespaceAnnotations } from './listed-sources';
import { shown } from './malformed';
import { ManifestObject } from './manifest-object';
import { overlappingHosts } from './overlapping-hosts';
import { formsOf } from './patched-manifest';

/** What an object asks of those who let traffic in. */
interface Claims {
  /** `*` where it answers for all that nobody else does. */
  readonly hosts: readonly unknown[];
  /** Those that are not just at hand in its namespace. */
  readonly gateways: readonly Gateway[];
  /** @default - none that could be taken for more */
  readonly paths?: readonly unknown[];
}

/** What an object is attached to. */
interface Gateway {
  /** Where it is, if that can be told. */
  readonly namespace?: string;
  /** As lists spell it: `<namespace>/<name>`. What is no gateway of theirs is spelled in no such way. */
  readonly text: string;
}

const GATEWAY_API = 'gateway.networking.k8s.io';
const EVERY_HOST = '*';

/** Kinds of whose annotations an ingress controller takes its configuration. */
const OF_TRAFFIC = ['Canary', 'Ingress', 'Service'];

const CLAIMS: Record<string, (spec: any) => Claims> = {
  '/Service': () => ({ hosts: [], gateways: [] }),
  'networking.k8s.io/Ingress': ingressClaims,
  [`${GATEWAY_API}/HTTPRoute`]: routeClaims,
  [`${GATEWAY_API}/GRPCRoute`]: routeClaims,
  [`${GATEWAY_API}/TLSRoute`]: routeClaims,
  [`${GATEWAY_API}/TCPRoute`]: portClaims,
  [`${GATEWAY_API}/UDPRoute`]: portClaims,
  'flagger.app/Canary': canaryClaims,
};

/**
 * An error for every host and gateway of a tenant's object that the admission policies would refuse, because its namespace does not
 * list it; and for lists that let tenants take traffic of each other.
 */
export function findForeignHosts(objects: readonly ManifestObject[]): string[] {
  const namespaces = namespaceAnnotations(objects);
  return [
    ...objects.flatMap((object) => foreign(object, namespaces)),
    ...overlappingHosts(objects),
  ];
}

function foreign(object: ManifestObject, namespaces: ReadonlyMap<string, any>): string[] {
  const { manifest, constructPath, location } = object;
  const claimsOf = CLAIMS[`${apiGroupOf(manifest.apiVersion)}/${manifest.kind}`];
  const { tenancy } = location;
  if (!claimsOf || !tenancy) {
    return [];
  }
  const annotations = namespaces.get(homeOf(object));
  const what = `[${constructPath}] ${manifest.kind} '${manifest.metadata.name}' must`;
  const forms = formsOf(object);
  const claims = forms.map(({ spec }) => claimsOf(spec ?? {}));
  const annotated = forms.flatMap(annotationsOf);
  const hosts = [
    ...listedSources(annotations, 'hosts'),
    ...listedSources(annotations, 'shared-hosts'),
  ];
  const gateways = listedSources(annotations, 'gateways');
  return [
    ...[...new Set([...claims.flatMap((one) => one.hosts), ...dnsNames(annotated)])]
      .filter((host) => !hosts.some((listed) => coversHost(listed, host)))
      .map(
        (host) =>
          `${what} answer for hosts of tenant '${tenancy.tenant}' (${hosts.join(', ') || 'none'}) and no others, ` +
          `got ${shown(host)}; list it in the tenant's 'network.hosts'`,
      ),
    ...foreignGateways(claims, tenancy)
      .filter((gateway) => !gateways.includes(gateway))
      .map(
        (gateway) =>
          `${what} be attached to gateways of tenant '${tenancy.tenant}', or to those that it lists ` +
          `(${gateways.join(', ') || 'none'}), got ${shown(gateway)}; list it in the tenant's 'network.gateways'`,
      ),
    ...[...new Set(claims.flatMap(({ paths = [] }) => paths))]
      .filter((path) => typeof path !== 'string' || !new RegExp(PATH_PATTERN).test(path))
      .map(
        (path) =>
          `${what} have paths of printable ASCII without a backtick, with which Traefik would read more hosts, got ${shown(path)}; ` +
          "write other characters as '%' and two hexadecimal digits",
      ),
    ...keysOf(annotated, (key, value) => manifest.kind === 'Ingress' && isAlias(key, value)).map(
      (key) =>
        `${what} not have annotation '${key}', by which it would answer for more than its rules; give it a rule for each host`,
    ),
    ...keysOf(annotated, (key) => OF_TRAFFIC.includes(manifest.kind) && isConfiguration(key)).map(
      (key) =>
        `${what} not have annotation '${key}', which holds configuration of an ingress controller that all share; remove it`,
    ),
  ];
}

/** Those that who lets traffic in reads: of a canary, what Flagger writes to the objects that it makes. */
function annotationsOf({ kind, metadata, spec }: any): [key: string, value: unknown][] {
  const { apex, primary, canary } = spec?.service ?? {};
  const annotated = kind === 'Canary' ? [apex, primary, canary] : [metadata];
  return annotated.flatMap((one) => Object.entries(one?.annotations ?? {}));
}

function dnsNames(annotations: [key: string, value: unknown][]): string[] {
  return annotations
    .filter(([key]) => new RegExp(DNS_ANNOTATION).test(key))
    .flatMap(([, value]) => String(value).split(','));
}

function keysOf(
  annotations: [key: string, value: unknown][],
  isMeant: (key: string, value: unknown) => boolean,
): string[] {
  return [...new Set(annotations.filter((one) => isMeant(...one)).map(([key]) => key))];
}

function isAlias(key: string, value: unknown): boolean {
  return (
    new RegExp(ALIAS_ANNOTATION).test(key) ||
    (new RegExp(CONDITIONS_ANNOTATION).test(key) &&
      HOST_CONDITIONS.some((one) => String(value).includes(one)))
  );
}

function isConfiguration(key: string): boolean {
  return new RegExp(CONFIGURATION_ANNOTATION).test(key);
}

/** Gateways that are in no namespace of the tenant, each once. */
function foreignGateways(claims: readonly Claims[], { namespaces }: Tenancy): string[] {
  const foreign = claims
    .flatMap(({ gateways }) => gateways)
    .filter(({ namespace }) => namespace === undefined || !namespaces.includes(namespace));
  return [...new Set(foreign.map(({ text }) => text))];
}

function ingressClaims({ rules, defaultBackend, tls }: any): Claims {
  const hosts = listOf(rules).map((rule) => rule?.host ?? EVERY_HOST);
  const takesAll = defaultBackend !== undefined || hosts.length === 0;
  const certified = listOf(tls).flatMap((one) => listOf(one?.hosts));
  const paths = listOf(rules)
    .flatMap((rule) => listOf(rule?.http?.paths))
    .flatMap((one) => one?.path ?? []);
  return {
    hosts: [...hosts, ...(takesAll ? [EVERY_HOST] : []), ...certified],
    gateways: [],
    paths,
  };
}

/** A route without hosts takes all of its gateways; one between Services has none. */
function routeClaims({ hostnames, parentRefs }: any): Claims {
  const hosts = listOf(hostnames);
  const takesAll =
    hosts.length === 0 && !listOf(parentRefs).every(({ kind }) => kind === 'Service');
  return { ...portClaims({ parentRefs }), hosts: takesAll ? [EVERY_HOST] : hosts };
}

function portClaims({ parentRefs }: any): Claims {
  return { hosts: [], gateways: listOf(parentRefs).flatMap(gatewayOf) };
}

/** What Flagger, which may do so in all namespaces, makes of a canary: a VirtualService or an HTTPRoute. */
function canaryClaims({ service, targetRef }: any): Claims {
  const { hosts, gateways, gatewayRefs, match } = service ?? {};
  const route = routeClaims({ hostnames: hosts, parentRefs: gatewayRefs });
  const ofIstio = [...listOf(gateways), ...listOf(match).flatMap((one) => listOf(one?.gateways))];
  // Istio takes the name of the Service for a host: one without dots for its own, one with dots for that of anybody.
  const name = service?.name || targetRef?.name;
  const named = isDnsLabel(name) || !service ? [] : [name];
  return {
    hosts: [...route.hosts.filter((host) => host !== name), ...named],
    gateways: [
      ...route.gateways,
      ...ofIstio.filter((gateway) => !isDnsLabel(gateway)).map(istioGateway),
    ],
  };
}

function istioGateway(gateway: unknown): Gateway {
  return { namespace: gatewayNamespace(gateway), text: String(gateway) };
}

/** What a reference names, if it says in which namespace. */
function gatewayOf({ group = GATEWAY_API, kind = 'Gateway', namespace, name }: any): Gateway[] {
  if (namespace === undefined) {
    return [];
  }
  const place = `${namespace}/${name}`;
  const isGateway = group === GATEWAY_API && kind === 'Gateway';
  return [{ namespace, text: isGateway ? place : `${kind} ${place}` }];
}

function listOf(value: any): any[] {
  return [value ?? []].flat();
}
