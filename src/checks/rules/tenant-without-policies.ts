import { isSelected } from '../../inventory/label-selector';
import { ClusterView } from '../../clusters/cluster-view';
import { TENANT_LABEL } from '../../vocabulary/labels';
import {
  NAMESPACES_ANNOTATION,
  SERVICE_ACCOUNT_ANNOTATION,
} from '../../vocabulary/tenant-annotations';
import { POLICY_TYPES, selectorsOf } from '../admission-selectors';
import { ObjectCheck } from '../check';
import { itemsAt, mapAt, textAt, valueAt } from '../manifest-fields';
import { TENANCY_POLICY_EXAMPLE } from './tenancy-policy-enforced';

const NAMESPACES = `---
apiVersion: v1
kind: Namespace
metadata:
  name: team-a-jobs
  labels:
    toolkit.fluxcd.io/tenant: team-a
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/enforce-version: v1.34
  annotations:
    cdk8s-flux-tenants/namespaces: team-a team-a-jobs
    cdk8s-flux-tenants/service-account: team-a
`;

export const tenantWithoutPolicies: ObjectCheck = {
  id: 'tenant-without-policies',
  severity: 'error',
  profile: 'recommended',
  summary: 'every namespace of a tenant must be selected by the policies that keep tenants apart',
  why: `Policies for tenants find their namespaces by label '${TENANT_LABEL}'. In a namespace without it, or that their selector leaves out, nothing of them holds.`,
  remedy: `set label '${TENANT_LABEL}' on the Namespace to the name of the tenant`,
  links: ['https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/'],
  types: ['/Namespace'],
  needs: 'cluster',
  bad: TENANCY_POLICY_EXAMPLE + NAMESPACES.replace('    toolkit.fluxcd.io/tenant: team-a\n', ''),
  good: TENANCY_POLICY_EXAMPLE + NAMESPACES,
  *examine({ manifest }, cluster) {
    const arePolicies = cluster.ofPlatform.once(tenantSelectors).length > 0;
    const selectors = cluster.ofPlatform.inForce.once(tenantSelectors);
    const labels = mapAt(manifest, 'metadata', 'labels');
    const isTenants =
      cluster.tenants.ownerOf(manifest.metadata.name) !== undefined ||
      cluster.once(namedNamespaces).has(manifest.metadata.name) ||
      textAt(manifest, 'metadata', 'annotations', SERVICE_ACCOUNT_ANNOTATION) !== undefined;
    if (isTenants && arePolicies && !selectors.some((one) => isSelected(one, labels))) {
      yield {
        message: `is a tenant's and must be selected by the policies for tenants, which look for label '${TENANT_LABEL}'`,
        pointer: labels[TENANT_LABEL] === undefined ? '/metadata' : '/metadata/labels',
      };
    }
  },
};

/** How the policies for whatever tenant there is select namespaces; those for single tenants say nothing of others. */
function tenantSelectors(cluster: ClusterView): readonly any[] {
  return POLICY_TYPES.flatMap((type) => cluster.ofType(type)).flatMap(({ manifest }) =>
    selectorsOf(manifest).filter((selector) =>
      itemsAt(selector, 'matchExpressions').some(
        ({ value }) =>
          valueAt(value, 'key') === TENANT_LABEL && valueAt(value, 'operator') === 'Exists',
      ),
    ),
  );
}

/** What namespaces of tenants say are those of the same tenant. */
function namedNamespaces(cluster: ClusterView): ReadonlySet<string> {
  return new Set(
    cluster
      .ofType('/Namespace')
      .flatMap(
        ({ manifest }) =>
          textAt(manifest, 'metadata', 'annotations', NAMESPACES_ANNOTATION)?.split(' ') ?? [],
      ),
  );
}
