package conformance

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
)

// reconciler names the controller of each kind.
var reconciler = map[string]string{
	"GitRepository": "source-controller", "OCIRepository": "source-controller", "Bucket": "source-controller",
	"HelmRepository": "source-controller", "HelmChart": "source-controller",
	"Kustomization": "kustomize-controller", "HelmRelease": "helm-controller",
	"Alert": "notification-controller", "Provider": "notification-controller", "Receiver": "notification-controller",
	"ImageRepository": "image-reflector-controller", "ImagePolicy": "image-reflector-controller",
	"ImageUpdateAutomation": "image-automation-controller", "ArtifactGenerator": "source-watcher",
}

// CheckShards finds objects that no controller reconciles, or two, and instances of controllers that get in each
// other's way.
func CheckShards(example *Example) []error {
	var findings []error
	for _, cluster := range example.Clusters {
		instances, objects := instancesOf(cluster), cluster.Objects()
		var problems []string
		for _, own := range instances {
			problems = append(problems, wrongInstance(cluster, own, instances)...)
		}
		for _, object := range cluster.installed() {
			if object.GetAnnotations()[shardRole] != "" && object.GetKind() != "Deployment" && object.GetKind() != "Service" {
				problems = append(problems, fmt.Sprintf("%s is there once more for a shard", object))
			}
		}
		for _, object := range objects {
			problems = append(problems, unreconciled(object, objects, instances)...)
		}
		for _, problem := range problems {
			findings = append(findings, fmt.Errorf("cluster %s: %s", cluster.Name, problem))
		}
	}
	return findings
}

// wrongInstance finds what an instance of a controller lacks, or shares with another one.
func wrongInstance(cluster *Cluster, own instance, all []instance) []string {
	var problems []string
	report := func(format string, values ...any) {
		problems = append(problems, own.GetName()+" "+fmt.Sprintf(format, values...))
	}
	selector, _, _ := unstructured.NestedStringMap(own.Object.Object, "spec", "selector", "matchLabels")
	if chosen := podsOf(selector, all); len(chosen) != 1 || chosen[0] != own.GetName() {
		report("selects the pods of %v", chosen)
	}
	account, _, _ := unstructured.NestedString(own.Object.Object, "spec", "template", "spec", "serviceAccountName")
	if find(cluster, "ServiceAccount", account) == nil {
		report("has the service account %q, which is not there", account)
	}
	if own.controller != "source-controller" {
		return problems
	}
	address, _, _ := strings.Cut(own.last("--storage-adv-addr"), ".")
	service := find(cluster, "Service", address)
	if service == nil {
		report("serves its artifacts at %q, which is no Service", address)
		return problems
	}
	selector, _, _ = unstructured.NestedStringMap(service.Object, "spec", "selector")
	if chosen := podsOf(selector, all); len(chosen) != 1 || chosen[0] != own.GetName() {
		report("serves its artifacts at Service %s, which leads to %v", address, chosen)
	}
	return problems
}

// podsOf names the instances whose pods a selector chooses; an empty one chooses all.
func podsOf(selector map[string]string, all []instance) []string {
	var names []string
	for _, one := range all {
		if labels.SelectorFromSet(selector).Matches(one.pods) {
			names = append(names, one.GetName())
		}
	}
	return names
}

func find(cluster *Cluster, kind, name string) *Object {
	for _, object := range cluster.installed() {
		if object.GetKind() == kind && object.GetName() == name && object.GetNamespace() == fluxSystem {
			return &object
		}
	}
	return nil
}

// unreconciled finds objects of Flux that not exactly one instance reconciles, and charts whose repository another one does.
func unreconciled(object Object, objects []Object, instances []instance) []string {
	controller, known := reconciler[object.GetKind()]
	if !known || !isFlux(object) {
		return nil
	}
	own := instancesFor(controller, object.GetLabels(), instances)
	if len(own) != 1 {
		return []string{fmt.Sprintf("%s with labels %v is reconciled by %v", object, object.GetLabels(), own)}
	}
	if name := object.GetLabels()[shardLabel]; name != "" && slices.Contains(sharded, controller) && own[0] != controller+"-"+name {
		return []string{fmt.Sprintf("%s is on shard %q, and reconciled by %v", object, name, own)}
	}
	chart, isRelease := object.Object, object.GetKind() == "HelmRelease"
	if isRelease {
		chart, _, _ = unstructured.NestedMap(object.Object, "spec", "chart")
	}
	if chart == nil || !isRelease && object.GetKind() != "HelmChart" {
		return nil
	}
	set, _, _ := unstructured.NestedStringMap(chart, "metadata", "labels")
	ref, _, _ := unstructured.NestedStringMap(chart, "spec", "sourceRef")
	for _, source := range objects {
		if source.GetKind() != ref["kind"] || source.GetName() != ref["name"] || source.GetNamespace() != object.GetNamespace() {
			continue
		}
		ofChart := instancesFor("source-controller", set, instances)
		ofSource := instancesFor("source-controller", source.GetLabels(), instances)
		if !slices.Equal(ofChart, ofSource) {
			return []string{fmt.Sprintf("the chart of %s is fetched by %v, its repository by %v", object, ofChart, ofSource)}
		}
	}
	return nil
}

func instancesFor(controller string, set map[string]string, instances []instance) []string {
	names := []string{}
	for _, one := range instances {
		if one.controller != controller {
			continue
		}
		if selected, err := one.selects(set); err != nil {
			names = append(names, err.Error())
		} else if selected {
			names = append(names, one.GetName())
		}
	}
	return names
}
