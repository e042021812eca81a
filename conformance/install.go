package conformance

import (
	"fmt"
	"os"
	"path/filepath"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// install returns a cluster that has Flux and nothing else, and its root sync.
func install(example, name, work string) (*Cluster, *Sync) {
	first := &Sync{Object: Object{&unstructured.Unstructured{Object: map[string]any{
		"apiVersion": syncKind.Group + "/v1", "kind": syncKind.Kind,
		"metadata": map[string]any{"name": fluxSystem, "namespace": fluxSystem},
		"spec": map[string]any{
			"path": "./clusters/" + name, "prune": true,
			"sourceRef": map[string]any{"kind": "GitRepository", "name": fluxSystem},
		},
	}}, "flux bootstrap"}, Root: filepath.Join(example, fleet)}
	cluster := &Cluster{Name: name, Syncs: []*Sync{first}}
	instance, _ := instanceOf(filepath.Join(example, fleet, "clusters", name))
	if instance == nil {
		return cluster, first
	}
	first.Err = func() (err error) {
		dir := filepath.Join(work, "operated", filepath.Base(example), name)
		if cluster.Operated, err = operate(*instance, dir); err != nil {
			return err
		}
		return first.follow(example, cluster.Operated)
	}()
	// Nothing is reconciled on a cluster without Flux.
	first.built = first.Err != nil
	return cluster, first
}

// follow makes the root sync the one that Flux Operator applied, when its source is the fleet repository.
func (s *Sync) follow(example string, objects []Object) error {
	url := ""
	for _, object := range objects {
		switch {
		case object.GetName() != fluxSystem || object.GetNamespace() != fluxSystem:
		case object.GroupVersionKind().GroupKind() == syncKind:
			s.Object = object
		default:
			if found, _, _ := unstructured.NestedString(object.Object, "spec", "url"); found != "" {
				url = found
			}
		}
	}
	if root := repositoryBehind(example, url, ""); root != s.Root {
		return fmt.Errorf("its root sync follows %q, which is not %s", url, fleet)
	}
	return nil
}

// instanceOf returns the FluxInstance that lies where the root sync of a cluster finds it, or nil.
func instanceOf(cluster string) (*Object, error) {
	files, err := filepath.Glob(filepath.Join(cluster, fluxSystem, "*.yaml"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		objects, err := decodeObjects(text, file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for _, object := range objects {
			if object.GetKind() == instanceKind {
				return &object, nil
			}
		}
	}
	return nil, nil
}
