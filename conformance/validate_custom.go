package conformance

import (
	"context"
	"fmt"

	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/validation/field"

	structural "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// validateCustom takes a custom resource through the API server's stages of a create request, in its order.
func validateCustom(kind *Kind, object *unstructured.Unstructured) []error {
	custom, err := kind.compile()
	if err != nil {
		return []error{err}
	}
	if problems := structural.ValidateStructural(nil, custom.structural); len(problems) > 0 {
		return []error{fmt.Errorf("the schema of the kind is not structural: %w", problems.ToAggregate())}
	}
	object = object.DeepCopy()
	unknown, err := unknownFields(custom.structural, object)
	if err != nil {
		return []error{err}
	}
	var findings []error
	for _, path := range unknown {
		findings = append(findings, fmt.Errorf("unknown field %q", path))
	}
	problems := validateValues(kind, custom, object, apivalidation.NameIsDNSSubdomain)
	problems = append(problems, objectmeta.Validate(nil, object.Object, custom.structural, false)...)
	// Rules are written for objects that have the right shape; on others they only repeat the same fault.
	if len(problems) == 0 && custom.rules != nil {
		broken, _ := custom.rules.Validate(context.Background(), nil, custom.structural, object.Object, nil,
			celconfig.RuntimeCELCostBudget)
		problems = append(problems, broken...)
	}
	for _, problem := range problems {
		findings = append(findings, problem)
	}
	return findings
}

// unknownFields removes the fields that the schema does not know and returns their paths.
func unknownFields(tree *structural.Structural, object *unstructured.Unstructured) ([]string, error) {
	_, _, unknown, err := objectmeta.GetObjectMetaWithOptions(object.Object,
		objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true})
	if err != nil {
		return nil, err
	}
	unknown = append(unknown, pruning.PruneWithOptions(object.Object, tree, true,
		structural.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})...)
	problem, embedded := objectmeta.CoerceWithOptions(nil, object.Object, tree, false,
		objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true})
	if problem != nil {
		return nil, problem
	}
	return append(unknown, embedded...), nil
}

// validateValues sets the defaults of an object and validates what it holds then.
func validateValues(kind *Kind, compiled *compiledKind, object *unstructured.Unstructured,
	name apivalidation.ValidateNameFunc) field.ErrorList {
	defaulting.PruneNonNullableNullsWithoutDefaults(object.Object, compiled.structural)
	defaulting.Default(object.Object, compiled.structural)
	// A file may leave the namespace to kustomize; what reaches a cluster without one is found apart.
	namespaced := kind.Scope == "Namespaced" && object.GetNamespace() != ""
	problems := apivalidation.ValidateObjectMetaAccessor(object, namespaced, name, field.NewPath("metadata"))
	problems = append(problems, validation.ValidateCustomResource(nil, object.Object, compiled.values)...)
	return append(problems, listtype.ValidateListSetsAndMaps(nil, compiled.structural, object.Object)...)
}
