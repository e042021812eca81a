package conformance

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/Masterminds/semver/v3"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// chooseImages moves every policy on that a field is marked with.
func (r *setterRun) chooseImages(seed uint64) error {
	inUse := map[string][]string{}
	for _, text := range r.before {
		fields, err := fieldsOf(text)
		if err != nil {
			continue
		}
		for _, field := range fields {
			if policy, tag := field.tagInUse(); tag != "" {
				inUse[policy] = append(inUse[policy], tag)
			}
		}
	}
	for name, policy := range r.images.Policies {
		if len(inUse[name]) == 0 {
			continue
		}
		hash := fnv.New64a()
		hash.Write([]byte(filepath.Base(r.dir) + "/" + name))
		slices.Sort(inUse[name])
		image, err := r.images.next(policy, inUse[name], rand.New(rand.NewPCG(seed, hash.Sum64())))
		if err != nil {
			return fmt.Errorf("ImagePolicy %s: %w", name, err)
		}
		r.latest[name] = image
	}
	return nil
}

// tagInUse returns the tag that a marked field holds, "" where it holds none, and the policy of its marker.
func (f yamlField) tagInUse() (policy, tag string) {
	setter := f.setter()
	if policy, isTag := strings.CutSuffix(setter, ":tag"); isTag {
		return policy, f.Value
	}
	name, _, _ := strings.Cut(f.Value, "@")
	if colon := strings.LastIndex(name, ":"); strings.Count(setter, ":") == 1 && colon > strings.LastIndex(name, "/") {
		return setter, name[colon+1:]
	}
	return "", ""
}

// next returns an image that a policy could have moved on to from the tags that are in use, with Flux's own semver, and
// with the regular expressions of Go. Where the policy leaves no other tag than the highest in use, it is that one.
func (o *ImageObjects) next(policy Object, inUse []string, random *rand.Rand) (Latest, error) {
	repository, _, _ := unstructured.NestedString(policy.Object, "spec", "imageRepositoryRef", "name")
	latest := Latest{Name: o.images[policy.GetNamespace()+":"+repository]}
	if latest.Name == "" {
		return latest, fmt.Errorf("there is no ImageRepository %q beside it", repository)
	}
	better, mutate, err := order(policy.Object)
	if err != nil {
		return latest, err
	}
	latest.Tag = inUse[0]
	for _, tag := range inUse[1:] {
		if better(tag, latest.Tag) {
			latest.Tag = tag
		}
	}
	for range 2000 {
		if tag := mutate(latest.Tag, random); better(tag, latest.Tag) {
			latest.Tag = tag
			break
		}
	}
	if reflectsDigests(policy) {
		latest.Digest = "sha256:"
		for range 8 {
			latest.Digest += fmt.Sprintf("%08x", random.Uint32())
		}
	}
	return latest, nil
}

type (
	// comparison tells whether a policy prefers a tag to another.
	comparison func(tag, to string) bool
	mutation   func(tag string, random *rand.Rand) string
)

func order(policy map[string]any) (comparison, mutation, error) {
	if versions, found, _ := unstructured.NestedString(policy, "spec", "policy", "semver", "range"); found {
		allowed, err := semver.NewConstraint(versions)
		return func(tag, to string) bool {
			a, err := semver.NewVersion(tag)
			b, other := semver.NewVersion(to)
			return err == nil && other == nil && allowed.Check(a) && a.GreaterThan(b)
		}, nextVersion, err
	}
	pattern, _, _ := unstructured.NestedString(policy, "spec", "filterTags", "pattern")
	template, _, _ := unstructured.NestedString(policy, "spec", "filterTags", "extract")
	filter, err := regexp.Compile(pattern)
	if err != nil {
		return nil, nil, err
	}
	extract := func(tag string) (string, bool) {
		match := filter.FindStringSubmatchIndex(tag)
		return string(filter.ExpandString(nil, template, tag, match)), match != nil
	}
	if direction, found, _ := unstructured.NestedString(policy, "spec", "policy", "numerical", "order"); found {
		return func(tag, to string) bool {
			a, fits := extract(tag)
			b, _ := extract(to)
			x, err := strconv.ParseFloat(a, 64)
			y, other := strconv.ParseFloat(b, 64)
			return fits && err == nil && other == nil && x != y && x < 1<<53 && (x > y) == (direction != "desc")
		}, otherCharacters, nil
	}
	if direction, found, _ := unstructured.NestedString(policy, "spec", "policy", "alphabetical", "order"); found {
		return func(tag, to string) bool {
			a, fits := extract(tag)
			b, _ := extract(to)
			return fits && a != b && (a > b) == (direction != "desc")
		}, otherCharacters, nil
	}
	return nil, nil, errors.New("it has no policy that is known here")
}

func nextVersion(tag string, random *rand.Rand) string {
	version, err := semver.NewVersion(tag)
	if err != nil {
		return tag
	}
	parts := [3]uint64{version.Major(), version.Minor(), version.Patch()}
	parts[random.IntN(3)] += random.Uint64N(12)
	text := fmt.Sprintf("%d.%d.%d", parts[0], parts[1], parts[2])
	if version.Prerelease() != "" && random.IntN(2) == 0 {
		text += "-rc." + strconv.Itoa(random.IntN(40))
	}
	if strings.HasPrefix(tag, "v") {
		text = "v" + text
	}
	return text
}

// otherCharacters changes some digits and letters for others, and now and then adds a digit.
func otherCharacters(tag string, random *rand.Rand) string {
	text := []byte(tag)
	for range 1 + random.IntN(4) {
		at := random.IntN(len(text))
		switch c := text[at]; {
		case c >= '0' && c <= '9':
			text[at] = byte('0' + random.IntN(10))
		case c >= 'a' && c <= 'f':
			text[at] = byte('a' + random.IntN(6))
		case c >= 'g' && c <= 'z':
			text[at] = byte('g' + random.IntN(20))
		}
	}
	if random.IntN(8) == 0 {
		text = append(text, byte('0'+random.IntN(10)))
	}
	return string(text)
}
