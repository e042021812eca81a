package main

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	// Carries the standard's schema, which it does not export; it judges its own structs only, not a text.
	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

const carrier = "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

// standardSchema is the JSON schema that OASIS publishes with SARIF 2.1.0.
func standardSchema() (string, error) {
	directory, err := exec.Command("go", "list", "-f", "{{.Dir}}", carrier).Output()
	if err != nil {
		return "", err
	}
	file := filepath.Join(strings.TrimSpace(string(directory)), "schema.go")
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		return "", err
	}
	schema := parsed.Scope.Lookup("schema")
	if schema == nil {
		return "", errors.New(carrier + " has no schema any more")
	}
	value := schema.Decl.(*ast.ValueSpec).Values[0].(*ast.BasicLit).Value
	return strconv.Unquote(value)
}
