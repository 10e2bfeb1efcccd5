package search

import (
	"context"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"ace/core"
	"ace/core/bundle"
	"ace/core/text"
)

// planes are queries of code points of all planes of Unicode: what is assigned,
// what is not, surrogates and the last of each plane.
func planes() (all []string) {
	for plane := range 17 {
		var q strings.Builder
		for _, at := range []int{0, 0x41, 0x300, 0x5d0, 0x600, 0x1100, 0x3042, 0xac00, 0xd800, 0xe000, 0xf900, 0xfffe, 0xffff} {
			for i := range 3 {
				q.WriteRune(rune(plane<<16 + min(at+i, 0xffff)))
			}
			q.WriteByte(' ')
		}
		all = append(all, q.String())
	}
	return all
}

// megabytes are queries of a million bytes: one word, many, marks alone, bytes that
// are no UTF-8.
func megabytes() (all []string) {
	for _, part := range []string{"a", "thing number ", "e\u0301", "\u0301", "\xff\xfe", "\xf0\x9f", "\U0001f469\u200d\U0001f680", "\ufdfa", "한", "\u1112\u1161", "\x00", "İ", "กำ", "."} {
		all = append(all, strings.Repeat(part, 1<<20/len(part)))
	}
	return all
}

// asks puts a query, of which all that is said must hold for any bytes.
func asks(t *testing.T, r *Retriever, q string, o Options) {
	a, err := r.Search(context.Background(), q, o)
	if err != nil {
		t.Fatal(err)
	}
	words := text.Words(q)
	for _, w := range words {
		if w == "" || !utf8.ValidString(w) {
			t.Fatalf("%.200q has the word %.200q", q, w)
		}
	}
	if want := min(o.Limit, r.Info().Items); len(a.Hits) != want && len(words) > 0 || len(words) == 0 && len(a.Hits) > 0 {
		t.Fatalf("%.200q: %d words, %d hits", q, len(words), len(a.Hits))
	}
	last := math.Inf(1)
	for _, h := range a.Hits {
		if !(h.Score <= last) || math.IsInf(h.Score, 0) || !(h.Confidence >= 0 && h.Confidence <= 1) {
			t.Fatalf("%.200q: score %v after %v, confidence %v", q, h.Score, last, h.Confidence)
		}
		last = h.Score
	}
}

// TestAnyQuery: queries of any length and of all planes are answered, in both modes.
func TestAnyQuery(t *testing.T) {
	s := shopOf(60, 0, []int{4, 5, 6})
	r := s.open(t)
	for _, q := range append(planes(), megabytes()...) {
		for _, pure := range []bool{true, false} {
			asks(t, r, q, Options{Limit: 5, Pure: pure})
		}
	}
}

func FuzzSearch(f *testing.F) {
	r := opened(f, collectionOf(40), bundle.I8)
	s := shopOf(60, 0, []int{4, 5, 6})
	hybrid := s.open(f)
	for _, q := range append(planes(), "", "thing", "number 12", "!", "\xff\x00", "한\u1112\u1161\u11ab", "か\u3099", strings.Repeat("thing \u0301\xff", 500)) {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		asks(t, r, q, Options{Limit: 5})
		asks(t, hybrid, q, Options{Limit: 5})
		// A query may come as a filter just as well.
		a, err := r.Search(context.Background(), "thing", Options{Filter: Filter{q: {q}, Tag: {q}}})
		if err != nil || len(a.Hits) > 0 {
			t.Fatalf("%.200q: %v, %d hits", q, err, len(a.Hits))
		}
	})
}

// FuzzFilter: whatever a page sends as a filter is refused or stands for what it
// says.
func FuzzFilter(f *testing.F) {
	for _, s := range []string{`{}`, `null`, `{"tag":"x"}`, `{"a":["b","c"],"d":"e"}`, `{"a":1}`, `{"a":{}}`, `[]`, `{"\ud800":"\ud800"}`, `{"a":null}`, `{"a":[null]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var filter Filter
		if err := filter.UnmarshalJSON(data); err != nil {
			return
		}
		it := core.Item{Meta: map[string]string{}}
		for key, values := range filter {
			if len(values) == 0 {
				if filter.Has(&it) {
					t.Fatalf("%q: nothing passes for everything", data)
				}
				return
			}
			it.Meta[key] = values[len(values)-1]
		}
		if !filter.Has(&it) {
			t.Fatalf("%q: %v does not pass %v", data, it.Meta, filter)
		}
	})
}
