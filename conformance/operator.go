package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"

	flux "github.com/fluxcd/pkg/kustomize"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

const instanceKind = "FluxInstance"

// fluxInstance is what Flux Operator reads of a FluxInstance, as far as the library writes it.
type fluxInstance struct {
	Spec struct {
		Distribution struct{ Version string }
		Components   []string
		Cluster      instanceCluster
		Sharding     struct {
			Key    string
			Shards []string
		}
		Kustomize struct{ Patches []types.Patch }
		Sync      struct{ Kind, URL, Ref, Path, PullSecret string }
	}
}

type instanceCluster struct {
	Multitenant                           bool
	MultitenantWorkloadIdentity           bool
	ObjectLevelWorkloadIdentity           bool
	NetworkPolicy                         *bool
	TenantDefaultServiceAccount           string
	TenantDefaultDecryptionServiceAccount string
	TenantDefaultKubeConfigServiceAccount string
}

var supported = regexp.MustCompile(`^2\.9\.(x|[0-9]+)$`)

// operate stands in for Flux Operator: it returns what the operator applies for an instance, built in dir. Its own
// builder is no module that could be imported; README.md says what that means.
func operate(object Object, dir string) ([]Object, error) {
	instance, err := readInstance(object)
	if err != nil {
		return nil, err
	}
	files := map[string]string{
		"installation.yaml": installationManifests(),
		"sync.yaml":         instance.sync(),
	}
	main := types.Kustomization{Resources: []string{"installation.yaml", "sync.yaml"}}
	for _, component := range instance.Spec.Components {
		files[component+".yaml"] = controllerManifests(component)
		main.Resources = append(main.Resources, component+".yaml")
	}
	for _, shard := range instance.Spec.Sharding.Shards {
		main.Resources = append(main.Resources, shard)
		text, err := yaml.Marshal(instance.shardKustomization(shard))
		if err != nil {
			return nil, err
		}
		files[filepath.Join(shard, "kustomization.yaml")] = string(text)
	}
	main.Patches = append(instance.profiles(), instance.Spec.Kustomize.Patches...)
	text, err := yaml.Marshal(main)
	if err != nil {
		return nil, err
	}
	files["kustomization.yaml"] = string(text)
	if err := writeFiles(dir, files); err != nil {
		return nil, err
	}
	built, err := flux.SecureBuild(dir, dir, false)
	if err != nil {
		return nil, err
	}
	if err := refuseIdlePatches(&types.Kustomization{Patches: instance.Spec.Kustomize.Patches}, built); err != nil {
		return nil, err
	}
	return objectsOf(built, "Flux Operator")
}

func readInstance(object Object) (*fluxInstance, error) {
	if object.GetName() != "flux" || object.GetNamespace() != fluxSystem {
		return nil, errors.New("a FluxInstance is ignored unless it is flux-system/flux")
	}
	text, err := json.Marshal(object.Object)
	if err != nil {
		return nil, err
	}
	instance := &fluxInstance{}
	if err := yaml.Unmarshal(text, instance); err != nil {
		return nil, err
	}
	spec := &instance.Spec
	if !supported.MatchString(spec.Distribution.Version) {
		return nil, fmt.Errorf("the lockdown is for Flux 2.9, not %q", spec.Distribution.Version)
	}
	if spec.Cluster.MultitenantWorkloadIdentity && !spec.Cluster.ObjectLevelWorkloadIdentity {
		return nil, errors.New("multitenantWorkloadIdentity needs objectLevelWorkloadIdentity")
	}
	for _, patch := range spec.Kustomize.Patches {
		if patch.Target == nil || patch.Target.Namespace != "" {
			return nil, errors.New("a patch of a FluxInstance needs a target without namespace")
		}
	}
	if len(spec.Components) == 0 {
		spec.Components = controllers[:4]
	}
	if spec.Sharding.Key == "" {
		spec.Sharding.Key = shardLabel
	}
	return instance, nil
}

func (i *fluxInstance) sync() string {
	field := map[string]string{"GitRepository": "name", "OCIRepository": "tag"}[i.Spec.Sync.Kind]
	sync := i.Spec.Sync
	return rootSync(sync.Kind, sync.Path, "ref:", "  "+field+": "+sync.Ref, "url: "+sync.URL)
}
