package dual

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"ace/core/bundle"
	"ace/core/dual"
	"ace/core/gemm"
	"ace/core/query"
	"ace/core/text"
	"ace/train/rows"
)

// animals are items with two texts of words that come in pairs of one meaning;
// each item is asked for by the other words.
func animals() (items []Item, vocab *text.Vocabulary, vectors table, held []Question) {
	pairs := [][2]string{{"dog", "hound"}, {"cat", "mouser"}, {"big", "large"}, {"red", "crimson"}, {"runs", "sprints"}, {"sits", "rests"}, {"park", "green"}, {"lake", "water"}}
	for i, p := range pairs {
		v := make([]float32, len(pairs))
		v[i], v[(i+1)%len(pairs)] = 0.8, 0.6
		vectors.words, vectors.vectors = append(vectors.words, p[0], p[1]), append(vectors.vectors, v, v)
	}
	var texts [][]string
	for i := range len(pairs) {
		for j := range i {
			say := func(kind int) string { return pairs[i][kind] + " of " + pairs[j][kind] }
			held = append(held, Question{text.Words(say(1)), []int{len(texts)}})
			texts = append(texts, []string{say(0), pairs[j][0] + " " + pairs[i][0]})
		}
	}
	items, vocab = split(texts)
	return items, vocab, vectors, held
}

