package main

import "testing"

const sound = `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0",` +
	`"runs":[{"tool":{"driver":{"name":"x"}},"results":[{"message":{"text":"y"}}]}]}`

func TestAReportOfTheStandardPasses(t *testing.T) {
	if err := judge(sound); err != nil {
		t.Fatal(err)
	}
}

func TestAReportOutsideOfTheStandardFails(t *testing.T) {
	broken := map[string]string{
		"an unknown field":         `{"version":"2.1.0","runs":[],"extra":1}`,
		"a result without message": `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"ruleId":"y"}]}]}`,
		"a level that is none": `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},` +
			`"results":[{"level":"fatal","message":{"text":"y"}}]}]}`,
		"a line that is none": `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"message":{"text":"y"},` +
			`"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a"},"region":{"startLine":0}}}]}]}]}`,
	}
	for name, text := range broken {
		if judge(text) == nil {
			t.Errorf("%s must fail", name)
		}
	}
}
