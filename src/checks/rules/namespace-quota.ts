import { ClusterView } from '../../clusters/cluster-view';
import { ObjectCheck } from '../check';
import { limitRange, noSystemPriority, quotaOf } from '../example-bounds';
import { isolatedTenants } from '../isolated-tenants';
import { itemsAt, mapAt, valueAt } from '../manifest-fields';
import { mayHoldUnread } from '../unread-objects';

/** Amounts that every container must then declare. */
const COMPUTE = /^(?:(?:requests|limits)\.)?(?:cpu|memory)$/;

const LIMIT_RANGE = limitRange('team-a', 'team-a');
const QUOTA = quotaOf('team-a', 'team-a', 'limits.memory: 16Gi', "pods: '50'");

export const namespaceQuota: ObjectCheck = {
  id: 'namespace-quota',
  severity: 'warning',
  profile: 'strict',
  summary: "a tenant's namespace must have a ResourceQuota, and a LimitRange with it",
  why:
    'Without a quota one tenant can use up the cluster that all share. With a quota of compute, the API server refuses every pod whose containers do not declare it, unless a ' +
    'LimitRange gives them a default.',
  remedy: 'add a ResourceQuota and a LimitRange to what the platform applies of the tenant',
  links: [
    'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
    'https://kubernetes.io/docs/concepts/policy/limit-range/',
  ],
  controls: [{ standard: 'NSA/CISA Kubernetes Hardening 1.2', id: 'Resource policies' }],
  types: ['/Namespace'],
  needs: 'cluster',
  bad: `# with: tenant team-a\n# file: tenants/base/team-a/quota.yaml\n${LIMIT_RANGE}${noSystemPriority('team-a')}`,
  good: `# with: tenant team-a\n# file: tenants/base/team-a/quota.yaml\n${LIMIT_RANGE}---\n${QUOTA}${noSystemPriority('team-a')}`,
  *examine({ manifest }, cluster) {
    const { name } = manifest.metadata;
    const tenant = cluster.once(isolatedTenants).ownerOf(name);
    if (tenant === undefined || mayHoldUnread(cluster, name)) {
      return;
    }
    const bounds = cluster.ofPlatform.inForce.once(boundsByNamespace).get(name);
    if (!bounds?.quota) {
      yield { message: `of tenant '${tenant}' must have a ResourceQuota` };
    } else if (bounds.compute && !bounds.limitRange) {
      yield {
        message: `of tenant '${tenant}' must have a LimitRange: its ResourceQuota bounds '${bounds.compute}', so that pods that do not declare it are refused`,
      };
    }
  },
};

interface Bounds {
  readonly quota?: boolean;
  readonly limitRange?: boolean;
  /** What a quota bounds that containers must declare. @default - nothing */
  readonly compute?: string;
}

function boundsByNamespace(view: ClusterView): Map<string, Bounds> {
  const found = new Map<string, Bounds>();
  const add = (namespace: string, bounds: Bounds) =>
    found.set(namespace, { ...found.get(namespace), ...bounds });
  for (const { manifest } of view.ofType('/ResourceQuota')) {
    const hard = Object.keys(mapAt(manifest, 'spec', 'hard'));
    const compute = hard.find((key) => COMPUTE.test(key));
    if (isForAllPods(manifest) && hard.length > 0) {
      add(manifest.metadata.namespace, { quota: true, ...(compute && { compute }) });
    }
  }
  for (const { manifest } of view.ofType('/LimitRange')) {
    const hasDefault = itemsAt(manifest, 'spec', 'limits').some(({ value }) =>
      ['default', 'defaultRequest'].some((key) => Object.keys(mapAt(value, key)).length > 0),
    );
    if (hasDefault) {
      add(manifest.metadata.namespace, { limitRange: true });
    }
  }
  return found;
}

/** Whether a quota counts every pod, and not those of some class alone. */
function isForAllPods(manifest: unknown): boolean {
  const isScoped = valueAt(manifest, 'spec', 'scopeSelector') !== undefined;
  return !isScoped && itemsAt(manifest, 'spec', 'scopes').length === 0;
}
