package search

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"ace/core"
)

func TestFilterHas(t *testing.T) {
	it := core.Item{Keywords: []string{"boat", "sea"}, Meta: map[string]string{"year": "1931", "tag": "old", "empty": ""}}
	for _, c := range []struct {
		json string
		want bool
	}{
		{`{}`, true},
		{`null`, true},
		{`{"year":"1931"}`, true},
		{`{"year":["1930","1931"]}`, true},
		{`{"year":["1930"]}`, false},
		{`{"year":[]}`, false},
		{`{"month":"1"}`, false},
		{`{"month":""}`, false},
		{`{"empty":""}`, true},
		{`{"tag":"sea"}`, true},
		{`{"tag":"old"}`, true},
		{`{"tag":["ship","boat"]}`, true},
		{`{"tag":"Boat"}`, false},
		{`{"keywords":"boat"}`, false},
		{`{"tag":"boat","year":"1931"}`, true},
		{`{"tag":"boat","year":"1932"}`, false},
	} {
		var f Filter
		if err := json.Unmarshal([]byte(c.json), &f); err != nil || f.Has(&it) != c.want {
			t.Errorf("%s: %v, %v", c.json, f.Has(&it), err)
		}
	}
	for _, bad := range []string{`[]`, `{"a":1}`, `{"a":[1]}`, `{"a":{"b":"c"}}`, `{"a"`} {
		var f Filter
		if err := json.Unmarshal([]byte(bad), &f); err == nil {
			t.Errorf("%s becomes %v", bad, f)
		}
	}
}

// tagged is a collection of which items share keywords, meta values and
// identifiers.
func tagged(n, questions int) shop {
	s := shopOf(n, questions, []int{6, 5, 9})
	rng := rand.New(rand.NewPCG(5, uint64(n)))
	for i := range s.Items {
		it := &s.Items[i]
		for range rng.IntN(4) {
			it.Keywords = append(it.Keywords, fmt.Sprint("word", rng.IntN(9)))
		}
		it.Meta["size"] = fmt.Sprint(rng.IntN(20))
		if rng.IntN(30) == 0 {
			it.Meta["rare"] = "yes"
		}
	}
	return s
}

// anySelection draws a selection of any sort; some leave nothing.
func anySelection(rng *rand.Rand, s *shop) (sel Selection) {
	if rng.IntN(3) == 0 {
		kind := core.Kind(rng.IntN(core.Kinds))
		sel.Kind = &kind
	}
	draw := func(key, of string, n int) {
		if rng.IntN(3) > 0 {
			return
		}
		if sel.Filter == nil {
			sel.Filter = Filter{}
		}
		for range 1 + rng.IntN(3) {
			sel.Filter[key] = append(sel.Filter[key], of+fmt.Sprint(rng.IntN(n)))
		}
	}
	draw(Tag, "word", 9)
	draw("shelf", "", 7)
	draw("size", "", 20)
	if rng.IntN(8) == 0 {
		sel.Filter = Filter{"rare": {"yes"}}
	}
	if rng.IntN(3) == 0 {
		sel.IDs = map[string]bool{"nothing": true}
		for range rng.IntN(1 + rng.IntN(len(s.Items))) {
			sel.IDs[fmt.Sprint("item", rng.IntN(len(s.Items)))] = true
		}
	}
	return sel
}

// TestFilterAgainstBruteForce: whatever is selected, a search gives as many hits as
// are asked for and allowed, each of them allowed and scored as a search that looks
// at every item scores it; and with as many beams as items are allowed, just what
// that search gives when it is filtered afterwards.
func TestFilterAgainstBruteForce(t *testing.T) {
	s := tagged(250, 10)
	cpu, dev := s.open(t), s.open(t)
	if err := dev.Use(context.Background(), newReference()); err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]*Retriever{"cpu": cpu, "reference": dev} {
		for _, pure := range []bool{true, false} {
			againstBruteForce(t, fmt.Sprint(name, ", pure ", pure), &s, r, pure)
		}
	}
}

