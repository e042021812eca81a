package conformance

import (
	"strings"
	"testing"
)

func TestAStringIsRefused(t *testing.T) {
	table := map[string]string{
		"that one parser takes for a boolean": `{"yaml":"on","json":"on"}`,
		"that all parsers take for a number":  `{"yaml":"a: 1.10","json":{"a":"1.10"}}`,
		"with another value":                  `{"yaml":"a","json":"b"}`,
		"that does not parse":                 `{"yaml":"[","json":"["}`,
		"of two documents":                    `{"yaml":"a\n---\nb","json":"a"}`,
		"without its value":                   `{"yaml":"a"}`,
	}
	for name, line := range table {
		t.Run(name, func(t *testing.T) {
			count, findings := CheckStrings(strings.NewReader(line + "\n"))
			if count != 1 || len(findings) == 0 {
				t.Errorf("%d pairs, findings %v", count, findings)
			}
		})
	}
}

func TestAStringIsAccepted(t *testing.T) {
	lines := `{"yaml":"\"on\"","json":"on"}
{"yaml":"a: 1e3","json":{"a":1000}}
{"yaml":"null","json":null}
`
	count, findings := CheckStrings(strings.NewReader(lines))
	fail(t, findings)
	if count != 3 {
		t.Errorf("%d pairs, want 3", count)
	}
}

func TestAMissingInputIsAFailureThatNamesTheTask(t *testing.T) {
	for _, variable := range []string{reposVariable, stringsVariable} {
		t.Setenv(variable, "")
		if _, err := input(variable); err == nil || !strings.Contains(err.Error(), "npm run conformance") {
			t.Errorf("%s: %v", variable, err)
		}
	}
}
