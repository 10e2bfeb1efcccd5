package lexicon

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ace/core/bundle"
	"ace/core/query"
	"ace/core/text"
)

// compass gives a few words directions in a plane.
type compass map[string]float64

var names = []string{"rucksack", "backpack", "river"}

func (c compass) Dim() int { return 2 }
func (c compass) Find(w string) (int, bool) {
	i := slices.Index(names, w)
	return i, i >= 0
}
func (c compass) Vector(row int, dst []float32) {
	a := c[names[row]]
	dst[0], dst[1] = float32(math.Cos(a)), float32(math.Sin(a))
}

func words(texts ...string) [][]Word {
	out := make([][]Word, len(texts))
	for i, t := range texts {
		for _, w := range text.Words(t) {
			out[i] = append(out[i], Word{w, 1})
		}
	}
	return out
}

func ask(t *testing.T, x *Index, items int, v query.Vectors, s string) Scores {
	t.Helper()
	e := query.Encoder{Vocabulary: text.Learn(nil, 0), Vectors: v}
	q := e.Encode(text.Words(s))
	var out Scores
	x.Score(items, &q, &out)
	return out
}

// TestScoresAreBM25: without words that are merely alike the scores are those of
// the formula.
func TestScoresAreBM25(t *testing.T) {
	x := New(Collect(words("black dog dogs", "white dog", "cat")), nil)
	idf := func(df float64) float64 { return math.Log(1 + (3-df+0.5)/(df+0.5)) }
	tf := func(n, length float64) float64 { return n * 2.2 / (n + 1.2*(0.25+0.75*length/2)) }
	for q, want := range map[string][]float64{
		"dogs":      {idf(2) * tf(2, 3), idf(2) * tf(1, 2), 0},
		"white dog": {idf(2) * tf(2, 3), idf(2)*tf(1, 2) + idf(1)*tf(1, 2), 0},
		"cat cat":   {0, 0, 2 * idf(1) * tf(1, 1)},
		"qqqq":      {0, 0, 0},
	} {
		got := ask(t, x, 3, nil, q)
		for i, w := range want {
			if math.Abs(float64(got.Item[i])-w) > 1e-5 || got.Alike[i] != 0 {
				t.Errorf("%q, item %d: %v, want %v", q, i, got.Item[i], w)
			}
		}
	}
	if silent := New(Collect(words("dog", "")), nil); !silent.Says(0) || silent.Says(1) {
		t.Error("an item without words says something, or one with words nothing")
	}
	if s := ask(t, x, 3, nil, "white qqqq"); s.Exact <= 0 || s.Exact >= 1 {
		t.Errorf("one word of two is known, yet a share of %v", s.Exact)
	}
}

// TestAlikeWordsCount: a word finds those that are spelt or meant alike, below
// the word itself.
func TestAlikeWordsCount(t *testing.T) {
	v := compass{"rucksack": 0.2, "backpack": 0, "river": 2}
	items := words("a backpack", "a river", "photographs", "a photograph", "zzz")
	x := New(Collect(items), v)
	s := ask(t, x, len(items), v, "rucksack").Alike
	if s[0] <= 0 || s[1] != 0 || s[2] != 0 {
		t.Errorf("rucksack scores %v", s)
	}
	s = ask(t, x, len(items), v, "photografs").Alike
	if s[2] <= 0 || s[3] <= 0 || s[0] != 0 || s[4] != 0 {
		t.Errorf("a misspelt word scores %v", s)
	}
	if got := ask(t, x, len(items), v, "rucksack").Topic; got[0] < 0.97 || got[1] > 0 || got[2] != 0 {
		t.Errorf("rucksack is about the items as %v", got)
	}
	right, wrong := ask(t, x, len(items), v, "backpack"), ask(t, x, len(items), v, "rucksack")
	if right.Item[0] <= wrong.Alike[0] || wrong.Item[0] != 0 || right.Exact != 1 || wrong.Exact != 0 {
		t.Errorf("the word itself scores %v, a like one %v", right.Item[0], wrong.Alike[0])
	}
}

func TestStem(t *testing.T) {
	for w, want := range map[string]string{"dogs": "dog", "stories": "story", "boxes": "box", "walking": "walk", "red": "red", "bus": "bus", "is": "is", "наука": "наука"} {
		if got := Stem(w); got != want {
			t.Errorf("%s: %s, want %s", w, got, want)
		}
	}
}

// TestRoundTrip: what is read is what was written, by small and by large
// collections, and the index gives the same scores.
func TestRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	for _, n := range []int{1, 300, 70000} {
		items := make([][]Word, n)
		for i := range items {
			for range 1 + rng.IntN(3) {
				items[i] = append(items[i], Word{fmt.Sprint("w", rng.IntN(50)), float32(1+rng.IntN(40)) / 16})
			}
		}
		c := Collect(items)
		got, err := Read(context.Background(), stored(t, c), n)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Terms, c.Terms) || !slices.Equal(got.First, c.First) || !slices.Equal(got.Item, c.Item) || !slices.Equal(got.Times, c.Times) {
			t.Fatalf("%d items: another index came back", n)
		}
	}
}

func stored(t *testing.T, c *Count) *bundle.Container {
	t.Helper()
	b := bundle.NewBuilder(bundle.Bundle)
	c.Write(b)
	return built(t, b)
}

func built(t *testing.T, b *bundle.Builder) *bundle.Container {
	t.Helper()
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	out, err := bundle.OpenBytes(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestReadRefuses(t *testing.T) {
	whole := func() *Count { return Collect(words("a b", "b c", "c a")) }
	for name, spoil := range map[string]func(*Count){
		"an item beyond the last": func(c *Count) { c.Item[1] = 9 },
		"an item twice":           func(c *Count) { c.Item[1] = c.Item[0] },
		"a term too few":          func(c *Count) { c.Terms = c.Terms[:2]; c.First = c.First[:3] },
		"a count too few":         func(c *Count) { c.Times = c.Times[:5] },
		"no UTF-8":                func(c *Count) { c.Terms[0] = "\xff" },
		"a line too many":         func(c *Count) { c.Terms[0] += "\nx" },
	} {
		c := whole()
		spoil(c)
		if _, err := Read(context.Background(), stored(t, c), 3); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if c, err := Read(context.Background(), built(t, bundle.NewBuilder(bundle.Bundle)), 3); c != nil || err != nil {
		t.Errorf("of a bundle without a lexicon: %v, %v", c, err)
	}
	if _, err := Read(context.Background(), stored(t, whole()), 3); err != nil {
		t.Error(err)
	}
}

func BenchmarkScore(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	texts := make([]string, 7000)
	for i := range texts {
		var w []string
		for range 40 {
			w = append(w, fmt.Sprint("word", int(math.Exp(rng.Float64()*9))))
		}
		texts[i] = strings.Join(w, " ")
	}
	x := New(Collect(words(texts...)), nil)
	e := query.Encoder{Vocabulary: text.Learn(nil, 0)}
	q := e.Encode(text.Words("word1 word12 word150 word3000 wrd77 word8"))
	var s Scores
	for b.Loop() {
		x.Score(len(texts), &q, &s)
	}
}
