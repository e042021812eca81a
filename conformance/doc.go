// Package conformance lets the tools of the field judge the repositories that the library writes: kustomize as
// Flux calls it, the API server's own validation of custom resources, the scheme of client-go, and the YAML parsers
// through which Flux reads a repository.
package conformance
