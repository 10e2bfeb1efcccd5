package dual

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"ace/core/gemm"
	"ace/core/query"
	"ace/core/text"
)

// corpus is the items as the towers learn them.
type corpus struct {
	vocab  *text.Vocabulary
	texts  [][]sentence // of each item, none twice
	number [][]int      // of each item's texts: equal for texts of the same words
	who    [][]int      // by that number: the items that have the text
	sense  int          // width of the word vectors; 0: none
	media  *media
	pairs  int // texts of all items
}

// sentence is an encoded text.
type sentence struct {
	text.Tokens
	sense [][]float32 // of each word; nil: none is known
}

func read(e *query.Encoder, words []string) sentence {
	q := e.Encode(words)
	s := sentence{q.Tokens, make([][]float32, q.Len())}
	for i := range s.sense {
		s.sense[i] = q.Vector(i)
	}
	return s
}

func newCorpus(items []Item, e *query.Encoder, m *media) *corpus {
	c := &corpus{vocab: e.Vocabulary, media: m, texts: make([][]sentence, len(items)), number: make([][]int, len(items))}
	if e.Vectors != nil {
		c.sense = e.Vectors.Dim()
	}
	numbers := map[string]int{}
	vectors := map[string][]float32{} // a word's is kept once
	for i := range items {
		for _, words := range items[i].Texts {
			k := strings.Join(words, " ")
			n, ok := numbers[k]
			if !ok {
				n = len(c.who)
				numbers[k] = n
				c.who = append(c.who, nil)
			}
			if len(words) == 0 || slices.Contains(c.number[i], n) {
				continue
			}
			s := read(e, words)
			for j, v := range s.sense {
				if _, ok := vectors[words[j]]; !ok {
					vectors[words[j]] = slices.Clone(v)
				}
				s.sense[j] = vectors[words[j]]
			}
			c.who[n] = append(c.who[n], i)
			c.pairs++
			c.texts[i], c.number[i] = append(c.texts[i], s), append(c.number[i], n)
		}
	}
	return c
}

// add puts the words of a text into a bag and adds their word vectors to sense
// [dim]. A word of n pieces has them with weight 1/√n. With rng a word is left
// out with probability drop, and some lose their spelling: the pieces that stand
// for the word as such, or all of them, where there is something else to go by.
func (b *bag) add(s sentence, sense []float32, drop float64, rng *rand.Rand) {
	for w, meaning := range s.sense {
		pieces := s.Pieces[s.Start[w]:s.Start[w+1]]
		if rng != nil {
			if rng.Float64() < drop {
				continue
			}
			whole := text.Whole(pieces)
			switch r := rng.Float64(); {
			case r < spellingDrop && meaning != nil:
				pieces = nil
			case r >= spellingDrop && r < 2*spellingDrop && (meaning != nil || whole < len(pieces)):
				pieces = pieces[whole:]
			}
		}
		weight := share(len(pieces))
		for _, id := range pieces {
			b.ids, b.weight = append(b.ids, id), append(b.weight, weight)
		}
		if meaning != nil {
			gemm.Axpy(1, meaning, sense)
		}
	}
}

// share is the weight of each of a word's n pieces.
func share(n int) float32 { return float32(1 / math.Sqrt(float64(max(n, 1)))) }

func (b *bag) reset() { b.ids, b.weight = b.ids[:0], b.weight[:0] }

// idf is a weight of each piece: the logarithm of how few of the texts hold it,
// as a share of its largest value.
func (c *corpus) idf() []float32 {
	n := 0
	df := make([]float64, c.vocab.Size())
	last := make([]int, len(df))
	for _, list := range c.texts {
		for _, t := range list {
			n++
			for _, id := range t.Pieces {
				if last[id] != n {
					last[id] = n
					df[id]++
				}
			}
		}
	}
	out := make([]float32, len(df))
	for i, v := range df {
		out[i] = float32(math.Log(float64(n+1)/(v+1)) / math.Log(float64(n+1)))
	}
	return out
}
