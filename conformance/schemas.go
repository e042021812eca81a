package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structural "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// Kind is what the API server knows about one kind of object.
type Kind struct {
	Scope  string          `json:"scope"`
	Schema json.RawMessage `json:"schema"`

	definitions map[string]any
	compiled    *compiledKind
}

// compiledKind holds the validators that the API server builds from a CustomResourceDefinition.
type compiledKind struct {
	structural *structural.Structural
	values     validation.SchemaValidator
	rules      *cel.Validator
}

// Schemas are the kinds that a cluster serves, by "<apiVersion>/<Kind>".
type Schemas struct {
	custom map[string]*Kind
	core   map[string]*Kind
}

// LoadSchemas reads the tables of kinds from dir. That of Flux Operator is written by hand, and holds what the library
// writes.
func LoadSchemas(dir string) (*Schemas, error) {
	schemas := &Schemas{map[string]*Kind{}, map[string]*Kind{}}
	for name, kinds := range map[string]map[string]*Kind{
		"crds.json": schemas.custom, "flux-operator.json": schemas.custom, "kubernetes.json": schemas.core,
	} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		table := map[string]*Kind{}
		shared := struct {
			Definitions map[string]any `json:"$defs"`
		}{}
		if err := errors.Join(json.Unmarshal(text, &table), json.Unmarshal(text, &shared)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		delete(table, "$defs")
		for key, kind := range table {
			kind.definitions = shared.Definitions
			if kind.Scope != "Namespaced" && kind.Scope != "Cluster" {
				return nil, fmt.Errorf("%s: %s has scope %q", name, key, kind.Scope)
			}
		}
		maps.Copy(kinds, table)
	}
	return schemas, nil
}

// compile builds the validators on first use: most kinds of the table are in no example.
func (k *Kind) compile() (*compiledKind, error) {
	if k.compiled != nil {
		return k.compiled, nil
	}
	whole, err := withoutReferences(k.Schema, k.definitions)
	if err != nil {
		return nil, err
	}
	published := apiextensionsv1.JSONSchemaProps{}
	if err := json.Unmarshal(whole, &published); err != nil {
		return nil, err
	}
	props := apiextensions.JSONSchemaProps{}
	err = apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(&published, &props, nil)
	if err != nil {
		return nil, err
	}
	tree, err := structural.NewStructural(&props)
	if err != nil {
		return nil, err
	}
	if err := defaulting.PruneDefaults(tree); err != nil {
		return nil, err
	}
	values, _, err := validation.NewSchemaValidator(&props)
	if err != nil {
		return nil, err
	}
	k.compiled = &compiledKind{tree, values, cel.NewValidator(tree, true, celconfig.PerCallLimit)}
	return k.compiled, nil
}

// withoutReferences writes each definition where it is referred to: structural schemas have no references.
func withoutReferences(schema json.RawMessage, definitions map[string]any) (json.RawMessage, error) {
	var value any
	if err := json.Unmarshal(schema, &value); err != nil {
		return nil, err
	}
	value, err := resolve(value, definitions, 0)
	if err != nil {
		return nil, err
	}
	return json.Marshal(value)
}

func resolve(value any, definitions map[string]any, depth int) (any, error) {
	if depth > 100 {
		return nil, errors.New("a definition refers to itself")
	}
	var err error
	switch typed := value.(type) {
	case []any:
		whole := make([]any, len(typed))
		for index, item := range typed {
			if whole[index], err = resolve(item, definitions, depth+1); err != nil {
				return nil, err
			}
		}
		return whole, nil
	case map[string]any:
		if reference, ok := typed["$ref"].(string); ok {
			target, known := definitions[strings.TrimPrefix(reference, "#/$defs/")]
			if !known {
				return nil, fmt.Errorf("no definition for %q", reference)
			}
			return resolve(target, definitions, depth+1)
		}
		whole := map[string]any{}
		for key, item := range typed {
			if whole[key], err = resolve(item, definitions, depth+1); err != nil {
				return nil, err
			}
		}
		return whole, nil
	}
	return value, nil
}
