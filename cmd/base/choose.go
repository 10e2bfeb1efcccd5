package main

import (
	"cmp"
	"math"
	"slices"

	"ace/core/sense"
)

// Words of no thesaurus are kept only where they are this many times as
// frequent, by rank, as the rarest one that is kept.
const (
	inflectedRank = 2 // those with an English ending behind a word of one
	otherRank     = 4 // names above all
)

// alike is the least cosine at which an inflected word goes without a vector of
// its own, as sense.Table.Find comes to its stem.
const alike = 0.5

// choose keeps n words and their vectors. Words of the
// lexicon go far deeper than others, which the news that GloVe was learnt from
// are full of.
func choose(g *glove, lexicon []string, n int) (*glove, error) {
	vectors := make(map[string][]float64, len(g.words))
	for i, w := range g.words {
		vectors[w] = g.vectors[i]
	}
	seen := map[string]bool{}
	lexicon = slices.DeleteFunc(slices.Clone(lexicon), func(w string) bool {
		again := seen[w] || vectors[w] == nil
		seen[w] = true
		return again
	})
	one := make([]float32, len(lexicon))
	for i := range one {
		one[i] = 1
	}
	known, err := sense.New(lexicon, one, 1)
	if err != nil {
		return nil, err
	}
	type candidate struct{ row, rank int }
	var all []candidate
	for row, w := range g.words {
		stem, ok := known.Find(w)
		switch {
		case !ok:
			all = append(all, candidate{row, otherRank * row})
		case known.Word(stem) == w:
			all = append(all, candidate{row, row})
		case cosine(g.vectors[row], vectors[known.Word(stem)]) < alike:
			all = append(all, candidate{row, inflectedRank * row})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(a.rank, b.rank) })
	all = all[:min(n, len(all))]
	slices.SortFunc(all, func(a, b candidate) int { return cmp.Compare(a.row, b.row) })
	out := &glove{}
	for _, c := range all {
		out.words = append(out.words, g.words[c.row])
		out.vectors = append(out.vectors, g.vectors[c.row])
	}
	return out, nil
}

func cosine(x, y []float64) float64 { return dot(x, y) / math.Sqrt(dot(x, x)*dot(y, y)) }
