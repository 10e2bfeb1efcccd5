package main

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"ace/core"
)

// someHits makes n hits with all and with few of their fields set.
func someHits(n int) []core.Hit {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string { return strings.Repeat("é∀x", r.IntN(70)) }
	hits := make([]core.Hit, n)
	for i := range hits {
		h := &hits[i]
		h.Item.ID, h.Item.Kind = word(), core.Kind(r.IntN(core.Kinds))
		if i%3 == 0 {
			continue
		}
		h.Index, h.Score, h.Confidence = r.IntN(1<<30), -r.Float64()*1e3, r.Float64()
		h.Item.File, h.Item.Title, h.Item.URL, h.Item.Colour, h.Item.Thumb = word(), word(), word(), word(), word()
		h.Item.Width, h.Item.Height, h.Item.Seconds = r.IntN(1<<20), r.IntN(1<<20), 1e4*r.Float64()
		for range 1 + r.IntN(4) {
			h.Identifier = append(h.Identifier, core.Token(r.IntN(1<<16)))
			h.Item.Captions = append(h.Item.Captions, word())
			h.Item.Keywords = append(h.Item.Keywords, word())
		}
		h.Item.Meta = map[string]string{"a": word(), "b": word()}
	}
	return hits
}

func TestHitsTravelUnchanged(t *testing.T) {
	for _, n := range []int{0, 1, 2, 50} {
		hits := someHits(n)
		got, err := decodeHits(encodeHits(hits))
		if err != nil || !reflect.DeepEqual(got, hits) {
			t.Errorf("%d hits: %v\n%v\nwant\n%v", n, err, got, hits)
		}
	}
	odd := []core.Hit{{Score: math.Inf(-1), Confidence: math.MaxFloat64}}
	if got, err := decodeHits(encodeHits(odd)); err != nil || got[0].Score != odd[0].Score || got[0].Confidence != odd[0].Confidence {
		t.Errorf("%v %v", got, err)
	}
}

func TestBrokenMessagesAreRefused(t *testing.T) {
	whole := encodeHits(someHits(3))
	for n := range whole {
		if hits, err := decodeHits(whole[:n]); err == nil {
			t.Fatalf("%d of %d bytes give %v", n, len(whole), hits)
		}
	}
	if _, err := decodeHits(append(whole, 0)); err == nil {
		t.Error("a byte too many is taken")
	}
	if _, err := decodeHits([]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 1}); err == nil {
		t.Error("a length beyond the message is taken")
	}
}

func TestSpread(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 7, 100, 511, 512, 513, 1043, 5000} {
		seen, shards := make([]bool, n), map[int]bool{}
		count := 0
		for i := range spread(n, 64) {
			if i < 0 || i >= n || seen[i] {
				t.Fatalf("of %d: %d is no number or comes twice", n, i)
			}
			seen[i] = true
			if count++; count <= 100 {
				shards[i/64] = true
			}
		}
		if len(shards) > breadth || len(shards) < min(breadth, n/64)/2 {
			t.Errorf("of %d: the first 100 lie in %d shards", n, len(shards))
		}
		if count != n {
			t.Errorf("of %d: %d numbers", n, count)
		}
	}
	last := -1000
	for i := range spread(512, 64) {
		if d := i - last; -50 < d && d < 50 {
			t.Fatalf("%d comes next to %d", i, last)
		}
		last = i
	}
}

func TestKindsTravel(t *testing.T) {
	for k := range core.Kinds {
		kind := core.Kind(k)
		if got := kindOf(kindNumber(&kind)); got == nil || *got != kind {
			t.Errorf("%v becomes %v", kind, got)
		}
	}
	if kindOf(kindNumber(nil)) != nil || kindOf(core.Kinds) != nil {
		t.Error("all kinds become one")
	}
}

func TestCutoffsTravel(t *testing.T) {
	for _, p := range []float64{0, 0.25, 1} {
		if got := cutoffOf(cutoffNumber(&p)); got == nil || *got != p {
			t.Errorf("%v becomes %v", p, got)
		}
	}
	if cutoffOf(cutoffNumber(nil)) != nil {
		t.Error("the bundle's own cut-off becomes another")
	}
}

func BenchmarkDecodeHits(b *testing.B) {
	message := encodeHits(someHits(24))
	for b.Loop() {
		if _, err := decodeHits(message); err != nil {
			b.Fatal(err)
		}
	}
}
