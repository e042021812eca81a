package conformance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSettersWriteMarkedValuesOnly states what the stand-in for image-automation-controller does, as documented.
func TestSettersWriteMarkedValuesOnly(t *testing.T) {
	latest := map[string]Latest{"team:app": {Name: "ghcr.io/acme/app", Tag: "1.10", Digest: "sha256:0"}}
	for name, file := range map[string]struct{ name, before, after string }{
		"full":           {"a.yaml", `a: x:1 # {"$imagepolicy": "team:app"}`, `a: ghcr.io/acme/app:1.10@sha256:0 # {"$imagepolicy": "team:app"}`},
		"tag is text":    {"a.yaml", `a: x # {"$imagepolicy": "team:app:tag"}`, `a: "1.10" # {"$imagepolicy": "team:app:tag"}`},
		"quotes stay":    {"a.yml", `a: 'x' # {"$imagepolicy": "team:app:tag"}`, `a: '1.10' # {"$imagepolicy": "team:app:tag"}`},
		"name":           {"Kustomization", `a: x # {"$imagepolicy": "team:app:name"}`, `a: ghcr.io/acme/app # {"$imagepolicy": "team:app:name"}`},
		"digest":         {"a.yaml", `a: x # {"$imagepolicy": "team:app:digest"}`, `a: sha256:0 # {"$imagepolicy": "team:app:digest"}`},
		"head comment":   {"a.yaml", "a:\n  # {\"$imagepolicy\": \"team:app:tag\"}\n  - 'x'", "a:\n  # {\"$imagepolicy\": \"team:app:tag\"}\n  - '1.10'"},
		"indent stays":   {"a.yaml", "b:\n- c\na: 'x' # {\"$imagepolicy\": \"team:app:tag\"}", "b:\n- c\na: '1.10' # {\"$imagepolicy\": \"team:app:tag\"}"},
		"documents":      {"a.yaml", "b: 1\n---\na: 'x' # {\"$imagepolicy\": \"team:app:tag\"}", "b: 1\n---\na: '1.10' # {\"$imagepolicy\": \"team:app:tag\"}"},
		"other policy":   {"a.yaml", `a: x # {"$imagepolicy": "team:other"}`, ""},
		"other setter":   {"a.yaml", `a: x # {"$imagepolicy": "team:app:major"}`, ""},
		"text behind":    {"a.yaml", `a: x # {"$imagepolicy": "team:app"} !`, ""},
		"single quotes":  {"a.yaml", `a: x # {'$imagepolicy': 'team:app'}`, ""},
		"in a text":      {"a.yaml", `a: 'x # {"$imagepolicy": "team:app"}'`, ""},
		"on a map":       {"a.yaml", "a: # {\"$imagepolicy\": \"team:app\"}\n  b: c", ""},
		"does not parse": {"a.yaml", "a: x # {\"$imagepolicy\": \"team:app\"}\n b: [", ""},
		"list of kind":   {"a.yaml", "kind: List\nitems:\n  - a: x # {\"$imagepolicy\": \"team:app\"}", ""},
		"extension":      {"a.json", `a: x # {"$imagepolicy": "team:app"}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), file.name)
			if err := os.WriteFile(path, []byte(file.before+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			if err := RunSetters(filepath.Dir(path), latest); err != nil {
				t.Fatal(err)
			}
			after, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			wanted := file.after
			if wanted == "" {
				wanted = file.before
			}
			if got := strings.TrimSuffix(string(after), "\n"); got != wanted {
				t.Errorf("got\n%s\nwanted\n%s", got, wanted)
			}
		})
	}
	if err := RunSetters(filepath.Join(t.TempDir(), "missing"), latest); err == nil {
		t.Error("a missing update.path is no error")
	}
}
