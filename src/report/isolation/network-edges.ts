import { ClusterView } from '../../clusters/cluster-view';
import { Direction, Network } from './network';
import { Selection } from './namespace-index';
import { ReachGraphBuilder } from './reach-graph';

/** Of how many tenants besides its own a selector may hold namespaces, for each to have an edge. */
const MANY_TENANTS = 4;

/** Of how many namespaces of no tenant. */
const MANY_NAMESPACES = 32;

interface Facts {
  readonly view: ClusterView;
  readonly network: Network;
}

/** A namespace of a tenant that speaks with more than can be listed. */
interface Wide {
  readonly namespace: string;
  readonly tenant: string;
  readonly words: string;
  readonly policy: string;
}

/**
 * Adds the traffic of tenants' namespaces that both ends allow. What a policy allows by a selector that holds many goes to one
 * node for all of them, or the edges would be as many as the square of the tenants; it crosses where another tenant is as open.
 */
export function addTraffic(builder: ReachGraphBuilder, { view, network }: Facts): void {
  const tenants = view.tenants;
  const node = (name: string) => builder.node('namespace', name, tenants.ownerOf(name));
  const wide: Record<Direction, Wide[]> = { egress: [], ingress: [] };
  for (const { name: tenant, namespaces } of tenants.all) {
    for (const namespace of new Set(namespaces)) {
      for (const direction of ['egress', 'ingress'] as const) {
        const other = direction === 'egress' ? 'ingress' : 'egress';
        for (const { selection, policy } of network.reach(namespace, direction).selections) {
          const named = namedBy(selection, tenant, view);
          if (selection.members?.size === 0) {
            const elsewhere = builder.node('network', selection.words, undefined);
            const ends = [node(namespace), elsewhere];
            const [from, to] = direction === 'egress' ? ends : ends.reverse();
            builder.edge(from, to, 'sends-to', [policy], false);
          } else if (!named) {
            wide[direction].push({ namespace, tenant, words: selection.words, policy });
          }
          for (const one of named ?? []) {
            const answer = network.admits(one, other, namespace);
            if (answer !== undefined) {
              const [from, to] = direction === 'egress' ? [namespace, one] : [one, namespace];
              const crosses = tenants.ownerOf(one) !== undefined;
              const via = tenants.ownerOf(one) === undefined ? [policy] : [policy, answer];
              builder.edge(node(from), node(to), 'sends-to', via, crosses);
            }
          }
        }
      }
    }
  }
  // Where policies of other APIs are, whether anything is open is not known.
  const isKnown = ({ namespace }: Wide): boolean => network.unjudged(namespace).length === 0;
  const open = {
    egress: new Set(wide.egress.filter(isKnown).map(({ tenant }) => tenant)),
    ingress: new Set(wide.ingress.filter(isKnown).map(({ tenant }) => tenant)),
  };
  for (const one of wide.egress) {
    const { namespace, tenant, words, policy } = one;
    const to = builder.node('network', words, undefined);
    const crosses = isKnown(one) && hasOther(open.ingress, tenant);
    builder.edge(node(namespace), to, 'sends-to', [policy], crosses);
  }
  for (const one of wide.ingress) {
    const { namespace, tenant, words, policy } = one;
    const from = builder.node('network', words, undefined);
    const crosses = isKnown(one) && hasOther(open.egress, tenant);
    builder.edge(from, node(namespace), 'sends-to', [policy], crosses);
  }
}

/** The namespaces of others that a selection holds; undefined where they are too many. */
function namedBy(
  { members }: Selection,
  tenant: string,
  { tenants }: ClusterView,
): string[] | undefined {
  if (members === undefined) {
    return undefined;
  }
  const others = new Set<string>();
  const named: string[] = [];
  let free = 0;
  for (const name of members) {
    const owner = tenants.ownerOf(name);
    if (owner === tenant) {
      continue;
    }
    if (owner === undefined) {
      free++;
    } else {
      others.add(owner);
    }
    if (others.size > MANY_TENANTS || free > MANY_NAMESPACES) {
      return undefined;
    }
    named.push(name);
  }
  return named;
}

function hasOther(tenants: ReadonlySet<string>, tenant: string): boolean {
  return tenants.size > (tenants.has(tenant) ? 1 : 0);
}
