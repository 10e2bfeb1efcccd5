package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"

	"ace/core"
)

// languagesRun is a collection with names in many languages: one name in ten of
// an item is left out. Questions are names, of two sets.
const (
	languagesRun = "languages"
	seen         = "seen"     // the name stands in the collection
	heldOut      = "held out" // this item's name in this language does not, nor the same text from another

	leftOut     = 10 // one name in so many
	mostSeen    = 600
	languageRNG = 0x1a46
)

// languageCodes are those of data/emoji_noto, English first.
var languageCodes = strings.Fields("en de fr es it pt nl sv pl cs ru uk el tr ar he hi id zh ja ko")

func queriesFile(language, set string) string {
	return "queries." + language + "." + strings.ReplaceAll(set, " ", "-") + ".jsonl"
}

// named is an item with its name and keywords in several languages.
type named struct {
	core.Item
	Names    map[string]string   `json:"names"`
	Keywords map[string][]string `json:"keywords_by_lang"`
}

// question is a line of ace eval's --queries.
type question struct {
	Query    string   `json:"query"`
	Relevant []string `json:"relevant"`
}

// fold makes texts alike that differ in case or in spaces at the ends.
func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// makeLanguages writes the collection and its questions to dir, from an items
// file whose lines have "names" and "keywords_by_lang".
func makeLanguages(source, dir string, seed uint64) error {
	var all []named
	if err := eachLine(source, func(line []byte) error {
		var it named
		if err := json.Unmarshal(line, &it); err != nil {
			return err
		}
		all = append(all, it)
		return nil
	}); err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(seed, languageRNG))
	var items bytes.Buffer
	known := make([]map[string]bool, len(all)) // texts of the item in the collection
	held := make([]map[string]bool, len(all))  // languages whose name is left out
	right := map[string]map[string][]string{}  // by language and text: the items that it names or is a keyword of
	for _, l := range languageCodes {
		right[l] = map[string][]string{}
	}
	for i := range all {
		it := all[i].Item
		it.Captions, it.Keywords = nil, nil
		known[i], held[i] = map[string]bool{}, map[string]bool{}
		for _, l := range languageCodes {
			name := all[i].Names[l]
			for _, text := range append([]string{name}, all[i].Keywords[l]...) {
				if ids := right[l][fold(text)]; text != "" && !slices.Contains(ids, it.ID) {
					right[l][fold(text)] = append(ids, it.ID)
				}
			}
			if held[i][l] = rng.IntN(leftOut) == 0; held[i][l] || name == "" {
				continue
			}
			it.Captions = append(it.Captions, name)
			known[i][fold(name)] = true
		}
		for k, word := range all[i].Keywords[languageCodes[0]] {
			if k%2 == 1 { // half of the English ones
				it.Keywords = append(it.Keywords, word)
				known[i][fold(word)] = true
			}
		}
		var err error
		if it.File, err = moved(it.File, source, dir); err != nil {
			return err
		}
		if err := appendLine(&items, &it); err != nil {
			return err
		}
	}
	if err := write(filepath.Join(dir, "items.jsonl"), items.Bytes()); err != nil {
		return err
	}
	for _, l := range languageCodes {
		var sets [2]bytes.Buffer // seen, held out
		n := 0
		for _, i := range rng.Perm(len(all)) {
			name := all[i].Names[l]
			set := &sets[0]
			switch {
			case name == "":
				continue
			case !held[i][l]:
				if n++; n > mostSeen {
					continue
				}
			case known[i][fold(name)]:
				continue
			default:
				set = &sets[1]
			}
			if err := appendLine(set, question{name, right[l][fold(name)]}); err != nil {
				return err
			}
		}
		for k, set := range []string{seen, heldOut} {
			if sets[k].Len() == 0 {
				return fmt.Errorf("%s: no question in %s, %s", source, l, set)
			}
			if err := write(filepath.Join(dir, queriesFile(l, set)), sets[k].Bytes()); err != nil {
				return err
			}
		}
	}
	return nil
}

// moved is an item's file, given relative to the items file source, relative to
// another folder.
func moved(file, source, dir string) (string, error) {
	from, err := filepath.Abs(filepath.Join(filepath.Dir(source), filepath.FromSlash(file)))
	if err != nil {
		return "", err
	}
	to, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(to, from)
	return filepath.ToSlash(rel), err
}

func appendLine(b *bytes.Buffer, v any) error {
	line, err := json.Marshal(v)
	b.Write(append(line, '\n'))
	return err
}
