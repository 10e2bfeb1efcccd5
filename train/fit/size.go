package fit

import (
	"fmt"
	"strings"

	"ace/core/model"
	"ace/core/text"
	"ace/train/corpus"
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

// Vocabulary learns the pieces of a size's network from the items' texts.
func Vocabulary(size string, items []corpus.Item) *text.Vocabulary {
	var texts []string
	for i := range items {
		for _, t := range items[i].Texts() {
			texts = append(texts, strings.Join(t, " "))
		}
	}
	return text.Learn(texts, sizes[size].pieces)
}

// Fusion says which branches of arXiv 2406.17507, section 3, the decoder has.
type Fusion string

// The fusions; the empty one is FusionBoth.
const (
	FusionBoth   Fusion = "both"
	FusionCoarse Fusion = "coarse"
	FusionFine   Fusion = "fine"
	FusionNone   Fusion = "none"
)

// Shape is the network of a named size over a vocabulary and the levels of the
// identifiers.
func Shape(size string, v *text.Vocabulary, levels []int, f Fusion) (*model.Config, error) {
	s, ok := sizes[size]
	if !ok {
		return nil, fmt.Errorf("unknown size %q: want tiny, small or base", size)
	}
	c := &model.Config{Width: s.width, Heads: s.heads, FFN: s.ffn, Encoder: s.encoder, Decoder: s.decoder,
		Vocabulary: v.Size(), Places: 32, Levels: levels, Coarse: f != FusionFine && f != FusionNone, Fine: f != FusionCoarse && f != FusionNone}
	return c, c.Check()
}

// Width is that of a size's network.
func Width(size string) int { return sizes[size].width }
