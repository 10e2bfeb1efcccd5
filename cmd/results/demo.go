package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"

	"ace/core"
)

const (
	demoQuestions = 500
	leastTexts    = 3 // of an item that one is taken from
	demoRNG       = 0xde30
)

// makeDemo takes a text out of items of the collection at source, and writes
// what is left and the texts as questions to dir. Items that have the very text
// too are right as well.
func makeDemo(source, dir string, seed uint64) error {
	var all []core.Item
	if err := eachLine(source, func(line []byte) error {
		var it core.Item
		if err := json.Unmarshal(line, &it); err != nil {
			return err
		}
		all = append(all, it)
		return nil
	}); err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(seed, demoRNG))
	var taken []string
	right := map[string][]string{}
	for _, i := range rng.Perm(len(all)) {
		it := &all[i]
		if len(taken) == demoQuestions || len(it.Captions) == 0 || len(it.Captions)+len(it.Keywords) < leastTexts {
			continue
		}
		j := rng.IntN(len(it.Captions))
		text := it.Captions[j]
		it.Captions = slices.Delete(it.Captions, j, j+1)
		if right[fold(text)] == nil {
			taken = append(taken, text)
		}
		right[fold(text)] = append(right[fold(text)], it.ID)
	}
	if len(taken) == 0 {
		return fmt.Errorf("%s: no item has %d texts, so none can be taken out as a question", source, leastTexts)
	}
	var items, questions bytes.Buffer
	for i := range all {
		it := &all[i]
		for _, text := range slices.Concat(it.Captions, it.Keywords) {
			if ids := right[fold(text)]; ids != nil && !slices.Contains(ids, it.ID) {
				right[fold(text)] = append(ids, it.ID)
			}
		}
		var err error
		if it.File, err = moved(it.File, source, dir); err != nil {
			return err
		}
		if err := appendLine(&items, it); err != nil {
			return err
		}
	}
	for _, text := range taken {
		if err := appendLine(&questions, question{text, right[fold(text)]}); err != nil {
			return err
		}
	}
	if err := write(filepath.Join(dir, "items.jsonl"), items.Bytes()); err != nil {
		return err
	}
	return write(filepath.Join(dir, "queries.jsonl"), questions.Bytes())
}
