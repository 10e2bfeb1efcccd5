package feature

import (
	"context"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"ace/core/text"
	"ace/train/media"
)

// BenchmarkQualityWordless reports how items without words are found (%):
// the texts of 1,000 photographs that have some are taken away and asked for
// among these 1,000, by the vectors (R@k), by the guessed words (G@k) and by
// both (B@k). ACE_FEATURES names their vectors, ACE_FOLD another choice,
// ACE_DIMS the width of the text block.
func BenchmarkQualityWordless(b *testing.B) {
	c, err := media.Load(sharedFile(b, "protocols/flickr8k_unseen.items.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	var o = Defaults()
	o.Threads = 2
	if p := os.Getenv("ACE_FEATURES"); p != "" {
		if o.Given, err = ReadGiven(p); err != nil {
			b.Fatal(err)
		}
	}
	if n, err := strconv.Atoi(os.Getenv("ACE_DIMS")); err == nil {
		o.TextDims = n
	}
	fold, _ := strconv.ParseUint(os.Getenv("ACE_FOLD"), 10, 64)
	known := *c
	known.Items, known.Rows = nil, nil
	for i := range c.Items {
		if len(c.Items[i].Captions) > 0 {
			known.Items, known.Rows = append(known.Items, c.Items[i]), append(known.Rows, c.Rows[i])
		}
	}
	var questions []string
	var right []int
	for _, i := range rand.New(rand.NewPCG(fold, 1)).Perm(len(known.Items))[:1000] {
		for _, t := range known.Items[i].Captions {
			questions, right = append(questions, t), append(right, i)
		}
		known.Items[i].Captions = nil
	}
	var f *Features
	var model *textModel
	for b.Loop() {
		if f, model, err = extract(context.Background(), &known, o); err != nil {
			b.Fatal(err)
		}
	}
	wordlessRanks(b, f, model, questions, right)
	var said, held, items float64 // of the guesses, the probability and the share of texts that have them
	told := map[int]map[string]float64{}
	for q, t := range questions {
		if told[right[q]] == nil {
			told[right[q]] = map[string]float64{}
			items++
		}
		seen := map[string]bool{}
		for _, w := range text.Words(t) {
			if !seen[w] {
				seen[w] = true
				told[right[q]][w] += 0.2 // of five texts
			}
		}
	}
	for i, words := range told {
		for _, g := range f.Guesses[i] {
			said += float64(g.Weight) / items
			held += words[g.Word] / items
		}
	}
	b.ReportMetric(said, "said")
	b.ReportMetric(held, "held")
}

// wordlessRanks asks for the items without words.
func wordlessRanks(b *testing.B, f *Features, model *textModel, questions []string, right []int) {
	asked := make([][]string, len(questions))
	for q, t := range questions {
		asked[q] = []string{t}
	}
	t := model.tfidf(asked).mul(model.basis, 2)
	var pool []int
	texts := make([][]string, f.N)
	var with float64 // items with words
	df := map[string]float64{}
	for i := range texts {
		texts[i] = itemWords(&f.Items[i])
		if len(texts[i]) == 0 {
			pool = append(pool, i)
			continue
		}
		with++
		for _, s := range texts[i] {
			seen := map[string]bool{}
			for _, w := range text.Words(s) {
				if !seen[w] {
					seen[w] = true
					df[w] += 1 / float64(len(texts[i]))
				}
			}
		}
	}
	post := map[string][]float64{} // word -> score of each of the pool
	for k, i := range pool {
		for _, g := range f.Guesses[i] {
			if post[g.Word] == nil {
				post[g.Word] = make([]float64, len(pool))
			}
			post[g.Word][k] = math.Log(1 + float64(g.Weight)*with/df[g.Word])
		}
	}
	var found [3][3]float64
	score := make([][3]float64, len(pool))
	for q := range questions {
		row := t.RawRowView(q)
		unit(row)
		clear(score)
		for _, w := range text.Words(questions[q]) {
			for k, v := range post[w] {
				score[k][1] += v
			}
		}
		own := 0
		for k, i := range pool {
			for j, v := range f.row(i)[:f.Text] {
				score[k][0] += row[j] * float64(v)
			}
			score[k][2] = 20*score[k][0] + 0.5*score[k][1]
			if i == right[q] {
				own = k
			}
		}
		for by := range 3 {
			rank := -1
			for k := range score {
				if score[k][by] >= score[own][by] {
					rank++
				}
			}
			for r, most := range []int{1, 5, 10} {
				if rank < most {
					found[by][r] += 100 / float64(len(questions))
				}
			}
		}
	}
	for by, name := range []string{"R", "G", "B"} {
		for r, most := range []string{"1", "5", "10"} {
			b.ReportMetric(found[by][r], name+"@"+most)
		}
	}
}
