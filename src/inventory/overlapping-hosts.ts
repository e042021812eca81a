import { gatewayNamespace } from '../vocabulary/gateway-name';
import { listedSources, tenantNamespaces } from './listed-sources';
import { ManifestObject } from './manifest-object';

/** A host that a tenant may answer for. */
interface Claim {
  readonly fleet: string;
  readonly tenant: string;
  readonly owner: string;
  readonly host: string;
  /** Whether others may have it, too, as far as this tenant is asked. */
  readonly shared: boolean;
}

/** Those of one host: at most one a tenant, and no more of them than it takes to find one of another tenant. */
interface Claims {
  readonly all: Claim[];
  readonly exclusive: Claim[];
}

/**
 * An error for every host that would let tenants take traffic of each other, and for every gateway that is another tenant's. On
 * which clusters they run makes no difference: a name leads wherever the last controller to write it into the DNS has it lead.
 */
export function overlappingHosts(objects: readonly ManifestObject[]): string[] {
  const claims = claimsOf(objects);
  const byHost = new Map<string, Claims>();
  for (const claim of claims) {
    const key = keyOf(claim.fleet, claim.host);
    const known = byHost.get(key) ?? { all: [], exclusive: [] };
    byHost.set(key, known);
    remember(known.all, claim);
    if (!claim.shared) {
      remember(known.exclusive, claim);
    }
  }
  const errors = claims.flatMap((claim) => {
    const other = namesakesOf(claim).reduce<Claim | undefined>(
      (found, host) => found ?? otherOf(claim, byHost.get(keyOf(claim.fleet, host))),
      undefined,
    );
    return other ? [conflict(claim, other)] : [];
  });
  return [...errors, ...foreignGateways(objects)].sort();
}

/** Each host of each tenant once, in an order that is not that of declaration. */
function claimsOf(objects: readonly ManifestObject[]): Claim[] {
  const claims = new Map<string, Claim>();
  for (const { fleet, tenant, owner, annotations } of tenantNamespaces(objects)) {
    const shared = new Set(listedSources(annotations, 'shared-hosts'));
    for (const host of new Set([...shared, ...listedSources(annotations, 'hosts')])) {
      claims.set(JSON.stringify([fleet, tenant, host]), {
        fleet,
        tenant,
        owner,
        host,
        shared: shared.has(host),
      });
    }
  }
  return [...claims].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, claim]) => claim);
}

/** What answers for the host of a claim: the same, and each `*.` above it. */
function namesakesOf({ host }: Claim): string[] {
  const labels = host.replace(/^\*\./, '').split('.');
  return [host, ...labels.slice(1).map((_, i) => `*.${labels.slice(i + 1).join('.')}`)];
}

/** A claim of another tenant that one of the two does not share. */
function otherOf(claim: Claim, claims: Claims | undefined): Claim | undefined {
  const ones = (claim.shared ? claims?.exclusive : claims?.all) ?? [];
  return ones.find(({ tenant }) => tenant !== claim.tenant);
}

function conflict({ owner, tenant, host }: Claim, other: Claim): string {
  const why =
    host === other.host
      ? `which is also one of tenant '${other.tenant}'`
      : `which is below '${other.host}' of tenant '${other.tenant}'`;
  return (
    `[${owner}] tenant '${tenant}' must not answer for host '${host}', ${why}: each could take traffic of the other; ` +
    `give each tenant hosts of its own, or list them in the 'network.sharedHosts' of both`
  );
}

/** What other tenants let in is not for the platform to give away. */
function foreignGateways(objects: readonly ManifestObject[]): string[] {
  const namespaces = tenantNamespaces(objects);
  const tenants = new Map(
    namespaces.map(({ fleet, tenant, name }) => [keyOf(fleet, name), tenant]),
  );
  const errors = namespaces.flatMap(({ fleet, tenant, owner, annotations }) =>
    listedSources(annotations, 'gateways').flatMap((gateway) => {
      const other = tenants.get(keyOf(fleet, gatewayNamespace(gateway) ?? ''));
      return other === undefined || other === tenant
        ? []
        : [
            `[${owner}] tenant '${tenant}' must not use gateway '${gateway}', which is one of tenant '${other}'; ` +
              'use one of its own, or one of the platform',
          ];
    }),
  );
  return [...new Set(errors)];
}

function remember(claims: Claim[], claim: Claim): void {
  if (claims.length < 2) {
    claims.push(claim);
  }
}

function keyOf(fleet: string, name: string): string {
  return `${fleet} ${name}`;
}
