import { AppliedObject, isOpaque } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { addTo } from '../vocabulary/grouped';
import { apexOf, CANARY_TYPE } from './canaries';
import { itemsAt, mapAt, textAt, textsAt } from './manifest-fields';

/** Requests that an object asks for: whatever else they hold, those for a host and path. */
export interface RouteClaim {
  /** The same for the same requests at the same ones who let them in. */
  readonly key: string;
  /** In words. */
  readonly requests: string;
  /** What they go to. */
  readonly to: string;
  readonly manifest: any;
}

interface Path {
  readonly type: string;
  readonly value: string;
}

/** More than any app asks for, and few enough that a file of many such lists does not fill the memory. */
const MOST_CLAIMS = 1000;

const GATEWAY_GROUP = 'gateway.networking.k8s.io';
const INGRESS = 'networking.k8s.io/Ingress';

/** What tells requests apart that have the same host and path, in the annotations of an Ingress. */
const TELLS_APART = /\/(?:canary|skipper-predicate)$/;

const CLAIMS: Readonly<Record<string, (manifest: any) => RouteClaim[]>> = {
  [CANARY_TYPE]: madeByFlagger,
  [INGRESS]: ofIngress,
  [`${GATEWAY_GROUP}/HTTPRoute`]: ofRoute,
};

/** What a Canary asks for: by what Flagger makes of it, or by the Ingress that Flagger copies. */
export function claimsOfCanary({ manifest }: AppliedObject, cluster: ClusterView): RouteClaim[] {
  const { namespace } = manifest.metadata;
  const ingress = cluster.find(INGRESS, namespace, textAt(manifest, 'spec', 'ingressRef', 'name'));
  const own = ingress ? ofIngress(ingress.manifest) : [];
  return [
    ...madeByFlagger(manifest),
    ...own.filter(({ to }) => to === `Service ${namespace}/${apexOf(manifest)}`),
  ];
}

/** What asks for the same requests, for another to get them. */
export function rivalOf({ key, to }: RouteClaim, cluster: ClusterView): RouteClaim | undefined {
  return cluster.inForce
    .once(claimsByKey)
    .get(key)
    ?.find((other) => other.to !== to);
}

function claimsByKey(view: ClusterView): ReadonlyMap<string, RouteClaim[]> {
  const claims = new Map<string, RouteClaim[]>();
  for (const type of Object.keys(CLAIMS)) {
    for (const { manifest } of view.ofType(type)) {
      CLAIMS[type](manifest).forEach((claim) => addTo(claims, claim.key, claim));
    }
  }
  return claims;
}

function madeByFlagger(manifest: any): RouteClaim[] {
  const provider = textAt(manifest, 'spec', 'provider') ?? '';
  const service = mapAt(manifest, 'spec', 'service');
  const matches = itemsAt(service, 'match').map(({ value }) => value);
  const paths = (matches.length > 0 ? matches : [{}]).flatMap(pathOfMatch);
  const hosts = textsAt(service, 'hosts');
  if (provider.startsWith('gatewayapi:')) {
    const gateways = gatewaysOf(manifest, itemsAt(service, 'gatewayRefs'));
    const to = `HTTPRoute ${manifest.metadata.namespace}/${apexOf(manifest)}`;
    return claims(manifest, to, gateways, orAll(hosts), paths.map(asPrefix));
  }
  if (provider === 'istio' && service.delegation !== true && !/^tcp$/i.test(service.appProtocol)) {
    // A name without dots is that of a Service in the namespace.
    const outside = hosts.filter((host) => host.includes('.'));
    const to = `VirtualService ${manifest.metadata.namespace}/${apexOf(manifest)}`;
    return claims(manifest, to, istioGateways(manifest, service), outside, paths);
  }
  return [];
}

function ofRoute(manifest: any): RouteClaim[] {
  const { name, namespace } = manifest.metadata;
  const paths = itemsAt(manifest, 'spec', 'rules').flatMap(({ value: rule }) => {
    const matches = itemsAt(rule, 'matches').map(({ value }) => value);
    return (matches.length > 0 ? matches : [{}]).flatMap(pathOfRoute);
  });
  const gateways = gatewaysOf(manifest, itemsAt(manifest, 'spec', 'parentRefs'));
  const hosts = orAll(textsAt(manifest, 'spec', 'hostnames'));
  return claims(manifest, `HTTPRoute ${namespace}/${name}`, gateways, hosts, paths.map(asPrefix));
}

