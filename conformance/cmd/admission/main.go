// Command admission tells which rules of the ValidatingAdmissionPolicies in a file each request on standard input breaks:
// a JSON list of requests, answered by one of lists.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"cdk8s-flux-tenants/conformance"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: admission <policies.yaml> < requests.json")
		os.Exit(64)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "admission: "+err.Error())
		os.Exit(1)
	}
}

func run(path string) error {
	admission, err := conformance.NewAdmission(path)
	if err != nil {
		return err
	}
	var requests []conformance.AdmissionRequest
	if err := json.NewDecoder(os.Stdin).Decode(&requests); err != nil {
		return err
	}
	answers := make([][]conformance.Refusal, len(requests))
	for i, request := range requests {
		if answers[i], err = admission.Refusals(request); err != nil {
			return fmt.Errorf("request %d: %w", i, err)
		}
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}
