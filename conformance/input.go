package conformance

import (
	"fmt"
	"os"
)

const (
	reposVariable   = "CONFORMANCE_REPOS"
	stringsVariable = "CONFORMANCE_STRINGS"
	schemasVariable = "CONFORMANCE_SCHEMAS"
)

// input returns the path that a variable holds; a missing input is a failure, because a skipped judge approves all.
func input(variable string) (string, error) {
	value := os.Getenv(variable)
	if value == "" {
		return "", fmt.Errorf("%s is not set; the npm task 'conformance' sets it: run 'npm run conformance'", variable)
	}
	_, err := os.Stat(value)
	return value, err
}

// schemasDirectory holds the table of kinds that the TypeScript tests validate against, too.
func schemasDirectory() string {
	if dir := os.Getenv(schemasVariable); dir != "" {
		return dir
	}
	return "../test/schemas"
}
