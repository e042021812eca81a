import { ITenant } from './ports';
import { quoted } from './quoted';

/** Returns `namespace` when it is one of the tenant's; throws otherwise. */
export function requireTargetNamespace(
  tenant: ITenant,
  namespace: string,
  what: string = 'target namespace',
): string {
  if (!tenant.namespaces.includes(namespace)) {
    throw new Error(
      `${what} must be one of tenant '${tenant.tenantName}' (${tenant.namespaces.join(', ')}), got ${quoted(namespace)}`,
    );
  }
  return namespace;
}
