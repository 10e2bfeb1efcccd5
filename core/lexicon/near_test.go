package lexicon

import (
	"slices"
	"testing"

	"ace/core/query"
	"ace/core/text"
)

func TestNear(t *testing.T) {
	v := compass{"rucksack": 0, "backpack": 0.3, "river": 1.6}
	x := New(Collect(words("a backpack in the cellar", "a river", "the oak tree", "red", "green", "blue")), v)
	e := query.Encoder{Vocabulary: text.Learn(nil, 0), Vectors: v}
	for question, want := range map[string][]string{
		"rucksack":       {"backpack"},          // means nearly the same
		"celar":          {"cellar"},            // is spelt alike
		"rucksack river": {"river", "backpack"}, // what is there stays
		"river":          nil,                   // is the question itself
		"qwzx":           nil,
	} {
		q := e.Encode(text.Words(question))
		if got := x.Near(&q, 5); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", question, got, want)
		}
	}
	q := e.Encode(text.Words("rucksack river"))
	if got := x.Near(&q, 1); len(got) != 1 {
		t.Errorf("%q where one is wanted", got)
	}
}
