// Package sense holds what words of a language mean, apart from any
// collection: a table of words and unit vectors in which words of like meaning
// lie near each other. With it a search understands words that the collection
// never uses.
package sense

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"ace/core/text"
)

// Limits of a table.
const (
	MaxDim  = 1024 // dimensions
	MaxWord = 64   // bytes of a word
)

// Table is words, the most frequent first, and for each a direction in Dim
// dimensions. It does not change; its methods may be called from several
// goroutines at once.
type Table struct {
	words []string
	index *text.Index
	dim   int
	codes []int8 // [len(words), dim], see quantise
}

// New makes a table of words as text.Words gives them and their vectors, a row
// of dim values each, of which only the direction is kept, and that coarsely
// (see quantise). It fails where the sizes differ, a word is empty, too long,
// given twice or not one line, or a vector is zero or not finite.
func New(words []string, vectors []float32, dim int) (*Table, error) {
	if dim < 1 || dim > MaxDim {
		return nil, fmt.Errorf("word vectors of %d dimensions, want 1 to %d", dim, MaxDim)
	}
	if len(words) == 0 || len(vectors)%dim != 0 || len(vectors)/dim != len(words) {
		return nil, fmt.Errorf("%d values for %d words of %d dimensions", len(vectors), len(words), dim)
	}
	codes := make([]int8, len(vectors))
	for i, w := range words {
		if err := quantise(vectors[i*dim:][:dim], codes[i*dim:][:dim]); err != nil {
			return nil, fmt.Errorf("vector of %.*q: %w", MaxWord, w, err)
		}
	}
	return newTable(slices.Clone(words), codes, dim)
}

// newTable indexes the words and checks them.
func newTable(words []string, codes []int8, dim int) (*Table, error) {
	for i, w := range words {
		switch {
		case w == "":
			return nil, fmt.Errorf("word %d is empty", i)
		case len(w) > MaxWord:
			return nil, fmt.Errorf("word %d is of %d bytes, want at most %d", i, len(w), MaxWord)
		case strings.IndexByte(w, '\n') >= 0 || strings.IndexByte(w, '\r') >= 0 || !utf8.ValidString(w):
			return nil, fmt.Errorf("word %d, %q, is not one line of UTF-8", i, w)
		}
	}
	index, err := text.NewIndex(words)
	if err != nil {
		return nil, fmt.Errorf("word %w", err)
	}
	return &Table{words, index, dim, codes}, nil
}

// Dim is the number of dimensions.
func (t *Table) Dim() int { return t.dim }

// Len is the number of words.
func (t *Table) Len() int { return len(t.words) }

// Word is the spelling of a row, folded.
func (t *Table) Word(row int) string { return t.words[row] }

// Vector writes the unit vector of a row to the first Dim values of dst.
func (t *Table) Vector(row int, dst []float32) {
	codes := t.codes[row*t.dim:][:t.dim]
	sum := 0
	for _, q := range codes {
		sum += int(q) * int(q)
	}
	scale := float32(1 / math.Sqrt(float64(sum)))
	for i, q := range codes {
		dst[i] = float32(q) * scale
	}
}

// Subset is the table of some rows alone, which are given in ascending order.
func (t *Table) Subset(rows []int) *Table {
	words, codes := make([]string, len(rows)), make([]int8, 0, len(rows)*t.dim)
	for i, r := range rows {
		words[i] = t.words[r]
		codes = append(codes, t.codes[r*t.dim:][:t.dim]...)
	}
	index, err := text.NewIndex(words)
	if err != nil {
		panic(err) // the rows were not ascending
	}
	return &Table{words, index, t.dim, codes}
}

// stepsARMS is how many quantisation steps make the root mean square of a unit
// vector's values. What is kept has a cosine of 0.98 with the vector, takes 2.7
// bits a value, and of held-out synonyms finds 99 for every 100 that the vectors
// themselves find; with one step it would be 96.
const stepsARMS = 1.5

// quantise rounds a vector, brought to unit length, to whole multiples of one
// step. The step is the same for all rows and need not be kept: what is read is
// the direction of the codes. No row becomes zero, as its largest value is at
// least its root mean square, and no code leaves its byte, as it is at most
// stepsARMS times the root of the dimensions.
func quantise(x []float32, codes []int8) error {
	sum := 0.0
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	if sum == 0 || math.IsNaN(sum) || math.IsInf(sum, 0) {
		return errors.New("zero or not finite")
	}
	scale := stepsARMS * math.Sqrt(float64(len(x))/sum)
	for i, v := range x {
		codes[i] = int8(math.RoundToEven(float64(v) * scale))
	}
	return nil
}
