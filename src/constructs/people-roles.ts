import { Construct } from 'constructs';
import { READ, RoleRule } from '../vocabulary/tenant-rule-bounds';
import { clusterRole } from './cluster-role';

/** Names of the ClusterRoles that people are bound to, each within the namespaces of a tenant. */
export const TENANT_VIEW = 'tenant-view';
export const TENANT_DEBUG = 'tenant-debug';

/** What binds the tenant, so that its people find out why a pod is refused, short of memory or not answered. */
const BOUNDS: RoleRule[] = [
  { apiGroups: [''], resources: ['resourcequotas', 'limitranges'], verbs: READ },
  { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: READ },
  { apiGroups: ['metrics.k8s.io'], resources: ['pods'], verbs: ['get', 'list'] },
];

/** What debugging takes beyond looking. */
const DEBUGGING: RoleRule[] = [
  {
    apiGroups: [''],
    // A shell, the terminal of an ephemeral container, a port that no Ingress shows. WebSockets come as `get`.
    resources: ['pods/exec', 'pods/attach', 'pods/portforward'],
    verbs: ['get', 'create'],
  },
  // Tools beside an image that has no shell: `kubectl debug` adds them by patch.
  { apiGroups: [''], resources: ['pods/ephemeralcontainers'], verbs: ['patch'] },
  // A pod that hangs: its workload makes another.
  { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
];

/**
 * The roles of people: to see what the tenant's account may read, but for Secrets, and what debugging takes beyond that.
 * Neither takes in what operators' charts add to roles.
 */
export function peopleRoles(scope: Construct, tenantRules: readonly RoleRule[]): void {
  clusterRole(scope, TENANT_VIEW, perGroup([...tenantRules.flatMap(readable), ...BOUNDS]));
  clusterRole(scope, TENANT_DEBUG, DEBUGGING);
}

/** What of a rule gives nobody an identity and changes nothing: Secrets hold the tokens and passwords of others. */
function readable({ apiGroups, resources, verbs }: RoleRule): RoleRule[] {
  const seen = resources.filter((one) => one !== 'secrets');
  const reading = verbs.filter((verb) => READ.includes(verb));
  return seen.length > 0 && reading.length > 0
    ? [{ apiGroups, resources: seen, verbs: reading }]
    : [];
}

/** The same rules, with one for all resources of the same groups and verbs. */
function perGroup(rules: RoleRule[]): RoleRule[] {
  const merged = new Map<string, RoleRule>();
  for (const { apiGroups, resources, verbs } of rules) {
    const key = JSON.stringify([apiGroups, verbs]);
    const known = merged.get(key)?.resources ?? [];
    merged.set(key, { apiGroups, resources: [...new Set([...known, ...resources])], verbs });
  }
  return [...merged.values()];
}
