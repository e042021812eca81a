// Command tag-policies tells which of an image's tags Flux would choose: it reads a question a line and writes an answer
// for each, both in JSON.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

func main() {
	questions := json.NewDecoder(os.Stdin)
	questions.DisallowUnknownFields()
	answers := json.NewEncoder(os.Stdout)
	for number := 1; ; number++ {
		var one question
		if err := questions.Decode(&one); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			fmt.Fprintf(os.Stderr, "question %d: %v\n", number, err)
			os.Exit(65)
		}
		if err := answers.Encode(one.answer()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(74)
		}
	}
}
