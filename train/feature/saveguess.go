package feature

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"ace/core/bundle"
)

// The names under which guesses lie beside the vectors, if there are any.
const (
	sectGuessed  = "guessed"       // JSON list of words, sorted
	tensorStart  = "guess.start"   // u32 [N+1]: the guesses of item i are start[i] up to start[i+1]
	tensorWord   = "guess.word"    // u32 [start[N]], places in the list
	tensorWeight = "guess.weight"  // f32 [start[N]], in (0,1]
	sectGuesses  = "guess.tensors" // the section that the tensors are in
)

func (f *Features) saveGuesses(b *bundle.Builder) error {
	place := map[string]uint32{}
	for _, list := range f.Guesses {
		for _, g := range list {
			place[g.Word] = 0
		}
	}
	if len(place) == 0 {
		return nil
	}
	words := slices.Sorted(maps.Keys(place))
	for i, w := range words {
		place[w] = uint32(i)
	}
	start := make([]uint32, 1, f.N+1)
	var word []uint32
	var weight []float32
	for _, list := range f.Guesses {
		for _, g := range list {
			word, weight = append(word, place[g.Word]), append(weight, g.Weight)
		}
		start = append(start, uint32(len(word)))
	}
	list, err := json.Marshal(words)
	if err != nil {
		return err
	}
	b.AddBlob(sectGuessed, list, true)
	b.AddTensor(sectGuesses, tensorStart, bundle.U32, []int{len(start)}, start)
	b.AddTensor(sectGuesses, tensorWord, bundle.U32, []int{len(word)}, word)
	b.AddTensor(sectGuesses, tensorWeight, bundle.F32, []int{len(weight)}, weight)
	return nil
}

func (f *Features) loadGuesses(ctx context.Context, c *bundle.Container) error {
	if !c.Has(tensorStart) {
		return nil
	}
	list, err := c.Section(ctx, sectGuessed)
	if err != nil {
		return err
	}
	var words []string
	if err := json.Unmarshal(list, &words); err != nil {
		return fmt.Errorf("guessed words: %w", err)
	}
	start, _, err := c.Uint32s(ctx, tensorStart)
	if err != nil {
		return err
	}
	word, _, err := c.Uint32s(ctx, tensorWord)
	if err != nil {
		return err
	}
	weight, _, err := c.Float32s(ctx, tensorWeight)
	if err != nil {
		return err
	}
	if len(start) != f.N+1 || start[0] != 0 || int(start[f.N]) != len(word) || len(weight) != len(word) || !slices.IsSorted(start) {
		return fmt.Errorf("%d guessed words with %d weights do not fit %d items", len(word), len(weight), f.N)
	}
	f.Guesses = make([][]Guess, f.N)
	for i := range f.N {
		for e := start[i]; e < start[i+1]; e++ {
			if int(word[e]) >= len(words) || !(weight[e] > 0 && weight[e] <= 1) {
				return fmt.Errorf("item %d: guess of word %d of %d, weight %v", i, word[e], len(words), weight[e])
			}
			f.Guesses[i] = append(f.Guesses[i], Guess{words[word[e]], weight[e]})
		}
	}
	return nil
}
