package conformance

import "testing"

func TestTheRightsOfControllersAreRefused(t *testing.T) {
	const provider = "  image: ghcr.io/acme/podinfo\n"
	reject(t, CheckLockdown, []broken{
		{"when they create tokens that no object needs", lock, "- op: remove\n        path: /rules/11", "- op: test\n        path: /rules/11/verbs/0\n        value: create",
			"its controllers may create tokens of any service account"},
		{"when they lack another rule instead", lock, "path: /rules/11\n    target", "path: /rules/10\n    target", "lost the rule {apiGroups: [coordination.k8s.io]"},
		{"when the rule to remove is elsewhere", lock, "path: /rules/11/resources", "path: /rules/10/resources", "does not build: "},
		{"when an object needs a token", images, provider, provider + "  provider: aws\n", "may create no token, which"},
	})
	rejectIn(t, soundClusters, CheckLockdown, []broken{
		{"when they create tokens that no object needs", instanceAt, "remove, path: /rules/11}", "test, path: /rules/11/verbs/0, value: create}",
			"cluster remote: its controllers may create tokens"},
		{"when they lack another rule instead", instanceAt, "path: /rules/11", "path: /rules/10", "cluster remote: its controllers lost the rule"},
	})
}

func TestAFluxInstanceIsRefused(t *testing.T) {
	rejectIn(t, soundClusters, CheckLockdown, []broken{
		{"of another name", instanceAt, "name: flux\n", "name: fleet\n", "ignored unless it is flux-system/flux"},
		{"of another namespace", instanceAt, "namespace: flux-system", "namespace: default", "ignored unless it is flux-system/flux"},
		{"of another release", instanceAt, "2.9.x", "2.x", "the lockdown is for Flux 2.9"},
		{"without multitenancy", instanceAt, "multitenant: true", "multitenant: false", "cluster remote: kustomize-controller lacks --no-remote-bases=true"},
		{"without multitenancy, on a shard, too", instanceAt, "multitenant: true", "multitenant: false", "kustomize-controller-blue lacks --no-remote-bases=true"},
		{"without an account for flux-system", instanceAt, "multitenant: true", "multitenant: false", "flux-system/flux-system has no serviceAccountName"},
		{"without default accounts of clouds", instanceAt, "multitenantWorkloadIdentity: true", "multitenantWorkloadIdentity: false",
			"source-controller-blue lacks --default-service-account=default"},
		{"with them, and without the gate", instanceAt, "objectLevelWorkloadIdentity: true", "objectLevelWorkloadIdentity: false", "needs objectLevelWorkloadIdentity"},
		{"with another default account", instanceAt, "networkPolicy: true", "tenantDefaultServiceAccount: flux", "helm-controller has [--default-service-account=flux]"},
		{"with another default account to decrypt", instanceAt, "networkPolicy: true", "tenantDefaultDecryptionServiceAccount: sops", "want --default-decryption-service-account=default"},
		{"with another default account of kubeconfigs", instanceAt, "networkPolicy: true", "tenantDefaultKubeConfigServiceAccount: x", "want --default-kubeconfig-service-account=default"},
		{"without network policies", instanceAt, "networkPolicy: true", "networkPolicy: false", "has no NetworkPolicy"},
		{"with a flag set a second time", instanceAt, "- {op: remove, path: /rules/11}\n        target:\n          kind: ClusterRole\n          name: crd-controller-flux-system",
			"- {op: add, path: /spec/template/spec/containers/0/args/-, value: --no-remote-bases=false}\n        target:\n          kind: Deployment\n          name: kustomize-controller",
			"want --no-remote-bases=true once"},
		{"with a patch for a namespace", instanceAt, "kind: ClusterRole", "namespace: flux-system\n          kind: ClusterRole", "target without namespace"},
		{"with a patch that meets no object", instanceAt, "kind: ClusterRole", "kind: Role", "meets no object"},
		{"without a core controller", instanceAt, "    - helm-controller\n", "", "in Deployment helm-controller"},
		{"that follows another repository", instanceAt, "acme/fleet-infra", "acme/apps", "which is not fleet-infra"},
		{"that follows another path", instanceAt, "clusters/remote", "clusters/nowhere", "is not a directory"},
	})
}

