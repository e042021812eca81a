import { FLUX_VERSIONS } from '../flux-versions';
import { ObjectCheck } from '../check';
import { policyOfAllPods } from '../example-bounds';

export const objectNamespace: ObjectCheck = {
  id: 'object-namespace',
  severity: 'warning',
  profile: 'strict',
  summary: 'what lies in a namespace must say in which',
  why: 'Quotas, accounts and policies hold in the namespace that they name. One that names none bounds nothing where it was meant to.',
  remedy: 'set metadata.namespace, or targetNamespace of the Kustomization that applies it',
  links: [
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace',
  ],
  types: [
    ...FLUX_VERSIONS.keys(),
    '/LimitRange',
    '/ResourceQuota',
    '/ServiceAccount',
    'networking.k8s.io/NetworkPolicy',
    'rbac.authorization.k8s.io/Role',
    'rbac.authorization.k8s.io/RoleBinding',
  ],
  needs: 'cluster',
  bad: policyOfAllPods('default-deny', 'apps', ['Ingress']).replace('  namespace: apps\n', ''),
  good: policyOfAllPods('default-deny', 'apps', ['Ingress']),
  *examine({ manifest }) {
    const { namespace } = manifest.metadata;
    if (namespace === undefined || namespace === null || namespace === '') {
      yield { message: 'must say in which namespace it lies', pointer: '/metadata/namespace' };
    }
  },
};
