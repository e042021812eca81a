package conformance

import (
	"maps"
	"strings"
)

// soundClusters has two clusters with a shard, on which team-a is: prod is bootstrapped, remote has Flux from Flux Operator.
var soundClusters = func() map[string]string {
	files := maps.Clone(sound)
	files[lock] = strings.Replace(soundLock, "gotk-sync.yaml\n", "gotk-sync.yaml\n  - blue\n", 1) + soundExclusion
	files[shard] = soundShard
	files[instanceAt] = soundInstance
	files[instanceList] = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [flux-instance.yaml]\n"
	files[releases] = soundRelease
	files[base] += "  - release.yaml\n"
	for _, file := range []string{tenants, tenantSync, releases} {
		files[file] = strings.ReplaceAll(files[file], "\nspec:", "\n  labels: {sharding.fluxcd.io/key: blue}\nspec:")
	}
	for _, file := range []string{"platform.yaml", "tenants.yaml"} {
		files["fleet-infra/clusters/remote/"+file] = strings.ReplaceAll(
			files["fleet-infra/clusters/prod/"+file], "kind: GitRepository", "kind: OCIRepository")
	}
	return files
}()

const soundExclusion = `  - patch: |
      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: --watch-label-selector=!sharding.fluxcd.io/key
    target:
      kind: Deployment
      name: (source|kustomize|helm)-controller
      annotationSelector: "!sharding.fluxcd.io/role"
`

const soundRelease = `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: team-a
spec:
  interval: 5m
  url: https://charts.example
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: redis
  namespace: team-a
spec:
  interval: 5m
  chart:
    metadata:
      labels: {sharding.fluxcd.io/key: blue}
    spec:
      chart: redis
      sourceRef: {kind: HelmRepository, name: charts}
`

const soundShard = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../gotk-components.yaml
nameSuffix: -blue
commonAnnotations:
  sharding.fluxcd.io/role: shard
patches:
  - patch: |
      apiVersion: v1
      kind: all
      metadata: {name: all}
      $patch: delete
    target:
      labelSelector: app.kubernetes.io/component notin (source-controller,kustomize-controller,helm-controller)
  - patch: |
      apiVersion: v1
      kind: all
      metadata: {name: all}
      $patch: delete
    target:
      kind: (CustomResourceDefinition|ServiceAccount)
  - patch: |
      - {op: replace, path: /spec/selector/matchLabels/app, value: source-controller-blue}
      - {op: replace, path: /spec/template/metadata/labels/app, value: source-controller-blue}
      - {op: replace, path: /spec/template/spec/containers/0/args/6, value: --storage-adv-addr=source-controller-blue.flux-system.svc}
    target:
      kind: Deployment
      name: source-controller
  - patch: |
      - {op: replace, path: /spec/selector/matchLabels/app, value: kustomize-controller-blue}
      - {op: replace, path: /spec/template/metadata/labels/app, value: kustomize-controller-blue}
    target:
      kind: Deployment
      name: kustomize-controller
  - patch: |
      - {op: replace, path: /spec/selector/matchLabels/app, value: helm-controller-blue}
      - {op: replace, path: /spec/template/metadata/labels/app, value: helm-controller-blue}
    target:
      kind: Deployment
      name: helm-controller
  - patch: |
      - {op: replace, path: /spec/selector/app, value: source-controller-blue}
    target:
      kind: Service
  - patch: |
      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: --watch-label-selector=sharding.fluxcd.io/key=blue
    target:
      kind: Deployment
`

const soundInstance = `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata:
  name: flux
  namespace: flux-system
spec:
  distribution:
    version: 2.9.x
    registry: ghcr.io/fluxcd
  components:
    - source-controller
    - kustomize-controller
    - helm-controller
    - notification-controller
    - image-reflector-controller
  cluster:
    multitenant: true
    objectLevelWorkloadIdentity: true
    multitenantWorkloadIdentity: true
    networkPolicy: true
  sharding:
    shards: [blue]
  kustomize:
    patches:
      - patch: |
          - {op: remove, path: /rules/11}
        target:
          kind: ClusterRole
          name: crd-controller-flux-system
  sync:
    kind: OCIRepository
    url: oci://ghcr.io/acme/fleet-infra
    ref: latest
    path: clusters/remote
`
