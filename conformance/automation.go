package conformance

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
)

const imageGroup = "image.toolkit.fluxcd.io"

// Automation is an ImageUpdateAutomation of the fleet repository with the directory that it commits to.
type Automation struct {
	Object
	// Root is the repository in the example, and Dir the update.path in it.
	Root, Dir string
	policies  labels.Selector
}

// Applies tells whether the automation commits what a policy chooses: the policy is beside it and selected. The controller
// asks the API server for these, in a function that it does not export.
func (a *Automation) Applies(policy Object) bool {
	return policy.GetNamespace() == a.GetNamespace() && a.policies.Matches(labels.Set(policy.GetLabels()))
}

// Holds tells whether a file lies below the update.path. It only explains: the controller reads the path itself.
func (a *Automation) Holds(file string) bool {
	relative, err := filepath.Rel(a.Dir, file)
	return err == nil && filepath.IsLocal(relative)
}

// ImageObjects are the objects of image automation in the fleet repository of an example.
type ImageObjects struct {
	Automations []*Automation
	// Policies and images (of ImageRepositories) by "namespace:name".
	Policies map[string]Object
	images   map[string]string
}

// LoadImageObjects reads the fleet repository below dir and finds the repository that each automation commits to.
func LoadImageObjects(dir string) (*ImageObjects, error) {
	objects, problems := fileObjects(filepath.Join(dir, fleet))
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	found := &ImageObjects{Policies: map[string]Object{}, images: map[string]string{}}
	urls := map[string]string{}
	for _, object := range objects {
		key := object.GetNamespace() + ":" + object.GetName()
		switch object.GetKind() {
		case "GitRepository":
			urls[key], _, _ = unstructured.NestedString(object.Object, "spec", "url")
		case "ImageRepository":
			found.images[key], _, _ = unstructured.NestedString(object.Object, "spec", "image")
		case "ImagePolicy":
			found.Policies[key] = object
		}
	}
	for _, object := range objects {
		if kind := object.GroupVersionKind(); kind.Group != imageGroup || kind.Kind != "ImageUpdateAutomation" {
			continue
		}
		automation, err := newAutomation(dir, object, urls)
		if err != nil {
			return nil, fmt.Errorf("ImageUpdateAutomation %s/%s: %w", object.GetNamespace(), object.GetName(), err)
		}
		found.Automations = append(found.Automations, automation)
	}
	slices.SortFunc(found.Automations, func(a, b *Automation) int {
		return strings.Compare(a.GetNamespace()+":"+a.GetName(), b.GetNamespace()+":"+b.GetName())
	})
	return found, nil
}

func newAutomation(dir string, object Object, urls map[string]string) (*Automation, error) {
	source, _, _ := unstructured.NestedString(object.Object, "spec", "sourceRef", "name")
	url, known := urls[object.GetNamespace()+":"+source]
	if !known {
		return nil, fmt.Errorf("there is no GitRepository %q beside it", source)
	}
	root := repositoryBehind(dir, url, object.GetNamespace())
	if root == "" {
		return nil, fmt.Errorf("the repository %s is not in the example", url)
	}
	path, _, _ := unstructured.NestedString(object.Object, "spec", "update", "path")
	automation := &Automation{Object: object, Root: root, Dir: filepath.Join(root, filepath.Clean("/"+path)), policies: labels.Everything()}
	spec, present, _ := unstructured.NestedMap(object.Object, "spec", "policySelector")
	if !present {
		return automation, nil
	}
	selector := &metav1.LabelSelector{}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(spec, selector); err != nil {
		return nil, err
	}
	var err error
	automation.policies, err = metav1.LabelSelectorAsSelector(selector)
	return automation, err
}
