// Command sarif reads a report on standard input and fails unless it is SARIF 2.1.0, as the standard's own schema has it.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/xeipuuv/gojsonschema"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err == nil {
		err = judge(string(text))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "sarif: "+err.Error())
		os.Exit(1)
	}
}

func judge(report string) error {
	schema, err := standardSchema()
	if err != nil {
		return err
	}
	result, err := gojsonschema.Validate(
		gojsonschema.NewStringLoader(schema),
		gojsonschema.NewStringLoader(report),
	)
	if err != nil {
		return err
	}
	var broken []string
	for _, one := range result.Errors() {
		broken = append(broken, one.String())
	}
	if len(broken) > 0 {
		return errors.New(strings.Join(broken, "\n"))
	}
	return nil
}
