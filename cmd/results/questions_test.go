package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ace/core"
)

func readItems(t *testing.T, path string) map[string]core.Item {
	t.Helper()
	out := map[string]core.Item{}
	if err := eachLine(path, func(line []byte) error {
		var it core.Item
		err := json.Unmarshal(line, &it)
		out[it.ID] = it
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func readQuestions(t *testing.T, path string) (out []question) {
	t.Helper()
	if err := eachLine(path, func(line []byte) error {
		var q question
		err := json.Unmarshal(line, &q)
		out = append(out, q)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func texts(it core.Item) (out []string) {
	for _, s := range slices.Concat(it.Captions, it.Keywords) {
		out = append(out, fold(s))
	}
	return out
}

// Names that were left out are asked as such and stand nowhere in their items;
// the others do.
func TestLanguages(t *testing.T) {
	dir := t.TempDir()
	var source bytes.Buffer
	for i := range 200 {
		names, words := map[string]string{}, map[string][]string{}
		for _, l := range languageCodes {
			names[l], words[l] = fmt.Sprintf("%s Name %d", l, i), []string{fmt.Sprintf("%s first %d", l, i), fmt.Sprintf("%s second %d", l, i%100)}
		}
		names["uk"] = names["ru"] // what another language also says is not held out
		if err := appendLine(&source, map[string]any{"id": fmt.Sprint("i", i), "file": fmt.Sprintf("media/%d.png", i), "modality": "image", "names": names, "keywords_by_lang": words,
			"captions": []string{"of the source"}, "keywords": []string{"of the source"}}); err != nil {
			t.Fatal(err)
		}
	}
	from := filepath.Join(dir, "data", "items.jsonl")
	if err := write(from, source.Bytes()); err != nil {
		t.Fatal(err)
	}
	work := filepath.Join(dir, "work", "languages")
	if err := makeLanguages(from, work, 1); err != nil {
		t.Fatal(err)
	}
	items := readItems(t, filepath.Join(work, "items.jsonl"))
	if it := items["i7"]; len(items) != 200 || it.File != "../../data/media/7.png" || !slices.Equal(it.Keywords, []string{"en second 7"}) {
		t.Fatalf("%d items, item 7 is %+v", len(items), it)
	}
	for _, l := range languageCodes {
		known, held := readQuestions(t, filepath.Join(work, queriesFile(l, seen))), readQuestions(t, filepath.Join(work, queriesFile(l, heldOut)))
		switch n := len(known) + len(held); {
		case l == "ru" || l == "uk": // some are in the other's place
			if n >= 200 || len(held) == 0 {
				t.Errorf("%s: %d of %d questions held out", l, len(held), n)
			}
		case n != 200 || len(held) < 8 || len(held) > 40:
			t.Errorf("%s: %d of %d questions held out", l, len(held), n)
		}
		for k, q := range append(known, held...) {
			if len(q.Relevant) != 1 {
				t.Fatalf("%s: %s has the answers %v", l, q.Query, q.Relevant)
			}
			if has := slices.Contains(texts(items[q.Relevant[0]]), fold(q.Query)); has != (k < len(known)) {
				t.Fatalf("%s: %s stands in %v: %v", l, q.Query, items[q.Relevant[0]], has)
			}
		}
	}
	first, err := os.ReadFile(filepath.Join(work, "items.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if err := makeLanguages(from, work, 1); err != nil {
		t.Fatal(err)
	}
	if again, err := os.ReadFile(filepath.Join(work, "items.jsonl")); err != nil || !bytes.Equal(first, again) {
		t.Errorf("the same seed gives another collection: %v", err)
	}
}

// Texts that are asked are taken out; an item that has one too is right as well.
func TestDemo(t *testing.T) {
	dir := t.TempDir()
	var source strings.Builder
	for i := range 20 {
		fmt.Fprintf(&source, `{"id":"i%d","file":"m/%d.png","modality":"image","captions":["name %d","Shared"],"keywords":["word %d"]}`+"\n", i, i, i, i)
	}
	source.WriteString(`{"id":"few","file":"m/few.png","modality":"audio","captions":["shared"]}` + "\n")
	from := filepath.Join(dir, "items.jsonl")
	if err := write(from, []byte(source.String())); err != nil {
		t.Fatal(err)
	}
	work := filepath.Join(dir, "work")
	if err := makeDemo(from, work, 1); err != nil {
		t.Fatal(err)
	}
	items, questions := readItems(t, filepath.Join(work, "items.jsonl")), readQuestions(t, filepath.Join(work, "queries.jsonl"))
	if few := items["few"]; len(items) != 21 || few.Kind != core.Audio || !slices.Equal(few.Captions, []string{"shared"}) || few.File != "../m/few.png" {
		t.Errorf("%d items, %+v", len(items), few)
	}
	shared := 0
	for _, q := range questions {
		if fold(q.Query) == "shared" {
			shared++
			if len(q.Relevant) != 21 {
				t.Errorf("%d items are right for a text of 21", len(q.Relevant))
			}
			continue
		}
		if len(q.Relevant) != 1 || slices.Contains(texts(items[q.Relevant[0]]), fold(q.Query)) {
			t.Errorf("%+v still stands in its item", q)
		}
	}
	if shared != 1 || len(questions) < 5 {
		t.Errorf("%d questions, %d of them shared", len(questions), shared)
	}
	if err := makeDemo(filepath.Join(dir, "none.jsonl"), work, 1); err == nil {
		t.Error("a collection that is not there was asked")
	}
}
