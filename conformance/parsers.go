package conformance

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"

	yamlv3 "gopkg.in/yaml.v3"
	"sigs.k8s.io/kustomize/kyaml/kio"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/yaml"
)

// A parser turns a YAML stream into one JSON text for each document that is not empty.
type parser struct {
	name  string
	parse func([]byte) ([][]byte, error)
}

var parsers = []parser{
	{"sigs.k8s.io/yaml", parseSigs},
	{"kyaml", parseKyaml},
	{"gopkg.in/yaml.v3", parseV3},
}

func parseSigs(text []byte) ([][]byte, error) {
	documents, err := splitDocuments(text)
	if err != nil {
		return nil, err
	}
	var parsed [][]byte
	for _, document := range documents {
		encoded, err := yaml.YAMLToJSONStrict(document)
		if err != nil {
			return nil, err
		}
		parsed = appendValue(parsed, encoded)
	}
	return parsed, nil
}

// parseKyaml also prints and reads each document again, as kustomize-controller does with the result of a build.
func parseKyaml(text []byte) ([][]byte, error) {
	reader := kio.ByteReader{Reader: bytes.NewReader(text), OmitReaderAnnotations: true, DisableUnwrapping: true}
	nodes, err := reader.Read()
	if err != nil {
		return nil, err
	}
	var parsed [][]byte
	for _, node := range nodes {
		encoded, err := kyamlValue(node)
		if err != nil {
			return nil, err
		}
		printed, err := node.String()
		if err != nil {
			return nil, err
		}
		again, err := yaml.YAMLToJSONStrict([]byte(printed))
		if err != nil {
			return nil, fmt.Errorf("as printed again: %w", err)
		}
		if err := sameValue(encoded, again); err != nil {
			return nil, fmt.Errorf("as printed again: %w", err)
		}
		parsed = appendValue(parsed, encoded)
	}
	return parsed, nil
}

func kyamlValue(node *kyaml.RNode) ([]byte, error) {
	if kind := node.YNode().Kind; kind == kyaml.MappingNode || kind == kyaml.SequenceNode {
		return node.MarshalJSON()
	}
	var value any
	if err := node.YNode().Decode(&value); err != nil {
		return nil, err
	}
	return json.Marshal(value)
}

func parseV3(text []byte) ([][]byte, error) {
	decoder := yamlv3.NewDecoder(bytes.NewReader(text))
	var parsed [][]byte
	for {
		var value any
		err := decoder.Decode(&value)
		if errors.Is(err, io.EOF) {
			return parsed, nil
		}
		if err != nil {
			return nil, err
		}
		encoded, err := json.Marshal(stringKeys(value))
		if err != nil {
			return nil, err
		}
		parsed = appendValue(parsed, encoded)
	}
}

// stringKeys names keys as sigs.k8s.io/yaml does, so that only a different reading counts as a difference.
func stringKeys(value any) any {
	switch typed := value.(type) {
	case map[any]any:
		named := map[string]any{}
		for key, item := range typed {
			named[fmt.Sprint(key)] = stringKeys(item)
		}
		return named
	case map[string]any:
		for key, item := range typed {
			typed[key] = stringKeys(item)
		}
	case []any:
		for index, item := range typed {
			typed[index] = stringKeys(item)
		}
	}
	return value
}

func appendValue(values [][]byte, value []byte) [][]byte {
	if string(bytes.TrimSpace(value)) == "null" {
		return values
	}
	return append(values, value)
}

// sameValue compares two JSON texts; numbers count by value, not by how they are written.
func sameValue(left, right []byte) error {
	a, err := canonical(left)
	if err != nil {
		return err
	}
	b, err := canonical(right)
	if err != nil {
		return err
	}
	if !bytes.Equal(a, b) {
		return fmt.Errorf("%.200s is not %.200s", a, b)
	}
	return nil
}

func canonical(text []byte) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return json.Marshal(exactNumbers(value))
}

func exactNumbers(value any) any {
	switch typed := value.(type) {
	case json.Number:
		if exact, ok := new(big.Rat).SetString(typed.String()); ok {
			return map[string]string{"number": exact.RatString()}
		}
	case map[string]any:
		for key, item := range typed {
			typed[key] = exactNumbers(item)
		}
	case []any:
		for index, item := range typed {
			typed[index] = exactNumbers(item)
		}
	}
	return value
}
