import { Construct } from 'constructs';
import { place, Shelf } from '../vocabulary/placement';
import { TenantLists } from '../vocabulary/tenant-lists';
import { ClusterSync, clusterSync } from './cluster-sync';

/** The lists of one cluster's tenants, and the Flux Kustomizations that apply those which the root does not. */
export class ListedTenants extends Construct {
  public constructor(
    scope: Construct,
    private readonly cluster: string,
    private readonly sourceKind: ClusterSync['sourceKind'],
    private readonly lists: TenantLists,
  ) {
    super(scope, 'Tenants');
    place(this, { file: 'tenants' });
  }

  /** Where a tenant is listed: with all others, or in its part, which is made for the first tenant in it. */
  public listOf(tenant: string): Construct {
    const part = this.lists._partOf(tenant);
    if (part === undefined) {
      return this;
    }
    const id = `List-${part}`;
    return (this.node.tryFindChild(id) as Construct | undefined) ?? this.addList(id, part);
  }

  private addList(id: string, part: string): Construct {
    const shelf: Shelf = { kind: 'tenant-list', cluster: this.cluster, part };
    // It waits for the health of nothing, so that no tenant holds up another of its part.
    clusterSync(this, `tenants-${part}`, { sourceKind: this.sourceKind, shelf });
    const list = new Construct(this, id);
    place(list, { shelf, file: 'tenants' });
    return list;
  }
}
