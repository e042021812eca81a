package conformance

import (
	"maps"
	"strings"
	"testing"
)

const (
	lock         = "fleet-infra/clusters/prod/flux-system/kustomization.yaml"
	shard        = "fleet-infra/clusters/prod/flux-system/blue/kustomization.yaml"
	instanceList = "fleet-infra/clusters/remote/flux-system/kustomization.yaml"
	instanceAt   = "fleet-infra/clusters/remote/flux-system/flux-instance.yaml"
	releases     = "fleet-infra/tenants/base/team-a/release.yaml"
	tenants      = "fleet-infra/clusters/prod/tenants.yaml"
	overlay      = "fleet-infra/tenants/production/team-a/kustomization.yaml"
	base         = "fleet-infra/tenants/base/team-a/kustomization.yaml"
	tenantSync   = "fleet-infra/tenants/base/team-a/sync.yaml"
	images       = "fleet-infra/tenants/base/team-a/images.yaml"
	namespace    = "fleet-infra/tenants/base/team-a/namespace.yaml"
	role         = "fleet-infra/infrastructure/tenancy/role.yaml"
	deployment   = "team-a/apps/team-a/deployment.yaml"
)

// broken replaces one text of one file, or the whole file where old is empty; want is a part of the finding.
type broken struct{ name, file, old, new, want string }

func TestTheSoundRepositoriesPassEveryCheck(t *testing.T) {
	accept(t, sound, 35)
	accept(t, soundClusters, 41, 37)
}

// accept wants each cluster to follow four Kustomizations to so many objects, and every check to find nothing.
func accept(t *testing.T, files map[string]string, objects ...int) {
	t.Helper()
	example := writeExample(t, files)
	checks := []Check{CheckBuilds, CheckLockdown, CheckShards, CheckDuplicates, objectsCheck(t), CheckParsers, CheckMarkers}
	for _, check := range checks {
		fail(t, check(example))
	}
	for index, cluster := range example.Clusters {
		if want := objects[index]; len(cluster.Syncs) != 4 || len(cluster.Objects()) != want {
			t.Errorf("cluster %s follows %d Kustomizations to %d objects, want 4 and %d",
				cluster.Name, len(cluster.Syncs), len(cluster.Objects()), want)
		}
	}
}

func reject(t *testing.T, check Check, table []broken) {
	t.Helper()
	rejectIn(t, sound, check, table)
}

func rejectIn(t *testing.T, sound map[string]string, check Check, table []broken) {
	t.Helper()
	for _, row := range table {
		t.Run(row.name, func(t *testing.T) {
			files := maps.Clone(sound)
			if row.old == "" {
				files[row.file] = row.new
			} else if files[row.file] = strings.Replace(files[row.file], row.old, row.new, 1); files[row.file] == sound[row.file] {
				t.Fatalf("%s does not hold %q", row.file, row.old)
			}
			findings := check(writeExample(t, files))
			wantFinding(t, findings, row.want)
		})
	}
}

func wantFinding(t *testing.T, findings []error, want string) {
	t.Helper()
	for _, finding := range findings {
		if strings.Contains(finding.Error(), want) {
			return
		}
	}
	t.Errorf("no finding says %q: %v", want, findings)
}

func TestABuildIsRefused(t *testing.T) {
	reject(t, CheckBuilds, []broken{
		{"with a remote base", overlay, "../../base/team-a", "https://github.com/acme/base", "remote base"},
		{"with a remote file", overlay, "../../base/team-a", "https://git.example/base.yaml", "remote base"},
		{"with a remote patch", overlay, "  - patch: |", "  - path: https://git.example/patch.yaml\n  - patch: |", "remote base"},
		{"with a patch that meets no object", overlay, "kind: Kustomization\n      name: team-a", "kind: HelmRelease", "meets no object"},
		{"with a base outside of the repository", overlay, "../../base/team-a", "../../../../team-a/apps/team-a", "outside"},
		{"with a missing resource", base, "sync.yaml", "absent.yaml", "missing"},
		{"with an unknown field", overlay, "patches:", "patchs:", "unknown field"},
		{"with a patch that has no place", overlay, "/spec/interval", "/spec/none/interval", "does not build"},
		{"with an object named twice", base, "- sync.yaml", "- sync.yaml\n  - again", "build"},
		{"when spec.path is absent", tenantSync, "./apps/team-a", "./apps/team-b", "is not a directory"},
		{"with a variable that has no value", tenantSync, "  targetNamespace: team-a",
			"  targetNamespace: ${nowhere}\n  postBuild:\n    substitute: {a: b}", "nowhere"},
		{"of a generated folder with a file that is no object", "fleet-infra/clusters/prod/notes.yaml", "", "a: b\n", "notes.yaml"},
	})
}

