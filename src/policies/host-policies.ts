import { allowedAnnotation } from '../vocabulary/tenant-annotations';
import { listed, TenancyPolicy, UNCHANGED, unlessUnchanged } from './tenancy-policy';

/** The hosts that the namespace lists. */
export const HOSTS = { unchanged: UNCHANGED, ...listed('hosts') };
export const HOST_LISTED = `one that the namespace's annotation ${allowedAnnotation('hosts')} lists, or below one`;

/** True for a host name, or a pattern of such, that is listed or below what is. */
export function isHostListed(host: string): string {
  return `variables.hosts.exists(a, a != '' && (${host} == a || ${host}.endsWith('.' + a)))`;
}

export const INGRESSES: TenancyPolicy = {
  name: 'flux-tenants-ingresses',
  scopes: [{ group: 'networking.k8s.io', resources: ['ingresses'] }],
  variables: HOSTS,
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
  ],
};

/** True when there are no parents but Services: such a route or canary is for requests within the mesh, by their names. */
export const withinMesh = (parents: string) =>
  `${parents}.all(p, has(p.kind) && p.kind == 'Service')`;

export const ROUTES: TenancyPolicy = {
  name: 'flux-tenants-routes',
  scopes: [
    { group: 'gateway.networking.k8s.io', resources: ['grpcroutes', 'httproutes', 'tlsroutes'] },
  ],
  variables: HOSTS,
  rules: [
    {
      expression: unlessUnchanged(
        `(has(object.spec.parentRefs) && ${withinMesh('object.spec.parentRefs')}) || ` +
          '(has(object.spec.hostnames) && size(object.spec.hostnames) > 0 && ' +
          `object.spec.hostnames.all(h, ${isHostListed('h')}))`,
      ),
      message: `spec.hostnames must each be ${HOST_LISTED}; without any, a Gateway gives those of all`,
    },
  ],
};
