package main

import (
	"strings"
	"testing"
)

// What the writer does to the rest of a file that it sets a value in: much of it nobody asked for.
func TestTheRestOfAFileIsRewritten(t *testing.T) {
	const before, after = "z: x" + tag + "\n", `z: "1.10"` + tag + "\n"
	facts := map[string]fact{
		"line ends":                     {"", "a: b\r\nz: x" + tag + "\r\n", "a: b\n" + after},
		"no line end":                   {"", strings.TrimSuffix(before, "\n"), after},
		"byte order mark":               {"", "\ufeff" + before, after},
		"separator at the start":        {"", "---\n" + before, after},
		"comment before the separator":  {"", "# a\n---\n" + before, after},
		"document that is a comment":    {"", before + "---\n# a\n---\nb: c\n", after + "---\nb: c\n"},
		"document that is null":         {"", before + "---\nnull\n---\nb: c\n", after + "---\nb: c\n"},
		"end of a document":             {"", before + "...\n", after},
		"annotations without any":       {"", "metadata:\n  annotations: {}\n  name: a\n" + before, "metadata:\n  name: a\n" + after},
		"item spacing, by the first":    {"", "a:\n- b\nc:\n  - d\n" + before, "a:\n- b\nc:\n- d\n" + after},
		"indentation":                   {"", "a:\n    b: c\n" + before, "a:\n  b: c\n" + after},
		"flow spacing":                  {"", "a: { b:  c }\n" + before, "a: {b: c}\n" + after},
		"blank lines":                   {"", "a: b\n\nc: d\n\n" + before, "a: b\nc: d\n" + after},
		"folded text":                   {"", "a: >-\n  b\n  c\n" + before, "a: >-\n  b c\n" + after},
		"merge key":                     {"", "a: &b\n  c: d\ne:\n  <<: *b\n" + before, "a: &b\n  c: d\ne:\n  !!merge <<: *b\n" + after},
		"emoji":                         {"", "a: \U0001F600\nb: |\n  \U0001F600\n" + before, `a: "\U0001F600"` + "\nb: \"\\U0001F600\\n\"\n" + after},
		"lines that end in spaces":      {"", "a: |\n  b \n  c\n" + before, "a: \"b \\nc\\n\"\n" + after},
		"null that is marked":           {"", "a: ~" + tag + "\n", "a: !!null 1.10" + tag + "\n"},
		"comment between key and value": {"", "a:\n  #" + tag[2:] + "\n  x\n", "a: \"1.10\"\n#" + tag[2:] + "\n"},
	}
	for title, kept := range map[string]string{
		"comments":          "# a\nb: c # d\n# e\n",
		"styles of text":    "a: \"b\"\nc: 'd'\ne: yes\nf: 0x10\ng: ~\nh:\ni: ''\n",
		"blocks":            "a: |+\n  b\n\nc: |-\n  d\ne: |2\n    f\n",
		"long lines":        "a: " + strings.Repeat("b ", 300) + "c\nd: \"" + strings.Repeat("e ", 300) + "f\"\n",
		"letters":           "a: ü\nb: \"ü\"\n",
		"item spacing":      "a:\n- b\n",
		"wide item spacing": "a:\n  - b\n",
		"order of keys":     "metadata:\n  name: a\nkind: B\napiVersion: v1\n",
		"documents":         "a: b\n---\nc: d\n---\n",
		"two equal keys":    "a: b\na: c\n",
	} {
		facts[title+" stay"] = fact{"", kept + before, kept + after}
	}
	state(t, released, facts)
}

// kyaml keeps its own notes in annotations, and takes those of a user's object for them.
func TestAnnotationsOfKyamlAreLost(t *testing.T) {
	facts := map[string]fact{}
	for _, annotation := range []string{
		"config.kubernetes.io/index: '7'",
		"internal.config.kubernetes.io/index: '7'",
		"config.kubernetes.io/path: a.yaml",
		"internal.config.kubernetes.io/path: a.yaml",
		"internal.config.kubernetes.io/seqindent: wide",
		"internal.config.kubernetes.io/annotations-migration-resource-id: '7'",
	} {
		facts[annotation] = fact{"",
			"metadata:\n  annotations:\n    " + annotation + "\n    keep: this\n  name: a\nb: x" + tag + "\n---\nb: c\n",
			"metadata:\n  annotations:\n    keep: this\n  name: a\nb: \"1.10\"" + tag + "\n---\nb: c\n"}
	}
	for _, annotation := range []string{
		"config.kubernetes.io/local-config: 'true'",
		"config.kubernetes.io/id: '7'",
		"internal.config.kubernetes.io/needs-hashing: 'true'",
		"internal.config.kubernetes.io/anything: 'true'",
		"config.kubernetes.io/merge-source: a",
	} {
		before := "metadata:\n  annotations:\n    " + annotation + "\n  name: a\n"
		facts[annotation+" stays"] = fact{"", before + "b: x" + tag + "\n", before + "b: \"1.10\"" + tag + "\n"}
	}
	const head, id = "metadata:\n  annotations:\n", "    internal.config.kubernetes.io/id: '7'\n"
	facts["an internal id gets company"] = fact{"",
		head + id + "b: x" + tag + "\n", head + id + "    config.k8s.io/id: '7'\nb: \"1.10\"" + tag + "\n"}
	state(t, released, facts)
}

// One object with a path that is not its own keeps the automation from all files: in any document of a file with a marker,
// even one of another policy.
func TestAnotherPathInAnAnnotationStopsEverything(t *testing.T) {
	const reason = "mismatched legacy and internal path annotations"
	for _, key := range []string{"config.kubernetes.io/path", "internal.config.kubernetes.io/path"} {
		annotated := "metadata:\n  annotations:\n    " + key + ": b.yaml\n  name: a\n"
		refuse(t, map[string]string{"apps/a.yaml": annotated + "b: x" + tag + "\n"}, setters("./apps"), reason)
		refuse(t, map[string]string{"apps/a.yaml": "b: x" + tag + "\n---\n" + annotated}, setters("./apps"), reason)
		refuse(t, map[string]string{
			"apps/a.yaml": "b: x" + tag + "\n",
			"apps/c.yaml": annotated + `b: x # {"$imagepolicy": "team:other"}` + "\n",
		}, setters("./apps"), reason)
		got, err := engine(t, map[string]string{"apps/a.yaml": "b: x" + name + "\n", "apps/c.yaml": annotated}, released, setters("./apps"))
		if err != nil {
			t.Error(err)
		}
		same(t, got, map[string]string{"apps/a.yaml": "b: ghcr.io/acme/app" + name + "\n", "apps/c.yaml": annotated})
	}
}
