// Command builds tells what Flux makes of directories: it reads a question a line and writes an answer for each, both in
// JSON.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"cdk8s-flux-tenants/conformance"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "builds: "+err.Error())
		os.Exit(1)
	}
}

func run() error {
	questions := json.NewDecoder(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	for number := 1; ; number++ {
		var one conformance.BuildQuestion
		if err := questions.Decode(&one); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("question %d: %w", number, err)
		}
		given, err := one.Answers()
		if err != nil {
			return fmt.Errorf("question %d: %w", number, err)
		}
		if err := answers.Encode(given); err != nil {
			return err
		}
	}
}
