import { ClusterView } from '../../clusters/cluster-view';
import { AppliedObject, typeOf } from '../../clusters/applied-object';
import { TENANT_LABEL } from '../../vocabulary/labels';
import { ObjectCheck } from '../check';
import { platformSync } from '../example-parts';
import { isolatedTenants } from '../isolated-tenants';
import { dependenciesOf } from '../references';

const SYNC = 'kustomize.toolkit.fluxcd.io/Kustomization';
const POLICIES = new Set([
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'policies.kyverno.io/ValidatingPolicy',
]);

const EXAMPLE = (...dependencies: readonly string[]): string => `# with: tenant team-a
# file: clusters/prod/tenants.yaml
${platformSync(
  'team-a',
  'path: ./tenants/production/team-a',
  'retryInterval: 2m',
  'timeout: 6m',
  'wait: true',
  ...dependencies,
)}`;

export const tenantAfterPolicies: ObjectCheck = {
  id: 'tenant-after-policies',
  severity: 'warning',
  profile: 'strict',
  summary: 'what makes a tenant must wait for the admission policies that bound it',
  why:
    'On a new cluster Flux applies what does not depend on anything at once. Until the policies are there, the API server ' +
    'refuses nothing of what a tenant applies, and what it took stays.',
  remedy: 'name the Kustomization of the policies in dependsOn, and let that one wait',
  links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies'],
  types: [SYNC],
  needs: 'cluster',
  bad: EXAMPLE(),
  good: EXAMPLE('dependsOn:\n    - name: admission\n    - name: tenancy'),
  *examine(sync, cluster) {
    const { policies, tenants } = cluster.once(syncsOfTenancy);
    if (!tenants.has(sync) || policies.size === 0 || policies.has(sync)) {
      return;
    }
    const before = awaitedBy(sync, cluster);
    const missing = [...policies].filter((one) => !before.has(one));
    if (missing.length > 0) {
      const names = missing.map(({ manifest }) => `'${manifest.metadata.name}'`).sort();
      yield {
        message: `makes a tenant, and must depend on ${names.join(' and ')}, which applies the policies that bound it`,
        pointer: '/spec/dependsOn',
      };
    }
  },
};

/** The syncs that apply policies for tenants, and those that make tenants. */
function syncsOfTenancy(view: ClusterView): {
  policies: ReadonlySet<AppliedObject>;
  tenants: ReadonlySet<AppliedObject>;
} {
  const policies = new Set<AppliedObject>();
  const tenants = new Set<AppliedObject>();
  for (const { manifest, sync } of view.objects) {
    if (!sync) {
      continue;
    }
    if (POLICIES.has(typeOf(manifest)) && JSON.stringify(manifest).includes(TENANT_LABEL)) {
      policies.add(sync);
    } else if (
      manifest.kind === 'Namespace' &&
      view.once(isolatedTenants).ownerOf(manifest.metadata.name) !== undefined
    ) {
      tenants.add(sync);
    }
  }
  return { policies, tenants };
}

/** Everything that a sync waits for, however many steps away. */
function awaitedBy(sync: AppliedObject, view: ClusterView): Set<AppliedObject> {
  const found = new Set<AppliedObject>();
  const pending = [sync];
  for (let next = 0; next < pending.length; next++) {
    const { manifest } = pending[next];
    for (const { type, namespace, name } of dependenciesOf(manifest)) {
      const one = view.find(type, namespace, name);
      if (one && !found.has(one)) {
        found.add(one);
        pending.push(one);
      }
    }
  }
  return found;
}
