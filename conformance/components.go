package conformance

import (
	"fmt"
	"strings"
)

// controllers are the components that an installation of Flux may have; the first four are in every one.
var controllers = []string{
	"source-controller", "kustomize-controller", "helm-controller", "notification-controller",
	"image-reflector-controller", "image-automation-controller", "source-watcher",
}

// componentLabel tells the objects of one controller from those of the whole installation.
const componentLabel = "app.kubernetes.io/component"

// What is not one controller's has the shape of the manifests of Flux 2.9: labels, and the rules in their order.
const installation = `apiVersion: v1
kind: Namespace
metadata:
  name: flux-system
  labels: {app.kubernetes.io/instance: flux-system, app.kubernetes.io/part-of: flux}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-egress
  namespace: flux-system
  labels: {app.kubernetes.io/instance: flux-system, app.kubernetes.io/part-of: flux}
spec:
  egress: [{}]
  ingress:
    - from:
        - podSelector: {}
  podSelector: {}
  policyTypes: [Ingress, Egress]
---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: critical-pods-flux-system
  namespace: flux-system
  labels: {app.kubernetes.io/instance: flux-system, app.kubernetes.io/part-of: flux}
spec:
  hard: {pods: "1000"}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: crd-controller-flux-system
  labels: {app.kubernetes.io/instance: flux-system, app.kubernetes.io/part-of: flux}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: crd-controller-flux-system}
subjects:
  - {kind: ServiceAccount, name: source-controller, namespace: flux-system}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: crd-controller-flux-system
  labels: {app.kubernetes.io/instance: flux-system, app.kubernetes.io/part-of: flux}
rules:
`

// controllerRules are those of ClusterRole crd-controller, one a line.
var controllerRules = []string{
	`{apiGroups: [source.toolkit.fluxcd.io], resources: ["*"], verbs: ["*"]}`,
	`{apiGroups: [kustomize.toolkit.fluxcd.io], resources: ["*"], verbs: ["*"]}`,
	`{apiGroups: [helm.toolkit.fluxcd.io], resources: ["*"], verbs: ["*"]}`,
	`{apiGroups: [notification.toolkit.fluxcd.io], resources: ["*"], verbs: ["*"]}`,
	`{apiGroups: [image.toolkit.fluxcd.io], resources: ["*"], verbs: ["*"]}`,
	`{apiGroups: [source.extensions.fluxcd.io], resources: ["*"], verbs: ["*"]}`,
	`{apiGroups: [""], resources: [namespaces, secrets, configmaps, serviceaccounts], verbs: [get, list, watch]}`,
	`{apiGroups: [""], resources: [events], verbs: [create, patch]}`,
	`{apiGroups: [""], resources: [configmaps], verbs: [get, list, watch, create, update, patch, delete]}`,
	`{apiGroups: [""], resources: [configmaps/status], verbs: [get, update, patch]}`,
	`{apiGroups: [coordination.k8s.io], resources: [leases], verbs: [get, list, watch, create, update, patch, delete]}`,
	`{apiGroups: [""], resources: [serviceaccounts/token], verbs: [create]}`,
	`{nonResourceURLs: [/livez/ping], verbs: [head]}`,
}

const controllerObject = `---
apiVersion: %[1]s
kind: %[2]s
metadata:
  name: %[3]s
  namespace: flux-system
  labels:
    app.kubernetes.io/component: %[4]s
    app.kubernetes.io/instance: flux-system
    app.kubernetes.io/part-of: flux
    control-plane: controller
%[5]s`

const serviceSpec = `spec:
  ports:
    - name: http
      port: 80
      protocol: TCP
      targetPort: http
  selector:
    app: %s
  type: ClusterIP
`

// The list of args decides whether a JSON patch that appends to it applies, so it has the shape of the real ones.
const deploymentSpec = `spec:
  replicas: 1
  selector:
    matchLabels:
      app: %[1]s
  template:
    metadata:
      labels:
        app: %[1]s
        app.kubernetes.io/component: %[1]s
        app.kubernetes.io/part-of: flux
    spec:
      serviceAccountName: %[1]s
      containers:
        - name: manager
          image: ghcr.io/fluxcd/%[1]s:v0.0.0
          args:
            - --events-addr=http://notification-controller.$(RUNTIME_NAMESPACE).svc.cluster.local.
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
          volumeMounts:
            - mountPath: /tmp
              name: temp
      volumes:
        - name: temp
          emptyDir: {}
`

// One is enough to see whether it is there twice.
var definitions = map[string]string{"source-controller": `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: buckets.source.toolkit.fluxcd.io
  labels: {app.kubernetes.io/component: source-controller, app.kubernetes.io/part-of: flux}
spec:
  group: source.toolkit.fluxcd.io
`}

var extraArgs = map[string]string{
	"source-controller":    storageArgs("source-controller"),
	"source-watcher":       storageArgs("source-watcher"),
	"kustomize-controller": "\n            - --feature-gates=ExternalArtifact=true",
}

func storageArgs(name string) string {
	return "\n            - --storage-path=/data" +
		"\n            - --storage-adv-addr=" + name + ".$(RUNTIME_NAMESPACE).svc.cluster.local."
}

var services = map[string][]string{
	"source-controller":       {"source-controller"},
	"notification-controller": {"notification-controller", "webhook-receiver"},
	"source-watcher":          {"source-watcher"},
}

// installationManifests are the objects that no controller owns.
func installationManifests() string {
	return installation + "  - " + strings.Join(controllerRules, "\n  - ") + "\n"
}

// controllerManifests are the objects of one controller.
func controllerManifests(name string) string {
	text := definitions[name]
	text += fmt.Sprintf(controllerObject, "v1", "ServiceAccount", name, name, "")
	for _, service := range services[name] {
		text += fmt.Sprintf(controllerObject, "v1", "Service", service, name, fmt.Sprintf(serviceSpec, name))
	}
	spec := fmt.Sprintf(deploymentSpec, name, extraArgs[name])
	return text + fmt.Sprintf(controllerObject, "apps/v1", "Deployment", name, name, spec)
}
