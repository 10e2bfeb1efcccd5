package baseline

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ace/core"
)

func TestTerms(t *testing.T) {
	for text, want := range map[string]string{
		"A dog, running past two BOXES!": "a dog runn past two box",
		"kids' toys were painted":        "kid toy were paint",
		"as is, the bus red bed":         "as is the bus red bed", // too short to cut
		"Grüße, 犬 と 猫":                   "grüße 犬 と 猫",
		"mp3-file_name 2024":             "mp3 file name 2024",
		" — … ":                          "",
	} {
		if got := strings.Join(terms(text), " "); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

// Three short texts, worked out by hand: N = 3, lengths 3, 2, 1, mean 2.
func TestScores(t *testing.T) {
	b := NewBM25([]core.Item{
		{Title: "black", Captions: []string{"dog"}, Keywords: []string{"dog"}},
		{Captions: []string{"white dog"}},
		{Keywords: []string{"cat"}},
	})
	idf := func(df float64) float64 { return math.Log(1 + (3-df+0.5)/(df+0.5)) }
	tf := func(n, length float64) float64 { return n * 2.2 / (n + 1.2*(0.25+0.75*length/2)) }
	for query, want := range map[string][]float64{
		"dogs":      {idf(2) * tf(2, 3), idf(2) * tf(1, 2), 0},
		"white dog": {idf(2) * tf(2, 3), idf(2)*tf(1, 2) + idf(1)*tf(1, 2), 0},
		"cat cat":   {0, 0, 2 * idf(1) * tf(1, 1)},
		"bird":      {0, 0, 0},
		"":          {0, 0, 0},
	} {
		for i, got := range b.Scores(query) {
			if math.Abs(got-want[i]) > 1e-12 {
				t.Errorf("%q, item %d: score %v, want %v", query, i, got, want[i])
			}
		}
	}
}

func TestRank(t *testing.T) {
	b := NewBM25([]core.Item{
		{Captions: []string{"red fox"}},
		{Captions: []string{"red fox"}},
		{Captions: []string{"red car park"}},
		{Captions: []string{"blue car"}},
	})
	not0 := func(i int) bool { return i != 0 }
	for _, test := range []struct {
		query    string
		relevant []int
		allowed  func(int) bool
		want     int
	}{
		{"red fox", []int{1}, nil, 2}, // item 0 is as good: the tie counts against
		{"red fox", []int{1}, not0, 1},
		{"red fox", []int{0, 1}, nil, 1},
		{"red fox", []int{2}, nil, 3},
		{"red fox", []int{3}, nil, 0}, // shares no word
		{"blue", []int{3}, nil, 1},
	} {
		relevant := map[int]bool{}
		for _, i := range test.relevant {
			relevant[i] = true
		}
		if got := b.Rank(test.query, relevant, test.allowed); got != test.want {
			t.Errorf("rank of %v for %q: %d, want %d", test.relevant, test.query, got, test.want)
		}
	}
}

// Rank is the place in the list sorted by score, whatever the texts.
func TestRankIsPlaceInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	words := strings.Fields("sun moon star sky rain wind snow ice sea hill")
	pick := func(n int) string {
		var s []string
		for range n {
			s = append(s, words[r.IntN(len(words))])
		}
		return strings.Join(s, " ")
	}
	items := make([]core.Item, 60)
	for i := range items {
		items[i].Captions = []string{pick(1 + r.IntN(6))}
	}
	b := NewBM25(items)
	for range 200 {
		q, target := pick(1+r.IntN(3)), r.IntN(len(items))
		scores := slices.Clone(b.Scores(q))
		want := 0
		for i, s := range scores {
			if s >= scores[target] && i != target {
				want++
			}
		}
		want++
		if scores[target] == 0 {
			want = 0
		}
		if got := b.Rank(q, map[int]bool{target: true}, nil); got != want {
			t.Fatalf("%q: rank %d, want %d", q, got, want)
		}
	}
}

func TestSummarise(t *testing.T) {
	got := Summarise([]int{1, 2, 5, 6, 10, 11, 0, 1})
	want := Score{R1: 25, R5: 50, R10: 75, MRR10: 100 * (2 + 1.0/2 + 1.0/5 + 1.0/6 + 1.0/10) / 8}
	if math.Abs(got.MRR10-want.MRR10) > 1e-9 || got.R1 != want.R1 || got.R5 != want.R5 || got.R10 != want.R10 {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := Summarise(nil); got != (Score{}) {
		t.Errorf("no ranks: %+v", got)
	}
}

func TestPercentile(t *testing.T) {
	v := []float64{40, 10, 30, 20}
	for p, want := range map[float64]float64{0: 10, 0.25: 10, 0.26: 20, 0.5: 20, 0.95: 40, 1: 40} {
		if got := Percentile(v, p); got != want {
			t.Errorf("percentile %v: %v, want %v", p, got, want)
		}
	}
	if !slices.Equal(v, []float64{40, 10, 30, 20}) || Percentile(nil, 0.5) != 0 {
		t.Error("the values were changed, or none gave something")
	}
}
