import { Holder } from '../../access/holder';
import { ClusterView } from '../../clusters/cluster-view';
import { ClusterRights } from './rights';
import { addTraffic } from './network-edges';
import { Network } from './network';
import { NamespaceIndex } from './namespace-index';
import { ReachGraph, ReachGraphBuilder, ReachNode } from './reach-graph';
import { SourceFacts, titleOfSource } from './source-facts';
import { Applier, foreignReferences } from './tenant-syncs';

/** What the graph of a cluster is made from. */
export interface GraphFacts {
  readonly view: ClusterView;
  readonly namespaces: NamespaceIndex;
  readonly network: Network;
  readonly rights: ClusterRights;
  readonly appliers: readonly Applier[];
  /** By tenant. */
  readonly sources: ReadonlyMap<string, readonly SourceFacts[]>;
}

/** Who can reach what on a cluster, as far as it concerns tenants. */
export function clusterGraph(facts: GraphFacts): ReachGraph {
  const edges = new ClusterEdges(facts);
  facts.appliers.forEach((applier) => edges.addApplier(applier));
  edges.addSources();
  edges.addRights();
  addTraffic(edges.builder, facts);
  return edges.builder.graph;
}

class ClusterEdges {
  public readonly builder = new ReachGraphBuilder();

  public constructor(private readonly facts: GraphFacts) {
    for (const { name, namespaces } of this.facts.view.tenants.all) {
      this.builder.node('tenant', name, name);
      namespaces.forEach((one) => this.namespace(one));
    }
  }

  public addApplier({ title, namespace, account, isRemote, into, intoCluster }: Applier): void {
    const owner = this.ownerOf(namespace);
    const from = owner === undefined ? this.platform : this.builder.node('tenant', owner, owner);
    for (const one of into) {
      const whose = this.ownerOf(one);
      if (owner !== undefined || whose !== undefined) {
        const crosses = owner !== undefined && whose !== owner;
        this.builder.edge(from, this.namespace(one), 'applies-to', [title], crosses);
      }
    }
    if (owner === undefined) {
      return;
    }
    if (isRemote) {
      const elsewhere = this.builder.node('cluster', 'another cluster', undefined);
      this.builder.edge(from, elsewhere, 'applies-to', [title], true);
      return;
    }
    if (intoCluster) {
      this.builder.edge(from, this.cluster, 'applies-to', [title], true);
    }
    if (account === undefined) {
      // Without --default-service-account, that is the account of the controller.
      const via = [`${title}, which names no service account`];
      this.builder.edge(from, this.platform, 'impersonates', via, true);
    } else {
      const to = this.builder.node('account', `${namespace}/${account}`, owner);
      this.builder.edge(from, to, 'impersonates', [title], false);
    }
  }

  public addSources(): void {
    const { view, sources } = this.facts;
    for (const [tenant, of] of sources) {
      const from = this.builder.node('tenant', tenant, tenant);
      for (const source of of.filter(({ place, signature }) => place && signature)) {
        if (source.kind !== 'HelmRelease' && source.kind !== 'HelmChart') {
          const to = this.builder.node('source', source.place, undefined);
          const crosses = source.isAllowed === false;
          this.builder.edge(from, to, 'fetches-from', [titleOfSource(source)], crosses);
        }
      }
      for (const { title, to, what } of foreignReferences(
        view.tenants.namespacesOf(tenant),
        view,
      )) {
        if (this.ownerOf(to) !== tenant) {
          const via = [`${title}, which uses ${what}`];
          this.builder.edge(from, this.namespace(to), 'fetches-from', via, true);
        }
      }
    }
  }

  public addRights(): void {
    for (const { holder, where, binding, role } of this.facts.rights.held) {
      const owner = this.ownerOf(holder.inNamespace);
      const whose = where === null ? undefined : this.ownerOf(where);
      const isEveryone = holder.kind === 'everyone';
      if (where === null || owner !== undefined || whose !== undefined) {
        const to = where === null ? this.cluster : this.namespace(where);
        const isTenants =
          owner !== undefined || (isEveryone && (where === null || whose !== undefined));
        const crosses = isTenants && (isEveryone || whose !== owner);
        this.builder.edge(
          this.holder(holder, owner),
          to,
          'acts-on',
          [`${binding}: ${role}`],
          crosses,
        );
      }
    }
  }

  private holder({ kind, name, inNamespace }: Holder, owner: string | undefined): ReachNode {
    const title =
      kind === 'account' ? `${inNamespace}/${name}` : kind === 'accounts' ? inNamespace! : name;
    return this.builder.node(kind, title, owner);
  }

  private namespace(name: string): ReachNode {
    return this.builder.node('namespace', name, this.ownerOf(name));
  }

  private get platform(): ReachNode {
    return this.builder.node('platform', 'platform', undefined);
  }

  private get cluster(): ReachNode {
    return this.builder.node('cluster', 'the whole cluster', undefined);
  }

  private ownerOf(namespace: string | undefined): string | undefined {
    return this.facts.view.tenants.ownerOf(namespace);
  }
}