function ofIngress(manifest: any): RouteClaim[] {
  const { namespace } = manifest.metadata;
  const annotations = mapAt(manifest, 'metadata', 'annotations');
  if (Object.keys(annotations).some((key) => TELLS_APART.test(key))) {
    return [];
  }
  const name =
    textAt(manifest, 'spec', 'ingressClassName') ??
    textAt(annotations, 'kubernetes.io/ingress.class');
  return itemsAt(manifest, 'spec', 'rules').flatMap(({ value: rule }) =>
    itemsAt(rule, 'http', 'paths').flatMap(({ value: one }) => {
      const type = textAt(one, 'pathType') === 'Exact' ? 'Exact' : 'PathPrefix';
      const path = asPrefix({ type, value: textAt(one, 'path') ?? '/' });
      const to = `Service ${namespace}/${textAt(one, 'backend', 'service', 'name')}`;
      return claims(manifest, to, [`class ${name}`], [textAt(rule, 'host') || '*'], [path]);
    }),
  );
}

/** The Gateways among references, each with the listeners that it names. */
function gatewaysOf(manifest: any, references: readonly { value: any }[]): string[] {
  return references
    .map(({ value }) => mapAt(value))
    .filter(
      ({ group = GATEWAY_GROUP, kind = 'Gateway' }) =>
        group === GATEWAY_GROUP && kind === 'Gateway',
    )
    .map(({ namespace = manifest.metadata.namespace, name, sectionName, port }) =>
      JSON.stringify(['Gateway', namespace, name, sectionName, port]),
    );
}

/** Within the mesh, what a host means may differ from one namespace to the other. */
function istioGateways(manifest: any, service: any): string[] {
  const { namespace } = manifest.metadata;
  const named = textsAt(service, 'gateways');
  return (named.length > 0 ? named : ['mesh']).map((gateway) => {
    const [name, of = namespace] = gateway.includes('/')
      ? gateway.split('/').reverse()
      : gateway.split('.');
    return `istio ${of}/${name}`;
  });
}

/** The path of a match by nothing else; none of others, which may be for other requests. */
function pathOfMatch(match: any): Path[] {
  const { uri, name: _, ...others } = mapAt(match);
  const { regex, exact, prefix } = mapAt(uri);
  const [[type, value]] = [
    ['RegularExpression', regex],
    ['Exact', exact],
    ['PathPrefix', prefix],
    ['PathPrefix', '/'],
  ].filter(([, text]) => typeof text === 'string' && text !== '');
  return Object.keys(others).length === 0 ? [{ type, value }] : [];
}

function pathOfRoute(match: any): Path[] {
  const { path, ...others } = mapAt(match);
  const type = textAt(path, 'type') ?? 'PathPrefix';
  const value = textAt(path, 'value') ?? '/';
  return Object.keys(others).length === 0 ? [{ type, value }] : [];
}

/** A prefix is one of whole parts of a path, so that a '/' at its end adds nothing. */
function asPrefix({ type, value }: Path): Path {
  return { type, value: type === 'PathPrefix' ? value.replace(/(.)\/+$/, '$1') : value };
}

function orAll(hosts: readonly string[]): readonly string[] {
  return hosts.length > 0 ? hosts : ['*'];
}

function claims(
  manifest: any,
  to: string,
  gateways: readonly string[],
  hosts: readonly string[],
  paths: readonly Path[],
): RouteClaim[] {
  if (gateways.length * hosts.length * paths.length > MOST_CLAIMS) {
    return [];
  }
  return gateways
    .flatMap((gateway) =>
      hosts.flatMap((host) =>
        paths.map(({ type, value }) => ({
          key: JSON.stringify([gateway, host.toLowerCase(), type, value]),
          requests: `${host}${value}`,
          to,
          manifest,
        })),
      ),
    )
    .filter(({ key }) => !isOpaque(key) && !isOpaque(to));
}
