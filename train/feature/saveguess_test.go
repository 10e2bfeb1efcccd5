package feature

import (
	"context"
	"math"
	"reflect"
	"strings"
	"testing"

	"ace/core/bundle"
)

// reopen saves features, lets change alter the container, and loads it.
func reopen(t *testing.T, f *Features, change func(*bundle.Builder)) (*Features, error) {
	b := bundle.NewBuilder(bundle.Features)
	if err := f.Save(b); err != nil {
		t.Fatal(err)
	}
	change(b)
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	src, err := bundle.FromBytes(file)
	if err != nil {
		t.Fatal(err)
	}
	c, err := bundle.Open(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	return Load(context.Background(), c)
}

func TestSaveGuesses(t *testing.T) {
	c, g, _ := topicCollection(150, 20)
	f, err := Extract(context.Background(), c, topicOptions(g))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Guesses) == 0 {
		t.Fatal("nothing is guessed")
	}
	got, err := reopen(t, f, func(*bundle.Builder) {})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, f) {
		t.Errorf("got %+v\nwant %+v", got, f)
	}
	f.Guesses = nil
	for name, bad := range map[string]struct {
		start  []uint32
		word   []uint32
		weight []float32
	}{
		"do not fit":        {[]uint32{0, 1}, []uint32{0}, []float32{1}},
		"guess of word 7":   {one(f.N), []uint32{7}, []float32{1}},
		"weight 2":          {one(f.N), []uint32{0}, []float32{2}},
		"weight NaN":        {one(f.N), []uint32{0}, []float32{float32(math.NaN())}},
		"with 2 weights":    {one(f.N), []uint32{0}, []float32{1, 1}},
		"1 guessed words w": {append([]uint32{0, 1}, make([]uint32, f.N-1)...), []uint32{0}, []float32{1}},
	} {
		_, err := reopen(t, f, func(b *bundle.Builder) {
			b.AddBlob(sectGuessed, []byte(`["dog"]`), false)
			b.AddTensor(sectGuesses, tensorStart, bundle.U32, []int{len(bad.start)}, bad.start)
			b.AddTensor(sectGuesses, tensorWord, bundle.U32, []int{len(bad.word)}, bad.word)
			b.AddTensor(sectGuesses, tensorWeight, bundle.F32, []int{len(bad.weight)}, bad.weight)
		})
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("want %q, got %v", name, err)
		}
	}
}

// one is the start of n items of which the first has one guess.
func one(n int) []uint32 {
	start := []uint32{0}
	for range n {
		start = append(start, 1)
	}
	return start
}
