package conformance

import (
	"os"
	"path/filepath"

	flux "github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// BuildQuestion is a repository, and what is to be built of it.
type BuildQuestion struct {
	Files  map[string]string `json:"files"`
	Builds []AskedBuild      `json:"builds"`
}

// AskedBuild is a directory, and what a Flux Kustomization says besides.
type AskedBuild struct {
	Path string         `json:"path"`
	Spec map[string]any `json:"spec"`
}

// BuildAnswer is what Flux makes of a directory, or why it makes nothing.
type BuildAnswer struct {
	Objects []map[string]any `json:"objects"`
	Error   string           `json:"error,omitempty"`
}

// Answers builds in a temporary directory, in the steps of kustomize-controller.
func (q BuildQuestion) Answers() ([]BuildAnswer, error) {
	root, err := os.MkdirTemp("", "asked-build-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(root)
	for path, text := range q.Files {
		full := filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	answers := []BuildAnswer{}
	for _, build := range q.Builds {
		objects, err := build.objects(root)
		if err != nil {
			answers = append(answers, BuildAnswer{Error: err.Error()})
		} else {
			answers = append(answers, BuildAnswer{Objects: objects})
		}
	}
	return answers, nil
}

func (b AskedBuild) objects(root string) ([]map[string]any, error) {
	dir := filepath.Join(root, b.Path)
	sync := unstructured.Unstructured{Object: map[string]any{"spec": b.Spec}}
	action, err := flux.NewGenerator(root, sync).WriteFile(dir, flux.WithSaveOriginalKustomization())
	if err != nil {
		return nil, err
	}
	defer flux.CleanDirectory(dir, action)
	built, err := flux.SecureBuild(root, dir, false)
	if err != nil {
		return nil, err
	}
	objects := []map[string]any{}
	for _, resource := range built.Resources() {
		object, err := resource.Map()
		if err != nil {
			return nil, err
		}
		objects = append(objects, object)
	}
	return objects, nil
}
