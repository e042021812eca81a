package conformance

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/kustomize/kyaml/fieldmeta"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

const marker = "$imagepolicy"

// setterSuffixes are what a marker may append to the policy's name, and all that Flux registers for it.
var setterSuffixes = []string{"", ":tag", ":name", ":digest"}

// setterSchema registers the setters of the policies, given as "namespace:name", in the form that kyaml looks up.
func setterSchema(policies []string) *spec.Schema {
	definitions := spec.Definitions{}
	for _, policy := range policies {
		for _, suffix := range setterSuffixes {
			definitions[fieldmeta.SetterDefinitionPrefix+policy+suffix] = spec.Schema{}
		}
	}
	return &spec.Schema{SchemaProps: spec.SchemaProps{Definitions: definitions}}
}

// setterOf returns the setter of the schema that kyaml takes the comment of a node for, or "".
func setterOf(node *yaml.Node, schema *spec.Schema) (string, error) {
	fieldmeta.SetShortHandRef(marker)
	meta := fieldmeta.FieldMeta{SettersSchema: schema}
	if err := meta.Read(yaml.NewRNode(node)); err != nil {
		return "", err
	}
	return strings.TrimPrefix(meta.Schema.Ref.String(), fieldmeta.DefinitionsPrefix+fieldmeta.SetterDefinitionPrefix), nil
}

// markedValues returns, by line, the scalar values whose line comment speaks of image policies. Keys are left out:
// the setters only visit values.
func markedValues(text []byte) (map[int]*yaml.Node, error) {
	found := map[int]*yaml.Node{}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	for {
		document := &yaml.Node{}
		err := decoder.Decode(document)
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		visitValues(document, func(scalar *yaml.Node) {
			if strings.Contains(scalar.LineComment, marker) {
				found[scalar.Line] = scalar
			}
		})
	}
}

func visitValues(node *yaml.Node, visit func(*yaml.Node)) {
	switch node.Kind {
	case yaml.ScalarNode:
		visit(node)
	case yaml.MappingNode:
		for index := 1; index < len(node.Content); index += 2 {
			visitValues(node.Content[index], visit)
		}
	case yaml.DocumentNode, yaml.SequenceNode:
		for _, child := range node.Content {
			visitValues(child, visit)
		}
	}
}
