package conformance

import "fmt"

// CheckDuplicates finds objects that two Flux Kustomizations of a cluster would fight over.
func CheckDuplicates(example *Example) []error {
	type identity struct{ group, kind, namespace, name string }
	var findings []error
	for _, cluster := range example.Clusters {
		owner := map[identity]string{}
		for _, object := range cluster.Operated {
			kind := object.GroupVersionKind()
			owner[identity{kind.Group, kind.Kind, object.GetNamespace(), object.GetName()}] = "Flux Operator"
		}
		for _, sync := range cluster.Syncs {
			from := "Kustomization " + sync.key()
			for _, object := range sync.Applied {
				kind := object.GroupVersionKind()
				id := identity{kind.Group, kind.Kind, object.GetNamespace(), object.GetName()}
				if other, taken := owner[id]; taken {
					findings = append(findings, fmt.Errorf("cluster %s: %s %s/%s comes from %s and from %s",
						cluster.Name, kind.GroupKind(), id.namespace, id.name, other, from))
				}
				owner[id] = from
			}
		}
	}
	return findings
}
