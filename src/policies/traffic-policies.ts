import { GATEWAY_PATTERN } from '../vocabulary/gateway-name';
import {
  ALIAS_ANNOTATION,
  CONDITIONS_ANNOTATION,
  CONFIGURATION_ANNOTATION,
  DNS_ANNOTATION,
  HOST_CONDITIONS,
  HOST_PATTERN,
  PATH_PATTERN,
} from '../vocabulary/host-pattern';
import { allowedAnnotation, NAMESPACES_ANNOTATION } from '../vocabulary/tenant-annotations';
import {
  listed,
  namespaceAnnotation,
  TenancyPolicy,
  TenancyRule,
  UNCHANGED,
  unlessUnchanged,
  unset,
} from './tenancy-policy';

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';

/** What a tenant may answer for, and through which gateways. */
export const TRAFFIC = {
  unchanged: UNCHANGED,
  hosts: `${listed('hosts').hosts} + ${listed('shared-hosts')['shared-hosts']}`,
  gateways: listed('gateways').gateways,
  namespaces: `(${namespaceAnnotation(NAMESPACES_ANNOTATION)}).split(' ')`,
};

export const HOST_LISTED = `one that the namespace's annotation ${allowedAnnotation('hosts')} lists, or below one that it lists with '*.'`;
export const GATEWAY_LISTED = `in namespaces of the tenant, or in the namespace's annotation ${allowedAnnotation('gateways')}`;

/** True for a host name, or all below one, that is listed. */
export function isHostListed(host: string): string {
  return (
    `(${host}.matches('^${HOST_PATTERN}$') && ` +
    `variables.hosts.exists(a, ${host} == a || (a.startsWith('*.') && ${host}.endsWith(a.substring(1)))))`
  );
}

/** True for a name without dots, which Istio looks up in the namespace. */
export function isLabel(name: string): string {
  return `${name}.matches('^${LABEL}$')`;
}

/** True for a gateway of Istio that is the tenant's, listed, or the mesh. A name with dots would be one of another namespace. */
export function isIstioGatewayListed(gateway: string): string {
  return (
    `(${isLabel(gateway)} || (${gateway}.matches('^${GATEWAY_PATTERN}$') && ` +
    `(${gateway} in variables.gateways || ${gateway}.split('/')[0] in variables.namespaces)))`
  );
}

/** True for a reference to something of the tenant, or to a listed Gateway. */
export function isParentListed(ref: string): string {
  return (
    `(!has(${ref}.namespace) || ${ref}.namespace in variables.namespaces || ` +
    `((!has(${ref}.kind) || ${ref}.kind == 'Gateway') && ` +
    `(!has(${ref}.group) || ${ref}.group == 'gateway.networking.k8s.io') && ` +
    `(${ref}.namespace + '/' + ${ref}.name) in variables.gateways))`
  );
}

/** True for what is between Services, where hosts do not matter. */
export function isOfService(ref: string): string {
  return `(has(${ref}.kind) && ${ref}.kind == 'Service')`;
}

function annotationsOf(object: string): string {
  return `${object} != null && has(${object}.metadata) && has(${object}.metadata.annotations) ? ${object}.metadata.annotations : {}`;
}

/** Those of the object, and those that it had: an update of them alone is none of its `spec`. */
const ANNOTATIONS = {
  annotations: annotationsOf('object'),
  old_annotations: annotationsOf('oldObject'),
};

/** Holds for each annotation that is new, or not what it was. */
function ofNewAnnotations(expression: string): string {
  return (
    'variables.annotations.all(k, (k in variables.old_annotations && ' +
    `variables.old_annotations[k] == variables.annotations[k]) || ${expression})`
  );
}

/** What ExternalDNS writes into the DNS, whatever `spec` says. */
const DNS_NAMES: TenancyRule = {
  expression: ofNewAnnotations(
    `!k.matches('${DNS_ANNOTATION}') || ` +
      `variables.annotations[k].split(',').all(h, ${isHostListed('h')})`,
  ),
  message: `annotations of external-dns.alpha.kubernetes.io must name hosts that are each ${HOST_LISTED}`,
};

