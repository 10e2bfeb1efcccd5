package dual

import (
	"math"

	"gonum.org/v1/gonum/stat"

	"ace/core/dual"
	"ace/core/query"
	"ace/train/score"
)

// mediaWeights are what the weight of the media beside words is chosen from. The
// least of them tells items apart that have the same words.
var mediaWeights = []float32{0.1, 0.2, 0.3, 0.5, 0.7, 1}

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

// choose returns the weight of the media under which the right answers are most
// probable, and how well the questions are answered with it, both sorts counting
// alike. How many are answered rightly would not do to choose by: among a few
// hundred questions it differs by chance more than by the weight.
func (h held) choose(c *corpus, t *towers[float32]) (float32, score.Score) {
	weights, at := mediaWeights, 0
	if c.media.dims == 0 {
		weights = []float32{0}
	}
	v := index(c, t)
	var sorts []score.Score
	if len(h.worded) > 0 {
		all := judge(t, v, h.worded, nil, weights)
		for k := range all {
			if all[k].likely > all[at].likely {
				at = k
			}
		}
		sorts = append(sorts, all[at].Score)
	}
	if len(h.wordless) > 0 { // the candidates have no words beside which to weigh
		wordless := func(i int) bool { return len(c.texts[i]) == 0 }
		sorts = append(sorts, judge(t, v, h.wordless, wordless, weights[:1])[0].Score)
	}
	var s score.Score
	for _, one := range sorts {
		part := 1 / float64(len(sorts))
		s.R1 += part * one.R1
		s.R5 += part * one.R5
		s.R10 += part * one.R10
		s.MRR10 += part * one.MRR10
	}
	return weights[at], s
}

// margin is the difference in value that chance may make: about half a standard error
// of a share of the questions, twice.
func (h held) margin() float64 {
	return 50 / math.Sqrt(float64(max(len(h.worded)+len(h.wordless), 1)))
}

// value is what towers are chosen by.
func value(s score.Score) float64 { return s.R1 + s.R10 }

// judgement is how questions are answered.
type judgement struct {
	score.Score
	likely float64 // mean log-probability of the right answers, in nats
}

// judge asks questions, for each weight of the media beside words. Both parts of
// every cosine are computed once; the weights differ in how they are added.
func judge(w *towers[float32], v vectors, questions []asked, allowed func(int) bool, weights []float32) []judgement {
	const rows = 32 // questions at a time
	n, d := len(v.words)/w.d, w.d
	lengths := v.lengths(w, weights)
	ranks, likely := make([][]int, len(weights)), make([][]float64, len(weights))
	for k := range ranks {
		ranks[k], likely[k] = make([]int, len(questions)), make([]float64, len(questions))
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
					likely[k][i] = logProbability(both, questions[i].relevant)
				}
			}
		}
	})
	out := make([]judgement, len(weights))
	for k := range out {
		out[k] = judgement{score.Summarise(ranks[k]), stat.Mean(likely[k], nil)}
	}
	return out
}

// hopeless is the share of questions that are taken to be answered by chance, so
// that these do not decide.
const hopeless = 0.2

// logProbability is that of the relevant items under a softmax over cosines.
func logProbability(cosines []float32, relevant map[int]bool) float64 {
	all, right := 0.0, 0.0
	for i, c := range cosines {
		e := math.Exp((float64(c) - 1) / dual.Temperature)
		all += e
		if relevant[i] {
			right += e
		}
	}
	return math.Log((1-hopeless)*right/all + hopeless*float64(len(relevant))/float64(len(cosines)))
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
