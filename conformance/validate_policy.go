package conformance

import (
	"fmt"
	"sync"

	"github.com/google/cel-go/cel"
	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	admissioncel "k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/cel/environment"
)

// expression is one CEL expression of an admission policy and the types that it may yield.
type expression struct {
	name, text string
	types      []*cel.Type
}

func (e expression) GetName() string          { return e.name }
func (e expression) GetExpression() string    { return e.text }
func (e expression) ReturnTypes() []*cel.Type { return e.types }

// The compilers cost more to build than all expressions of an example to compile; policies with variables need one each.
var plainCompiler = sync.OnceValue(func() admissioncel.Compiler { return admissioncel.NewCompiler(celEnvironment()) })

func celEnvironment() *environment.EnvSet {
	return environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion())
}

// compilePolicy compiles every expression of a policy in the environment in which the API server would.
func compilePolicy(policy *admissionregistrationv1.ValidatingAdmissionPolicy) []error {
	composed, err := admissioncel.NewCompositedCompiler(celEnvironment())
	if err != nil {
		return []error{err}
	}
	declared := admissioncel.OptionalVariableDeclarations{HasParams: policy.Spec.ParamKind != nil, HasAuthorizer: true}
	var findings []error
	report := func(path, text string, result admissioncel.CompilationResult) {
		if result.Error != nil {
			findings = append(findings, fmt.Errorf("%s: %s in %q", path, result.Error.Detail, text))
		}
	}
	compile := func(compiler admissioncel.Compiler, path, text string, types ...*cel.Type) {
		report(path, text, compiler.CompileCELExpression(expression{path, text, types}, declared, environment.NewExpressions))
	}
	for index, condition := range policy.Spec.MatchConditions {
		compile(plainCompiler(), fmt.Sprintf("spec.matchConditions[%d]", index), condition.Expression, cel.BoolType)
	}
	for index, variable := range policy.Spec.Variables {
		named := expression{variable.Name, variable.Expression, []*cel.Type{cel.AnyType, cel.DynType}}
		report(fmt.Sprintf("spec.variables[%d]", index), variable.Expression,
			composed.CompileAndStoreVariable(named, declared, environment.NewExpressions))
	}
	for index, validation := range policy.Spec.Validations {
		path := fmt.Sprintf("spec.validations[%d]", index)
		compile(composed, path, validation.Expression, cel.BoolType)
		if validation.MessageExpression != "" {
			compile(composed, path+".messageExpression", validation.MessageExpression, cel.StringType)
		}
	}
	for index, annotation := range policy.Spec.AuditAnnotations {
		compile(composed, fmt.Sprintf("spec.auditAnnotations[%d]", index), annotation.ValueExpression,
			cel.StringType, cel.NullType)
	}
	return findings
}
