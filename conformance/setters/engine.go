package main

import (
	"context"
	"fmt"

	automationv1 "github.com/fluxcd/image-automation-controller/api/v1"
	"github.com/fluxcd/image-automation-controller/internal/policy"
	reflectorv1 "github.com/fluxcd/image-reflector-controller/api/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"cdk8s-flux-tenants/conformance"
)

// commit has image-automation-controller apply policies to a repository. What it does before and after is left out: finding
// the policies, and Git.
func commit(repository string, automation conformance.Object, policies []conformance.Object) error {
	scheme := runtime.NewScheme()
	if err := automationv1.AddToScheme(scheme); err != nil {
		return err
	}
	if err := reflectorv1.AddToScheme(scheme); err != nil {
		return err
	}
	asked, err := typed[*automationv1.ImageUpdateAutomation](scheme, automation)
	if err != nil {
		return err
	}
	var chosen []reflectorv1.ImagePolicy
	for _, object := range policies {
		one, err := typed[*reflectorv1.ImagePolicy](scheme, object)
		if err != nil {
			return err
		}
		chosen = append(chosen, *one)
	}
	_, err = policy.ApplyPolicies(context.Background(), repository, asked, chosen)
	return err
}

// typed reads an object as the controller would, and refuses a version or a field that the controller does not have.
func typed[Kind runtime.Object](scheme *runtime.Scheme, object conformance.Object) (kind Kind, err error) {
	empty, err := scheme.New(object.GroupVersionKind())
	if err != nil {
		return kind, fmt.Errorf("%s: %w", object, err)
	}
	kind, fits := empty.(Kind)
	if !fits {
		return kind, fmt.Errorf("%s is another kind than %T", object, kind)
	}
	return kind, runtime.DefaultUnstructuredConverter.FromUnstructuredWithValidation(object.Object, kind, true)
}
