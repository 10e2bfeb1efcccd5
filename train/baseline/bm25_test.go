package baseline

import (
	"fmt"
	"math"
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

// The right item says a word often, others have it once and are short: counting
// must not be cut off early. Tuning finds that out from held-out texts.
func TestTuneBM25(t *testing.T) {
	var items []core.Item
	for i := range 100 {
		it := core.Item{ID: fmt.Sprint(i)}
		for k := range 12 {
			it.Captions = append(it.Captions, fmt.Sprintf("word%d filler%d of%d and%d", i, k+100*i, k, k+1))
			it.Captions = append(it.Captions, fmt.Sprintf("word%d", (i+k+1)%100))
		}
		items = append(items, it)
	}
	for i := range 100 {
		items = append(items, core.Item{Captions: []string{fmt.Sprintf("word%d", i)}})
	}
	tuned, again := TuneBM25(items, 1, 2), TuneBM25(items, 1, 3)
	if tuned.Setting() == NewBM25(items).Setting() || tuned.Setting() != again.Setting() {
		t.Errorf("chosen %s, on three threads %s", tuned.Setting(), again.Setting())
	}
	t.Log(tuned.Setting())
	single := TuneBM25([]core.Item{{Title: "red"}, {Title: "blue"}}, 1, 2)
	if want := "k1 1.2, b 0.75"; single.Setting() != want {
		t.Errorf("nothing to choose by: %s, want %s", single.Setting(), want)
	}
}
