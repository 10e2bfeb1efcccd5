package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"ace/core/text"
)

// synset is a line of a WordNet data file (the manual page wndb(5WN)).
type synset struct {
	key      string
	lemmas   []string // of one word, as spelling gives them
	about    []string // words of the gloss and of the other lemmas
	pointers []string // keys of other synsets
}

// readWordNet reads data.noun, .verb, .adj and .adv of a folder.
func readWordNet(folder string) ([]synset, error) {
	var all []synset
	for _, pos := range []string{"noun", "verb", "adj", "adv"} {
		path := filepath.Join(folder, "data."+pos)
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		for line := range bytes.Lines(raw) {
			if line[0] == ' ' { // the licence
				continue
			}
			s, ok := parseSynset(string(line))
			if !ok {
				return nil, fmt.Errorf("%s: bad synset %.40q", path, line)
			}
			all = append(all, s)
		}
	}
	return all, nil
}

// parseSynset reads: offset, file, part of speech, count of lemmas (hex), then
// lemma and number of each, count of pointers, then symbol, offset, part of
// speech and words of each, and behind a bar the gloss.
func parseSynset(line string) (s synset, ok bool) {
	data, gloss, _ := strings.Cut(line, "|")
	f := strings.Fields(data)
	if len(f) < 5 {
		return s, false
	}
	lemmas, err := strconv.ParseUint(f[3], 16, 8)
	if err != nil || len(f) < 5+2*int(lemmas) {
		return s, false
	}
	pointers, err := strconv.Atoi(f[4+2*lemmas])
	rest := f[5+2*lemmas:]
	if err != nil || pointers < 0 || len(rest) < 4*pointers {
		return s, false
	}
	s.key = f[0] + strings.Replace(f[2], "s", "a", 1) // satellite adjectives lie among the adjectives
	for i := range int(lemmas) {
		lemma, _, _ := strings.Cut(f[4+2*i], "(") // a syntactic marker
		if w := spelling(lemma); w != "" {
			s.lemmas = append(s.lemmas, w)
		} else {
			s.about = append(s.about, text.Words(lemma)...)
		}
	}
	for i := range pointers {
		s.pointers = append(s.pointers, rest[4*i+1]+rest[4*i+2])
	}
	s.about = append(s.about, text.Words(gloss)...)
	return s, true
}
