package conformance

import (
	"fmt"
	"strings"
)

const rootSyncObjects = `apiVersion: source.toolkit.fluxcd.io/v1
kind: %[1]s
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m0s
  %[2]s
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 10m0s
  path: %[3]s
  prune: true
  sourceRef:
    kind: %[1]s
    name: flux-system
`

// rootSync is what has a cluster follow a path of its fleet: a source, of whose spec these are lines, and a Kustomization.
func rootSync(kind, path string, source ...string) string {
	return fmt.Sprintf(rootSyncObjects, kind, strings.Join(source, "\n  "), path)
}
