package dual

import (
	"math"

	"ace/core/query"
	"ace/train/score"
)

// mediaWeights are what the weight of the media beside words is chosen from.
var mediaWeights = []float32{0, 0.1, 0.2, 0.3, 0.5, 0.7, 1}

// asked is a question, encoded.
type asked struct {
	sentence
	relevant map[int]bool
}

// held are the questions that decide, those for items with words and those for
// items without.
type held struct{ worded, wordless []asked }

func newHeld(questions []Question, e *query.Encoder, c *corpus) held {
	var h held
	for _, q := range questions {
		a, sort := asked{read(e, q.Words), map[int]bool{}}, &h.worded
		for _, i := range q.Items {
			a.relevant[i] = true
			if len(c.texts[i]) == 0 {
				sort = &h.wordless
			}
		}
		*sort = append(*sort, a)
	}
	return h
}

// choose returns the weight of the media by which the questions are answered
// best, and how well they are, both sorts counting alike.
func (h held) choose(c *corpus, t *towers[float32]) (weight float32, best score.Score) {
	weights := mediaWeights
	if c.dims == 0 {
		weights = weights[:1]
	}
	v := index(c, t)
	var parts [][]score.Score // of each sort, for each weight
	if len(h.worded) > 0 {
		parts = append(parts, judge(t, v, h.worded, nil, weights))
	}
	if len(h.wordless) > 0 { // the candidates have no words beside which to weigh
		wordless := func(i int) bool { return len(c.texts[i]) == 0 }
		parts = append(parts, judge(t, v, h.wordless, wordless, weights[:1]))
	}
	for k, w := range weights {
		var s score.Score
		for _, p := range parts {
			one, part := p[min(k, len(p)-1)], 1/float64(len(parts))
			s.R1 += part * one.R1
			s.R5 += part * one.R5
			s.R10 += part * one.R10
			s.MRR10 += part * one.MRR10
		}
		if k == 0 || value(s) > value(best) {
			weight, best = w, s
		}
	}
	return weight, best
}

// value is what towers and weights are chosen by.
func value(s score.Score) float64 { return s.R1 + s.R10 }

// judge asks questions, for each weight of the media beside words. Both parts of
// every cosine are computed once; the weights differ in how they are added.
func judge(w *towers[float32], v vectors, questions []asked, allowed func(int) bool, weights []float32) []score.Score {
	const rows = 32 // questions at a time
	n, d := len(v.words)/w.d, w.d
	lengths := v.lengths(w, weights)
	ranks := make([][]int, len(weights))
	for k := range ranks {
		ranks[k] = make([]int, len(questions))
	}
	w.each((len(questions)+rows-1)/rows, func(_, lo, hi int) {
		sum, q := make([]float32, d), make([]float32, rows*d)
		words, media, both := make([]float32, rows*n), make([]float32, rows*n), make([]float32, n)
		for from := lo * rows; from < min(hi*rows, len(questions)); from += rows {
			to := min(from+rows, len(questions))
			for i, a := range questions[from:to] {
				w.encode(a.sentence, sum, q[i*d:][:d])
			}
			w.mul(false, true, to-from, n, d, q, d, v.words, d, words, n, false)
			if w.media > 0 {
				w.mul(false, true, to-from, n, d, q, d, v.media, d, media, n, false)
			}
			for k, weight := range weights {
				for i := from; i < to; i++ {
					a, b := words[(i-from)*n:][:n], media[(i-from)*n:][:n]
					for j := range both {
						both[j] = (a[j] + weight*b[j]) / lengths[k][j]
						if lengths[k][j] == 0 {
							both[j] = b[j]
						}
					}
					ranks[k][i] = score.Rank(both, float32(math.Inf(-1)), questions[i].relevant, allowed)
				}
			}
		}
	})
	out := make([]score.Score, len(weights))
	for k := range out {
		out[k] = score.Summarise(ranks[k])
	}
	return out
}

// lengths are those of words + weight·media, for each weight [N]; 0 where there
// are no words.
func (v vectors) lengths(w *towers[float32], weights []float32) [][]float32 {
	out := make([][]float32, len(weights))
	for k := range out {
		out[k] = make([]float32, len(v.words)/w.d)
	}
	sum := make([]float32, w.d)
	for i := range out[0] {
		a, b := v.words[i*w.d:][:w.d], v.media[i*w.d:][:w.d]
		if w.dot(a, a) == 0 {
			continue
		}
		for k, weight := range weights {
			copy(sum, a)
			w.axpy(weight, b, sum)
			out[k][i] = float32(math.Sqrt(float64(w.dot(sum, sum))))
		}
	}
	return out
}
