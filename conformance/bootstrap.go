package conformance

import (
	"os"
	"path/filepath"
)

// bootstrap stands in for flux bootstrap: it writes the two files that the library leaves to it.
func bootstrap(cluster string) error {
	components := installationManifests()
	for _, name := range controllers {
		components += controllerManifests(name)
	}
	return writeFiles(filepath.Join(cluster, "flux-system"), map[string]string{
		"gotk-components.yaml": components,
		"gotk-sync.yaml": rootSync(
			"GitRepository", "./clusters/"+filepath.Base(cluster),
			"ref:", "  branch: main",
			"secretRef:", "  name: flux-system",
			"url: ssh://git@git.example/fleet-infra",
		),
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
