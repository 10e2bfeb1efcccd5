package main

import (
	"os"
	"strings"
)

// entry is a headword of the Moby thesaurus and its synonyms, as spelling gives
// them; those of several words are left out.
type entry struct {
	head     string
	synonyms []string
}

// readMoby reads lines of a headword and its synonyms, comma separated. Lines
// end with a carriage return or a newline.
func readMoby(path string) ([]entry, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var all []entry
	for _, line := range strings.FieldsFunc(string(raw), func(r rune) bool { return r == '\n' || r == '\r' }) {
		head, synonyms, _ := strings.Cut(line, ",")
		e := entry{head: spelling(head)}
		if e.head == "" {
			continue
		}
		for s := range strings.SplitSeq(synonyms, ",") {
			if w := spelling(s); w != "" {
				e.synonyms = append(e.synonyms, w)
			}
		}
		all = append(all, e)
	}
	return all, nil
}
