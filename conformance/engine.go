package conformance

import "k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

// Engine writes what policies have chosen into a repository, as an ImageUpdateAutomation asks for. It is handed in, because
// only a module of its own may import the one of image-automation-controller: see setters/go.mod.
type Engine func(repository string, automation Object, policies []Object) error

// Latest is what a policy has chosen: its status.latestRef.
type Latest struct{ Name, Tag, Digest string }

// chosenBy returns a policy as image-reflector-controller leaves it in the cluster.
func (l Latest) chosenBy(policy Object) Object {
	latest := map[string]any{"name": l.Name, "tag": l.Tag}
	if l.Digest != "" {
		latest["digest"] = l.Digest
	}
	ready := Object{policy.DeepCopy(), policy.From}
	ready.Object["status"] = map[string]any{"latestRef": latest}
	return ready
}

// setters are the values that a marker can ask for, by what it says.
func (l Latest) setters(policy string) map[string]string {
	image := l.Name + ":" + l.Tag
	if l.Digest != "" {
		image += "@" + l.Digest
	}
	return map[string]string{policy: image, policy + ":tag": l.Tag, policy + ":name": l.Name, policy + ":digest": l.Digest}
}

// reflectsDigests tells whether the policy writes a digest beside the tag that it chooses.
func reflectsDigests(policy Object) bool {
	reflection, _, _ := unstructured.NestedString(policy.Object, "spec", "digestReflectionPolicy")
	return reflection != "" && reflection != "Never"
}
