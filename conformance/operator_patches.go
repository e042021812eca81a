package conformance

import (
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/resid"
)

const deletion = "apiVersion: v1\nkind: all\nmetadata:\n  name: all\n$patch: delete\n"

// sharded are the controllers of which Flux Operator makes one for each shard.
var sharded = []string{"source-controller", "kustomize-controller", "helm-controller"}

// shardKustomization makes the controllers of one shard of the manifests of the main ones.
func (i *fluxInstance) shardKustomization(shard string) types.Kustomization {
	kustomization := types.Kustomization{
		NameSuffix:        "-" + shard,
		CommonAnnotations: map[string]string{shardRole: "shard"},
		Patches:           []types.Patch{{Target: selectKind("(CustomResourceDefinition|ServiceAccount)"), Patch: deletion}},
	}
	for _, name := range sharded {
		if !slices.Contains(i.Spec.Components, name) {
			continue
		}
		own := name + "-" + shard
		kustomization.Resources = append(kustomization.Resources, "../"+name+".yaml")
		kustomization.Patches = append(kustomization.Patches, types.Patch{
			Target: selectNames("Deployment", name),
			Patch: replace("/spec/selector/matchLabels/app", own) + replace("/spec/template/metadata/labels/app", own) +
				argument("--watch-label-selector="+i.Spec.Sharding.Key+"="+shard),
		})
	}
	own := "source-controller-" + shard
	kustomization.Patches = append(kustomization.Patches,
		types.Patch{Target: selectNames("Service", "source-controller"), Patch: replace("/spec/selector/app", own)},
		types.Patch{
			Target: selectNames("Deployment", "source-controller"),
			Patch:  argument("--storage-adv-addr=" + own + ".$(RUNTIME_NAMESPACE).svc.cluster.local."),
		})
	return kustomization
}

// profiles are the patches that the fields of spec.cluster and spec.sharding stand for.
func (i *fluxInstance) profiles() []types.Patch {
	var patches []types.Patch
	flag := func(value string, names ...string) {
		patches = append(patches, types.Patch{Target: selectNames("Deployment", names...), Patch: argument(value)})
	}
	cluster := i.Spec.Cluster
	withIdentities := controllers[:6]
	if len(i.Spec.Sharding.Shards) > 0 {
		flag("--watch-label-selector=!"+i.Spec.Sharding.Key, sharded...)
		patches[0].Target.AnnotationSelector = "!" + shardRole
	}
	if cluster.Multitenant {
		flag("--no-cross-namespace-refs=true", controllers[1:]...)
		flag("--no-remote-bases=true", "kustomize-controller")
		flag("--default-service-account="+account(cluster.TenantDefaultServiceAccount), sharded[1:]...)
		patches = append(patches, types.Patch{
			Target: selectKind("Kustomization"),
			Patch:  "- {op: add, path: /spec/serviceAccountName, value: kustomize-controller}\n",
		})
	}
	flag(fmt.Sprintf("--feature-gates=ObjectLevelWorkloadIdentity=%t", cluster.ObjectLevelWorkloadIdentity), withIdentities...)
	if !cluster.ObjectLevelWorkloadIdentity {
		patches = append(patches, types.Patch{
			Target: selectNames("ClusterRole", controllerRole), Patch: "- {op: remove, path: /rules/11}\n"})
	}
	if cluster.MultitenantWorkloadIdentity {
		flag("--default-service-account="+account(cluster.TenantDefaultServiceAccount),
			"source-controller", "notification-controller", "image-reflector-controller", "image-automation-controller")
		flag("--default-decryption-service-account="+account(cluster.TenantDefaultDecryptionServiceAccount), "kustomize-controller")
		flag("--default-kubeconfig-service-account="+account(cluster.TenantDefaultKubeConfigServiceAccount), sharded[1:]...)
	}
	if cluster.NetworkPolicy != nil && !*cluster.NetworkPolicy {
		patches = append(patches, types.Patch{Target: selectKind("NetworkPolicy"), Patch: deletion})
	}
	return append(patches, types.Patch{
		Target: selectNames("ClusterRole", controllerRole),
		Patch:  `- {op: add, path: /rules/-, value: {apiGroups: [fluxcd.controlplane.io], resources: ["*"], verbs: ["*"]}}` + "\n",
	})
}

func account(name string) string {
	if name == "" {
		return "default"
	}
	return name
}

func selectKind(kind string) *types.Selector {
	return &types.Selector{ResId: resid.ResId{Gvk: resid.Gvk{Kind: kind}}}
}

func selectNames(kind string, names ...string) *types.Selector {
	selector := selectKind(kind)
	selector.Name = "(" + strings.Join(names, "|") + ")"
	return selector
}

func argument(value string) string {
	return fmt.Sprintf("- {op: add, path: /spec/template/spec/containers/0/args/-, value: %q}\n", value)
}

func replace(path, value string) string {
	return fmt.Sprintf("- {op: replace, path: %s, value: %q}\n", path, value)
}
