import { READ, RoleRule, WRITE } from '../vocabulary/tenant-rule-bounds';
import { TenantRules } from '../vocabulary/tenant-rules';

/** Name of the ClusterRole that tenants' service accounts are bound to, each within its own namespaces. */
export const TENANT_APP_ADMIN = 'tenant-app-admin';

/**
 * All that every tenant may do, spelled out: no wildcards, no status, and nothing that decides over rights, quotas,
 * network policies, tokens, namespaces or admission. Flux's and Kubernetes' own roles grow with every operator that
 * is installed; this one grows with `TenantRules` alone.
 */
const FIXED_RULES: RoleRule[] = [
  {
    apiGroups: [''],
    // Helm keeps its releases in Secrets, written by the impersonated account.
    resources: ['configmaps', 'secrets', 'services', 'persistentvolumeclaims', 'serviceaccounts'],
    verbs: WRITE,
  },
  { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: WRITE },
  { apiGroups: ['batch'], resources: ['jobs', 'cronjobs'], verbs: WRITE },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: WRITE },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: WRITE },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: WRITE },
  {
    apiGroups: ['source.toolkit.fluxcd.io'],
    resources: ['gitrepositories', 'ocirepositories', 'helmrepositories', 'helmcharts', 'buckets'],
    verbs: WRITE,
  },
  { apiGroups: ['kustomize.toolkit.fluxcd.io'], resources: ['kustomizations'], verbs: WRITE },
  { apiGroups: ['helm.toolkit.fluxcd.io'], resources: ['helmreleases'], verbs: WRITE },
  {
    apiGroups: ['notification.toolkit.fluxcd.io'],
    resources: ['alerts', 'providers', 'receivers'],
    verbs: WRITE,
  },
  {
    apiGroups: ['image.toolkit.fluxcd.io'],
    resources: ['imagerepositories', 'imagepolicies', 'imageupdateautomations'],
    verbs: WRITE,
  },
  // Flux waits for workloads by looking at what they are made of.
  { apiGroups: [''], resources: ['pods', 'pods/log', 'events', 'endpoints'], verbs: READ },
  { apiGroups: ['apps'], resources: ['replicasets'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: READ },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: READ },
  { apiGroups: [''], resources: ['namespaces'], verbs: ['get'] },
];

/** What a tenant's account may do: the fixed rules, and those that the fleet adds. */
export function tenantRules(added: readonly TenantRules[]): RoleRule[] {
  return [...FIXED_RULES, ...added.map(({ _rule }) => _rule)];
}
