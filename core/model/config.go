// Package model is the network that reads a query and writes an identifier: a
// pre-norm encoder-decoder transformer whose decoder layers look at all encoder
// layers through the two fusion branches of arXiv 2406.17507, section 3. It is
// written once, as recordings, for training and for search.
package model

import (
	"errors"
	"fmt"
)

// Config is the shape of a network. It is stored in the bundle as JSON.
type Config struct {
	Width      int   `json:"width"`      // d
	Heads      int   `json:"heads"`      // attention heads; Width/Heads wide each
	FFN        int   `json:"ffn"`        // width of the feed-forward layers
	Encoder    int   `json:"encoder"`    // encoder layers, S
	Decoder    int   `json:"decoder"`    // decoder layers
	Vocabulary int   `json:"vocabulary"` // ids of text.Vocabulary
	Places     int   `json:"places"`     // words of a query that have a place of their own
	Levels     []int `json:"levels"`     // V of each level of the identifier
	Coarse     bool  `json:"coarse"`     // the coarse fusion branch
	Fine       bool  `json:"fine"`       // the fine fusion branch; with neither, the last encoder layer alone
	// Sense is the width of the word vectors that come in beside the pieces; 0: none.
	Sense int `json:"sense,omitempty"`
}

// Bounds of a Config that a reader accepts.
const (
	maxWidth  = 4096
	maxLayers = 64
	maxCodes  = 1 << 16
)

// Check refuses a shape that cannot be or that is beyond reason.
func (c *Config) Check() error {
	switch {
	case c.Width < 1 || c.Width > maxWidth || c.FFN < 1 || c.FFN > 8*maxWidth:
		return fmt.Errorf("model of width %d, ffn %d", c.Width, c.FFN)
	case c.Heads < 1 || c.Width%c.Heads != 0:
		return fmt.Errorf("%d heads do not divide width %d", c.Heads, c.Width)
	case c.Encoder < 1 || c.Encoder > maxLayers || c.Decoder < 1 || c.Decoder > maxLayers:
		return fmt.Errorf("%d encoder and %d decoder layers", c.Encoder, c.Decoder)
	case c.Vocabulary < 256 || c.Vocabulary > 1<<24 || c.Places < 1 || c.Places > 1<<12:
		return fmt.Errorf("vocabulary of %d, %d places", c.Vocabulary, c.Places)
	case c.Sense < 0 || c.Sense > maxWidth:
		return fmt.Errorf("word vectors of width %d", c.Sense)
	case len(c.Levels) < 1 || len(c.Levels) > 16:
		return fmt.Errorf("identifiers of %d levels", len(c.Levels))
	}
	for _, v := range c.Levels {
		if v < 1 || v > maxCodes {
			return errors.New("a level must have 1 to 65536 codes")
		}
	}
	return nil
}

// CodeRow is the row of the code table that stands for code t of a level; the
// start of an identifier has row 0.
func (c *Config) CodeRow(level int, t int) int {
	row := 1 + t
	for _, v := range c.Levels[:level] {
		row += v
	}
	return row
}

func (c *Config) codes() int { return c.CodeRow(len(c.Levels), 0) }

// Views is how many views of the query each decoder layer attends to: Z, and the
// encoder layers.
func (c *Config) Views() int {
	n := 0
	if c.Coarse {
		n++
	}
	if c.Fine {
		n += c.Encoder
	}
	return max(n, 1)
}
