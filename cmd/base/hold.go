package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"ace/core/gemm"

	"gonum.org/v1/gonum/mat"
)

// pair is two words that belong together, the more frequent first.
type pair struct{ a, b int }

func ordered(a, b int) pair { return pair{min(a, b), max(a, b)} }

// ranked is how many of the most frequent words pairs are drawn from and ranked among.
const ranked = 40000

// draw takes n of the pairs, without repeats.
func draw(pairs []pair, n int, seed uint64) []pair {
	slices.SortFunc(pairs, func(x, y pair) int { return cmp.Or(x.a-y.a, x.b-y.b) })
	pairs = slices.DeleteFunc(slices.Compact(pairs), func(p pair) bool { return p.a == p.b || p.b >= ranked })
	rng := rand.New(rand.NewPCG(seed, 1))
	rng.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	return pairs[:min(n, len(pairs))]
}

// synonyms are the pairs of a synset's lemmas.
func (s *sources) synonyms() []pair {
	var out []pair
	for _, set := range s.sets {
		rows := find(set.lemmas, s.index)
		for i, a := range rows {
			for _, b := range rows[:i] {
				out = append(out, ordered(a, b))
			}
		}
	}
	return out
}

// explained are the pairs of a synset's lemma and a word of its gloss.
func (s *sources) explained() []pair {
	var out []pair
	for _, set := range s.sets {
		for _, a := range find(set.lemmas, s.index) {
			for _, b := range find(set.about, s.index) {
				if b >= common {
					out = append(out, ordered(a, b))
				}
			}
		}
	}
	return out
}

// together are the pairs of words that follow each other in a gloss, common ones
// left out. No graph links them for that, so they tell of what is said together
// rather than of what is alike.
func (s *sources) together() []pair {
	var out []pair
	for _, set := range s.sets {
		last := -1
		for _, row := range find(set.about, s.index) {
			if row < common {
				continue
			}
			if last >= 0 {
				out = append(out, ordered(last, row))
			}
			last = row
		}
	}
	return out
}

// linked are the pairs of a headword and its synonyms.
func (s *sources) linked() []pair {
	var out []pair
	for _, e := range s.moby {
		if head, ok := s.index.Find(e.head); ok {
			for _, b := range find(e.synonyms, s.index) {
				out = append(out, ordered(head, b))
			}
		}
	}
	return out
}

// ranks is how many of the first n words are nearer to a word of a pair than
// its partner is, both ways round, for unit vectors x.
func ranks(x *mat.Dense, held []pair, n int) []int {
	_, d := x.Dims()
	flat := func(rows int, of func(i int) int) []float32 {
		y := make([]float32, 0, rows*d)
		for i := range rows {
			for _, v := range x.RawRowView(of(i)) {
				y = append(y, float32(v))
			}
		}
		return y
	}
	all := flat(n, func(i int) int { return i })
	ask := make([]pair, 0, 2*len(held))
	for _, p := range held {
		ask = append(ask, p, pair{p.b, p.a})
	}
	const batch = 100
	var out []int
	near := make([]float32, batch*n)
	for ask := range slices.Chunk(ask, batch) {
		gemm.Mul(false, true, len(ask), n, d, flat(len(ask), func(i int) int { return ask[i].a }), d, all, d, near, n, false)
		for i, q := range ask {
			row, above, level := near[i*n:][:n], 0, 0
			for r, v := range row {
				if r == q.a || r == q.b {
					continue
				}
				if v > row[q.b] {
					above++
				} else if v == row[q.b] {
					level++
				}
			}
			out = append(out, above+level/2)
		}
	}
	return out
}

// within is the share of ranks below k, in percent.
func within(ranks []int, k int) float64 {
	n := 0
	for _, r := range ranks {
		if r < k {
			n++
		}
	}
	return 100 * float64(n) / float64(len(ranks))
}

// report holds out n pairs of each sort from the links, and prints the share of
// partners found at the first, in the first ten and the first hundred places
// among the most frequent words: by GloVe alone, by the joined vectors, and by
// what the table keeps of them.
func (s *sources) report(n, dim int) error {
	sorts := []struct {
		name  string
		pairs []pair
	}{
		{"synonyms of WordNet", draw(s.synonyms(), n, 1)},
		{"synonyms of Moby", draw(s.linked(), n, 2)},
		{"words of a gloss", draw(s.explained(), n, 3)},
		{"neighbours in a gloss", draw(s.together(), n, 4)},
	}
	held := map[pair]bool{}
	for _, sort := range sorts {
		for _, p := range sort.pairs {
			held[p] = true
		}
	}
	joined := s.join(dim, held)
	kept, err := s.table(joined)
	if err != nil {
		return err
	}
	read := mat.NewDense(kept.Len(), dim, nil)
	row := make([]float32, dim)
	for r := range kept.Len() {
		kept.Vector(r, row)
		for i, v := range row {
			read.Set(r, i, float64(v))
		}
	}
	for _, v := range []struct {
		name string
		x    *mat.Dense
	}{{"glove", s.centred()}, {"joined", joined}, {"kept", read}} {
		for _, sort := range sorts {
			r := ranks(v.x, sort.pairs, min(ranked, len(s.words)))
			fmt.Printf("%-8s %-22s %5.1f %5.1f %5.1f\n", v.name, sort.name, within(r, 1), within(r, 10), within(r, 100))
		}
	}
	return nil
}
