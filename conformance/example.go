package conformance

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// fleet is the repository that the clusters reconcile; every other repository of an example belongs to a tenant.
const fleet = "fleet-infra"

// Example is one set of repositories as the library wrote them, with a working copy for the tools that write files.
type Example struct {
	Name     string
	Source   string
	Copy     string
	Clusters []*Cluster

	// Builds is called by those checks that need every directory; most need only the clusters.
	Builds func() ([]*Build, error)
}

// A Check returns every fact about an example that its tool refuses.
type Check func(*Example) []error

// LoadExamples loads each sub-directory of dir as one example; the copies go below work.
func LoadExamples(dir, work string) ([]*Example, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var examples []*Example
	for _, entry := range entries {
		if !entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		example, err := LoadExample(filepath.Join(dir, entry.Name()), work)
		if err != nil {
			return nil, fmt.Errorf("example %s: %w", entry.Name(), err)
		}
		examples = append(examples, example)
	}
	if len(examples) == 0 {
		return nil, fmt.Errorf("no example in %s", dir)
	}
	return examples, nil
}

// LoadExample copies one example, completes the copy as flux bootstrap would where there is no FluxInstance, and applies
// each of its clusters.
func LoadExample(dir, work string) (*Example, error) {
	work, err := filepath.EvalSymlinks(work)
	if err != nil {
		return nil, err
	}
	example := &Example{Name: filepath.Base(dir), Source: dir, Copy: filepath.Join(work, filepath.Base(dir))}
	if err := os.CopyFS(example.Copy, os.DirFS(dir)); err != nil {
		return nil, err
	}
	clusters, err := filepath.Glob(filepath.Join(example.Copy, fleet, "clusters", "*"))
	if err != nil {
		return nil, err
	}
	if len(clusters) == 0 {
		return nil, errors.New("no " + fleet + "/clusters/<name> directory")
	}
	for _, cluster := range clusters {
		if instance, err := instanceOf(cluster); err != nil {
			return nil, err
		} else if instance != nil {
			continue
		}
		if err := bootstrap(cluster); err != nil {
			return nil, err
		}
	}
	example.Builds = sync.OnceValues(func() ([]*Build, error) { return buildAll(example.Copy) })
	for _, cluster := range clusters {
		example.Clusters = append(example.Clusters, reconcile(example.Copy, filepath.Base(cluster), work))
	}
	return example, nil
}

// yamlFiles lists the YAML files below root, relative to it, in order.
func yamlFiles(root string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == ".git" {
			return filepath.SkipDir
		}
		if extension := filepath.Ext(path); !entry.IsDir() && (extension == ".yaml" || extension == ".yml") {
			relative, err := filepath.Rel(root, path)
			files = append(files, relative)
			return err
		}
		return nil
	})
	slices.Sort(files)
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("no YAML file in %s", root)
	}
	return files, err
}

// hidden tells whether a path has a segment that starts with a dot: source-controller leaves those that hold no
// manifests (.github/, .sops.yaml, .flux.yaml) out of its artifacts.
func hidden(path string) bool {
	return slices.ContainsFunc(strings.Split(filepath.ToSlash(path), "/"), func(segment string) bool {
		return strings.HasPrefix(segment, ".")
	})
}
