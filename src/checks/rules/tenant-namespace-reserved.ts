import { TENANT_LABEL } from '../../vocabulary/labels';
import { isReservedNamespace } from '../../vocabulary/names';
import { ObjectCheck } from '../check';
import {
  DNS_PODS,
  dnsEgress,
  limitRange,
  noSystemPriority,
  policyOfAllPods,
  quotaOf,
} from '../example-bounds';
import { pointerOf, textAt } from '../manifest-fields';
import { isolatedTenants } from '../isolated-tenants';
import { listed } from '../tenant-roles';
import { isOpaque } from '../../clusters/applied-object';

const LABEL = pointerOf('metadata', 'labels', TENANT_LABEL);

/** A Namespace with the label of tenant `team-a`, and what bounds it. */
function example(name: string): string {
  return `# with: tenant team-a
apiVersion: v1
kind: Namespace
metadata:
  annotations:
    kustomize.toolkit.fluxcd.io/prune: disabled
  labels:
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/enforce-version: v1.34
    toolkit.fluxcd.io/tenant: team-a
  name: ${name}
---
${quotaOf('bounds', name, "pods: '10'")}---
${limitRange('bounds', name)}---
${policyOfAllPods('default-deny', name, ['Ingress', 'Egress'])}---
${policyOfAllPods('allow-dns', name, ['Egress'], dnsEgress() + DNS_PODS)}${noSystemPriority(name)}`;
}

export const tenantNamespaceReserved: ObjectCheck = {
  id: 'tenant-namespace-reserved',
  severity: 'error',
  profile: 'recommended',
  summary: "a tenant's namespace must be its own, and not Kubernetes' or Flux's",
  why:
    'What a tenant creates in flux-system is applied with the rights of Flux, and what it creates in kube-system runs beside the control plane. A namespace that two tenants have keeps ' +
    'neither from the other: their accounts see the same Secrets.',
  remedy: 'give the tenant a namespace of its own, or take the label off this one',
  links: ['https://kubernetes.io/docs/concepts/security/multi-tenancy/#namespaces'],
  types: ['/Namespace'],
  needs: 'cluster',
  bad: example('kube-jobs'),
  good: example('team-a-jobs'),
  *examine({ manifest }, cluster) {
    const tenant = textAt(manifest, 'metadata', 'labels', TENANT_LABEL);
    const { name } = manifest.metadata;
    if (tenant === undefined || !cluster.once(isolatedTenants).names.has(tenant)) {
      return;
    }
    if (isReservedNamespace(name)) {
      yield {
        message: `must not be of tenant '${tenant}': namespaces 'flux-system', 'default' and 'kube-…' are no tenant's`,
        pointer: LABEL,
      };
    }
    const tenants = cluster
      .twinsOf(manifest)
      .flatMap((twin) => textAt(twin.manifest, 'metadata', 'labels', TENANT_LABEL) ?? [])
      .filter((one) => !isOpaque(one));
    const others = [...new Set(tenants)].sort();
    if (others.length > 1) {
      yield { message: `must be of one tenant, got ${listed(others)}`, pointer: LABEL };
    }
  },
};
