package conformance

import (
	"fmt"
	"os"
	"path/filepath"
)

// CheckParsers finds YAML that the parsers between Git and the API server read differently, and duplicate keys.
func CheckParsers(example *Example) []error {
	files, err := yamlFiles(example.Source)
	if err != nil {
		return []error{err}
	}
	var findings []error
	for _, file := range files {
		if hidden(file) {
			continue // nothing between Git and the API server reads it
		}
		text, err := os.ReadFile(filepath.Join(example.Source, file))
		if err != nil {
			return append(findings, err)
		}
		for _, problem := range parsersDisagree(text) {
			findings = append(findings, fmt.Errorf("%s: %w", file, problem))
		}
	}
	return findings
}

func parsersDisagree(text []byte) []error {
	first, err := parsers[0].parse(text)
	if err != nil {
		return []error{fmt.Errorf("%s: %w", parsers[0].name, err)}
	}
	var findings []error
	for _, other := range parsers[1:] {
		documents, err := other.parse(text)
		if err != nil {
			findings = append(findings, fmt.Errorf("%s: %w", other.name, err))
			continue
		}
		if len(documents) != len(first) {
			findings = append(findings, fmt.Errorf("%s reads %d documents, %s %d",
				parsers[0].name, len(first), other.name, len(documents)))
			continue
		}
		for index := range documents {
			if err := sameValue(first[index], documents[index]); err != nil {
				findings = append(findings, fmt.Errorf("document %d: %s and %s differ: %w",
					index+1, parsers[0].name, other.name, err))
			}
		}
	}
	return findings
}
