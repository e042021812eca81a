import { ObjectCheck } from '../check';
import { applierOf, earlierApplied } from '../double-appliers';

export const objectAppliedTwice: ObjectCheck = {
  id: 'object-applied-twice',
  severity: 'error',
  profile: 'recommended',
  summary: 'an object must be applied by one Kustomization only',
  why: 'Two Kustomizations overwrite what the other one wrote at every interval, and the one that stops to apply the object deletes it, though the other still has it.',
  remedy: 'leave the object in one of the directories, or give it another name in one of them',
  links: [
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources',
  ],
  types: ['*'],
  needs: 'cluster',
  bad: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps
  prune: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: flux-system
  wait: true
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: podinfo
  namespace: flux-system
spec:
  interval: 10m
  path: ./podinfo
  prune: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: flux-system
  wait: true
# file: apps/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: apps
data:
  level: debug
# file: podinfo/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: apps
data:
  level: debug
`,
  good: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps
  prune: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: flux-system
  wait: true
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: podinfo
  namespace: flux-system
spec:
  interval: 10m
  path: ./podinfo
  prune: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: flux-system
  wait: true
# file: apps/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: apps
data:
  level: debug
# file: podinfo/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: podinfo
  namespace: apps
data:
  level: debug
`,
  *examine(object, cluster) {
    const first = earlierApplied(object, cluster);
    if (first && first.document !== object.document) {
      yield {
        message: `must be applied once, but ${applierOf(object)} applies it, and ${applierOf(first)} does from '${first.document.path}'`,
      };
    }
  },
};
