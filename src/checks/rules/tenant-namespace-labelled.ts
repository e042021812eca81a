import { isOpaque } from '../../clusters/applied-object';
import { TENANT_LABEL } from '../../vocabulary/labels';
import { ObjectCheck } from '../check';
import {
  CPU_REQUEST,
  dnsEgress,
  limitRange,
  noSystemPriority,
  policyOfAllPods,
  quotaOf,
} from '../example-bounds';
import { textAt } from '../manifest-fields';
import { mayHoldUnread } from '../unread-objects';

const EXAMPLE = (labels: string): string => `apiVersion: v1
kind: Namespace
metadata:
  annotations:
    kustomize.toolkit.fluxcd.io/prune: disabled
${labels}  name: team-x
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  labels:
    toolkit.fluxcd.io/tenant: team-x
  name: people
  namespace: team-x
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: team-x
`;

const BOUNDS = `---
${quotaOf('bounds', 'team-x', "pods: '10'", "requests.cpu: '4'", 'requests.memory: 8Gi')}---
${limitRange('bounds', 'team-x', CPU_REQUEST)}---
${policyOfAllPods('default-deny', 'team-x', ['Ingress', 'Egress'])}---
${policyOfAllPods('allow-dns', 'team-x', ['Egress'], dnsEgress())}`;

export const tenantNamespaceLabelled: ObjectCheck = {
  id: 'tenant-namespace-labelled',
  severity: 'warning',
  profile: 'strict',
  summary: "the namespace of what is a tenant's must carry the label of that tenant",
  why: 'Admission policies, NetworkPolicies and these checks know a tenant by the label of its namespaces. In a namespace without it, nothing keeps the tenant in its bounds.',
  remedy:
    'add the Namespace with the label toolkit.fluxcd.io/tenant, or take the label from the object',
  links: ['https://fluxcd.io/flux/cmd/flux_create_tenant/'],
  types: ['/ServiceAccount', 'rbac.authorization.k8s.io/RoleBinding'],
  needs: 'cluster',
  bad: EXAMPLE(''),
  good:
    EXAMPLE(`  labels:
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/enforce-version: v1.34
    toolkit.fluxcd.io/tenant: team-x
`) +
    BOUNDS +
    noSystemPriority('team-x'),
  *examine({ manifest }, cluster) {
    const { namespace } = manifest.metadata;
    const tenant = textAt(manifest, 'metadata', 'labels', TENANT_LABEL);
    const isJudged = tenant !== undefined && typeof namespace === 'string' && !isOpaque(namespace);
    if (!isJudged || isOpaque(tenant) || cluster.tenants.ownerOf(namespace) !== undefined) {
      return;
    }
    const isThere = cluster.find('/Namespace', undefined, namespace) !== undefined;
    // Where other tenants have their namespaces in the repository, this one is expected there, too.
    const isExpected = cluster.tenants.all.length > 0 || !mayHoldUnread(cluster, namespace);
    if (isThere || isExpected) {
      yield {
        message: `is of tenant '${tenant}', but namespace '${namespace}' does not carry its label`,
        pointer: '/metadata/namespace',
      };
    }
  },
};
