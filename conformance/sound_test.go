package conformance

import (
	"os"
	"path/filepath"
	"testing"
)

// sound is the smallest set of repositories that every check accepts; the broken ones differ from it in one fact.
var sound = map[string]string{
	lock: soundLock,
	"fleet-infra/clusters/prod/platform.yaml": `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: tenancy
  namespace: flux-system
spec:
  interval: 10m
  path: ./infrastructure/tenancy
  prune: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
	"fleet-infra/clusters/prod/tenants.yaml": `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: team-a
  namespace: flux-system
spec:
  interval: 10m
  path: ./tenants/production/team-a
  prune: true
  serviceAccountName: kustomize-controller
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
	"fleet-infra/infrastructure/tenancy/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - role.yaml
`,
	"fleet-infra/infrastructure/tenancy/role.yaml": `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: tenant
rules:
  - apiGroups: [""]
    resources: ["configmaps"]
    verbs: ["*"]
`,
	"fleet-infra/tenants/base/team-a/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - namespace.yaml
  - sync.yaml
  - images.yaml
`,
	"fleet-infra/tenants/base/team-a/namespace.yaml": `apiVersion: v1
kind: Namespace
metadata:
  name: team-a
`,
	"fleet-infra/tenants/base/team-a/sync.yaml": `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: team-a
  namespace: team-a
spec:
  interval: 5m
  url: https://git.example/acme/team-a
  ref:
    branch: main
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: team-a
  namespace: team-a
spec:
  interval: 5m
  path: ./apps/team-a
  prune: true
  serviceAccountName: team-a
  targetNamespace: team-a
  sourceRef:
    kind: GitRepository
    name: team-a
`,
	"fleet-infra/tenants/base/team-a/images.yaml": `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: podinfo
  namespace: team-a
spec:
  image: ghcr.io/acme/podinfo
  interval: 5m
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: podinfo
  namespace: team-a
spec:
  imageRepositoryRef:
    name: podinfo
  policy:
    semver:
      range: ">=1.0.0"
`,
	"fleet-infra/tenants/production/team-a/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../base/team-a
patches:
  - patch: |
      - op: replace
        path: /spec/interval
        value: 30m
    target:
      kind: Kustomization
      name: team-a
`,
	"team-a/apps/team-a/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - deployment.yaml
`,
	"team-a/apps/team-a/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: podinfo
spec:
  selector:
    matchLabels:
      app: podinfo
  template:
    metadata:
      labels:
        app: podinfo
    spec:
      containers:
        - name: podinfo
          image: ghcr.io/acme/podinfo:1.0.0 # {"$imagepolicy": "team-a:podinfo"}
          args: ["--level", "info"]
`,
}

func writeExample(t *testing.T, files map[string]string) *Example {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "acme")
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	example, err := LoadExample(dir, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return example
}
