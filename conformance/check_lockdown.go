package conformance

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// lockdown names, for each argument, all controllers that carry it. On the others each of them is fatal (an unknown
// flag or gate, or a default service account without workload identity), so their absence counts as much.
var lockdown = map[string][]string{
	"--no-cross-namespace-refs=true": {"kustomize-controller", "helm-controller", "notification-controller",
		"image-reflector-controller", "image-automation-controller", "source-watcher"},
	"--no-remote-bases=true":                           {"kustomize-controller"},
	"--feature-gates=ObjectLevelWorkloadIdentity=true": withIdentities,
	"--default-service-account=default":                withIdentities,
	"--default-decryption-service-account=default":     {"kustomize-controller"},
	"--default-kubeconfig-service-account=default":     {"kustomize-controller", "helm-controller"},
}

var withIdentities = []string{"kustomize-controller", "helm-controller", "source-controller", "notification-controller",
	"image-reflector-controller", "image-automation-controller"}

// CheckLockdown finds what a cluster leaves open to tenants after its own build.
func CheckLockdown(example *Example) []error {
	var findings []error
	for _, cluster := range example.Clusters {
		report := func(format string, values ...any) {
			findings = append(findings, fmt.Errorf("cluster %s: "+format, append([]any{cluster.Name}, values...)...))
		}
		if cluster.Syncs[0].Err != nil {
			report("does not build: %w", cluster.Syncs[0].Err)
			continue
		}
		instances := instancesOf(cluster)
		for _, controller := range cluster.components() {
			if !slices.ContainsFunc(instances, func(one instance) bool { return one.GetName() == controller }) {
				report("no container 'manager' with args in Deployment %s", controller)
			}
		}
		for _, instance := range instances {
			for _, problem := range wrongArgs(instance.controller, instance.args) {
				report("%s %s", instance.GetName(), problem)
			}
		}
		if !slices.ContainsFunc(cluster.installed(), func(o Object) bool { return o.GetKind() == "NetworkPolicy" }) {
			report("has no NetworkPolicy in %s, where the artifacts of all tenants are", fluxSystem)
		}
		for _, problem := range wrongRights(cluster) {
			report("%s", problem)
		}
		syncs := 0
		for _, sync := range cluster.Syncs {
			if sync.GetNamespace() != fluxSystem {
				continue
			}
			syncs++
			for _, problem := range platformProblems(sync) {
				report("Kustomization %s %s", sync.key(), problem)
			}
		}
		if syncs < 2 {
			report("its build holds no Kustomization of the platform but flux-system")
		}
	}
	return findings
}

// components are the controllers that the cluster must have.
func (c *Cluster) components() []string {
	if c.Operated != nil {
		return controllers[:4]
	}
	return controllers
}

func wrongArgs(controller string, args []string) []string {
	var problems []string
	for want, carriers := range lockdown {
		flag, _, _ := strings.Cut(want, "=")
		var got []string
		for _, arg := range args {
			// Gates may be given more than once: bootstrap itself opens one.
			if name, _, _ := strings.Cut(arg, "="); arg == want || name == flag && flag != "--feature-gates" {
				got = append(got, arg)
			}
		}
		switch carries := slices.Contains(carriers, controller); {
		case carries && len(got) == 0:
			problems = append(problems, "lacks "+want)
		case carries && (len(got) > 1 || got[0] != want):
			problems = append(problems, fmt.Sprintf("has %v, want %s once", got, want))
		case !carries && len(got) > 0:
			problems = append(problems, fmt.Sprintf("has %v, which is not for it", got))
		}
	}
	slices.Sort(problems)
	return problems
}

func platformProblems(sync *Sync) []string {
	var problems []string
	account, _, _ := unstructured.NestedString(sync.Object.Object, "spec", "serviceAccountName")
	switch {
	case account == "":
		problems = append(problems, "has no serviceAccountName")
	case sync.GetName() == fluxSystem && account != "kustomize-controller":
		problems = append(problems, fmt.Sprintf("has serviceAccountName %q, want kustomize-controller", account))
	}
	if _, found, err := unstructured.NestedBool(sync.Object.Object, "spec", "prune"); !found || err != nil {
		problems = append(problems, "does not set prune")
	}
	switch {
	case sync.Err != nil:
		problems = append(problems, sync.Err.Error())
	case sync.Root == "":
		problems = append(problems, "has a source outside of "+fleet)
	}
	return problems
}
