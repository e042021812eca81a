package conformance

import (
	"maps"
	"testing"
)

func TestAnObjectIsRefused(t *testing.T) {
	reject(t, objectsCheck(t), []broken{
		{"with an unknown field", tenantSync, "  prune: true", "  prune: true\n  prunes: true", `unknown field "spec.prunes"`},
		{"with an unknown field in metadata", tenantSync, "  namespace: team-a", "  nameSpace: team-a", `unknown field "metadata.nameSpace"`},
		{"with a value outside of its pattern", tenantSync, "interval: 5m", "interval: 5d", "spec.interval"},
		{"with a value of another type", tenantSync, "prune: true", `prune: "true"`, "must be of type boolean"},
		{"without a required field", tenantSync, "  prune: true\n", "", "spec.prune: Required value"},
		{"that breaks a CEL rule", images, "  policy:\n", "  interval: 5m\n  policy:\n", "spec: Invalid value"},
		{"of an unknown kind", namespace, "kind: Namespace", "kind: NameSpace", `unknown kind "v1/NameSpace"`},
		{"of a removed version", images, "image.toolkit.fluxcd.io/v1", "image.toolkit.fluxcd.io/v1beta1", "unknown kind"},
		{"of a core kind with an unknown field", deployment, "  selector:", "  selecter: {}\n  selector:", `unknown field "spec.selecter"`},
		{"of a core kind with another type", deployment, "spec:\n", "spec:\n  replicas: two\n", "replicas"},
		{"of a core kind without a required field", deployment, "  selector:\n    matchLabels:\n      app: podinfo\n", "", "spec.selector: Required value"},
		{"of a core kind with a list key twice", deployment, "          args:", "          env: [{name: A}, {name: A}]\n          args:", "Duplicate value"},
		{"of an admission policy whose CEL does not compile", role, "", policyWith("object.spec.foo == "), "spec.validations[0]"},
		{"of an admission policy that names no variable of CEL", role, "", policyWith("objekt.spec == 1"), "objekt"},
		{"of an admission policy that yields no boolean", role, "", policyWith("variables.url + 'a'"), "must evaluate to bool"},
		{"with a name that is no DNS label", namespace, "team-a", "Team_A", "metadata.name"},
		{"with a label value that is none", namespace, "name: team-a", "name: team-a\n  labels: {a: b c}", "metadata.labels"},
		{"of cluster scope with a namespace", namespace, "name: team-a", "name: team-a\n  namespace: team-a", "metadata.namespace"},
		{"without a namespace in the cluster", tenantSync, "  targetNamespace: team-a\n", "", "Deployment.apps /podinfo has no namespace"},
		{"with duplicate keys", namespace, "name: team-a", "name: team-a\n  name: team-b", "already set"},
	})
}

func policyWith(expression string) string {
	return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: tenant-sources
spec:
  matchConstraints:
    resourceRules:
      - apiGroups: ["source.toolkit.fluxcd.io"]
        apiVersions: ["*"]
        operations: ["CREATE", "UPDATE"]
        resources: ["gitrepositories"]
  matchConditions:
    - name: tenants
      expression: request.namespace != 'flux-system'
  variables:
    - name: url
      expression: "object.spec.?url.orValue('')"
  validations:
    - expression: "` + expression + `"
      messageExpression: "'no source of the tenant: ' + variables.url"
`
}

func TestAnAdmissionPolicyThatCompilesIsAccepted(t *testing.T) {
	files := maps.Clone(sound)
	files[role] = policyWith("variables.url.startsWith('https://git.example/')")
	fail(t, objectsCheck(t)(writeExample(t, files)))
}
