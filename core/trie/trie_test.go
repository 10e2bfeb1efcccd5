package trie

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"ace/core"
)

// random makes n sorted identifiers; several items may share one.
func random(rng *rand.Rand, levels []int, n int) []core.ID {
	ids := make([]core.ID, n)
	for i := range ids {
		for _, v := range levels {
			ids[i] = append(ids[i], core.Token(rng.IntN(v)))
		}
	}
	slices.SortFunc(ids, core.ID.Compare)
	return ids
}

var shapes = [][]int{{1}, {7}, {3, 2}, {8, 16, 300}, {2, 1, 1, 4}, {300, 257, 5}}

// TestChildren walks the whole trie and compares each step with a plain count
// over the identifiers.
func TestChildren(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, levels := range shapes {
		for _, n := range []int{0, 1, 2, 65, 700} {
			ids := random(rng, levels, n)
			tr, err := Build(levels, ids)
			if err != nil {
				t.Fatal(err)
			}
			for i, id := range ids {
				if got := tr.ID(i); !slices.Equal(got, id) {
					t.Fatalf("levels %v: ID(%d) = %v, want %v", levels, i, got, id)
				}
			}
			var walk func(prefix core.ID, r core.Range)
			walk = func(prefix core.ID, r core.Range) {
				if len(prefix) == len(levels) {
					return
				}
				want := map[core.Token]core.Range{}
				for i, id := range ids {
					if slices.Equal(id[:len(prefix)], prefix) {
						w, ok := want[id[len(prefix)]]
						if !ok {
							w.Lo = uint32(i)
						}
						w.Hi = uint32(i + 1)
						want[id[len(prefix)]] = w
					}
				}
				got := map[core.Token]core.Range{}
				last := -1
				tr.Children(len(prefix), r, func(c core.Token, r core.Range) {
					if int(c) <= last {
						t.Fatalf("code %d after %d", c, last)
					}
					last = int(c)
					got[c] = r
				})
				if len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
					t.Fatalf("levels %v, prefix %v: %v, want %v", levels, prefix, got, want)
				}
				for c, r := range got {
					walk(append(slices.Clone(prefix), c), r)
				}
			}
			walk(nil, tr.Root())
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		levels []int
		first  []uint32
		fine   []Column
	}{
		"no levels":       {nil, []uint32{0}, nil},
		"short starts":    {[]int{2}, []uint32{0, 1}, nil},
		"falling starts":  {[]int{2}, []uint32{0, 2, 1}, nil},
		"starts not at 0": {[]int{1}, []uint32{1, 1}, nil},
		"short column":    {[]int{1, 4}, []uint32{0, 2}, []Column{{Bytes: []uint8{1}}}},
		"no column":       {[]int{1, 4}, []uint32{0, 2}, nil},
		"code too large":  {[]int{1, 4}, []uint32{0, 2}, []Column{{Bytes: []uint8{1, 4}}}},
		"out of order":    {[]int{1, 4, 4}, []uint32{0, 2}, []Column{{Bytes: []uint8{1, 1}}, {Bytes: []uint8{2, 1}}}},
		"huge start":      {[]int{1, 4}, []uint32{0, 1 << 31}, []Column{{Bytes: []uint8{1, 1}}}},
		"column of both":  {[]int{1, 4}, []uint32{0, 2}, []Column{{Bytes: []uint8{1}, Words: []uint16{1}}}},
	} {
		if _, err := New(c.levels, c.first, c.fine); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := Build([]int{2, 2}, []core.ID{{1, 0}, {0, 1}}); err == nil {
		t.Error("identifiers out of order were taken")
	}
	if _, err := Build([]int{2, 2}, []core.ID{{1, 2}}); err == nil {
		t.Error("a code beyond its level was taken")
	}
	if _, err := Build([]int{2, 2}, []core.ID{{1}}); err == nil {
		t.Error("a short identifier was taken")
	}
}

func TestFilterCounts(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{0, 1, 63, 64, 65, 500} {
		in := make([]bool, n)
		for i := range in {
			in[i] = rng.IntN(3) == 0
		}
		f := NewFilter(n, func(i int) bool { return in[i] })
		for lo := 0; lo <= n; lo += 1 + n/37 {
			want := 0
			for hi := lo; hi <= n; hi++ {
				if got := f.Count(core.Range{Lo: uint32(lo), Hi: uint32(hi)}); got != want {
					t.Fatalf("n %d: [%d,%d) has %d, want %d", n, lo, hi, got, want)
				}
				if hi < n && in[hi] {
					want++
				}
				if hi < n && f.Has(uint32(hi)) != in[hi] {
					t.Fatalf("n %d: Has(%d) is wrong", n, hi)
				}
			}
		}
	}
}
