import { AppliedObject, typeOf } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { ObjectCheck } from '../check';
import { configMap, kustomizationFile } from '../example-parts';
import { firstOfTenants } from '../isolated-tenants';
import { textAt } from '../manifest-fields';
import { isAppliedByPlatform, isOfPlatform } from '../of-platform';
import { mayHoldUnread } from '../unread-objects';

/** API groups of what judges objects when they are applied, and of the engines that do. */
const GROUPS =
  /^(?:admissionregistration\.k8s\.io|(?:.+\.)?(?:kyverno\.io|gatekeeper\.sh|kubewarden\.io|jspolicy\.com|nirmata\.io))\//;

/** Charts that bring policies along, or an engine with some of its own. */
const CHARTS = /polic|kyverno|gatekeeper|kubewarden|admission|opa$|capsule|guardrail|tenan/i;

export const tenancyPolicyExists: ObjectCheck = {
  id: 'tenancy-policy-exists',
  severity: 'warning',
  // Upstream recommends policies for tenants, and Flux's own lockdown asks for none.
  profile: 'strict',
  summary: 'a cluster with tenants should have admission policies',
  why:
    'RBAC says which kinds a tenant may write, and not what is in them: it cannot keep a tenant from a source of anybody, from applying as another account of its ' +
    'namespace, or from the host of another. Flux refuses references into other namespaces, and nothing else of this.',
  remedy:
    'add the admission policies of this library, or others that bound what tenants apply, by Kyverno, Gatekeeper or ValidatingAdmissionPolicies',
  links: [
    'https://github.com/fluxcd/flux2-multi-tenancy#enforce-tenant-isolation',
    'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
  ],
  types: ['/Namespace'],
  needs: 'cluster',
  bad: `# with: tenant team-a
${kustomizationFile('infrastructure/admission', 'configmap.yaml')}# file: infrastructure/admission/configmap.yaml
${configMap('to-do', 'flux-system', 'policies: later')}`,
  good: `# with: tenant team-a
`,
  *examine({ manifest }, cluster) {
    const { name } = manifest.metadata;
    if (name === cluster.once(firstOfTenants) && !cluster.once(mayHavePolicies)) {
      yield { message: "is a tenant's, and no admission policy of any engine is on its cluster" };
    }
  },
};

/** Whether the platform has policies, or may have some that cannot be read. */
function mayHavePolicies(view: ClusterView): boolean {
  return (
    view.objects.some(
      (one) => GROUPS.test(typeOf(one.manifest)) && isAppliedByPlatform(one, view),
    ) ||
    mayHoldUnread(view, '') ||
    view.unread.some(({ carrier, isFlux }) => !isFlux && mayBringPolicies(carrier, view))
  );
}

function mayBringPolicies(carrier: AppliedObject | undefined, view: ClusterView): boolean {
  if (carrier === undefined) {
    return true;
  }
  const { kind, metadata } = carrier.manifest;
  const names = [
    metadata.name,
    textAt(carrier.manifest, 'spec', 'chart', 'spec', 'chart'),
    textAt(carrier.manifest, 'spec', 'chartRef', 'name'),
  ];
  return (
    isOfPlatform(carrier, view) &&
    view.accountOf(carrier) === undefined &&
    (kind !== 'HelmRelease' || names.some((name) => CHARTS.test(String(name))))
  );
}
