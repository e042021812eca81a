import { ObjectCheck } from '../check';
import { dnsEgress, policyOfAllPods } from '../example-bounds';
import { isolatedTenants } from '../isolated-tenants';
import { denialsIn, Direction, hasOtherPolicies } from '../network-policies';
import { mayHoldUnread } from '../unread-objects';

const DIRECTIONS: readonly Direction[] = ['Ingress', 'Egress'];

/** The NetworkPolicies of tenant `team-a`, one of which denies by default. */
function example(types: readonly string[]): string {
  return `# with: tenant team-a
# file: tenants/base/team-a/network-policies.yaml
${policyOfAllPods('default-deny', 'team-a', types, dnsEgress())}`;
}

export const namespaceDefaultDeny: ObjectCheck = {
  id: 'namespace-default-deny',
  severity: 'warning',
  profile: 'strict',
  summary: "a tenant's namespace must have a NetworkPolicy that denies what no other allows",
  why:
    'As long as no NetworkPolicy selects a pod for a direction, Kubernetes lets all of it through: pods of other tenants in, and its own pods out to anything in the cluster. ' +
    'Flux makes none for tenants.',
  remedy: 'add a NetworkPolicy with an empty podSelector and the policyTypes Ingress and Egress',
  links: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies',
    'https://kubernetes.io/docs/concepts/security/multi-tenancy/#network-isolation',
  ],
  controls: [
    { standard: 'CIS Kubernetes 1.10', id: '5.3.2' },
    { standard: 'NSA/CISA Kubernetes Hardening 1.2', id: 'Network policies' },
  ],
  types: ['/Namespace'],
  needs: 'cluster',
  bad: example(['Egress']),
  good: example(['Ingress', 'Egress']),
  *examine({ manifest }, cluster) {
    const { name } = manifest.metadata;
    const tenant = cluster.once(isolatedTenants).ownerOf(name);
    const isJudged = tenant !== undefined && !mayHoldUnread(cluster, name);
    if (!isJudged || cluster.ofPlatform.inForce.once(hasOtherPolicies)) {
      return;
    }
    const denials = denialsIn(cluster.ofPlatform.inForce, name);
    const missing = DIRECTIONS.filter((direction) => !denials.has(direction));
    if (missing.length > 0) {
      yield {
        message: `of tenant '${tenant}' must have a NetworkPolicy for all pods with policyTypes ${missing.join(' and ')}`,
      };
    }
  },
};
