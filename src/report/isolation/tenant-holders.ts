import { Holder } from '../../access/holder';
import { ClusterView } from '../../clusters/cluster-view';
import { TenantIsolation } from './isolation';
import { ClusterRights, HeldRight, HolderFacts, holders, keyOf } from './rights';
import { Applier } from './tenant-syncs';
import { addTo } from '../../vocabulary/grouped';

type OfTenant = Pick<TenantIsolation, 'accounts' | 'people' | 'strangers'>;

interface TenantHolders {
  /** Who holds rights and is no tenant's. */
  readonly others: readonly HolderFacts[];
  of(tenant: string, namespaces: readonly string[]): OfTenant;
}

/** Who may do what, by tenant. */
export function tenantHolders(
  view: ClusterView,
  rights: ClusterRights,
  appliers: readonly Applier[],
): TenantHolders {
  const { tenants } = view;
  const applied = new Map<string, string[]>();
  const accounts = new Map<string, Map<string, Holder>>();
  const know = (holder: Holder): void => {
    const owner = tenants.ownerOf(holder.inNamespace);
    if (owner !== undefined) {
      accounts.set(owner, accounts.get(owner) ?? new Map());
      accounts.get(owner)!.set(keyOf(holder), holder);
    }
  };
  for (const { account, namespace, title } of appliers) {
    if (account !== undefined) {
      const holder: Holder = { kind: 'account', name: account, inNamespace: namespace };
      addTo(applied, keyOf(holder), title);
      know(holder);
    }
  }
  for (const { manifest } of view.ofType('/ServiceAccount')) {
    const { name, namespace } = manifest.metadata;
    know({ kind: 'account', name, inNamespace: String(namespace ?? '') });
  }
  rights.held.forEach(({ holder }) => know(holder));
  const isOthers = ({ holder, where }: HeldRight): boolean =>
    tenants.ownerOf(holder.inNamespace) === undefined &&
    (where === null || tenants.ownerOf(where) === undefined || holder.kind === 'everyone');
  const appliedBy = (holder: Holder): string[] => [...(applied.get(keyOf(holder)) ?? [])].sort();
  return {
    others: holders(rights.held.filter(isOthers), appliedBy),
    of: (tenant, namespaces) => {
      const here = namespaces.flatMap((namespace) => rights.heldIn(namespace));
      const isOwn = ({ inNamespace }: Holder): boolean => tenants.ownerOf(inNamespace) === tenant;
      const isPerson = ({ kind }: Holder): boolean => kind === 'group' || kind === 'user';
      return {
        accounts: [...(accounts.get(tenant) ?? [])]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, holder]) => ({
            ...holder,
            appliedBy: appliedBy(holder),
            rights: rights.of(holder),
          })),
        people: holders(here.filter(({ holder }) => isPerson(holder))),
        strangers: holders(
          here.filter(({ holder }) => !isPerson(holder) && !isOwn(holder)),
          appliedBy,
        ),
      };
    },
  };
}
