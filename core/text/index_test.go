package text

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestIndex(t *testing.T) {
	for _, n := range []int{0, 1, 7, 8, 9, 5000} {
		var words []string
		for i := range n {
			words = append(words, fmt.Sprint(i*i))
		}
		if n > 2 {
			words[2] = "" // a word like any other
		}
		x, err := NewIndex(words)
		if err != nil {
			t.Fatal(err)
		}
		for i, w := range words {
			if row, ok := x.Row(w); !ok || row != i {
				t.Fatalf("%q of %d words: row %d, %v", w, n, row, ok)
			}
		}
		for _, w := range []string{"a", "-1", "00"} {
			if row, ok := x.Row(w); ok {
				t.Errorf("%q is row %d of %d words", w, row, n)
			}
		}
	}
	if _, err := NewIndex([]string{"a", "b", "c", "b"}); err == nil || !strings.Contains(err.Error(), `"b" stands in rows 1 and 3`) {
		t.Error("a word that stands there twice:", err)
	}
}

func TestLines(t *testing.T) {
	for _, s := range []string{"a", "\n", "a\n", "a\nbc\n\nd", "\na"} {
		if got := Lines(s); !slices.Equal(got, strings.Split(s, "\n")) {
			t.Errorf("%q: %q", s, got)
		}
	}
	if len(Lines("")) != 0 {
		t.Error("an empty text has lines")
	}
}
