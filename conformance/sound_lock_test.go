package conformance

// soundLock is the kustomization file that flux bootstrap finds and keeps.
const soundLock = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - gotk-components.yaml
  - gotk-sync.yaml
patches:
  - patch: |
      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: --no-cross-namespace-refs=true
    target:
      kind: Deployment
      name: "(kustomize|helm|notification|image-reflector|image-automation)-controller|source-watcher"
  - patch: |
      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: --no-remote-bases=true
    target:
      kind: Deployment
      name: kustomize-controller
  - patch: |
      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: --default-kubeconfig-service-account=default
    target:
      kind: Deployment
      name: (kustomize|helm)-controller
  - patch: |
      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: --default-decryption-service-account=default
    target:
      kind: Deployment
      name: kustomize-controller
  - patch: |
      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: --feature-gates=ObjectLevelWorkloadIdentity=true
      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: --default-service-account=default
    target:
      kind: Deployment
      name: ".*-controller"
  - patch: |
      - op: add
        path: /spec/serviceAccountName
        value: kustomize-controller
    target:
      kind: Kustomization
      name: flux-system
  - patch: |
      - op: test
        path: /rules/11/resources/0
        value: serviceaccounts/token
      - op: remove
        path: /rules/11
    target:
      kind: ClusterRole
      name: crd-controller-flux-system
`
