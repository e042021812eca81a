package conformance

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

const kustomizeGroup = "kustomize.config.k8s.io/"

// splitDocuments splits a YAML stream where the Kubernetes clients do.
func splitDocuments(text []byte) ([][]byte, error) {
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	var documents [][]byte
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return documents, nil
		}
		if err != nil {
			return nil, err
		}
		documents = append(documents, document)
	}
}

// decodeObjects decodes a YAML stream as the API server would, refusing duplicate keys.
func decodeObjects(text []byte, from string) ([]Object, error) {
	documents, err := splitDocuments(text)
	if err != nil {
		return nil, err
	}
	var objects []Object
	for _, document := range documents {
		encoded, err := yaml.YAMLToJSONStrict(document)
		if err != nil {
			return nil, err
		}
		fields := map[string]any{}
		if err := utiljson.Unmarshal(encoded, &fields); err != nil {
			return nil, fmt.Errorf("not a Kubernetes object: %w", err)
		}
		if len(fields) > 0 {
			objects = append(objects, Object{&unstructured.Unstructured{Object: fields}, from})
		}
	}
	return objects, nil
}

// fileObjects decodes every YAML file that source-controller would carry, except what kustomize itself reads:
// its own files, and patches, which are no whole objects.
func fileObjects(root string) (objects []Object, problems []error) {
	files, err := yamlFiles(root)
	if err != nil {
		return nil, []error{err}
	}
	patches, err := patchFiles(root)
	if err != nil {
		return nil, []error{err}
	}
	for _, file := range files {
		if hidden(file) || patches[filepath.Join(root, file)] {
			continue
		}
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			return nil, []error{err}
		}
		found, err := decodeObjects(text, file)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", file, err))
		}
		for _, object := range found {
			if !strings.HasPrefix(object.GetAPIVersion(), kustomizeGroup) {
				objects = append(objects, object)
			}
		}
	}
	return objects, problems
}

func patchFiles(root string) (map[string]bool, error) {
	patches := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.IsDir() || kustomizationFile(path) == "" {
			return err
		}
		kustomization, err := readKustomization(path)
		if err != nil {
			return fmt.Errorf("%s: %w", relative(root, path), err)
		}
		for _, patch := range kustomization.Patches {
			if patch.Path != "" {
				patches[filepath.Join(path, patch.Path)] = true
			}
		}
		return nil
	})
	return patches, err
}

// allObjects returns every object of every file and of every build. What does not build is CheckBuilds' to report.
func allObjects(example *Example) ([]Object, []error) {
	objects, problems := fileObjects(example.Source)
	builds, err := example.Builds()
	if err != nil {
		problems = append(problems, err)
	}
	for _, build := range builds {
		objects = append(objects, build.Objects...)
	}
	for _, cluster := range example.Clusters {
		objects = append(objects, cluster.Objects()...)
	}
	return objects, problems
}
