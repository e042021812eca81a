package conformance

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

const fluxSystem = "flux-system"

var syncKind = schema.GroupKind{Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization"}

// Cluster is everything that one cluster applies when it follows its Flux Kustomizations. Operated is what Flux Operator
// applies there; flux bootstrap leaves all to the first of the Kustomizations.
type Cluster struct {
	Name     string
	Syncs    []*Sync
	Operated []Object
}

// Sync is one Flux Kustomization of a cluster and what it applies. Root is empty when its source is outside the example.
type Sync struct {
	Object
	Root    string
	Err     error
	Applied []Object
	built   bool
}

func (s *Sync) key() string { return s.GetNamespace() + "/" + s.GetName() }

// Objects returns all that the cluster applies.
func (c *Cluster) Objects() []Object {
	all := slices.Clone(c.Operated)
	for _, sync := range c.Syncs {
		all = append(all, sync.Applied...)
	}
	return all
}

// installed returns the objects that Flux itself consists of, and more.
func (c *Cluster) installed() []Object {
	if c.Operated != nil {
		return c.Operated
	}
	return c.Syncs[0].Applied
}

// summary names the Kustomizations whose source is elsewhere, because nothing of theirs was judged.
func (c *Cluster) summary() string {
	var elsewhere []string
	for _, sync := range c.Syncs {
		if sync.Root == "" {
			elsewhere = append(elsewhere, sync.key())
		}
	}
	return fmt.Sprintf("%d objects of %d Kustomizations, %d with a source outside of the example %v",
		len(c.Objects()), len(c.Syncs), len(elsewhere), elsewhere)
}

// reconcile starts where the installation of Flux does and follows each Flux Kustomization that comes up.
func reconcile(example, name, work string) *Cluster {
	cluster, first := install(example, name, work)
	rootKind, _, _ := unstructured.NestedString(first.Object.Object, "spec", "sourceRef", "kind")
	seen := map[string]bool{first.key(): true}
	urls := map[string]string{}
	// A source may be applied by another Kustomization than the one that reads it, so those whose source is not
	// known yet are tried again until nothing new comes up.
	for progress := true; progress; {
		progress = false
		for _, sync := range cluster.Syncs {
			if sync.built {
				continue
			}
			if sync.Root == "" {
				sync.Root = sourceRoot(example, rootKind, urls, sync)
			}
			if sync.Root == "" {
				continue
			}
			sync.build()
			progress = true
			for _, object := range sync.Applied {
				url, _, _ := unstructured.NestedString(object.Object, "spec", "url")
				urls[sourceKey(object.GetKind(), object.GetNamespace(), object.GetName())] = url
				if object.GroupVersionKind().GroupKind() != syncKind {
					continue
				}
				found := &Sync{Object: object}
				if found.key() == first.key() {
					first.Object = object
				}
				if !seen[found.key()] {
					seen[found.key()] = true
					cluster.Syncs = append(cluster.Syncs, found)
				}
			}
		}
	}
	return cluster
}

func (s *Sync) build() {
	s.built = true
	specPath, _, _ := unstructured.NestedString(s.Object.Object, "spec", "path")
	dir := filepath.Join(s.Root, filepath.Clean("/"+specPath))
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		s.Err = fmt.Errorf("spec.path %q is not a directory of %s", specPath, filepath.Base(s.Root))
		return
	}
	s.Applied, s.Err = buildSync(s.Root, dir, s.Unstructured)
}

// sourceRoot finds the repository of the example that a Flux Kustomization reads, by the last segment of its
// source's url or by its namespace; the source of the root sync is the fleet repository.
func sourceRoot(example, rootKind string, urls map[string]string, sync *Sync) string {
	ref, _, _ := unstructured.NestedStringMap(sync.Object.Object, "spec", "sourceRef")
	namespace := ref["namespace"]
	if namespace == "" {
		namespace = sync.GetNamespace()
	}
	if ref["kind"] == rootKind && ref["name"] == fluxSystem && namespace == fluxSystem {
		return filepath.Join(example, fleet)
	}
	url, known := urls[sourceKey(ref["kind"], namespace, ref["name"])]
	if !known {
		return ""
	}
	return repositoryBehind(example, url, namespace)
}

// repositoryBehind returns the directory of the example that stands for what a source fetches, or "": of a registry, that is
// what CI publishes of a repository.
func repositoryBehind(example, url, namespace string) string {
	for _, candidate := range []string{strings.TrimSuffix(path.Base(url), ".git"), namespace} {
		root := filepath.Join(example, candidate)
		if published := filepath.Join(root, "apps", candidate); strings.HasPrefix(url, "oci://") && isDirectory(published) {
			return published
		}
		if isDirectory(root) {
			return root
		}
	}
	return ""
}

func isDirectory(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func sourceKey(kind, namespace, name string) string { return kind + "/" + namespace + "/" + name }
