package conformance

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"gopkg.in/yaml.v3"
)

// yamlField is a leaf of a YAML text, or a comment that speaks of image policies on something else than a value.
type yamlField struct {
	Document       int
	Pointer, Value string
	tag            string
	style          yaml.Style
	line, column   int
	comment        string
	misplaced      bool
}

// setter returns what the comment names, "" where Flux would read it as any other comment.
func (f yamlField) setter() string {
	names := map[string]string{}
	if f.misplaced || json.Unmarshal([]byte(strings.TrimLeft(f.comment, "#")), &names) != nil {
		return ""
	}
	return names[marker]
}

// fieldsOf reads a text with another parser than the setters write it with.
func fieldsOf(text []byte) (fields []yamlField, err error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	for document := 0; ; document++ {
		node := &yaml.Node{}
		if err := decoder.Decode(node); errors.Is(err, io.EOF) {
			return fields, nil
		} else if err != nil {
			return nil, err
		}
		collectFields(node, document, "", &fields)
	}
}

func collectFields(node *yaml.Node, document int, pointer string, fields *[]yamlField) {
	leaf := yamlField{
		Document: document, Pointer: pointer, Value: node.Value, tag: node.ShortTag(), style: node.Style,
		line: node.Line, column: node.Column,
	}
	value := node.Kind == yaml.ScalarNode
	for _, comment := range []string{node.FootComment, node.HeadComment, node.LineComment} {
		if strings.Contains(comment, marker) {
			leaf.comment = comment
			leaf.misplaced = !value || comment == node.FootComment
		}
	}
	if leaf.comment != "" || value || len(node.Content) == 0 {
		*fields = append(*fields, leaf)
	}
	switch node.Kind {
	case yaml.DocumentNode:
		for _, child := range node.Content {
			collectFields(child, document, pointer, fields)
		}
	case yaml.SequenceNode:
		for index, child := range node.Content {
			collectFields(child, document, fmt.Sprintf("%s/%d", pointer, index), fields)
		}
	case yaml.MappingNode:
		for index := 0; index+1 < len(node.Content); index += 2 {
			key := node.Content[index]
			below := pointer + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key.Value)
			if comments := key.HeadComment + key.LineComment + key.FootComment; strings.Contains(comments, marker) {
				*fields = append(*fields, yamlField{Document: document, Pointer: below, comment: comments, misplaced: true})
			}
			collectFields(node.Content[index+1], document, below, fields)
		}
	}
}

// unmarked returns the text without the marked values, line by line: what the setters have no reason to change.
func unmarked(text []byte, fields []yamlField) []string {
	lines := strings.Split(string(text), "\n")
	for _, field := range fields {
		if field.setter() == "" {
			continue
		}
		line := lines[field.line-1]
		end := strings.LastIndex(line, field.comment)
		if end < 0 {
			end = len(line)
		}
		prefix := string([]rune(line)[:field.column-1])
		lines[field.line-1] = fmt.Sprintf("%s<value of style %d> %s", prefix, field.style, line[end:])
	}
	return lines
}

func firstDifference(before, after []string) []string {
	for index, line := range before {
		if index >= len(after) || line != after[index] {
			return []string{line, strings.Join(after[min(index, len(after)):min(index+1, len(after))], "")}
		}
	}
	return after[len(before):]
}
