package conformance

import "fmt"

// CheckBuilds finds directories with a kustomization file that do not build, and paths that a cluster follows in vain.
func CheckBuilds(example *Example) []error {
	var findings []error
	builds, err := example.Builds()
	if err != nil {
		findings = append(findings, err)
	}
	for _, build := range builds {
		if build.Err != nil {
			findings = append(findings, fmt.Errorf("%s does not build: %w", build.Dir, build.Err))
		}
	}
	for _, cluster := range example.Clusters {
		for _, sync := range cluster.Syncs {
			if sync.Err != nil {
				findings = append(findings, fmt.Errorf("cluster %s: Kustomization %s: %w", cluster.Name, sync.key(), sync.Err))
			}
		}
	}
	return findings
}
