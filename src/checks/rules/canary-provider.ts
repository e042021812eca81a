import { isOpaque } from '../../clusters/applied-object';
import { CANARY_EXAMPLE, CANARY_TYPE } from '../canaries';
import { ObjectCheck } from '../check';
import { itemsAt, textAt, valueAt } from '../manifest-fields';
import { isMap } from '../../vocabulary/is-map';

/** What the CRD of Flagger 1.44 takes. */
const PROVIDERS = [
  'apisix',
  'appmesh',
  'appmesh:v1beta2',
  'contour',
  'gatewayapi:v1',
  'gatewayapi:v1beta1',
  'gloo',
  'istio',
  'knative',
  'kubernetes',
  'kuma',
  'linkerd',
  'nginx',
  'osm',
  'skipper',
  'smi:v1alpha1',
  'smi:v1alpha2',
  'smi:v1alpha3',
  'traefik',
];

/** What a provider cannot do without, below spec. */
const NEEDED: ReadonlyMap<string, readonly string[]> = new Map([
  ['apisix', ['routeRef']],
  ['appmesh', ['service', 'meshName']],
  ['appmesh:v1beta2', ['service', 'meshName']],
  ['gatewayapi:v1', ['service', 'gatewayRefs']],
  ['gatewayapi:v1beta1', ['service', 'gatewayRefs']],
  ['nginx', ['ingressRef']],
  ['skipper', ['ingressRef']],
]);

export const canaryProvider: ObjectCheck = {
  id: 'canary-provider',
  severity: 'error',
  profile: 'recommended',
  summary: 'a Canary must name a provider that Flagger knows, and what that one moves traffic by',
  why: "The API server refuses a provider that Flagger 1.44 does not know, such as 'gatewayapi' without a version. Without the Ingress, route, mesh or Gateway that its provider works on, Flagger never gets beyond preparing the Canary.",
  remedy: 'name a provider of the list, and give it the reference that it needs',
  links: ['https://docs.flagger.app/usage/deployment-strategies'],
  types: [CANARY_TYPE],
  // A patch, which may lie beside what is applied, need not be whole.
  needs: 'cluster',
  bad: CANARY_EXAMPLE.replace('provider: istio', 'provider: nginx'),
  good: CANARY_EXAMPLE.replace(
    'provider: istio',
    `provider: nginx
  ingressRef:
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    name: podinfo`,
  ),
  *examine({ manifest }) {
    const provider = valueAt(manifest, 'spec', 'provider');
    if (provider === undefined || provider === null || provider === '' || isOpaque(provider)) {
      return; // Flagger's own default, which is set where it is installed
    }
    const pointer = '/spec/provider';
    if (!PROVIDERS.includes(provider)) {
      const allowed = PROVIDERS.map((one) => `'${one}'`).join(', ');
      yield {
        message: `must have a provider among ${allowed}, got ${JSON.stringify(provider)}`,
        pointer,
      };
    }
    const needed = NEEDED.get(provider);
    if (needed && !isGiven(manifest, needed)) {
      yield {
        message: `must have spec.${needed.join('.')}, which provider '${provider}' works on`,
        pointer,
      };
    }
  },
};

function isGiven(manifest: any, keys: readonly string[]): boolean {
  const value = valueAt(manifest, 'spec', ...keys);
  return isMap(value)
    ? textAt(value, 'name') !== ''
    : itemsAt(manifest, 'spec', ...keys).length > 0 || (typeof value === 'string' && value !== '');
}
