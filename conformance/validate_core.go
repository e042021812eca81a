package conformance

import (
	"encoding/json"

	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/api/validation/path"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/kubernetes/scheme"
)

var strictDecoder = serializer.NewCodecFactory(scheme.Scheme, serializer.EnableStrict).UniversalDeserializer()

// validateCore decodes an object into the Go type of its API, refusing unknown fields and values of another type,
// and validates required fields and list keys, of which a Go type knows nothing, by the API's published schema.
func validateCore(kind *Kind, object *unstructured.Unstructured) []error {
	text, err := json.Marshal(object.Object)
	if err != nil {
		return []error{err}
	}
	typed, _, err := strictDecoder.Decode(text, nil, nil)
	if err != nil {
		return []error{err}
	}
	compiled, err := kind.compile()
	if err != nil {
		return []error{err}
	}
	var findings []error
	for _, problem := range validateValues(kind, compiled, object.DeepCopy(), nameRule(object)) {
		findings = append(findings, problem)
	}
	if policy, ok := typed.(*admissionregistrationv1.ValidatingAdmissionPolicy); ok {
		findings = append(findings, compilePolicy(policy)...)
	}
	return findings
}

func nameRule(object *unstructured.Unstructured) apivalidation.ValidateNameFunc {
	kind := object.GroupVersionKind()
	switch {
	case kind.Group == "rbac.authorization.k8s.io":
		return path.ValidatePathSegmentName
	case kind.Group == "" && kind.Kind == "Namespace":
		return apivalidation.ValidateNamespaceName
	case kind.Group == "" && kind.Kind == "Service":
		return apivalidation.NameIsDNS1035Label
	}
	return apivalidation.NameIsDNSSubdomain
}
