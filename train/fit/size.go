package fit

import (
	"fmt"

	"ace/core/model"
	"ace/core/text"
)

// Sizes of the network that --size names. Pieces bounds the vocabulary: the
// table of pieces is the largest tensor.
var sizes = map[string]struct {
	width, heads, ffn, encoder, decoder, pieces int
}{
	"tiny":  {128, 4, 256, 2, 2, 5120},
	"small": {192, 6, 384, 3, 2, 8192},
	"base":  {256, 8, 1024, 3, 3, 12288},
}

// Shape is the network of a named size over a vocabulary and the levels of the
// identifiers, with both fusion branches.
func Shape(size string, v *text.Vocabulary, levels []int) (*model.Config, error) {
	s, ok := sizes[size]
	if !ok {
		return nil, fmt.Errorf("unknown size %q: want tiny, small or base", size)
	}
	c := &model.Config{Width: s.width, Heads: s.heads, FFN: s.ffn, Encoder: s.encoder, Decoder: s.decoder,
		Vocabulary: v.Size(), Places: 32, Levels: levels, Coarse: true, Fine: true}
	return c, c.Check()
}
