import { titleOf } from '../../checks/finding';
import { itemsAt, mapAt, textAt, textsAt, valueAt } from '../../checks/manifest-fields';
import { ClusterView } from '../../clusters/cluster-view';
import { isClusterScoped } from '../../vocabulary/cluster-scoped-kinds';
import { NamespaceIndex, Selection, selectorInWords } from './namespace-index';
import { isMap } from '../../vocabulary/is-map';

export type Direction = 'egress' | 'ingress';

/** What NetworkPolicies say of one direction of the traffic of a namespace. */
export interface Traffic {
  /** Whether every pod has only what a policy allows; else some pod has everything. */
  readonly isDenied: boolean;
  /** What policies allow, to some pod at least. */
  readonly peers: readonly Peer[];
}

/** Who pods of a namespace may speak with. */
export interface Peer {
  /** In words. */
  readonly who: string;
  /** In words; empty for all ports. */
  readonly ports: string;
  /** The policies that allow it. */
  readonly policies: readonly string[];
}

/** The same for whoever computes with it. */
export interface Reach {
  readonly traffic: Traffic;
  /** What policies select, everything where some pod is denied nothing. Addresses are no namespaces. */
  readonly selections: readonly SelectedPeer[];
}

interface SelectedPeer {
  readonly selection: Selection;
  readonly policy: string;
}

/** Policies for traffic, of whatever API. */
const ANY_POLICY = /NetworkPolicy$/;

const EVERYTHING: Selection = { words: 'anything' };
const NOBODY: ReadonlySet<string> = new Set();

/** The NetworkPolicies of a cluster. Those of other APIs are not judged. */
export class Network {
  private readonly known = new Map<string, Reach>();

  public constructor(
    private readonly view: ClusterView,
    private readonly namespaces: NamespaceIndex,
  ) {}

  /** Policies for the traffic of a namespace of other APIs, in words: they may deny what is open here, and open what is denied. */
  public unjudged(namespace: string): readonly string[] {
    const unjudged = this.view.ofPlatform.once(unjudgedPolicies);
    return [...(unjudged.get(namespace) ?? []), ...(unjudged.get('') ?? [])];
  }

  public reach(namespace: string, direction: Direction): Reach {
    const key = `${direction}/${namespace}`;
    const reach = this.known.get(key) ?? this.read(namespace, direction);
    this.known.set(key, reach);
    return reach;
  }

  /** The policy by which traffic with another namespace is allowed; undefined where none does. */
  public admits(namespace: string, direction: Direction, other: string): string | undefined {
    return this.reach(namespace, direction).selections.find(
      ({ selection: { members } }) => members === undefined || members.has(other),
    )?.policy;
  }

  private read(namespace: string, direction: Direction): Reach {
    const policies = policiesIn(this.view, namespace, direction);
    // What tenants deny themselves, they allow themselves again; what they allow themselves, they have.
    const isDenied = policiesIn(this.view.ofPlatform, namespace, direction).some(
      (manifest) => selectorInWords(valueAt(manifest, 'spec', 'podSelector')) === '',
    );
    const peers = new Map<string, Peer>();
    const selections: SelectedPeer[] = isDenied
      ? []
      : [{ selection: EVERYTHING, policy: `no NetworkPolicy denies ${direction}` }];
    for (const { metadata, spec } of policies) {
      const policy = `NetworkPolicy ${namespace}/${metadata.name}`;
      for (const { value: rule } of itemsAt(spec, direction)) {
        const ports = portsInWords(rule);
        for (const { who, selection } of this.peersOf(rule, direction, namespace)) {
          const key = JSON.stringify([who, ports]);
          const of = [...(peers.get(key)?.policies ?? []), policy];
          peers.set(key, { who, ports, policies: [...new Set(of)].sort() });
          selections.push({ selection, policy });
        }
      }
    }
    const sorted = [...peers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, peer]) => peer);
    return { traffic: { isDenied, peers: sorted }, selections };
  }

  private peersOf(
    rule: unknown,
    direction: Direction,
    namespace: string,
  ): { who: string; selection: Selection }[] {
    const peers = itemsAt(rule, direction === 'ingress' ? 'from' : 'to');
    if (peers.length === 0) {
      return [{ who: 'anything', selection: EVERYTHING }];
    }
    return peers.map(({ value }) => {
      const block = textAt(value, 'ipBlock', 'cidr');
      if (block !== undefined) {
        const except = textsAt(value, 'ipBlock', 'except').join(', ');
        const words = `addresses ${block}${except === '' ? '' : ` except ${except}`}`;
        return { who: words, selection: { words, members: NOBODY } };
      }
      const pods = selectorInWords(valueAt(value, 'podSelector'));
      const which = pods === '' ? '' : `pods with ${pods} in `;
      const selector = valueAt(value, 'namespaceSelector');
      const selection: Selection = isMap(selector)
        ? this.namespaces.select(selector)
        : { words: 'its own namespace', members: new Set([namespace]) };
      return { who: `${which}${selection.words}`, selection };
    });
  }
}

function policiesIn(view: ClusterView, namespace: string, direction: Direction): any[] {
  return view
    .inNamespace(namespace)
    .map(({ manifest }) => manifest)
    .filter(
      ({ apiVersion, kind }) =>
        kind === 'NetworkPolicy' && apiVersion.startsWith('networking.k8s.io/'),
    )
    .filter((manifest) => concerns(manifest, direction));
}

/** By namespace; by '' those that lie in none. */
function unjudgedPolicies(view: ClusterView): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { manifest } of view.objects) {
    const { apiVersion, kind, metadata } = manifest;
    if (ANY_POLICY.test(kind) && !apiVersion.startsWith('networking.k8s.io/')) {
      const namespace = isClusterScoped(apiVersion, kind) ? '' : String(metadata.namespace ?? '');
      found.set(namespace, [...(found.get(namespace) ?? []), titleOf(manifest)].sort());
    }
  }
  return found;
}

/** Kubernetes' rule: without `policyTypes`, ingress always, and egress where there are rules for it. */
function concerns(manifest: any, direction: Direction): boolean {
  const types = textsAt(manifest, 'spec', 'policyTypes');
  return types.length > 0
    ? types.includes(direction === 'ingress' ? 'Ingress' : 'Egress')
    : direction === 'ingress' || Array.isArray(mapAt(manifest, 'spec').egress);
}

function portsInWords(rule: unknown): string {
  return itemsAt(rule, 'ports')
    .map(({ value }) => {
      const { protocol = 'TCP', port, endPort } = isMap(value) ? value : ({} as any);
      const end = endPort === undefined ? '' : `-${String(endPort)}`;
      return `${String(protocol)}${port === undefined ? '' : ` ${String(port)}${end}`}`;
    })
    .join(', ');
}
