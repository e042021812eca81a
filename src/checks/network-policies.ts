import { AppliedObject } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import { Field, itemsAt, mapAt, textAt, textsAt, valueAt } from './manifest-fields';
import { isMap } from '../vocabulary/is-map';
import { NAMESPACE_NAME_LABEL, TENANT_LABEL } from '../vocabulary/labels';

export const NETWORK_POLICY = 'networking.k8s.io/NetworkPolicy';

export type Direction = 'Ingress' | 'Egress';

/** What decides over traffic beside NetworkPolicies. */
const OTHER_ENGINES = [
  'cilium.io/CiliumClusterwideNetworkPolicy',
  'cilium.io/CiliumNetworkPolicy',
  'crd.projectcalico.org/GlobalNetworkPolicy',
  'crd.projectcalico.org/NetworkPolicy',
  'policy.networking.k8s.io/AdminNetworkPolicy',
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
  'policy.networking.k8s.io/ClusterNetworkPolicy',
  'projectcalico.org/GlobalNetworkPolicy',
  'projectcalico.org/NetworkPolicy',
  'security.antrea.io/ClusterNetworkPolicy',
  'crd.antrea.io/ClusterNetworkPolicy',
];

/** Whether something else than NetworkPolicies decides over the traffic of a cluster, too. */
export function hasOtherPolicies(view: ClusterView): boolean {
  return OTHER_ENGINES.some((type) => view.ofType(type).length > 0);
}

/** The directions that a NetworkPolicy is for, as the API server fills them in. */
function directionsOf(manifest: any): Direction[] {
  const types = textsAt(manifest, 'spec', 'policyTypes');
  if (types.length > 0) {
    return (['Ingress', 'Egress'] as const).filter((one) => types.includes(one));
  }
  return itemsAt(manifest, 'spec', 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** The rules of a direction, and those whom each is about; none means everybody. */
export function networkRules(
  manifest: any,
  direction: Direction,
): { rule: Field; peers: Field[]; ports: Field[] }[] {
  const [rules, peers] = direction === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to'];
  return directionsOf(manifest).includes(direction)
    ? itemsAt(manifest, 'spec', rules).map((rule) => ({
        rule,
        peers: itemsAt(rule.value, peers),
        ports: itemsAt(rule.value, 'ports'),
      }))
    : [];
}

/** Whether a peer may be anything but the pods of the namespace itself, or of its tenant. */
export function isForeignPeer(peer: unknown, namespace: string, view: ClusterView): boolean {
  const selector = valueAt(peer, 'namespaceSelector');
  if (!isMap(selector)) {
    return valueAt(peer, 'ipBlock') !== undefined;
  }
  const labels = mapAt(selector, 'matchLabels');
  const tenant = view.tenants.ownerOf(namespace);
  const isOwn =
    labels[NAMESPACE_NAME_LABEL] === namespace ||
    (tenant !== undefined && textAt(labels, TENANT_LABEL) === tenant);
  return !isOwn;
}

/** Whether a selector selects all. */
export function selectsAll(selector: unknown): boolean {
  return (
    isMap(selector) &&
    Object.keys(mapAt(selector, 'matchLabels')).length === 0 &&
    itemsAt(selector, 'matchExpressions').length === 0
  );
}

/** The NetworkPolicies of a namespace that deny every pod what no policy allows, by direction. */
export function denialsIn(
  view: ClusterView,
  namespace: string,
): ReadonlyMap<Direction, AppliedObject> {
  return view.once(denialsByNamespace).get(namespace) ?? new Map();
}

function denialsByNamespace(view: ClusterView): Map<string, Map<Direction, AppliedObject>> {
  const found = new Map<string, Map<Direction, AppliedObject>>();
  for (const policy of view.ofType(NETWORK_POLICY)) {
    const { manifest } = policy;
    const selector = valueAt(manifest, 'spec', 'podSelector') ?? {};
    const namespace = String(manifest.metadata.namespace);
    for (const direction of selectsAll(selector) ? directionsOf(manifest) : []) {
      const known = found.get(namespace) ?? new Map<Direction, AppliedObject>();
      found.set(namespace, known);
      if (!known.has(direction)) {
        known.set(direction, policy);
      }
    }
  }
  return found;
}
