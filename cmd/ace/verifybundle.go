package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ace/core"
	"ace/core/bundle"
	"ace/core/model"
	"ace/core/search"
)

// verifyBundle checks what the sections of a bundle mean: by opening it for
// search, which checks the trie, the vocabulary, the model, word vectors,
// lexicon, item vectors, mix and trust, and then what a search would only come
// upon later.
func verifyBundle(ctx context.Context, in *bundle.Container, v *verdict) error {
	var meta struct {
		Count int            `json:"count"`
		Shard int            `json:"shard"`
		Kinds map[string]int `json:"kinds"`
	}
	var levels []int
	if err := in.Meta(metaItems, &meta); err != nil {
		return err
	}
	if err := in.Meta("levels", &levels); err != nil {
		return err
	}
	if err := checkLevels(levels); err != nil {
		return err
	}
	if meta.Count < 1 || meta.Shard < 1 {
		return fmt.Errorf("meta %q: %d items in shards of %d", metaItems, meta.Count, meta.Shard)
	}
	if err := verifyForms(in, trieForms(levels, meta.Count)); err != nil {
		return err
	}
	if in.Has("added") {
		if err := verifyForms(in, []form{{"added", "added", bundle.U32, []int{0}}}); err != nil {
			return err
		}
	}
	r, err := search.Open(ctx, in)
	if err != nil {
		return err
	}
	v.add("trie", "%d items in the order of their identifiers, %d levels of %v codes", meta.Count, len(levels), levels)
	var m model.Config
	if err := in.Meta(metaModel, &m); err != nil {
		return err
	}
	v.add("model", "%s, %d parameters, a vocabulary of %d", r.Info().Model, r.Info().Parameters, m.Vocabulary)
	if err := verifyWords(in, v, meta.Count); err != nil {
		return err
	}
	kinds, _, err := in.Uint8s(ctx, "kinds")
	if err != nil {
		return err
	}
	counted := map[string]int{}
	for _, k := range kinds {
		counted[core.Kind(k).String()]++
	}
	for _, name := range slices.Sorted(keys(counted, meta.Kinds)) {
		if counted[name] != meta.Kinds[name] {
			return fmt.Errorf("meta %q: %d items of kind %q, tensor kinds has %d", metaItems, meta.Kinds[name], name, counted[name])
		}
	}
	if err := verifyItems(ctx, in, meta.Count, meta.Shard, kinds); err != nil {
		return err
	}
	v.add("items", "%d in %d shards, well-formed, no two with one id", meta.Count, (meta.Count-1)/meta.Shard+1)
	return verifyPage(in, v)
}

// checkLevels bounds the levels before anything is made by them.
func checkLevels(levels []int) error {
	if len(levels) < 1 || len(levels) > 16 {
		return fmt.Errorf("meta \"levels\": %d levels, want 1 to 16", len(levels))
	}
	for l, n := range levels {
		if n < 1 || n > 1<<16 {
			return fmt.Errorf("meta \"levels\": %d codes at level %d, want 1 to 65536", n, l)
		}
	}
	return nil
}

// keys gives the keys of two maps, those of both twice.
func keys(maps ...map[string]int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, m := range maps {
			for k := range m {
				if !yield(k) {
					return
				}
			}
		}
	}
}

// verifyWords says what a hybrid search has to go by; search.Open has checked
// the values.
func verifyWords(in *bundle.Container, v *verdict, items int) error {
	if t, ok := in.Tensor("sense"); ok {
		v.add("word vectors", "%d", t.Shape[len(t.Shape)-1])
	}
	many, ok := in.Tensor("lexicon.many")
	if !ok {
		return nil
	}
	if err := verifyForms(in, lexiconForms(items)); err != nil {
		return err
	}
	v.add("lexicon", "%d terms, weights and trust", many.Shape[0])
	if t, ok := in.Tensor("dual.items"); ok {
		v.add("item vectors", "%d of width %d", t.Shape[0], t.Shape[1])
	}
	return nil
}

// verifyPage checks what the page says of the collection.
func verifyPage(in *bundle.Container, v *verdict) error {
	var text string
	var credits []struct{ Text, URL string }
	var examples []string
	known := map[string]any{"title": &text, "notice": &text, "credits": &credits, "examples": &examples}
	var found []string
	for _, key := range []string{"title", "credits", "examples", "notice"} {
		if !slices.Contains(in.MetaKeys(), key) {
			continue
		}
		if err := in.Meta(key, known[key]); err != nil {
			return err
		}
		found = append(found, key)
	}
	for i, c := range credits {
		if err := checkLink(c.URL); err != nil {
			return fmt.Errorf("meta \"credits\", entry %d: %w", i, err)
		}
	}
	if len(found) > 0 {
		v.add("page", "%s", strings.Join(found, ", "))
	}
	return nil
}
