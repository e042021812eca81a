import { AppliedObject, typeOf } from './applied-object';
import { Tenants } from './tenants';

/** What applies or makes further objects as the account that it names. */
const APPLIERS = new Set([
  'fluxcd.controlplane.io/ResourceSet',
  'helm.toolkit.fluxcd.io/HelmRelease',
  'kustomize.toolkit.fluxcd.io/Kustomization',
]);

/** The identity of a tenant that bounds what is applied. */
export interface TenantAccount {
  readonly tenant: string;
  readonly account: string;
}

/**
 * As which tenant each object of Flux applies what it brings along; nothing for those that apply with rights of the platform. What
 * a tenant applies has no more rights than the tenant, wherever it says to lie: it has the account that the platform gave it.
 */
export function tenantAccounts(
  objects: readonly AppliedObject[],
  tenants: Tenants,
): ReadonlyMap<AppliedObject, TenantAccount> {
  const accounts = new Map<AppliedObject, TenantAccount>();
  // What applies an object comes before it.
  for (const object of objects.filter(({ manifest }) => APPLIERS.has(typeOf(manifest)))) {
    const account = (object.sync && accounts.get(object.sync)) ?? ownAccount(object, tenants);
    if (account) {
      accounts.set(object, account);
    }
  }
  return accounts;
}

/** That of a tenant's namespace. What fetches as the platform does, without an account, acts as the platform. */
function ownAccount({ manifest }: AppliedObject, tenants: Tenants): TenantAccount | undefined {
  const { kind, metadata, spec } = manifest;
  const tenant = tenants.ownerOf(metadata.namespace);
  const isNamed = typeof spec?.serviceAccountName === 'string' && spec.serviceAccountName !== '';
  const from = spec?.sourceRef?.namespace ?? metadata.namespace;
  const isOwn = isNamed || (kind === 'Kustomization' && from === metadata.namespace);
  return tenant !== undefined && isOwn
    ? { tenant, account: isNamed ? spec.serviceAccountName : 'default' }
    : undefined;
}
