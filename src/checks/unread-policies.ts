import { AppliedObject, typeOf } from '../clusters/applied-object';
import { ClusterView } from '../clusters/cluster-view';
import {
  boundAccounts,
  CLUSTER_ROLE_BINDING,
  isEveryAccount,
  ROLE_BINDING,
} from './bound-accounts';
import { readRule } from '../access/policy-rule';
import { addTo } from '../vocabulary/grouped';
import { COMPONENT_OF } from './flux-controller';
import { defaultServiceAccount } from './lockdown';
import { itemsAt, mapAt, textAt } from './manifest-fields';
import { allowedOn, rolesOf, WRITE } from './tenant-roles';
import { mayHoldUnread } from './unread-objects';

const NETWORK_POLICIES = ['networkpolicies.networking.k8s.io'];

/** In the place of a tenant: all of them. In that of a namespace: the whole cluster. */
const ALL = '';

/**
 * Whether a namespace may have NetworkPolicies that are not known: what the platform applies and cannot be read; and what a tenant does, such
 * as a chart, where its accounts may write some. Which objects a chart has is not known here, but the account that installs it
 * has no more rights for that.
 */
export function mayHoldUnreadPolicies(view: ClusterView, namespace: string): boolean {
  if (mayHoldUnread(view, namespace)) {
    return true;
  }
  const tenant = view.tenants.ownerOf(namespace);
  const carriers = view.once(carriersByTenant).get(tenant ?? ALL) ?? [];
  const writers = view.once(tenantsThatWrite);
  return (
    tenant !== undefined &&
    carriers.length > 0 &&
    (carriers.some((carrier) => !isBounded(carrier, view)) ||
      [namespace, ALL].some((place) => {
        const known = writers.get(place);
        return known !== undefined && (known.has(tenant) || known.has(ALL));
      }))
  );
}

/** Whether Flux applies something as an account of the tenant; without the name of one, that is up to the controller. */
function isBounded({ manifest }: AppliedObject, view: ClusterView): boolean {
  return Boolean(
    textAt(manifest, 'spec', 'serviceAccountName') ||
    defaultServiceAccount(view, COMPONENT_OF.get(typeOf(manifest))),
  );
}

/** What each tenant has applied or installed that cannot be read. */
function carriersByTenant(view: ClusterView): ReadonlyMap<string, readonly AppliedObject[]> {
  const carriers = new Map<string, AppliedObject[]>();
  for (const { carrier } of view.unread) {
    const tenant = carrier && view.accountOf(carrier)?.tenant;
    if (carrier && tenant !== undefined) {
      addTo(carriers, tenant, carrier);
    }
  }
  return carriers;
}

/** The tenants that may write NetworkPolicies, by the namespaces where their accounts may. */
function tenantsThatWrite(view: ClusterView): ReadonlyMap<string, ReadonlySet<string>> {
  const writers = new Map<string, Set<string>>();
  const judged = new Map<string, boolean>();
  for (const binding of [...view.ofType(ROLE_BINDING), ...view.ofType(CLUSTER_ROLE_BINDING)]) {
    const { manifest } = binding;
    const place = manifest.kind === 'RoleBinding' ? String(manifest.metadata.namespace) : ALL;
    // Thousands of tenants are bound to one role.
    const { kind, name } = mapAt(manifest, 'roleRef');
    const key = JSON.stringify([kind, name, kind === 'Role' && place]);
    const writes = judged.get(key) ?? givesPolicies(binding, view);
    judged.set(key, writes);
    const tenants = boundAccounts(manifest).map(({ namespace }) => view.tenants.ownerOf(namespace));
    const isAll = itemsAt(manifest, 'subjects').some(({ value }) => isEveryAccount(value));
    for (const tenant of writes ? [...tenants, ...(isAll ? [ALL] : [])] : []) {
      if (tenant !== undefined) {
        writers.set(place, (writers.get(place) ?? new Set()).add(tenant));
      }
    }
  }
  return writers;
}

/** Whether a role allows to write NetworkPolicies, as any may that is not known, but for one that all clusters have. */
function givesPolicies(binding: AppliedObject, view: ClusterView): boolean {
  const roles = rolesOf(binding, view);
  return roles.length === 0
    ? textAt(binding.manifest, 'roleRef', 'name') !== 'view'
    : roles.some(({ manifest }) =>
        itemsAt(manifest, 'rules').some(
          ({ value }) => allowedOn(readRule(value), WRITE, NETWORK_POLICIES).length > 0,
        ),
      );
}
