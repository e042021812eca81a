package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

var setterName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*:[a-z0-9][a-z0-9.-]*(:tag|:name|:digest)?$`)

// CheckMarkers finds image policy markers that Flux would pass over without a word.
func CheckMarkers(example *Example) []error {
	policies, findings := imagePolicies(example)
	schema := setterSchema(policies)
	files, err := yamlFiles(example.Source)
	if err != nil {
		return append(findings, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(example.Source, file))
		if err != nil {
			return append(findings, err)
		}
		if !strings.Contains(string(text), marker) {
			continue
		}
		values, err := markedValues(text)
		if err != nil {
			findings = append(findings, fmt.Errorf("%s: %w", file, err))
			continue
		}
		// Without a file to go back to, the items of a list are written to files of their own.
		reader := kio.ByteReader{Reader: bytes.NewReader(text)}
		if _, err := reader.Read(); err == nil && reader.WrappingKind != "" {
			findings = append(findings, fmt.Errorf("%s: a setter does not write to the items of a %s", file, reader.WrappingKind))
		}
		for number, line := range strings.Split(string(text), "\n") {
			if !strings.Contains(line, marker) {
				continue
			}
			if err := deadMarker(values[number+1], schema); err != nil {
				findings = append(findings, fmt.Errorf("%s:%d: %w in %q", file, number+1, err, strings.TrimSpace(line)))
			}
		}
	}
	return findings
}

func deadMarker(value *yaml.Node, schema *spec.Schema) error {
	if value == nil {
		return fmt.Errorf("kyaml sees no line comment on a scalar value")
	}
	setters := map[string]string{}
	if err := json.Unmarshal([]byte(strings.TrimPrefix(value.LineComment, "#")), &setters); err != nil {
		return fmt.Errorf("the comment is not exactly one JSON object of strings (%w)", err)
	}
	if !setterName.MatchString(setters[marker]) {
		return fmt.Errorf("%q is not <namespace>:<name>[:tag|:name|:digest]", setters[marker])
	}
	setter, err := setterOf(value, schema)
	if err == nil && setter == "" {
		err = fmt.Errorf("%s has no ImagePolicy for %q", fleet, setters[marker])
	}
	return err
}

// imagePolicies lists the image policies of the fleet repository as "namespace:name", as it stands in files (for
// policies no cluster applies yet) and as clusters apply it (for namespaces that kustomize sets).
func imagePolicies(example *Example) ([]string, []error) {
	objects, findings := fileObjects(filepath.Join(example.Source, fleet))
	for _, cluster := range example.Clusters {
		objects = append(objects, cluster.Objects()...)
	}
	var policies []string
	for _, object := range objects {
		kind := object.GroupVersionKind()
		if kind.Group == "image.toolkit.fluxcd.io" && kind.Kind == "ImagePolicy" {
			policies = append(policies, object.GetNamespace()+":"+object.GetName())
		}
	}
	slices.Sort(policies)
	return slices.Compact(policies), findings
}
