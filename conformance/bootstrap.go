package conformance

import (
	"fmt"
	"os"
	"path/filepath"
)

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

// bootstrap stands in for flux bootstrap: it writes the two files that the library leaves to it.
func bootstrap(cluster string) error {
	components := installationManifests()
	for _, name := range controllers {
		components += controllerManifests(name)
	}
	return writeFiles(filepath.Join(cluster, "flux-system"), map[string]string{
		"gotk-components.yaml": components,
		"gotk-sync.yaml":       fmt.Sprintf(gotkSync, filepath.Base(cluster)),
	})
}

func writeFiles(dir string, files map[string]string) error {
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
