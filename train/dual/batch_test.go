package dual

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ace/core/query"
	"ace/core/text"
	"ace/train/rows"
)

// table is word vectors for tests.
type table struct {
	words   []string
	vectors [][]float32
}

func (t table) Dim() int { return len(t.vectors[0]) }
func (t table) Find(word string) (int, bool) {
	row := slices.Index(t.words, word)
	return row, row >= 0
}
func (t table) Vector(row int, dst []float32) { copy(dst, t.vectors[row]) }

// split are texts as words, and a vocabulary of them.
func split(texts [][]string) ([]Item, *text.Vocabulary) {
	var all []string
	items := make([]Item, len(texts))
	for i, list := range texts {
		all = append(all, list...)
		for _, s := range list {
			items[i].Texts = append(items[i].Texts, text.Words(s))
		}
	}
	return items, text.Learn(all, 4000)
}

// small is a corpus of five items, of which 0 and 1 share a text, 3 has one
// text, 4 none; all but 2 have media. Two words have vectors.
func small() *corpus {
	items, vocab := split([][]string{{"red fox", "animal", "", "Red, fox!"}, {"animal", "grey wolf", "forest"}, {"blue car", "street"}, {"lonely stone"}, nil})
	e := query.Encoder{Vocabulary: vocab, Vectors: table{[]string{"fox", "wolf"}, [][]float32{{1, 0, 0}, {0.8, 0.6, 0}}}}
	m := media{rows: rows.Of([]float32{1, 2, 3, 4, 0, 0, 5, 6, 7, 8}, 2), dims: 2, spread: spread{[]float64{0, 0}, []float64{1, 1}}}
	m.look()
	return newCorpus(items, &e, &m)
}

func TestShuffled(t *testing.T) {
	c := small()
	got := c.shuffled(rand.New(rand.NewPCG(1, 1)))
	if len(got) != 8 || c.pairs != 8 {
		t.Fatalf("%d pairs of %d, want 8", len(got), c.pairs)
	}
	first := map[int]bool{}
	for _, p := range got[:4] {
		first[p.item] = true
	}
	if len(first) != 4 {
		t.Errorf("the first texts of %v, want those of four items", got[:4])
	}
	seen := map[pair]bool{}
	for _, p := range got {
		seen[p] = true
	}
	if len(seen) != 8 {
		t.Errorf("%v: a pair twice", got)
	}
}

// An item is known by its media or by texts other than the query, never by both.
func TestFill(t *testing.T) {
	c := small()
	rng := rand.New(rand.NewPCG(1, 1))
	var b batch[float32]
	texts, media := 0, 0
	for range 200 {
		pairs := c.shuffled(rng)
		c.fill(&b, pairs, rng)
		for n, p := range pairs {
			row := b.media[n*2 : n*2+2]
			words := len(b.text[n].ids) > 0 || seen(b.textSense[n*3:n*3+3])
			if words && seen(row) {
				t.Fatalf("%v is known by words and media", p)
			}
			if words {
				texts++
			} else {
				media++
			}
			if p.item == 3 && words || p.item == 2 && !words {
				t.Fatalf("%v known by words: %v", p, words)
			}
			if sense := b.querySense[n*3 : n*3+3]; p.item != 0 && p.item != 1 && seen(sense) {
				t.Fatalf("%v has the word vectors %v", p, sense)
			}
			own := c.texts[p.item][p.text].Pieces[0] // the whole first word: no other text of the item has it
			if slices.Contains(b.text[n].ids, own) {
				t.Fatalf("%v is known by itself", p)
			}
		}
		var want [][2]int
		for n, p := range pairs {
			for m, o := range pairs {
				same := p.item == o.item || c.number[p.item][p.text] == c.number[0][1] && o.item < 2
				if m != n && same {
					want = append(want, [2]int{n, m})
				}
			}
		}
		slices.SortFunc(b.mask, func(x, y [2]int) int { return slices.Compare(x[:], y[:]) })
		if !slices.Equal(b.mask, want) {
			t.Fatalf("%v: mask %v, want %v", pairs, b.mask, want)
		}
	}
	if texts < 500 || media < 400 {
		t.Errorf("known by words %d times, by media %d times", texts, media)
	}
}

