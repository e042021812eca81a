package conformance

import (
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
)

const (
	shardLabel    = "sharding.fluxcd.io/key"
	shardRole     = "sharding.fluxcd.io/role"
	watchSelector = "--watch-label-selector"
)

// instance is a Deployment of a controller: the main one, or that of a shard.
type instance struct {
	Object
	controller string
	args       []string
	pods       labels.Set
}

func instancesOf(cluster *Cluster) []instance {
	var found []instance
	for _, object := range cluster.installed() {
		if object.GetKind() != "Deployment" || object.GetNamespace() != fluxSystem {
			continue
		}
		pods, _, _ := unstructured.NestedStringMap(object.Object, "spec", "template", "metadata", "labels")
		containers, _, _ := unstructured.NestedSlice(object.Object, "spec", "template", "spec", "containers")
		for _, container := range containers {
			if fields, ok := container.(map[string]any); ok && fields["name"] == "manager" {
				args, _, _ := unstructured.NestedStringSlice(fields, "args")
				found = append(found, instance{object, object.GetLabels()[componentLabel], args, pods})
			}
		}
	}
	return found
}

// last returns the value of a flag, of which the last one counts.
func (i instance) last(flag string) (value string) {
	for _, arg := range i.args {
		if name, rest, _ := strings.Cut(arg, "="); name == flag {
			value = rest
		}
	}
	return value
}

// selects tells whether the instance reconciles objects with these labels.
func (i instance) selects(set map[string]string) (bool, error) {
	selector, err := labels.Parse(i.last(watchSelector))
	if err != nil {
		return false, err
	}
	return selector.Matches(labels.Set(set)), nil
}

func isFlux(object Object) bool {
	return strings.HasSuffix(object.GroupVersionKind().Group, ".fluxcd.io")
}