func TestAShardIsRefused(t *testing.T) {
	rejectIn(t, soundClusters, CheckLockdown, []broken{
		{"without the lockdown", lock, "      name: kustomize-controller\n", "      name: kustomize-controller\n      annotationSelector: \"!sharding.fluxcd.io/role\"\n",
			"kustomize-controller-blue lacks --no-remote-bases=true"},
		{"with definitions of its own", shard, "(CustomResourceDefinition|", "(", "does not build"},
	})
	rejectIn(t, soundClusters, CheckShards, []broken{
		{"without its objects left to it", lock, "!sharding.fluxcd.io/key\n", "!sharding.fluxcd.io/name\n",
			"is reconciled by [kustomize-controller kustomize-controller-blue]"},
		{"with the objects of others", shard, "--watch-label-selector=sharding.fluxcd.io/key=blue", "--concurrent=5", "is reconciled by [kustomize-controller kustomize-controller-blue]"},
		{"that others select", shard, "template/metadata/labels/app, value: helm-controller-blue", "template/metadata/labels/app, value: helm-controller", "helm-controller selects the pods of [helm-controller helm-controller-blue]"},
		{"with the artifacts of another", shard, "args/6, value: --storage-adv-addr=source-controller-blue", "args/6, value: --storage-adv-addr=source-controller",
			"source-controller-blue serves its artifacts at Service source-controller, which leads to [source-controller]"},
		{"with a Service that is not there", shard, "adv-addr=source-controller-blue", "adv-addr=source-controller-red", "which is no Service"},
		{"with a Service that leads to another", shard, "/spec/selector/app, value: source-controller-blue", "/spec/selector/app, value: source-controller", "which leads to [source-controller]"},
		{"with accounts of its own", shard, "|ServiceAccount", "", "is there once more for a shard"},
		{"with rights and quotas of its own", shard, "      labelSelector: ", "      kind: (Namespace|NetworkPolicy|Deployment|Service)\n      labelSelector: ",
			"ResourceQuota flux-system/critical-pods-flux-system-blue is there once more"},
		{"that another controller has no objects of", shard, "notin (source-controller,", "notin (source-watcher,source-controller,", "source-watcher selects the pods of [source-watcher source-watcher-blue]"},
		{"that no cluster runs", tenants, "key: blue", "key: red", "cluster prod: Kustomization flux-system/flux-system"},
		{"that Flux Operator does not run", instanceAt, "[blue]", "[red]", "cluster remote: Kustomization"},
		{"of another key", instanceAt, "shards: [blue]", "shards: [blue]\n    key: example.com/shard", "is on shard \"blue\", and reconciled by [kustomize-controller]"},
		{"that fetches a chart without its repository", releases, "      labels: {sharding.fluxcd.io/key: blue}", "      labels: {app: redis}",
			"HelmRelease.helm.toolkit.fluxcd.io team-a/redis is fetched by [source-controller], its repository by [source-controller-blue]"},
	})
}

func TestTheManifestsOfAnEarlierBootstrapAreRefused(t *testing.T) {
	rejectIn(t, soundClusters, CheckDuplicates, []broken{
		{"beside a FluxInstance", instanceList, "[flux-instance.yaml]", "[flux-instance.yaml, ../../prod/flux-system]",
			"helm-controller comes from Flux Operator and from Kustomization flux-system/flux-system"},
	})
}

func TestAControllerThatIsNotThereIsMissed(t *testing.T) {
	rejectIn(t, soundClusters, CheckShards, []broken{
		{"by the objects of a tenant", instanceAt, "    - image-reflector-controller\n", "", "is reconciled by []"},
	})
}

func TestAFluxInstanceThatTheApiServerDoesNotKnowIsRefused(t *testing.T) {
	rejectIn(t, soundClusters, objectsCheck(t), []broken{
		{"for a field", instanceAt, "  sharding:\n    shards", "  sharding:\n    names: [x]\n    shards", "unknown field \"spec.sharding.names\""},
		{"for a controller", instanceAt, "image-reflector-controller", "image-controller", "Unsupported value"},
		{"for its accounts without the gate", instanceAt, "objectLevelWorkloadIdentity: true", "objectLevelWorkloadIdentity: false", "needs objectLevelWorkloadIdentity"},
	})
}
