package index

import (
	"slices"
	"testing"

	"ace/core"
	"ace/core/lexicon"
	"ace/core/sense"
)

func table(t *testing.T, words []string, dim int) *sense.Table {
	t.Helper()
	x := make([]float32, len(words)*dim)
	for i := range x {
		x[i] = float32(i%7) - 3
	}
	s, err := sense.New(words, x, dim)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func wordsOf(s *sense.Table) (words []string) {
	for r := range s.Len() {
		words = append(words, s.Word(r))
	}
	return words
}

// A bundle gets the commonest words of the language, by its size, and its own.
func TestChooseWords(t *testing.T) {
	all := table(t, []string{"the", "dog", "a", "cat", "zebra"}, 2)
	own := [][]lexicon.Word{{{Word: "zebra", Weight: 1}, {Word: "unheard", Weight: 1}}, nil, {{Word: "dog", Weight: 1}}}
	commonWords["test"] = 1
	defer delete(commonWords, "test")
	if got, want := wordsOf(chooseWords(all, "test", own)), []string{"the", "dog", "zebra"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := chooseWords(all, "tiny", own); got.Len() != all.Len() {
		t.Errorf("%v of a table with fewer than the commonest words", wordsOf(got))
	}
}

// New items bring the words along that the bundle lacks, and take them away again;
// not to a bundle whose vectors are others.
func TestBringWords(t *testing.T) {
	all := table(t, []string{"the", "dog", "cat", "zebra"}, 2)
	k := &Catalogue{table: all.Subset([]int{0, 1})}
	k.col.Items = []core.Item{{ID: "old", Title: "the dog"}}
	news := []core.Item{{ID: "new", Captions: []string{"the zebra, unheard of"}}}
	if !k.BringWords(all, news) || !slices.Equal(wordsOf(k.table), []string{"the", "dog", "zebra"}) || !slices.Equal(k.added, []string{"zebra"}) {
		t.Errorf("%v, of these new %v", wordsOf(k.table), k.added)
	}
	k.dropWords() // the new item is not among the items
	if !slices.Equal(wordsOf(k.table), []string{"the", "dog"}) || len(k.added) != 0 {
		t.Errorf("%v are left, of these new %v", wordsOf(k.table), k.added)
	}
	for name, other := range map[string]*sense.Table{
		"wider": table(t, []string{"the", "dog", "cat"}, 3),
		"words": table(t, []string{"the", "cat"}, 2),
		"order": table(t, []string{"cat", "the", "dog"}, 2),
	} {
		if k.BringWords(other, news) || k.table.Len() != 2 || len(k.added) != 0 {
			t.Errorf("%s: %v, of these new %v", name, wordsOf(k.table), k.added)
		}
	}
	if none := (&Catalogue{}); !none.BringWords(all, news) || none.HasWords() {
		t.Error("a bundle without word vectors gets some")
	}
}
