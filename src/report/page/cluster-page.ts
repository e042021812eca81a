import { ClusterIsolation, TenantIsolation } from '../isolation/isolation';
import { ReachEdge, ReachNode } from '../isolation/reach-graph';
import { addTo } from '../../vocabulary/grouped';

/** A way of the graph with its ends. */
export interface Way extends Omit<ReachEdge, 'from' | 'to'> {
  readonly from: ReachNode;
  readonly to: ReachNode;
}

/** One cluster, with what its sections look up time and again. Ids are numbers: names are anything. */
export class ClusterPage {
  public readonly id: string;
  public readonly ways: readonly Way[];
  private readonly byTenant = new Map<string, Way[]>();
  private readonly tenantIds: ReadonlyMap<string, string>;
  private readonly roleIds: ReadonlyMap<string, string>;

  public constructor(
    public readonly cluster: ClusterIsolation,
    index: number,
  ) {
    this.id = `c${index + 1}`;
    const { graph, roles, tenants } = cluster;
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    this.tenantIds = new Map(tenants.map(({ name }, i) => [name, `${this.id}-t${i + 1}`]));
    this.roleIds = new Map(
      roles.map(({ title, bound }, i) => [`${bound} ${title}`, `${this.id}-r${i + 1}`]),
    );
    this.ways = graph.edges.map((edge) => ({
      ...edge,
      from: nodes.get(edge.from)!,
      to: nodes.get(edge.to)!,
    }));
    for (const way of this.ways) {
      for (const tenant of new Set([way.from.tenant, way.to.tenant])) {
        if (tenant !== null) {
          addTo(this.byTenant, tenant, way);
        }
      }
    }
  }

  public get crossings(): readonly Way[] {
    return this.ways.filter(({ crosses }) => crosses);
  }

  /** Every way that begins or ends at what is the tenant's. */
  public waysOf({ name }: TenantIsolation): readonly Way[] {
    return this.byTenant.get(name) ?? [];
  }

  public tenantId(name: string): string {
    return this.tenantIds.get(name)!;
  }

  public roleId(title: string, where: string | null): string {
    return this.roleIds.get(`${where === null ? 'cluster' : 'namespace'} ${title}`)!;
  }
}
