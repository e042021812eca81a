package conformance

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ChangedField is a marked field with what the setters made of it.
type ChangedField struct {
	Document int    `json:"document"`
	Pointer  string `json:"pointer"`
	Old      string `json:"old"`
	New      string `json:"new"`
}

// ChangedFile is a file that the setters wrote. Reformatted holds the first line that differs in more than a marked value.
type ChangedFile struct {
	Path        string         `json:"path"`
	Fields      []ChangedField `json:"fields"`
	Reformatted []string       `json:"reformatted,omitempty"`
}

// setterRun is one example while its policies move on.
type setterRun struct {
	dir      string
	images   *ImageObjects
	latest   map[string]Latest
	before   map[string][]byte
	refusals []error
}

// MoveImagesOn lets every policy of an example choose a new image, has the engine commit it for every automation in the
// directory itself, and returns what was written, and what of it Flux's users would not want.
func MoveImagesOn(dir string, seed uint64, commit Engine) ([]ChangedFile, []error) {
	images, err := LoadImageObjects(dir)
	if err != nil {
		return nil, []error{err}
	}
	run := &setterRun{dir: dir, images: images, latest: map[string]Latest{}}
	if run.before, err = readTree(dir); err != nil {
		return nil, []error{err}
	}
	if err := run.chooseImages(seed); err != nil {
		return nil, []error{err}
	}
	for _, automation := range images.Automations {
		if err := commit(automation.Root, automation.Object, run.applied(automation)); err != nil {
			run.refuse("ImageUpdateAutomation %s: %w", automation.GetName(), err)
		}
	}
	after, err := readTree(dir)
	if err != nil {
		return nil, []error{err}
	}
	var changed []ChangedFile
	for _, path := range slices.Sorted(maps.Keys(run.before)) {
		if file := run.judge(path, after[path]); len(file.Fields) > 0 || len(file.Reformatted) > 0 {
			changed = append(changed, file)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(after)) {
		if _, known := run.before[path]; !known {
			run.refuse("%s was not there, and was written", path)
		}
	}
	return changed, run.refusals
}

func (r *setterRun) refuse(format string, args ...any) {
	r.refusals = append(r.refusals, fmt.Errorf(format, args...))
}

// applied returns the policies that the controller would find for an automation; those that have chosen nothing it skips.
func (r *setterRun) applied(automation *Automation) (policies []Object) {
	for _, name := range slices.Sorted(maps.Keys(r.latest)) {
		if policy := r.images.Policies[name]; automation.Applies(policy) {
			policies = append(policies, r.latest[name].chosenBy(policy))
		}
	}
	return policies
}

// judge compares a file with what it was, field by field and byte by byte.
func (r *setterRun) judge(path string, after []byte) ChangedFile {
	file := ChangedFile{Path: path}
	before := r.before[path]
	if !bytes.Contains(before, []byte(marker)) {
		if !bytes.Equal(before, after) {
			r.refuse("%s has no marker, and was changed", path)
		}
		return file
	}
	old, err := fieldsOf(before)
	if err != nil {
		r.refuse("%s has a marker, and does not parse: %w", path, err)
		return file
	}
	now, err := fieldsOf(after)
	if err != nil || len(old) != len(now) {
		r.refuse("%s had %d fields, and now %d (%v)", path, len(old), len(now), err)
		return file
	}
	for index, was := range old {
		is := now[index]
		if was.Document != is.Document || was.Pointer != is.Pointer || was.tag != is.tag || was.comment != is.comment {
			r.refuse("%s: field %s became %s %s", path, was.Pointer, is.Pointer, is.tag)
		} else if was.comment != "" {
			if err := r.wants(path, was, is.Value); err != nil {
				r.refuse("%s: field %s, marked %q: %w", path, was.Pointer, was.comment, err)
			}
		} else if was.Value != is.Value {
			r.refuse("%s: field %s has no marker, and became %q", path, was.Pointer, is.Value)
		}
		if was.Value != is.Value {
			file.Fields = append(file.Fields, ChangedField{was.Document, was.Pointer, was.Value, is.Value})
		}
	}
	file.Reformatted = firstDifference(unmarked(before, old), unmarked(after, now))
	return file
}

// wants tells why a marker does not lead to the value that the field has now.
func (r *setterRun) wants(path string, marked yamlField, value string) error {
	setter := marked.setter()
	if setter == "" {
		return fmt.Errorf("the setters take it for any other comment")
	}
	parts := strings.Split(setter, ":")
	name := strings.Join(parts[:min(2, len(parts))], ":")
	policy, known := r.images.Policies[name]
	if !known {
		return fmt.Errorf("there is no ImagePolicy %q", name)
	}
	held := false
	for _, automation := range r.images.Automations {
		if !automation.Holds(filepath.Join(r.dir, path)) {
			continue
		}
		held = true
		if !automation.Applies(policy) {
			continue
		}
		wanted, known := r.latest[name].setters(name)[setter]
		if !known || wanted != value {
			return fmt.Errorf("it was not set to %q, but is %q", wanted, value)
		}
		return nil
	}
	if !held {
		return fmt.Errorf("the file is outside of every update.path")
	}
	return fmt.Errorf("no automation whose update.path it is in applies the policy")
}

// readTree returns what is in the files of an example that setters could scan, by path.
func readTree(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		files[relative(dir, path)] = text
		return err
	})
	return files, err
}
