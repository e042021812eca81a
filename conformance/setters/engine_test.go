package main

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"cdk8s-flux-tenants/conformance"
)

// Markers of every form, as they stand behind a value.
const (
	image  = ` # {"$imagepolicy": "team:app"}`
	tag    = ` # {"$imagepolicy": "team:app:tag"}`
	name   = ` # {"$imagepolicy": "team:app:name"}`
	digest = ` # {"$imagepolicy": "team:app:digest"}`
)

// fact is what the engine makes of the files below update.path; "" stands for a file that was not there.
type fact struct{ file, before, after string }

// state runs the engine over the file of each fact, and compares all that is there afterwards.
func state(t *testing.T, latest map[string]any, facts map[string]fact) {
	t.Helper()
	for title, fact := range facts {
		t.Run(title, func(t *testing.T) {
			if fact.file == "" {
				fact.file = "a.yaml"
			}
			got, err := engine(t, map[string]string{"apps/" + fact.file: fact.before}, latest, setters("./apps"))
			if err != nil {
				t.Fatal(err)
			}
			same(t, got, map[string]string{"apps/" + fact.file: fact.after})
		})
	}
}

func setters(path string) map[string]any {
	return map[string]any{"update": map[string]any{"path": path, "strategy": "Setters"}}
}

// engine writes the files to a repository, lets the controller commit to it, and returns what is there then.
func engine(t *testing.T, files map[string]string, latest, spec map[string]any) (map[string]string, error) {
	t.Helper()
	root := t.TempDir()
	for path, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(root, path)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, path), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	status := map[string]any{}
	if latest != nil {
		status["latestRef"] = latest
	}
	err := commit(root, object("ImageUpdateAutomation", map[string]any{"spec": spec}), []conformance.Object{
		object("ImagePolicy", map[string]any{"status": status}),
	})
	there := map[string]string{}
	walked := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		there[strings.TrimPrefix(path, root+"/")] = string(text)
		return err
	})
	if walked != nil {
		t.Fatal(walked)
	}
	return there, err
}

func object(kind string, fields map[string]any) conformance.Object {
	fields["apiVersion"] = "image.toolkit.fluxcd.io/v1"
	fields["kind"] = kind
	fields["metadata"] = map[string]any{"name": "app", "namespace": "team"}
	return conformance.Object{Unstructured: &unstructured.Unstructured{Object: fields}}
}

func same(t *testing.T, got, wanted map[string]string) {
	t.Helper()
	if maps.Equal(got, wanted) {
		return
	}
	for path, text := range got {
		if text != wanted[path] {
			t.Errorf("%s is\n%s\nand not\n%s", path, text, wanted[path])
		}
	}
	for path := range wanted {
		if _, there := got[path]; !there {
			t.Errorf("%s is not there", path)
		}
	}
}

// refuse expects an error of the engine, and that it wrote nothing.
func refuse(t *testing.T, files map[string]string, spec map[string]any, reason string) {
	t.Helper()
	got, err := engine(t, files, released, spec)
	if err == nil || !strings.Contains(err.Error(), reason) {
		t.Errorf("refused with %v, and not with %q", err, reason)
	}
	same(t, got, files)
}
