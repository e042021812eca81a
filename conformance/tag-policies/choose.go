package main

import (
	"slices"

	reflectorv1 "github.com/fluxcd/image-reflector-controller/api/v1"
	"github.com/fluxcd/image-reflector-controller/internal/policy"
)

// question holds the fields of an ImagePolicy that decide, and the tags that a registry lists.
type question struct {
	Spec struct {
		Policy     reflectorv1.ImagePolicyChoice `json:"policy"`
		FilterTags *reflectorv1.TagFilter        `json:"filterTags"`
	} `json:"spec"`
	Tags []string `json:"tags"`
}

// answer is one of: a winner; several, of which Flux takes one by chance; none, where no tag fits; why Flux gives up.
type answer struct {
	Winner string   `json:"winner,omitempty"`
	Chance []string `json:"chance,omitempty"`
	None   bool     `json:"none,omitempty"`
	Error  string   `json:"error,omitempty"`
}

// answer takes the steps of the controller, which does not export them. It reads tags in the order in which the scan of an
// ImageRepository stores them: the last first.
func (q question) answer() answer {
	policer, err := policy.PolicerFromSpec(q.Spec.Policy)
	if err != nil {
		return answer{Error: err.Error()}
	}
	tags := slices.Clone(q.Tags)
	slices.Sort(tags)
	slices.Reverse(tags)
	if q.Spec.FilterTags == nil {
		return choose(policer, tags, q.Spec.Policy)
	}
	filter, err := policy.NewRegexFilter(q.Spec.FilterTags.Pattern, q.Spec.FilterTags.Extract)
	if err != nil {
		return answer{Error: err.Error()}
	}
	filter.Apply(tags)
	// The values come out of a map, and so in an order of chance: where it decides, two orders make two winners.
	values := filter.Items()
	slices.Sort(values)
	rising := choose(policer, slices.Clone(values), q.Spec.Policy)
	slices.Reverse(values)
	falling := choose(policer, values, q.Spec.Policy)
	if rising.Error != "" || rising.None {
		return rising
	}
	if rising.Winner != falling.Winner {
		return answer{Chance: []string{filter.GetOriginalTag(rising.Winner), filter.GetOriginalTag(falling.Winner)}}
	}
	return answer{Winner: filter.GetOriginalTag(rising.Winner)}
}

func choose(policer policy.Policer, values []string, choice reflectorv1.ImagePolicyChoice) answer {
	winner, err := policer.Latest(values)
	switch {
	case err == nil:
		return answer{Winner: winner}
	// A range has no other complaint about tags, and the others have none about the absence of tags.
	case len(values) == 0 || choice.SemVer != nil:
		return answer{None: true}
	default:
		return answer{Error: err.Error()}
	}
}
