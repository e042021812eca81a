package main

import "testing"

const item = "apiVersion: v1\nkind: Widget\nmetadata:\n  name: a\nimage: "

// A List that is all of a file is taken apart. Its items have no file to go back to, and so each gets a new one.
func TestAListBecomesOtherFiles(t *testing.T) {
	const items = "items:\n  - apiVersion: v1\n    kind: Widget\n    metadata:\n      name: a\n    image: x" + tag + "\n"
	for _, head := range []string{"apiVersion: v1\nkind: List\n", "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n"} {
		list := map[string]string{"apps/list.yaml": head + items, "apps/widget_a.yaml": "a: file of somebody's own\n"}
		got, err := engine(t, list, released, setters("./apps"))
		if err != nil {
			t.Error(err)
		}
		same(t, got, map[string]string{"apps/list.yaml": head + items, "apps/widget_a.yaml": item + `"1.10"` + tag + "\n"})
	}
	const unnamed = "kind: List\nitems:\n  - image: x" + tag + "\n"
	refuse(t, map[string]string{"apps/list.yaml": "apiVersion: v1\n" + unnamed}, setters("./apps"), "missing Resource metadata")

	set := func(before, after string) fact {
		return fact{"", before + "x" + tag + after, before + `"1.10"` + tag + after}
	}
	state(t, released, map[string]fact{
		"a list of another kind is a document": set("apiVersion: apps/v1\nkind: DeploymentList\nitems:\n  - image: ", "\n"),
		"so is one before others":              set("apiVersion: v1\nkind: List\nitems:\n  - image: ", "\n---\na: b\n"),
		"and one behind others":                set("a: b\n---\napiVersion: v1\nkind: List\nitems:\n  - image: ", "\n"),
	})
}

func TestUpdatePathAndStrategyAreTheControllers(t *testing.T) {
	const before, after = "a: x" + name + "\n", "a: ghcr.io/acme/app" + name + "\n"
	files := map[string]string{"apps/a.yaml": before, "b.yaml": before}
	for path, wanted := range map[string]map[string]string{
		"":                {"apps/a.yaml": after, "b.yaml": after},
		".":               {"apps/a.yaml": after, "b.yaml": after},
		"./apps/":         {"apps/a.yaml": after, "b.yaml": before},
		"/apps":           {"apps/a.yaml": after, "b.yaml": before},
		"../../../apps":   {"apps/a.yaml": after, "b.yaml": before},
		"apps/../b.yaml/": {"apps/a.yaml": before, "b.yaml": after},
	} {
		t.Run("path "+path, func(t *testing.T) {
			got, err := engine(t, files, released, setters(path))
			if err != nil {
				t.Fatal(err)
			}
			same(t, got, wanted)
		})
	}
	refuse(t, files, setters("missing"), "no such file")
	refuse(t, files, map[string]any{}, "no update strategy")
	refuse(t, files, map[string]any{"update": map[string]any{"strategy": "Other"}}, "unsupported update strategy")
	refuse(t, files, map[string]any{"updates": map[string]any{}}, "unknown field")

	if got, err := engine(t, files, nil, setters("")); err != nil {
		t.Error(err)
	} else {
		same(t, got, files)
	}
	broken := map[string]any{"name": "ghcr.io/acme/app", "tag": "1.10", "digest": "sha256:1"}
	if _, err := engine(t, files, broken, setters("")); err == nil {
		t.Error("a reference that is none stops everything, and was accepted")
	}
}
