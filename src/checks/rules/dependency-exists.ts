import { isOpaque, typeOf } from '../../clusters/applied-object';
import { ObjectCheck } from '../check';
import { itemsAt, pointerOf, textAt } from '../manifest-fields';

export const dependencyExists: ObjectCheck = {
  id: 'dependency-exists',
  severity: 'error',
  profile: 'recommended',
  summary: 'what a Kustomization or HelmRelease depends on must be there',
  why: 'Flux does not reconcile an object before all that it depends on is ready, and what does not exist never is.',
  remedy: 'correct the name or namespace in dependsOn, or remove the entry',
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
    'https://fluxcd.io/flux/components/helm/helmreleases/#dependencies',
  ],
  types: ['kustomize.toolkit.fluxcd.io/Kustomization', 'helm.toolkit.fluxcd.io/HelmRelease'],
  needs: 'cluster',
  bad: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  dependsOn:
    - name: infrastructur
  interval: 10m
  path: ./apps
  prune: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
  good: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  dependsOn:
    - name: infrastructure
  interval: 10m
  path: ./apps
  prune: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: flux-system
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: infrastructure
  namespace: flux-system
spec:
  interval: 10m
  path: ./infrastructure
  prune: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: flux-system
  wait: true
`,
  *examine({ manifest }, cluster) {
    for (const { value, pointer } of itemsAt(manifest, 'spec', 'dependsOn')) {
      const name = textAt(value, 'name');
      const namespace = textAt(value, 'namespace') ?? manifest.metadata.namespace;
      const isKnown = name !== undefined && !isOpaque(name) && !isOpaque(namespace);
      if (isKnown && !cluster.find(typeOf(manifest), namespace, name)) {
        if (!cluster.mayHoldMore(namespace)) {
          yield {
            message: `depends on '${name}' in namespace '${namespace}', which is not there`,
            pointer: pointer + pointerOf('name'),
          };
        }
      }
    }
  },
};