func againstBruteForce(t *testing.T, name string, s *shop, r *Retriever, pure bool) {
	ctx := context.Background()
	rng := rand.New(rand.NewPCG(2, 2))
	exact, none := 0, 0
	for n := range 10 * len(s.questions) {
		q := s.questions[n%len(s.questions)]
		whole, err := r.Search(ctx, q, Options{Limit: MaxLimit, Pure: pure})
		if err != nil || len(whole.Hits) != len(s.Items) {
			t.Fatalf("%s: %v, %d hits of %d items", name, err, len(whole.Hits), len(s.Items))
		}
		sel := anySelection(rng, s)
		o := Options{Kind: sel.Kind, Filter: sel.Filter, IDs: sel.IDs, Limit: 1 + rng.IntN(30), Pure: pure}
		if rng.IntN(2) == 0 {
			o.Beam = 1 + rng.IntN(DeviceWidth)
		}
		a, err := r.Search(ctx, q, o)
		if err != nil {
			t.Fatal(err)
		}
		var allowed []core.Hit
		score := map[int]float64{}
		for _, h := range whole.Hits {
			if it := &h.Item; (sel.Kind == nil || it.Kind == *sel.Kind) && sel.Filter.Has(it) && (sel.IDs == nil || sel.IDs[it.ID]) {
				allowed = append(allowed, h)
				score[h.Index] = h.Score
			}
		}
		if want := min(o.Limit, len(allowed)); len(a.Hits) != want {
			t.Fatalf("%s: %q in %v: %d hits where %d are asked for and %d allowed", name, q, sel, len(a.Hits), o.Limit, len(allowed))
		}
		near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-4*(1+math.Abs(b)) }
		last, seen := math.Inf(1), map[int]bool{}
		for _, h := range a.Hits {
			want, ok := score[h.Index]
			if !ok || seen[h.Index] || !near(h.Score, want) || h.Score > last {
				t.Fatalf("%s: %q in %v: item %d with %v after %v, by brute force %v", name, q, sel, h.Index, h.Score, last, want)
			}
			last, seen[h.Index] = h.Score, true
		}
		if max(o.Beam, DefaultBeam) < len(allowed) {
			continue
		}
		o.Beam = max(o.Limit, len(allowed))
		if a, err = r.Search(ctx, q, o); err != nil {
			t.Fatal(err)
		}
		for i, h := range a.Hits {
			if !near(h.Score, allowed[i].Score) {
				t.Fatalf("%s: %q in %v: hit %d is %d with %v, by brute force %d with %v", name, q, sel, i, h.Index, h.Score, allowed[i].Index, allowed[i].Score)
			}
		}
		exact++
		if len(allowed) == 0 {
			none++
		}
	}
	if exact < 30 || none > exact/2 {
		t.Errorf("%s: %d comparisons, %d of nothing, are too few", name, exact, none)
	}
}

// TestKeptSets: a selection that comes again has its set again, whatever became of
// the maps that it was given in; another never has.
func TestKeptSets(t *testing.T) {
	ctx := context.Background()
	s := tagged(100, 1)
	r := s.open(t)
	rng := rand.New(rand.NewPCG(3, 1))
	for range 200 {
		sel := anySelection(rng, &s)
		o := Options{Kind: sel.Kind, Filter: sel.Filter, IDs: sel.IDs}
		got, err := r.set(ctx, &o)
		if err != nil {
			t.Fatal(err)
		}
		if sel.all() {
			if got != nil {
				t.Fatal("everything is a set")
			}
			continue
		}
		again, err := r.set(ctx, &o)
		want, werr := r.Select(ctx, sel)
		if err != nil || werr != nil || again != got || !reflect.DeepEqual(got.Filter, want.Filter) || len(r.kept) > keptSets {
			t.Fatalf("%v: %v %v, a set of %d, again %v, want %d; %d are kept", sel, err, werr, got.Count(r.trie.Root()), again == got, want.Count(r.trie.Root()), len(r.kept))
		}
		if slices.ContainsFunc(r.kept[1:], func(k kept) bool { return k.of.equal(&sel) }) {
			t.Fatalf("%v is kept twice", sel)
		}
		for key := range sel.Filter { // the caller uses its map for something else
			sel.Filter[key][0] = "7"
		}
		clear(sel.IDs)
	}
}
