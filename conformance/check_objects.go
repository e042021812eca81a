package conformance

import (
	"encoding/json"
	"fmt"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes/scheme"
)

// CheckObjects validates every object of every file and build against the kinds that a cluster serves.
func CheckObjects(schemas *Schemas) Check {
	return func(example *Example) []error {
		objects, findings := allObjects(example)
		judged := map[string]bool{}
		for _, object := range objects {
			if object.GetKind() == "CustomResourceDefinition" && object.GetLabels()[componentLabel] != "" {
				continue // of the stand-in for Flux's own manifests, which says no more than its name
			}
			text, err := json.Marshal(object.Object)
			if err != nil {
				return append(findings, fmt.Errorf("%s: %w", object, err))
			}
			if judged[string(text)] {
				continue
			}
			judged[string(text)] = true
			for _, problem := range schemas.validate(object) {
				findings = append(findings, fmt.Errorf("%s: %w", object, problem))
			}
		}
		return append(findings, schemas.misplaced(example)...)
	}
}

func (s *Schemas) validate(object Object) []error {
	key := object.GetAPIVersion() + "/" + object.GetKind()
	if kind := s.custom[key]; kind != nil {
		return validateCustom(kind, object.Unstructured)
	}
	kind := s.core[key]
	if kind == nil || !scheme.Scheme.Recognizes(schema.FromAPIVersionAndKind(object.GetAPIVersion(), object.GetKind())) {
		return []error{fmt.Errorf("unknown kind %q", key)}
	}
	return validateCore(kind, object.Unstructured)
}

// misplaced finds namespaced objects that reach a cluster without a namespace: Flux refuses to apply them.
func (s *Schemas) misplaced(example *Example) []error {
	var findings []error
	for _, cluster := range example.Clusters {
		for _, object := range cluster.Objects() {
			key := object.GetAPIVersion() + "/" + object.GetKind()
			kind := s.custom[key]
			if kind == nil {
				kind = s.core[key]
			}
			if kind != nil && kind.Scope == "Namespaced" && object.GetNamespace() == "" {
				findings = append(findings, fmt.Errorf("cluster %s: %s has no namespace", cluster.Name, object))
			}
		}
	}
	return findings
}
