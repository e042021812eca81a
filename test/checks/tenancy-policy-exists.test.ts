import { configMapOf, foundBy, objectOf, releaseOf, syncOf } from './found-by';
import { createdTenant } from './tenancy-example';

/** In place of the policies that every example has. */
const NONE = `# file: infrastructure/admission/kustomization.yaml
resources: [configmap.yaml]
# file: infrastructure/admission/configmap.yaml
${configMapOf('later')}`;

const found = (more = '') => foundBy('tenancy-policy-exists', createdTenant() + more + NONE);

const kyverno = objectOf('kyverno.io/v1', 'ClusterPolicy', 'flux-multi-tenancy');

test('a cluster with a tenant of flux create tenant and nothing else has no policy', () => {
  expect(found()).toEqual([expect.stringContaining('Namespace apps is a tenant')]);
});

test.each([
  ['of Kyverno', kyverno],
  [
    'of Kubernetes',
    objectOf('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'any'),
  ],
  ['of Gatekeeper', objectOf('constraints.gatekeeper.sh/v1beta1', 'K8sAllowedRepos', 'any')],
  ['of Kubewarden', objectOf('policies.kubewarden.io/v1', 'ClusterAdmissionPolicy', 'any')],
])('a policy %s is one', (_, policy) => {
  expect(found(policy)).toEqual([]);
});

test.each([
  ['a chart', releaseOf('kyverno-policies', { namespace: 'kyverno' })],
  [
    'another repository',
    syncOf('guards', { spec: 'sourceRef: {kind: OCIRepository, name: guards}' }) +
      objectOf('source.toolkit.fluxcd.io/v1', 'OCIRepository', 'guards', {
        namespace: 'flux-system',
        spec: 'url: oci://ghcr.io/acme/guards',
      }),
  ],
])('policies may come from %s', (_, carrier) => {
  expect(found(carrier)).toEqual([]);
});

test('a chart of something else brings none', () => {
  expect(found(releaseOf('podinfo', { namespace: 'podinfo' }))).toHaveLength(1);
});

test('what the tenant applies itself, read or not, is no policy', () => {
  const theirs = syncOf('theirs', {
    namespace: 'apps',
    spec: 'path: ./theirs\nserviceAccountName: team-x\nsourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}',
  });
  const release = releaseOf('policies', { namespace: 'apps' });
  expect(found(`${theirs}${release}# file: theirs/policy.yaml\n${kyverno}`)).toHaveLength(1);
});

test('a cluster without tenants needs none', () => {
  expect(foundBy('tenancy-policy-exists', releaseOf('podinfo') + NONE)).toEqual([]);
});
