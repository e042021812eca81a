import { ClusterView } from '../../clusters/cluster-view';
import { ObjectCheck } from '../check';
import { CPU_REQUEST, limitRange, noSystemPriority, quotaOf } from '../example-bounds';
import { isolatedTenants } from '../isolated-tenants';
import { itemsAt, mapAt, textAt, textsAt } from '../manifest-fields';
import { mayHoldUnread } from '../unread-objects';
import { isMap } from '../../vocabulary/is-map';

/** Classes that Kubernetes brings along, whose pods drive others out. */
const SYSTEM = ['system-cluster-critical', 'system-node-critical'];

const QUOTA = `# with: tenant team-a
# file: tenants/base/team-a/quota.yaml
${limitRange('team-a', 'team-a', CPU_REQUEST)}---
${quotaOf('team-a', 'team-a', "pods: '50'", "requests.cpu: '8'")}`;

export const tenantSystemPriority: ObjectCheck = {
  id: 'tenant-system-priority',
  severity: 'warning',
  profile: 'strict',
  summary: "pods of a tenant must not have the priority of the cluster's own",
  why: 'A pod of a system class drives those of other tenants, and of the platform, out of nodes that are full. Any namespace may use the classes unless a quota for them allows no pod.',
  remedy:
    "add a ResourceQuota of pods: '0' with a scopeSelector for the PriorityClasses system-cluster-critical and system-node-critical",
  links: [
    'https://kubernetes.io/docs/concepts/policy/resource-quotas/#resource-quota-per-priorityclass',
  ],
  types: ['/Namespace'],
  needs: 'cluster',
  bad: QUOTA + noSystemPriority('team-a', ['system-node-critical']),
  good: QUOTA + noSystemPriority('team-a'),
  *examine({ manifest }, cluster) {
    const { name } = manifest.metadata;
    const tenant = cluster.once(isolatedTenants).ownerOf(name);
    if (tenant === undefined || mayHoldUnread(cluster, name)) {
      return;
    }
    const refused = cluster.ofPlatform.inForce.once(refusedClasses).get(name) ?? new Set();
    const left = SYSTEM.filter((one) => !refused.has(one));
    if (left.length > 0) {
      yield { message: `of tenant '${tenant}' lets pods have the priority ${left.join(' and ')}` };
    }
  },
};

/** The priority classes of which each namespace may have no pod. */
function refusedClasses(view: ClusterView): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { manifest } of view.ofType('/ResourceQuota')) {
    const selectors = itemsAt(manifest, 'spec', 'scopeSelector', 'matchExpressions');
    const [selector] = selectors;
    const pods = mapAt(manifest, 'spec', 'hard').pods;
    const isNone = selectors.length === 1 && isMap(selector.value) && String(pods) === '0';
    if (isNone && textAt(selector.value, 'scopeName') === 'PriorityClass') {
      const { namespace } = manifest.metadata;
      const known = found.get(namespace) ?? new Set<string>();
      const isIn = textAt(selector.value, 'operator') === 'In';
      (isIn ? textsAt(selector.value, 'values') : []).forEach((value) => known.add(value));
      found.set(namespace, known);
    }
  }
  return found;
}
