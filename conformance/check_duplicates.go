package conformance

import "fmt"

// CheckDuplicates finds objects that two Flux Kustomizations of a cluster would fight over.
func CheckDuplicates(example *Example) []error {
	type identity struct{ group, kind, namespace, name string }
	var findings []error
	for _, cluster := range example.Clusters {
		owner := map[identity]string{}
		for _, sync := range cluster.Syncs {
			for _, object := range sync.Applied {
				kind := object.GroupVersionKind()
				id := identity{kind.Group, kind.Kind, object.GetNamespace(), object.GetName()}
				if other, taken := owner[id]; taken {
					findings = append(findings, fmt.Errorf("cluster %s: %s %s/%s comes from Kustomization %s and from %s",
						cluster.Name, kind.GroupKind(), id.namespace, id.name, other, sync.key()))
				}
				owner[id] = sync.key()
			}
		}
	}
	return findings
}
