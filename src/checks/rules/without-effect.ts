import { FileCheck } from '../check';

export const withoutEffect: FileCheck = {
  id: 'without-effect',
  severity: 'warning',
  profile: 'strict',
  summary: 'what is written must have an effect',
  why: 'kustomize says nothing of a patch whose target is not there, and Flux passes over an object without apiVersion: whoever wrote it believes that it holds.',
  remedy:
    'correct the target or the object, list the file that is meant under resources, or remove what does nothing',
  links: [
    'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/',
  ],
  bad: `# file: clusters/prod/apps/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - settings.yaml
patches:
  - target:
      kind: ConfigMap
      name: setting
    patch: |
      - op: add
        path: /data/level
        value: debug
# file: clusters/prod/apps/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: apps
data: {}
`,
  good: `# file: clusters/prod/apps/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - settings.yaml
patches:
  - target:
      kind: ConfigMap
      name: settings
    patch: |
      - op: add
        path: /data/level
        value: debug
# file: clusters/prod/apps/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: apps
data: {}
`,
  *examineFile({ path }, repository, fleet) {
    for (const { message, pointer } of fleet.idle.get(repository)?.get(path) ?? []) {
      yield { message, pointer };
    }
  },
};
