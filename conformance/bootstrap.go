package conformance

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

var controllers = []string{
	"source-controller", "kustomize-controller", "helm-controller", "notification-controller",
	"image-reflector-controller", "image-automation-controller", "source-watcher",
}

const gotkNamespace = `apiVersion: v1
kind: Namespace
metadata:
  name: flux-system
  labels:
    app.kubernetes.io/instance: flux-system
    app.kubernetes.io/part-of: flux
    pod-security.kubernetes.io/warn: restricted
`

// The list of args decides whether a JSON patch that appends to it applies, so it has the shape of the real ones.
const gotkDeployment = `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: %[1]s
  namespace: flux-system
  labels:
    app.kubernetes.io/component: %[1]s
    app.kubernetes.io/instance: flux-system
    app.kubernetes.io/part-of: flux
    control-plane: controller
spec:
  replicas: 1
  selector:
    matchLabels:
      app: %[1]s
  template:
    metadata:
      labels:
        app: %[1]s
    spec:
      serviceAccountName: %[1]s
      containers:
        - name: manager
          image: ghcr.io/fluxcd/%[1]s:v0.0.0
          args:
            - --watch-all-namespaces=true
            - --log-level=info
            - --log-encoding=json
            - --enable-leader-election%[2]s
          env:
            - name: RUNTIME_NAMESPACE
              valueFrom:
                fieldRef:
                  fieldPath: metadata.namespace
          ports:
            - containerPort: 8080
              name: http-prom
              protocol: TCP
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
          volumeMounts:
            - mountPath: /tmp
              name: temp
      volumes:
        - name: temp
          emptyDir: {}
`

const gotkSync = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m0s
  ref:
    branch: main
  secretRef:
    name: flux-system
  url: ssh://git@git.example/fleet-infra
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 10m0s
  path: ./clusters/%s
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`

var extraArgs = map[string]string{
	"source-controller": "\n            - --storage-path=/data" +
		"\n            - --storage-adv-addr=source-controller.$(RUNTIME_NAMESPACE).svc.cluster.local.",
	"kustomize-controller": "\n            - --feature-gates=ExternalArtifact=true",
	"source-watcher":       "\n            - --storage-path=/data",
}

// bootstrap stands in for flux bootstrap: it writes the two files that the library leaves to it.
func bootstrap(cluster string) error {
	components := strings.Builder{}
	components.WriteString(gotkNamespace)
	for _, name := range controllers {
		fmt.Fprintf(&components, gotkDeployment, name, extraArgs[name])
	}
	dir := filepath.Join(cluster, "flux-system")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "gotk-components.yaml"), []byte(components.String()), 0o644); err != nil {
		return err
	}
	sync := fmt.Sprintf(gotkSync, filepath.Base(cluster))
	return os.WriteFile(filepath.Join(dir, "gotk-sync.yaml"), []byte(sync), 0o644)
}
