package main

import (
	"strings"
	"testing"
)

var sha = "sha256:" + strings.Repeat("0", 64)

var (
	released = map[string]any{"name": "ghcr.io/acme/app", "tag": "1.10"}
	digested = map[string]any{"name": "ghcr.io/acme/app", "tag": "1.10", "digest": sha}
)

func TestMarkedValuesAreSet(t *testing.T) {
	state(t, released, map[string]fact{
		"image":                  {"", "a: x:1" + image + "\n", "a: ghcr.io/acme/app:1.10" + image + "\n"},
		"name":                   {"", "a: x" + name + "\n", "a: ghcr.io/acme/app" + name + "\n"},
		"a tag is text":          {"", "a: x" + tag + "\n", `a: "1.10"` + tag + "\n"},
		"a number becomes text":  {"", "a: 1" + tag + "\n", `a: "1.10"` + tag + "\n"},
		"no digest":              {"", "a: sha256:1" + digest + "\n", `a: ""` + digest + "\n"},
		"quotes stay":            {"", "a: 'x'" + tag + "\n", "a: '1.10'" + tag + "\n"},
		"a block does not":       {"", "a: |" + tag + "\n  x\n", `a: "1.10"` + tag + "\n"},
		"what is set stays":      {"", "a:   1.10" + tag + "\n", "a:   1.10" + tag + "\n"},
		"item":                   {"", "a:\n  - x" + tag + "\n  - y\n", "a:\n  - \"1.10\"" + tag + "\n  - y\n"},
		"several":                {"", "a: x" + tag + "\nb: y" + image + "\n", `a: "1.10"` + tag + "\nb: ghcr.io/acme/app:1.10" + image + "\n"},
		"anchor":                 {"", "a: &b x" + tag + "\nc: *b\n", `a: &b "1.10"` + tag + "\nc: *b\n"},
		"first of two keys":      {"", "a: x" + tag + "\na: y\n", `a: "1.10"` + tag + "\na: y\n"},
		"of two, only the first": {"", "a: x" + tag + "\na: y" + image + "\n", `a: "1.10"` + tag + "\na: y" + image + "\n"},
		"in JSON, the last":      {"", `a: x # {"$imagepolicy": "team:app:tag", "$imagepolicy": "team:app"}` + "\n", `a: ghcr.io/acme/app:1.10 # {"$imagepolicy": "team:app:tag", "$imagepolicy": "team:app"}` + "\n"},
		"beside another key":     {"", `a: x # {"$imagepolicy": "team:app:tag", "b": "c"}` + "\n", `a: "1.10" # {"$imagepolicy": "team:app:tag", "b": "c"}` + "\n"},
		"extension":              {"a.yml", "a: x" + name + "\n", "a: ghcr.io/acme/app" + name + "\n"},
		"hidden directory":       {".a/b.yaml", "a: x" + name + "\n", "a: ghcr.io/acme/app" + name + "\n"},
		"file of kustomize":      {"Kustomization", "a: x" + name + "\n", "a: ghcr.io/acme/app" + name + "\n"},
		"object without a name": {"kustomization.yaml",
			"kind: Kustomization\nimages:\n  - name: app\n    newName: x" + name + "\n    newTag: x" + tag + "\n    digest: x" + digest + "\n",
			"kind: Kustomization\nimages:\n  - name: app\n    newName: ghcr.io/acme/app" + name + "\n    newTag: \"1.10\"" + tag + "\n    digest: \"\"" + digest + "\n"},
		"comment above an item": {"", "a:\n  #" + tag[2:] + "\n  - x\n", "a:\n  #" + tag[2:] + "\n  - \"1.10\"\n"},
	})
	state(t, digested, map[string]fact{
		"image with digest": {"", "a: x:1" + image + "\n", "a: ghcr.io/acme/app:1.10@" + sha + image + "\n"},
		"digest":            {"", "a: x" + digest + "\n", "a: " + sha + digest + "\n"},
	})
}

func TestNothingElseIsSet(t *testing.T) {
	facts := map[string]fact{}
	for title, text := range map[string]string{
		"other policy":        `a: x # {"$imagepolicy": "team:other"}`,
		"other setter":        `a: x # {"$imagepolicy": "team:app:major"}`,
		"text behind":         "a: x" + image + " !",
		"single quotes":       `a: x # {'$imagepolicy': 'team:app'}`,
		"in a text":           "a: 'x" + image + "'",
		"on a map":            "a:" + image + "\n  b: c",
		"behind a key":        "a:" + image + "\n  x",
		"on no value":         "a:" + image,
		"on an alias":         "a: &b x\nc: *b" + image,
		"on a flow list":      "a: [x]" + image,
		"above a key":         "#" + image[2:] + "\na: x",
		"below an item":       "a:\n  - x\n  #" + image[2:] + "\nb: y",
		"list at the top":     "- x" + image,
		"scalar at the top":   "x" + image,
		"does not parse":      "a: x" + image + "\nb: [",
		"template":            "a: x" + image + "\n{{ if }}",
		"version of YAML":     "%YAML 1.1\n---\na: x" + image,
		"value set elsewhere": "a: ghcr.io/acme/app:1.10" + image,
	} {
		facts[title] = fact{"", text + "\n", text + "\n"}
	}
	facts["another extension"] = fact{"a.json", "a: x" + image + "\n", "a: x" + image + "\n"}
	state(t, released, facts)
}