// Words that no text has are understood by their vectors.
func TestTrainBySense(t *testing.T) {
	items, vocab, vectors, held := animals()
	known := func(w string) bool {
		return vocab.Size() > 0 && len(vocab.EncodeWords([]string{w}, func(string) bool { return false }).Pieces) > 0
	}
	o := Options{Vocabulary: vocab, Known: known, Width: 256, Held: held, Seed: 1, Threads: 2}
	blind, err := Train(context.Background(), items, o)
	if err != nil {
		t.Fatal(err)
	}
	o.Vectors = vectors
	d, err := Train(context.Background(), items, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("R@1 %.0f, without vectors %.0f", d.Score.R1, blind.Score.R1)
	if d.Score.R1 < 50 || d.Score.R1 < 2*blind.Score.R1 {
		t.Errorf("R@1 %.0f, without vectors %.0f", d.Score.R1, blind.Score.R1)
	}
	if len(d.Pieces) != vocab.Size()*256 || len(d.Sense) != 8*256 || blind.Sense != nil || d.Epochs < 1 || d.Epochs > EpochsAtMost {
		t.Errorf("%d values of pieces, %d of sense, %d without vectors; %d epochs", len(d.Pieces), len(d.Sense), len(blind.Sense), d.Epochs)
	}
	// What is exported is all that it takes.
	words := []string{"dog", "mouser"}
	want := make([]float32, 256)
	q := d.encoder.Encode(words)
	for i := range words {
		pieces := q.Pieces[q.Start[i]:q.Start[i+1]]
		for _, id := range pieces {
			gemm.Axpy(share(len(pieces)), d.Pieces[id*256:][:256], want)
		}
		for k, v := range q.Vector(i) {
			gemm.Axpy(v, d.Sense[k*256:][:256], want)
		}
	}
	got := d.Query(words)
	if cos := gemm.Dot(got, want); cos*cos < 0.9999*gemm.Dot(want, want) || cos < 0 {
		t.Errorf("the vector of %v is not what the rows come to", words)
	}
}

// The towers that are kept are those that were judged best, and the same again.
func TestTrainKeepsTheBest(t *testing.T) {
	items, vocab, vectors, held := animals()
	o := Options{Vocabulary: vocab, Vectors: vectors, Width: 16, Held: held, Seed: 2, Threads: 2}
	d, err := Train(context.Background(), items, o)
	if err != nil {
		t.Fatal(err)
	}
	c := newCorpus(items, &d.encoder, &media{})
	if _, s := newHeld(held, &d.encoder, c).choose(c, d.towers); s != d.Score {
		t.Errorf("kept towers score %+v, the best %+v", s, d.Score)
	}
	again, err := Train(context.Background(), items, o)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(d.Pieces, again.Pieces) || !slices.Equal(d.Sense, again.Sense) {
		t.Error("the same seed gives other towers")
	}
	o.Epochs, o.Held = 3, nil
	last := 0
	o.Progress = func(done, total int) {
		if last++; done != last || total != 3 {
			t.Errorf("progress %d of %d", done, total)
		}
	}
	if d, err = Train(context.Background(), items, o); err != nil || d.Epochs != 3 || last != 3 {
		t.Errorf("%d epochs were told, error %v", last, err)
	}
}

// Items may have other texts than they were learnt by, or none.
func TestItems(t *testing.T) {
	items, vocab, _, _ := animals()
	media := make([]float32, 2*len(items))
	for i := range media[:len(media)-2] {
		media[i] = float32(i % 7)
	}
	d, err := Train(context.Background(), items, Options{Vocabulary: vocab, Media: rows.Of(media, 2), Width: 8, Epochs: 1, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	d.MediaWeight = 0
	other := slices.Clone(items)
	other[0].Texts = [][]string{{"park", "lake"}}
	other[1], other[len(other)-1] = Item{}, Item{}
	rows := d.Items(other)
	row := func(i int) []float32 { return rows[i*8:][:8] }
	near := func(a, b []float32) bool { return gemm.Dot(a, b) > 0.9999 }
	if !near(row(0), d.Query([]string{"park", "lake"})) {
		t.Error("an item is not what its texts are")
	}
	both, alone := d.Items(items)[8:16], row(1)
	d.MediaWeight = 1e6
	if media := d.Items(items)[8:16]; !near(alone, media) || near(both, media) {
		t.Error("an item without words is not known by its media")
	}
	if seen(row(len(other) - 1)) {
		t.Error("an item of which nothing is known has a vector")
	}
}

// What is kept of a training gives items the vectors that the training gave them.
func TestFurther(t *testing.T) {
	items, vocab, vectors, _ := animals()
	media := make([]float32, 3*len(items))
	for i := range media[3:] {
		media[3+i] = float32(i*i%11) - 4 // the first item has none
	}
	for _, o := range []Options{{}, {Vectors: vectors}, {Vectors: vectors, Media: rows.Of(media, 3)}} {
		o.Vocabulary, o.Width, o.Epochs, o.Threads = vocab, 8, 1, 1
		d, err := Train(context.Background(), items, o)
		if err != nil {
			t.Fatal(err)
		}
		m := d.MediaTower()
		if m != nil {
			b := bundle.NewBuilder(bundle.Bundle)
			m.Save(b, "frozen", bundle.F32)
			file, err := b.File()
			if err != nil {
				t.Fatal(err)
			}
			c, err := bundle.OpenBytes(t.Context(), file)
			if err != nil {
				t.Fatal(err)
			}
			if m, err = ReadMediaTower(t.Context(), c, 8); err != nil {
				t.Fatal(err)
			}
			if _, err := ReadMediaTower(t.Context(), c, 9); err == nil {
				t.Error("a tower of another width")
			}
		}
		x := &dual.Index{Width: 8, Pieces: d.Pieces, Sense: d.Sense}
		got, err := Further(x, m, query.Encoder{Vocabulary: vocab, Vectors: vectors}, items, o.Media, 2)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range d.Items(items) {
			if e := got[i] - want; e > 1e-5 || e < -1e-5 {
				t.Fatalf("media %v: value %d is %v, want %v", o.Media != nil, i, got[i], want)
			}
		}
		if _, err := Further(x, m, query.Encoder{Vocabulary: vocab}, items, o.Media, 1); x.Sense != nil && err == nil {
			t.Error("word vectors are missing")
		}
		if _, err := Further(x, m, query.Encoder{Vocabulary: vocab, Vectors: vectors}, items, rows.Of(media[3:], 3), 1); m != nil && err == nil {
			t.Error("media vectors of another width")
		}
	}
}

func TestTrainRefuses(t *testing.T) {
	items, vocab, _, _ := animals()
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Train(cancelled, items, Options{Vocabulary: vocab, Width: 8})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	for want, o := range map[string]Options{
		"no vocabulary":          {Width: 8},
		"width 0":                {Vocabulary: vocab},
		"temperature -1":         {Vocabulary: vocab, Width: 8, Temperature: -1},
		"-2 epochs":              {Vocabulary: vocab, Width: 8, Epochs: -2},
		"media vectors of 3":     {Vocabulary: vocab, Width: 8, Media: rows.Of(make([]float32, 3), 1)},
		"asks for item 28 of 28": {Vocabulary: vocab, Width: 8, Held: []Question{{nil, []int{28}}}},
	} {
		if _, err := Train(context.Background(), items, o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := Train(context.Background(), make([]Item, 3), Options{Vocabulary: vocab, Width: 8}); err == nil || !strings.Contains(err.Error(), "no item has words") {
		t.Errorf("no words: %v", err)
	}
}
