/** Who can reach what on a cluster. */
export interface ReachGraph {
  readonly nodes: readonly ReachNode[];
  readonly edges: readonly ReachEdge[];
}

/**
 * `tenant` are the Flux objects of a tenant; `network` are pods whom policies tell by a selector too wide to list them;
 * `cluster` is everything in the cluster.
 */
export type NodeKind =
  | 'account'
  | 'accounts'
  | 'cluster'
  | 'everyone'
  | 'group'
  | 'namespace'
  | 'network'
  | 'platform'
  | 'source'
  | 'tenant'
  | 'user';

export interface ReachNode {
  /** What tells it from all other nodes of its cluster. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** Whose it is; null where it is no tenant's. */
  readonly tenant: string | null;
}

export type EdgeKind = 'acts-on' | 'applies-to' | 'fetches-from' | 'impersonates' | 'sends-to';

export interface ReachEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** The objects that make it possible, in words, sorted. */
  readonly via: readonly string[];
  /**
   * Whether a tenant reaches what is not its own on it: another tenant, the platform by anything but the network, or a source that
   * its namespace does not list.
   */
  readonly crosses: boolean;
}

/** Collects nodes and edges, each once. */
export class ReachGraphBuilder {
  private readonly nodes = new Map<string, ReachNode>();
  private readonly edges = new Map<string, Omit<ReachEdge, 'via'> & { via: Set<string> }>();

  public node(kind: NodeKind, name: string, tenant: string | undefined): ReachNode {
    const id = `${kind}:${name}`;
    const node = this.nodes.get(id) ?? { id, kind, name, tenant: tenant ?? null };
    this.nodes.set(id, node);
    return node;
  }

  public edge(
    from: ReachNode,
    to: ReachNode,
    kind: EdgeKind,
    via: readonly string[],
    crosses: boolean,
  ): void {
    const key = JSON.stringify([from.id, to.id, kind, crosses]);
    const known = this.edges.get(key);
    if (known) {
      via.forEach((one) => known.via.add(one));
    } else {
      this.edges.set(key, { from: from.id, to: to.id, kind, via: new Set(via), crosses });
    }
  }

  public get graph(): ReachGraph {
    const edges = [...this.edges].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      nodes: [...this.nodes.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      edges: edges.map(([, { via, ...edge }]) => ({ ...edge, via: [...via].sort() })),
    };
  }
}
