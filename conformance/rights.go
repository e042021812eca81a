package conformance

import (
	"fmt"
	"reflect"
	"slices"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

const controllerRole = "crd-controller-flux-system"

var clouds = []string{"aws", "azure", "gcp"}

// wrongRights compares what the controllers may do by their own role with what the objects of the cluster need.
func wrongRights(cluster *Cluster) []string {
	rules, found := rulesOf(cluster)
	if !found {
		return []string{"has no ClusterRole " + controllerRole}
	}
	var problems []string
	for _, text := range controllerRules {
		var rule map[string]any
		if err := yaml.Unmarshal([]byte(text), &rule); err != nil {
			return []string{err.Error()}
		}
		if !grantsTokens(rule) && !slices.ContainsFunc(rules, func(kept any) bool { return reflect.DeepEqual(kept, any(rule)) }) {
			problems = append(problems, fmt.Sprintf("its controllers lost the rule %s", text))
		}
	}
	inNeed := slices.IndexFunc(cluster.Objects(), needsToken)
	switch may := slices.ContainsFunc(rules, grantsTokens); {
	case may && inNeed < 0:
		problems = append(problems, "its controllers may create tokens of any service account, and no object needs one")
	case !may && inNeed >= 0:
		problems = append(problems, fmt.Sprintf("its controllers may create no token, which %s needs", cluster.Objects()[inNeed]))
	}
	return problems
}

func rulesOf(cluster *Cluster) ([]any, bool) {
	for _, object := range cluster.installed() {
		if object.GetKind() == "ClusterRole" && object.GetName() == controllerRole {
			rules, found, _ := unstructured.NestedSlice(object.Object, "rules")
			return rules, found
		}
	}
	return nil, false
}

func grantsTokens(rule any) bool {
	fields, _ := rule.(map[string]any)
	resources, _, _ := unstructured.NestedStringSlice(fields, "resources")
	return slices.Contains(resources, "serviceaccounts/token")
}

// needsToken tells whether an object of Flux has an identity of a cloud, for which a token is exchanged.
func needsToken(object Object) bool {
	provider, _, _ := unstructured.NestedString(object.Object, "spec", "provider")
	_, secret, _ := unstructured.NestedMap(object.Object, "spec", "secretRef")
	return isFlux(object) && slices.Contains(clouds, provider) && !secret
}