func TestALockdownIsRefused(t *testing.T) {
	reject(t, CheckLockdown, []broken{
		{"without source-watcher", lock, "|source-watcher", "", "source-watcher lacks --no-cross-namespace-refs=true"},
		{"on source-controller", lock, "(kustomize|helm|notification", "(source|kustomize|helm|notification", "source-controller has"},
		{"without remote bases refused", lock, "--no-remote-bases=true", "--no-remote-bases=false", "kustomize-controller has"},
		{"with remote bases refused twice", lock, "      name: kustomize-controller\n",
			"      name: (kustomize|helm)-controller\n", "helm-controller has"},
		{"with another default account", lock, "--default-service-account=default", "--default-service-account=flux", "want --default-service-account=default once"},
		{"without workload identity", lock, "ObjectLevelWorkloadIdentity=true", "ExternalArtifact=true", "source-controller lacks --feature-gates=ObjectLevelWorkloadIdentity=true"},
		{"with the gate on source-watcher", lock, ".*-controller", ".*", "source-watcher has"},
		{"without an account for flux-system", lock, "name: flux-system", "name: other", "flux-system/flux-system has no serviceAccountName"},
		{"with another account for flux-system", lock, "        value: kustomize-controller", "        value: other", "want kustomize-controller"},
		{"that does not build", lock, "gotk-sync.yaml", "sync.yaml", "does not build"},
		{"with a platform Kustomization without account", tenants, "  serviceAccountName: kustomize-controller\n", "", "team-a has no serviceAccountName"},
		{"with a platform Kustomization without prune", tenants, "  prune: true\n", "", "does not set prune"},
		{"with a path that the fleet has not", tenants, "production", "nowhere", "is not a directory"},
		{"with a source outside of the fleet", tenants, "    name: flux-system\n", "    name: elsewhere\n", "a source outside of fleet-infra"},
	})
}

func TestADuplicateIsRefused(t *testing.T) {
	reject(t, CheckDuplicates, []broken{
		{"across two Kustomizations", role, "", sound[role] + "---\n" + sound[namespace], "Namespace /team-a comes from"},
		{"of another version", role, "", sound[role] + "---\n" + strings.Replace(sound[tenantSync], "fluxcd.io/v1", "fluxcd.io/v1beta2", 1),
			"GitRepository.source.toolkit.fluxcd.io team-a/team-a"},
	})
}

func TestADocumentIsRefused(t *testing.T) {
	reject(t, CheckParsers, []broken{
		{"with an unquoted on", deployment, `"info"`, "on", "differ"},
		{"with an unquoted date", deployment, `"info"`, "2026-01-01", "differ"},
		{"with duplicate keys", namespace, "name: team-a", "name: team-a\n  name: team-b", "already set"},
		{"with text after the separator", tenantSync, "---\n", "--- text\n", "separator"},
		{"that is cut short", namespace, "name: team-a", "name: [team-a", "sigs.k8s.io/yaml"},
	})
}

func TestAMarkerIsRefused(t *testing.T) {
	const comment = `# {"$imagepolicy": "team-a:podinfo"}`
	reject(t, CheckMarkers, []broken{
		{"with text after it", deployment, comment, comment + " keep", "not exactly one JSON object"},
		{"with text before it", deployment, comment, "# keep " + comment, "not exactly one JSON object"},
		{"of another suffix", deployment, "team-a:podinfo\"", "team-a:podinfo:image\"", "is not <namespace>:<name>"},
		{"without a namespace", deployment, `"team-a:podinfo"`, `"podinfo"`, "is not <namespace>:<name>"},
		{"of another namespace", deployment, `"team-a:podinfo"`, `"team-b:podinfo"`, "no ImagePolicy"},
		{"of an absent policy", images, "kind: ImagePolicy\nmetadata:\n  name: podinfo", "kind: ImagePolicy\nmetadata:\n  name: other", "no ImagePolicy"},
		{"in single quotes", deployment, comment, `# {'$imagepolicy': 'team-a:podinfo'}`, "not exactly one JSON object"},
		{"inside a string", deployment, "ghcr.io/acme/podinfo:1.0.0 " + comment, `'ghcr.io/acme/podinfo:1.0.0 ` + comment + `'`, "sees no line comment"},
		{"on a mapping", deployment, "    spec:\n", "    spec: " + comment + "\n", "sees no line comment"},
		{"in a list", deployment, "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: podinfo\nspec:\n  selector:", "apiVersion: v1\nkind: List\nitems:\n- metadata: {name: podinfo}\n  selector:", "to the items of a List"},
		{"on a line of its own", deployment, "          image:", "          " + comment + "\n          image:", "sees no line comment"},
	})
}