/** A gateway that reads Services takes hosts of others by such an annotation. */
const NO_CONFIGURATION: TenancyRule = {
  expression: ofNewAnnotations(`!k.matches('${CONFIGURATION_ANNOTATION}')`),
  message: 'annotations must not hold configuration of an ingress controller, which all share',
};

/** True for conditions of AWS that add hosts to those of a rule. */
const NAMES_HOSTS = `(k.matches('${CONDITIONS_ANNOTATION}') && (${HOST_CONDITIONS.map(
  (one) => `variables.annotations[k].contains(${JSON.stringify(one)})`,
).join(' || ')}))`;

export const SERVICES: TenancyPolicy = {
  name: 'flux-tenants-services',
  scopes: [{ group: '', resources: ['services'] }],
  variables: { ...TRAFFIC, ...ANNOTATIONS },
  rules: [
    {
      expression: unlessUnchanged(
        '!has(object.spec.externalIPs) || size(object.spec.externalIPs) == 0',
      ),
      message: 'spec.externalIPs must be empty: it takes traffic that is meant for others',
    },
    unset('externalName', 'names of the cluster look like those of any other host'),
    DNS_NAMES,
    NO_CONFIGURATION,
  ],
};

export const INGRESSES: TenancyPolicy = {
  name: 'flux-tenants-ingresses',
  scopes: [{ group: 'networking.k8s.io', resources: ['ingresses'] }],
  variables: { ...TRAFFIC, ...ANNOTATIONS },
  rules: [
    {
      expression: unlessUnchanged(
        'has(object.spec.rules) && size(object.spec.rules) > 0 && !has(object.spec.defaultBackend) && ' +
          `object.spec.rules.all(r, has(r.host) && ${isHostListed('r.host')})`,
      ),
      message: `spec.rules must each have a host that is ${HOST_LISTED}; what has none takes those of all`,
    },
    {
      expression: unlessUnchanged(
        '!has(object.spec.tls) || object.spec.tls.all(t, !has(t.hosts) || ' +
          `t.hosts.all(h, ${isHostListed('h')}))`,
      ),
      message: `spec.tls must have hosts that are ${HOST_LISTED}`,
    },
    {
      expression: unlessUnchanged(
        '!has(object.spec.rules) || object.spec.rules.all(r, !has(r.http) || !has(r.http.paths) || ' +
          `r.http.paths.all(p, !has(p.path) || p.path.matches('${PATH_PATTERN}')))`,
      ),
      message:
        'spec.rules must have paths of printable ASCII without a backtick, with which Traefik would read more hosts',
    },
    DNS_NAMES,
    NO_CONFIGURATION,
    {
      expression: ofNewAnnotations(`!(k.matches('${ALIAS_ANNOTATION}') || ${NAMES_HOSTS})`),
      message:
        'annotations must not have the ingress controller answer for more hosts than spec.rules',
    },
  ],
};

const WITHOUT_HOSTS = "object.kind in ['TCPRoute', 'UDPRoute']";

/** Routes of the Gateway API: which of them a Gateway takes is otherwise up to its listeners alone. */
export const ROUTES: TenancyPolicy = {
  name: 'flux-tenants-routes',
  scopes: [
    {
      group: 'gateway.networking.k8s.io',
      resources: ['httproutes', 'grpcroutes', 'tlsroutes', 'tcproutes', 'udproutes'],
    },
  ],
  variables: { ...TRAFFIC, ...ANNOTATIONS },
  rules: [
    {
      expression: unlessUnchanged(
        `${WITHOUT_HOSTS} || (has(object.spec.hostnames) && size(object.spec.hostnames) > 0) || ` +
          `!has(object.spec.parentRefs) || object.spec.parentRefs.all(p, ${isOfService('p')})`,
      ),
      message: 'spec.hostnames must not be empty: a route that has none takes those of all',
    },
    {
      expression: unlessUnchanged(
        `!has(object.spec.hostnames) || object.spec.hostnames.all(h, ${isHostListed('h')})`,
      ),
      message: `spec.hostnames must each be ${HOST_LISTED}`,
    },
    {
      expression: unlessUnchanged(
        `!has(object.spec.parentRefs) || object.spec.parentRefs.all(p, ${isParentListed('p')})`,
      ),
      message: `spec.parentRefs must be ${GATEWAY_LISTED}`,
    },
    DNS_NAMES,
  ],
};
