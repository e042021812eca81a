package conformance

import (
	"bytes"
	"os"
	"path/filepath"

	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/kio/kioutil"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// This file stands in for image-automation-controller: which files it scans, what it takes for a marked field and how
// it writes a file back is re-created from its documented behaviour. Reading comments and YAML, and writing YAML, is kyaml's.

// Latest is what a policy has chosen: its status.latestRef.
type Latest struct{ Name, Tag, Digest string }

func (l Latest) setters(policy string) map[string]string {
	image := l.Name + ":" + l.Tag
	if l.Digest != "" {
		image += "@" + l.Digest
	}
	return map[string]string{policy: image, policy + ":tag": l.Tag, policy + ":name": l.Name, policy + ":digest": l.Digest}
}

// RunSetters writes the latest images of policies, by "namespace:name", into the marked fields below dir.
func RunSetters(dir string, latest map[string]Latest) error {
	var policies []string
	values := map[string]string{}
	for policy, image := range latest {
		policies = append(policies, policy)
		for setter, value := range image.setters(policy) {
			values[setter] = value
		}
	}
	schema := setterSchema(policies)
	return filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || !isScanned(path) {
			return err
		}
		before, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(before, []byte(`"`+marker+`"`)) {
			return err
		}
		after, changed, err := setFile(before, path, schema, values)
		if err != nil || !changed {
			return err
		}
		return os.WriteFile(path, after, 0o644)
	})
}

func isScanned(path string) bool {
	extension := filepath.Ext(path)
	return extension == ".yaml" || extension == ".yml" || filepath.Base(path) == "Kustomization"
}

// setFile returns the text with its marked fields set. A text that kyaml cannot read is left alone without a word, and
// so is a List: kyaml takes it apart, and its items do not know the file that they are from.
func setFile(text []byte, path string, schema *spec.Schema, values map[string]string) ([]byte, bool, error) {
	reader := kio.ByteReader{
		Reader:            bytes.NewReader(text),
		PreserveSeqIndent: true,
		SetAnnotations:    map[string]string{kioutil.PathAnnotation: path, kioutil.LegacyPathAnnotation: path},
	}
	documents, err := reader.Read()
	if err != nil || reader.WrappingKind != "" {
		return nil, false, nil
	}
	changed := false
	for _, document := range documents {
		visitValues(document.YNode(), func(scalar *yaml.Node) {
			setter, failure := setterOf(scalar, schema)
			if failure != nil {
				err = failure
			}
			if value, known := values[setter]; known && scalar.Value != value {
				setScalar(scalar, value)
				changed = true
			}
		})
	}
	if err != nil || !changed {
		return nil, false, err
	}
	var written bytes.Buffer
	writer := kio.ByteWriter{
		Writer:           &written,
		Sort:             true,
		ClearAnnotations: []string{kioutil.PathAnnotation, kioutil.LegacyPathAnnotation},
	}
	err = writer.Write(documents)
	return written.Bytes(), true, err
}

// setScalar keeps the quotes that are there, and adds some where the value would not be a string without.
func setScalar(scalar *yaml.Node, value string) {
	scalar.Value = value
	scalar.Tag = yaml.NodeTagString
	yaml.FormatNonStringStyle(scalar, spec.Schema{SchemaProps: spec.SchemaProps{Type: spec.StringOrArray{"string"}}})
}
