package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// CheckStrings reads pairs of a YAML text and the value that it stands for, and returns how many there were.
func CheckStrings(input io.Reader) (count int, findings []error) {
	decoder := json.NewDecoder(input)
	for {
		var pair struct {
			YAML *string         `json:"yaml"`
			JSON json.RawMessage `json:"json"`
		}
		err := decoder.Decode(&pair)
		if errors.Is(err, io.EOF) {
			return count, findings
		}
		count++
		if err == nil && (pair.YAML == nil || pair.JSON == nil) {
			err = errors.New("lacks yaml or json")
		}
		if err != nil {
			return count, append(findings, fmt.Errorf("pair %d: %w", count, err))
		}
		for _, parser := range parsers {
			if err := readsAs(parser, *pair.YAML, pair.JSON); err != nil {
				findings = append(findings, fmt.Errorf("pair %d: %s reads %q: %w", count, parser.name, *pair.YAML, err))
			}
		}
	}
}

func readsAs(parser parser, text string, want []byte) error {
	documents, err := parser.parse([]byte(text))
	if err != nil {
		return err
	}
	switch len(documents) {
	case 0:
		return sameValue([]byte("null"), want)
	case 1:
		return sameValue(documents[0], want)
	}
	return fmt.Errorf("%d documents", len(documents))
}
