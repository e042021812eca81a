package conformance

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	flux "github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
)

// Object is a Kubernetes object and where it was found.
type Object struct {
	*unstructured.Unstructured
	From string
}

func (o Object) String() string {
	return fmt.Sprintf("%s: %s %s/%s", o.From, o.GroupVersionKind().GroupKind(), o.GetNamespace(), o.GetName())
}

// Build is a directory that has a kustomization file, and what kustomize makes of it.
type Build struct {
	Dir     string
	Objects []Object
	Err     error
}

// buildAll builds every directory below root that has a kustomization file, once.
func buildAll(root string) ([]*Build, error) {
	var builds []*Build
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.IsDir() || kustomizationFile(path) == "" {
			return err
		}
		build := &Build{Dir: relative(root, path)}
		build.Objects, build.Err = buildDirectory(repositoryOf(root, path), path)
		builds = append(builds, build)
		return nil
	})
	if err == nil && len(builds) == 0 {
		err = fmt.Errorf("no directory of %s has a kustomization file", filepath.Base(root))
	}
	return builds, err
}

// buildDirectory builds a directory without Flux's rewriting of its kustomization file: Flux drops unknown fields
// of that file where kustomize itself refuses them.
func buildDirectory(root, dir string) ([]Object, error) {
	if err := refuseRemoteBases(dir); err != nil {
		return nil, err
	}
	kustomization, err := readKustomization(dir)
	if err != nil {
		return nil, err
	}
	if kustomization.Kind == types.ComponentKind {
		return nil, nil // it only builds inside of another directory
	}
	built, err := flux.SecureBuild(root, dir, false)
	if err != nil {
		return nil, err
	}
	if err := refuseIdlePatches(kustomization, built); err != nil {
		return nil, err
	}
	return objectsOf(built, "build of "+relative(filepath.Dir(root), dir))
}

// buildSync builds what a Flux Kustomization applies, in the steps of kustomize-controller.
func buildSync(root, dir string, sync *unstructured.Unstructured) (objects []Object, err error) {
	if kustomizationFile(dir) != "" {
		if err := refuseRemoteBases(dir); err != nil {
			return nil, err
		}
	}
	action, err := flux.NewGenerator(root, *sync).WriteFile(dir, flux.WithSaveOriginalKustomization())
	if err != nil {
		return nil, err
	}
	// The next Flux Kustomization must find the directory as it is in Git, as each reconciliation does.
	defer func() { err = errors.Join(err, flux.CleanDirectory(dir, action)) }()
	built, err := flux.SecureBuild(root, dir, false)
	if err != nil {
		return nil, err
	}
	if err := substitute(built, sync); err != nil {
		return nil, err
	}
	from := fmt.Sprintf("Kustomization %s/%s (%s)", sync.GetNamespace(), sync.GetName(), relative(filepath.Dir(root), dir))
	return objectsOf(built, from)
}

// substitute resolves post-build variables, strictly unless some of them live in the cluster.
func substitute(built resmap.ResMap, sync *unstructured.Unstructured) error {
	if _, found, _ := unstructured.NestedMap(sync.Object, "spec", "postBuild"); !found {
		return nil
	}
	_, fromCluster, _ := unstructured.NestedSlice(sync.Object, "spec", "postBuild", "substituteFrom")
	for _, resource := range built.Resources() {
		_, err := flux.SubstituteVariables(context.Background(), nil, *sync, resource,
			flux.SubstituteWithDryRun(true), flux.SubstituteWithStrict(!fromCluster))
		if err != nil {
			return fmt.Errorf("%s: %w", resource.CurId(), err)
		}
	}
	return nil
}

func objectsOf(built resmap.ResMap, from string) ([]Object, error) {
	text, err := built.AsYaml()
	if err != nil {
		return nil, err
	}
	return decodeObjects(text, from)
}
