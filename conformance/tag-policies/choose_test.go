package main

import (
	"encoding/json"
	"reflect"
	"testing"
)

// TestTheReflectorChooses states what users of a policy may not expect, so that a new release that changes it is noticed.
func TestTheReflectorChooses(t *testing.T) {
	const (
		numerical    = `"policy":{"numerical":{"order":"asc"}},"filterTags":{"pattern":"^a(?P<n>[^-]*).*$","extract":"$n"}`
		alphabetical = `"policy":{"alphabetical":{"order":"desc"}},"filterTags":{"pattern":"^a(?P<n>[^-]*).*$","extract":"$n"}`
		invalid      = "improper constraint: "
	)
	semver := func(versions string) string { return `"policy":{"semver":{"range":"` + versions + `"}}` }
	for title, one := range map[string]struct {
		spec   string
		tags   []string
		wanted answer
	}{
		"highest version":                          {semver("^1.0.0"), []string{"1.9.0", "1.10.0", "2.0.0", "latest"}, answer{Winner: "1.10.0"}},
		"of equal versions, the last tag":          {semver("^1.0.0"), []string{"1.2.3", "v1.2.3", "01.2.3"}, answer{Winner: "v1.2.3"}},
		"pre-release, where one comparison has it": {semver(">=1.0.0-0 <2.0.0"), []string{"1.9.0", "2.0.0-rc.1"}, answer{Winner: "2.0.0-rc.1"}},
		"none, where another group has it":         {semver("^1.0.0 || ^2.0.0-0"), []string{"1.9.0-rc.1"}, answer{None: true}},
		"two parts and a pre-release with a dot":   {semver(">=1.0.0-0"), []string{"1.2-rc.3"}, answer{Winner: "1.2-rc.3"}},
		"no two parts":                             {semver("*"), []string{"1.2", "1"}, answer{None: true}},
		"no tags":                                  {semver("*"), nil, answer{None: true}},
		"no range":                                 {semver("latest"), []string{"1.0.0"}, answer{Error: invalid + `"latest"`}},
		"empty alternative":                        {semver("^1||"), []string{"1.0.0"}, answer{Error: invalid + `""`}},
		"greatest number":                          {numerical, []string{"a9", "a10", "b11"}, answer{Winner: "a10"}},
		"one that is none":                         {numerical, []string{"a9", "ax"}, answer{Error: "failed to parse invalid numeric value 'x'"}},
		"no match":                                 {numerical, []string{"b1"}, answer{None: true}},
		"two texts of one number":                  {numerical, []string{"a1", "a1.0"}, answer{Chance: []string{"a1.0", "a1"}}},
		"two tags of one text, the first":          {numerical, []string{"a1-b", "a1-c"}, answer{Winner: "a1-b"}},
		"lowest text":                              {alphabetical, []string{"a9", "a10"}, answer{Winner: "a10"}},
	} {
		t.Run(title, func(t *testing.T) {
			asked := question{Tags: one.tags}
			if err := json.Unmarshal([]byte("{"+one.spec+"}"), &asked.Spec); err != nil {
				t.Fatal(err)
			}
			if got := asked.answer(); !reflect.DeepEqual(got, one.wanted) {
				t.Errorf("%v of %v: %+v, and not %+v", one.spec, one.tags, got, one.wanted)
			}
		})
	}
	if got := (question{}).answer(); got.Error == "" {
		t.Errorf("no policy: %+v", got)
	}
}
