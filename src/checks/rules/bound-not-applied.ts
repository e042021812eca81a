import { AppliedObject, typeOf } from '../../clusters/applied-object';
import { ClusterView } from '../../clusters/cluster-view';
import { addTo } from '../../vocabulary/grouped';
import { isForTenants, POLICY_TYPES } from '../admission-selectors';
import { ObjectCheck } from '../check';
import { titleOf } from '../finding';
import { isolatedTenants } from '../isolated-tenants';
import { valueAt } from '../manifest-fields';
import { NETWORK_POLICY } from '../network-policies';

const SSA = 'kustomize.toolkit.fluxcd.io/ssa';
const POLICY = 'admissionregistration.k8s.io/ValidatingAdmissionPolicy';
const BINDING = 'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding';

const EXAMPLE = (annotations: string): string => `# with: tenant team-a
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: team-a${annotations}
spec:
  podSelector:
    matchLabels:
      app: web
  policyTypes:
    - Ingress
`;

export const boundNotApplied: ObjectCheck = {
  id: 'bound-not-applied',
  severity: 'warning',
  profile: 'recommended',
  summary: 'what bounds tenants must be applied',
  why:
    `Flux passes over an object with '${SSA}: Ignore' or 'reconcile: disabled', and over everything of a Kustomization that is suspended; of a source that is suspended it sees no change. ` +
    'What it does not apply may still be on the cluster, or not, or be something else than what the repository says.',
  remedy: "remove the annotation, or 'suspend: true'",
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend',
  ],
  types: ['*'],
  needs: 'cluster',
  bad: EXAMPLE(`\n  annotations:\n    ${SSA}: Ignore`),
  good: EXAMPLE(''),
  *examine(object, cluster) {
    const [first, ...others] = cluster.once(heldBounds).get(object) ?? [];
    if (!first) {
      return;
    }
    const { pointer, why } = first.held!;
    const bounds =
      titleOf(first.manifest) + (others.length > 0 ? ` and ${others.length} more` : '');
    yield {
      message:
        first === object
          ? `bounds tenants, and ${why}, so that Flux does not apply it`
          : `${why}, so that Flux does not apply what bounds tenants: ${bounds}`,
      pointer,
    };
  },
};

/** The bounds of tenants that Flux does not apply, by what says so. */
function heldBounds(cluster: ClusterView): ReadonlyMap<AppliedObject, readonly AppliedObject[]> {
  const found = new Map<AppliedObject, AppliedObject[]>();
  for (const object of cluster.objects) {
    if (object.held && isBound(object, cluster)) {
      addTo(found, object.held.by ?? object, object);
    }
  }
  return found;
}

function isBound({ manifest }: AppliedObject, cluster: ClusterView): boolean {
  const { name, namespace } = manifest.metadata;
  const tenants = cluster.once(isolatedTenants);
  const type = typeOf(manifest);
  switch (type) {
    case '/Namespace':
      return tenants.ownerOf(name) !== undefined;
    case NETWORK_POLICY:
    case '/ResourceQuota':
    case '/LimitRange':
      return tenants.ownerOf(namespace) !== undefined;
    case BINDING: {
      const policy = cluster.find(POLICY, undefined, valueAt(manifest, 'spec', 'policyName'));
      return isForTenants(manifest) || isForTenants(policy?.manifest);
    }
    default:
      return POLICY_TYPES.includes(type) && isForTenants(manifest);
  }
}