func TestStandardise(t *testing.T) {
	m := newMedia(rows.Of([]float32{1, 5, 3, 5, 0, 0, 2, 5}, 2))
	for i, want := range [][]float32{{-1.2247449, 0}, {1.2247449, 0}, {0, 0}, {0, 0}} {
		row := []float32{9, 9}
		if m.read(i, row); !slices.Equal(row, want) || m.has[i] != (i < 2) {
			t.Errorf("item %d: %v, there is one: %v; want %v", i, row, m.has[i], want)
		}
	}
	if m := newMedia(nil); m.dims != 0 || m.err() != nil {
		t.Errorf("nothing gives %v", m)
	}
	if m := newMedia(rows.In(strings.NewReader("123"), 0, 1, 1, false)); m.err() == nil {
		t.Error("vectors cannot be read, and no error")
	}
}

// Outside of training a word has all of its pieces, their squared weights adding
// up to 1, and its vector. In training it may lack either sort of piece,
// but never everything.
func TestAdd(t *testing.T) {
	c := small()
	fox, stone := c.texts[0][0], c.texts[3][0]
	var b bag
	sense := make([]float32, 3)
	b.add(fox, sense, 0, nil)
	square := 0.0
	for _, w := range b.weight {
		square += float64(w) * float64(w)
	}
	if !slices.Equal(b.ids, fox.Pieces) || math.Abs(square-2) > 1e-6 || sense[0] != 1 {
		t.Errorf("pieces %v of %v, squared weights %v, want 2, sense %v", b.ids, fox.Pieces, square, sense)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	const turns = 4000
	bare, unspelt := 0, 0
	last := fox.Pieces[fox.Start[1]:]
	for range turns {
		b.reset()
		clear(sense)
		b.add(fox, sense, 0, rng)
		if sense[0] != 1 {
			t.Fatal("the word vector is gone")
		}
		if !slices.Contains(b.ids, last[0]) {
			bare++
		}
		if !slices.Contains(b.ids, last[len(last)-1]) {
			unspelt++
		}
		b.reset()
		if b.add(stone, sense, 0, rng); len(b.ids) == 0 {
			t.Fatal("words without vectors lost all of their pieces")
		}
	}
	all := text.Whole(last) == len(last)
	if math.Abs(float64(bare)/turns-0.2) > 0.03 || !all && math.Abs(float64(unspelt)/turns-0.1) > 0.03 {
		t.Errorf("of %d times %d lacked the word as such, %d all", turns, bare, unspelt)
	}
}

// The first step of AdamW goes by the learning rate against the gradient's sign;
// pieces that the batch lacks stay, the matrix decays.
func TestUpdate(t *testing.T) {
	m := newTowers(single, 3, 2, 0, 1, 1, 2, 1)
	for i := range m.theta {
		m.theta[i] = 1
	}
	opt := newAdamW(m)
	grad := []float32{3, -3, 3, 3, 1, 0, -2, 0}
	opt.update(m, &batch[float32]{query: []bag{{ids: []uint32{0}}}, text: []bag{{ids: []uint32{2}}}}, grad, 0.01)
	decayed := 1 - 0.01*weightDecay
	for i, want := range []float64{0.99, 1.01, 1, 1, 0.99, 1, decayed + 0.01, decayed} {
		if math.Abs(float64(m.theta[i])-want) > 1e-6 {
			t.Errorf("parameter %d: %v, want %v", i, m.theta[i], want)
		}
	}
	if grad[0] != 0 || grad[7] != 0 {
		t.Error("the gradient was not cleared")
	}
}
