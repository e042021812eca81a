package conformance

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

// kustomizationFile returns the path of the kustomization file of a directory, or "".
func kustomizationFile(dir string) string {
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		path := filepath.Join(dir, name)
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return path
		}
	}
	return ""
}

func readKustomization(dir string) (*types.Kustomization, error) {
	text, err := os.ReadFile(kustomizationFile(dir))
	if err != nil {
		return nil, err
	}
	kustomization := &types.Kustomization{}
	return kustomization, yaml.Unmarshal(text, kustomization)
}

// refuseRemoteBases is stricter than --no-remote-bases, which still lets kustomize fetch single files over HTTP, and
// keeps the verdict independent of the network: for a remote base, kustomize would first try to fetch it.
func refuseRemoteBases(dir string) error {
	kustomization, err := readKustomization(dir)
	if err != nil {
		return err
	}
	lists := [][]string{kustomization.Resources, kustomization.Components, kustomization.Bases}
	for _, patch := range kustomization.Patches {
		if patch.Path != "" {
			lists = append(lists, []string{patch.Path})
		}
	}
	for _, list := range lists {
		for _, entry := range list {
			if _, err := os.Stat(filepath.Join(dir, entry)); err != nil {
				return fmt.Errorf("%q is not a file or directory of this repository: a remote base, or missing", entry)
			}
		}
	}
	return nil
}

// refuseIdlePatches finds patches whose target selects nothing: kustomize passes over them without a word.
func refuseIdlePatches(kustomization *types.Kustomization, built resmap.ResMap) error {
	for index, patch := range kustomization.Patches {
		if patch.Target == nil || strings.Contains(patch.Patch, "$patch: delete") {
			continue
		}
		target := *patch.Target
		if target.Name != "" {
			// A patch names an object as it was before the suffix, of which the result of a build knows nothing.
			target.Name = "(" + target.Name + ")" + regexp.QuoteMeta(kustomization.NameSuffix)
		}
		selected, err := built.Select(target)
		if err != nil {
			return err
		}
		if len(selected) == 0 {
			return fmt.Errorf("patches[%d] meets no object: its target is %s %s", index, patch.Target.Kind, patch.Target.Name)
		}
	}
	return nil
}

// repositoryOf returns the repository root that path is in: kustomize must not read outside of it.
func repositoryOf(example, path string) string {
	for filepath.Dir(path) != example && path != example {
		path = filepath.Dir(path)
	}
	return path
}

func relative(base, path string) string {
	if short, err := filepath.Rel(base, path); err == nil {
		return short
	}
	return path
}
