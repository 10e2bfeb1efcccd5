package feature

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ace/core"
	"ace/train/media"
)

var topics = strings.Fields("dog cat boat tree child snow bird car beach horse ball river")

// topicCollection is pictures and sounds of two topics each; the vectors are a
// random direction a topic and kind, with noise. Texts name one topic or both.
// Every fifth item has no words; about gives its topics.
func topicCollection(pictures, sounds int) (c *media.Collection, g *Given, about [][2]int) {
	rng := newRand(5)
	const dims = 24
	axes := gaussian(core.Kinds*len(topics), dims, rng)
	c = &media.Collection{Total: pictures + sounds}
	g = &Given{Rows: c.Total, Dims: dims}
	for i := range c.Total {
		kind := core.Image
		if i >= pictures {
			kind = core.Audio
		}
		a, b := rng.IntN(len(topics)), rng.IntN(len(topics)-1)
		if b >= a {
			b++
		}
		about = append(about, [2]int{a, b})
		it := core.Item{ID: fmt.Sprint(i), Kind: kind}
		if i%5 != 4 {
			it.Captions = []string{"A " + topics[a] + " and a " + topics[b], "the " + topics[b]}
			if i%2 == 0 {
				it.Captions[1] = "the " + topics[a]
			}
		}
		c.Items, c.Rows = append(c.Items, it), append(c.Rows, i)
		for d := range dims {
			v := axes.At(int(kind)*len(topics)+a, d) + axes.At(int(kind)*len(topics)+b, d) + 0.7*rng.NormFloat64()
			g.Values = append(g.Values, float32(v))
		}
	}
	return c, g, about
}

func topicOptions(g *Given) Options {
	o := Defaults()
	o.TextDims, o.Given = 16, g
	return o
}

// TestSupply: the words of wordless items are those that their media are made
// of, their vectors lie near those words', and weights are probabilities.
func TestSupply(t *testing.T) {
	c, g, about := topicCollection(400, 300)
	f, model, err := extract(context.Background(), c, topicOptions(g))
	if err != nil {
		t.Fatal(err)
	}
	if f.Report.Wordless != 140 || f.Report.Predicted != 140 || len(f.Guesses) != f.N {
		t.Fatalf("report %+v, guesses of %d items", f.Report, len(f.Guesses))
	}
	words := make([][]string, len(topics))
	for i, w := range topics {
		words[i] = []string{w}
	}
	said := model.tfidf(words).mul(model.basis, 1)
	for i := range topics {
		unit(said.RawRowView(i))
	}
	var first, near, weight, share float64
	for i := range f.N {
		if i%5 != 4 {
			if f.Guesses[i] != nil {
				t.Fatalf("item %d has words, and guesses %v", i, f.Guesses[i])
			}
			continue
		}
		weights := map[string]float64{}
		for k, v := range f.Guesses[i] {
			if !(v.Weight > 0 && v.Weight <= 1) || k > 0 && v.Weight > f.Guesses[i][k-1].Weight {
				t.Fatalf("item %d: guesses %v", i, f.Guesses[i])
			}
			weights[v.Word] = float64(v.Weight)
		}
		order := make([]int, len(topics))
		cosine := make([]float64, len(topics))
		for w := range topics {
			order[w] = w
			for d, v := range f.row(i)[:f.Text] {
				cosine[w] += said.At(w, d) * float64(v)
			}
			weight += weights[topics[w]]
		}
		share += 1.5 // of two texts one names both, the other one of them
		a, b := about[i][0], about[i][1]
		slices.SortFunc(order, func(x, y int) int { return int(math.Copysign(1, cosine[y]-cosine[x])) })
		if slices.Contains(order[:2], a) && slices.Contains(order[:2], b) {
			near++
		}
		more := 0
		for w, name := range topics {
			if w != a && w != b && weights[name] >= min(weights[topics[a]], weights[topics[b]]) {
				more++
			}
		}
		if more == 0 {
			first++
		}
	}
	n := float64(f.Report.Wordless)
	if first < 0.9*n || near < 0.9*n {
		t.Errorf("of %v items, %v have their topics' words first and %v lie nearest to them", n, first, near)
	}
	if math.Abs(weight/share-1) > 0.1 {
		t.Errorf("the topics' words weigh %.3f an item, %.3f of a text have them", weight/n, share/n)
	}
}

func TestSupplyDeterministic(t *testing.T) {
	c, g, _ := topicCollection(150, 100)
	var first *Features
	for _, threads := range []int{1, 3, 8} {
		o := topicOptions(g)
		o.Threads = threads
		f, err := Extract(context.Background(), c, o)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = f
		} else if !reflect.DeepEqual(f, first) {
			t.Errorf("%d threads give other features", threads)
		}
	}
}

// TestSupplyFew: too few items to learn from leave the regression, without guesses.
func TestSupplyFew(t *testing.T) {
	c, g, _ := topicCollection(leastPairs, 0)
	f, err := Extract(context.Background(), c, topicOptions(g))
	if err != nil {
		t.Fatal(err)
	}
	if f.Guesses != nil || f.Report.Predicted != f.Report.Wordless || f.Report.Wordless == 0 {
		t.Errorf("guesses %v, report %+v", f.Guesses, f.Report)
	}
}

// TestSupplySame: where all texts are the same, or all media, nothing can be
// told apart, and what is supplied is finite all the same.
func TestSupplySame(t *testing.T) {
	for _, name := range []string{"texts", "media"} {
		c, g, _ := topicCollection(150, 0)
		for i := range c.Items {
			if name == "texts" && c.Items[i].Captions != nil {
				c.Items[i].Captions = []string{"one thing"}
			}
		}
		if name == "media" {
			for i := range g.Values {
				g.Values[i] = 1
			}
		}
		f, err := Extract(context.Background(), c, topicOptions(g))
		if err != nil {
			t.Fatal(err)
		}
		for i := range f.N {
			if s := inner(f.row(i), f.row(i)); math.Abs(float64(s)-1) > 1e-5 {
				t.Errorf("same %s: item %d has length² %v", name, i, s)
			}
		}
		for _, list := range f.Guesses {
			for _, v := range list {
				if !(v.Weight > 0 && v.Weight <= 1) {
					t.Fatalf("same %s: guess %v", name, v)
				}
			}
		}
	}
}
