package conformance

import (
	"context"
	"fmt"
	"os"

	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/admission"
	admissioncel "k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/generic"
	"k8s.io/apiserver/pkg/admission/plugin/policy/matching"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/cel/environment"
	listersv1 "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
)

// AdmissionRequest is one write that somebody asks the API server for: what is new has no old object, what is deleted no other.
type AdmissionRequest struct {
	Operation   string            `json:"operation"`
	Resource    string            `json:"resource"`
	Subresource string            `json:"subresource"`
	Object      map[string]any    `json:"object"`
	OldObject   map[string]any    `json:"oldObject"`
	Namespace   *corev1.Namespace `json:"namespace"` // as it is before the request
	Username    string            `json:"username"`
	Groups      []string          `json:"groups"`
}

// Refusal is a rule of a policy that a request breaks.
type Refusal struct {
	Policy  string `json:"policy"`
	Message string `json:"message"`
}

// Admission is the part of the API server that enforces ValidatingAdmissionPolicies.
type Admission struct{ policies []admissionPolicy }

type admissionPolicy struct {
	*admissionregistrationv1.ValidatingAdmissionPolicy
	validator validating.Validator
}

// NewAdmission takes the ValidatingAdmissionPolicies in a file.
func NewAdmission(path string) (*Admission, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	objects, err := decodeObjects(text, path)
	if err != nil {
		return nil, err
	}
	admission := &Admission{}
	for _, object := range objects {
		policy := &admissionregistrationv1.ValidatingAdmissionPolicy{}
		if err := runtime.DefaultUnstructuredConverter.FromUnstructuredWithValidation(object.Object, policy, true); err != nil {
			return nil, fmt.Errorf("%s: %w", object.GetName(), err)
		}
		validator, err := newValidator(policy)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", policy.Name, err)
		}
		admission.policies = append(admission.policies, admissionPolicy{withDefaults(policy), validator})
	}
	return admission, nil
}

// withDefaults fills in what the API server does when it stores a policy.
func withDefaults(policy *admissionregistrationv1.ValidatingAdmissionPolicy) *admissionregistrationv1.ValidatingAdmissionPolicy {
	equivalent := admissionregistrationv1.Equivalent
	constraints := policy.Spec.MatchConstraints
	constraints.MatchPolicy = &equivalent
	if constraints.NamespaceSelector == nil {
		constraints.NamespaceSelector = &metav1.LabelSelector{}
	}
	if constraints.ObjectSelector == nil {
		constraints.ObjectSelector = &metav1.LabelSelector{}
	}
	return policy
}

func newValidator(policy *admissionregistrationv1.ValidatingAdmissionPolicy) (validating.Validator, error) {
	if errs := compilePolicy(policy); len(errs) > 0 {
		return nil, errs[0]
	}
	compiler, err := admissioncel.NewCompositedCompiler(celEnvironment())
	if err != nil {
		return nil, err
	}
	declared := admissioncel.OptionalVariableDeclarations{HasAuthorizer: true}
	for _, variable := range policy.Spec.Variables {
		compiler.CompileAndStoreVariable(&validating.Variable{Name: variable.Name, Expression: variable.Expression},
			declared, environment.StoredExpressions)
	}
	var conditions []admissioncel.ExpressionAccessor
	for _, validation := range policy.Spec.Validations {
		conditions = append(conditions, &validating.ValidationCondition{
			Expression: validation.Expression, Message: validation.Message, Reason: validation.Reason,
		})
	}
	none := compiler.CompileCondition(nil, declared, environment.StoredExpressions)
	return validating.NewValidator(
		compiler.CompileCondition(conditions, declared, environment.StoredExpressions),
		nil, none, none, policy.Spec.FailurePolicy, nil,
	), nil
}

// Refusals tells which rules a request breaks.
func (a *Admission) Refusals(request AdmissionRequest) ([]Refusal, error) {
	attributes, err := attributesOf(request)
	if err != nil {
		return nil, err
	}
	interfaces := admission.NewObjectInterfacesFromScheme(runtime.NewScheme())
	matcher := generic.NewPolicyMatcher(matching.NewMatcher(namespaces(request.Namespace), nil))
	refusals := []Refusal{}
	for _, policy := range a.policies {
		matches, resource, kind, err := matcher.DefinitionMatches(attributes, interfaces,
			validating.NewValidatingAdmissionPolicyAccessor(policy.ValidatingAdmissionPolicy))
		if err != nil {
			return nil, err
		}
		if !matches {
			continue
		}
		versioned := &admission.VersionedAttributes{
			Attributes: attributes, VersionedKind: kind,
			VersionedObject: attributes.GetObject(), VersionedOldObject: attributes.GetOldObject(),
		}
		// To a policy, a namespace lies in none.
		namespaceObject := request.Namespace
		if isNamespace(request) {
			namespaceObject = nil
		}
		result := policy.validator.Validate(context.Background(), resource, versioned, nil, namespaceObject,
			celconfig.RuntimeCELCostBudget, nil)
		for _, decision := range result.Decisions {
			if decision.Action == validating.ActionDeny {
				refusals = append(refusals, Refusal{policy.Name, decision.Message})
			}
		}
	}
	return refusals, nil
}

func isNamespace(request AdmissionRequest) bool {
	return request.Resource == "namespaces"
}

var operationOptions = map[admission.Operation]runtime.Object{
	admission.Create: &metav1.CreateOptions{},
	admission.Update: &metav1.UpdateOptions{},
	admission.Delete: &metav1.DeleteOptions{},
}

func attributesOf(request AdmissionRequest) (admission.Attributes, error) {
	operation := admission.Operation(request.Operation)
	options, known := operationOptions[operation]
	if !known || (request.Object == nil) != (operation == admission.Delete) || (request.OldObject == nil) != (operation == admission.Create) {
		return nil, fmt.Errorf("no %q has these objects", request.Operation)
	}
	// An object that is not there is nil to the matchers, not a pointer to nothing.
	var object, old runtime.Object
	subject := &unstructured.Unstructured{Object: request.OldObject}
	if request.OldObject != nil {
		old = subject
	}
	if request.Object != nil {
		subject = &unstructured.Unstructured{Object: request.Object}
		object = subject
	}
	kind := subject.GroupVersionKind()
	resource := schema.GroupVersionResource{Group: kind.Group, Version: kind.Version, Resource: request.Resource}
	namespace := subject.GetNamespace()
	if isNamespace(request) {
		namespace = subject.GetName() // a namespace lies in itself
	}
	return admission.NewAttributesRecord(object, old, kind, namespace, subject.GetName(), resource, request.Subresource,
		operation, options, false, &user.DefaultInfo{Name: request.Username, Groups: request.Groups}), nil
}

func namespaces(namespace *corev1.Namespace) listersv1.NamespaceLister {
	indexer := cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{})
	if namespace != nil {
		_ = indexer.Add(namespace)
	}
	return listersv1.NewNamespaceLister(indexer)
}
