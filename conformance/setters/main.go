// Command setters lets image automation move every image of every example on, in the files themselves: give it copies.
// It prints what was written as JSON, and fails when that is not what a marker asks for.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"cdk8s-flux-tenants/conformance"
)

type report struct {
	Example string                    `json:"example"`
	Files   []conformance.ChangedFile `json:"files"`
}

func main() {
	if len(os.Args) != 3 {
		fail(64, "usage: setters <directory of examples> <seed>")
	}
	seed, err := strconv.ParseUint(os.Args[2], 10, 64)
	if err != nil {
		fail(64, "seed: "+err.Error())
	}
	examples, err := filepath.Glob(filepath.Join(os.Args[1], "*", "fleet-infra"))
	if err != nil || len(examples) == 0 {
		fail(66, "no example in "+os.Args[1])
	}
	refused := false
	reports := []report{}
	for _, fleet := range examples {
		example := filepath.Base(filepath.Dir(fleet))
		files, refusals := conformance.MoveImagesOn(filepath.Dir(fleet), seed, commit)
		for _, refusal := range refusals {
			refused = true
			fmt.Fprintf(os.Stderr, "%s: %v\n", example, refusal)
		}
		reports = append(reports, report{example, append([]conformance.ChangedFile{}, files...)})
	}
	if err := json.NewEncoder(os.Stdout).Encode(reports); err != nil {
		fail(74, err.Error())
	}
	if refused {
		os.Exit(1)
	}
}

func fail(status int, message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(status)
}
