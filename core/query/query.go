// Package query turns the words of a question into what the network reads: for
// each word the pieces that it is spelt of and, where a table of word vectors
// knows it, a vector of what it means.
package query

import "ace/core/text"

// Vectors is a table of word vectors, such as sense.Table.
type Vectors interface {
	Dim() int
	// Find gives the row of a word as text.Words spells it.
	Find(word string) (row int, ok bool)
	// Vector writes row's vector, of Dim numbers and length 1.
	Vector(row int, dst []float32)
}

// Encoder encodes questions, in training and in search alike.
type Encoder struct {
	Vocabulary *text.Vocabulary
	Vectors    Vectors                // may be nil
	Known      func(word string) bool // of the collection's texts; see text.Vocabulary.EncodeWords
}

// Query is an encoded question.
type Query struct {
	Words []string // of the tokens
	text.Tokens
	// Strange tells that no word has a known piece or a vector: the pieces are mere
	// hashes, as the network reads at least one.
	Strange bool
	Sense   []float32 // [words, Vectors.Dim()], zeros for a word without a vector; nil without Vectors
}

// Encode encodes words as text.Words gives them.
func (e *Encoder) Encode(words []string) Query {
	q := Query{Tokens: e.Vocabulary.EncodeWords(words, e.Known)}
	q.Words = words[:q.Len()]
	if e.Vectors != nil {
		d := e.Vectors.Dim()
		q.Sense = make([]float32, len(q.Words)*d)
		for i, w := range q.Words {
			if row, ok := e.Vectors.Find(w); ok {
				e.Vectors.Vector(row, q.Sense[i*d:(i+1)*d])
			}
		}
	}
	if len(q.Pieces) == 0 {
		q.Strange = true
		for i := range q.Words {
			q.Strange = q.Strange && q.Vector(i) == nil
		}
		q.Tokens = e.Vocabulary.EncodeWords(words, nil)
	}
	return q
}

// Vector is the vector of word i, nil where none is known.
func (q *Query) Vector(i int) []float32 {
	d := len(q.Sense) / max(len(q.Words), 1)
	for _, v := range q.Sense[i*d : (i+1)*d] {
		if v != 0 {
			return q.Sense[i*d : (i+1)*d]
		}
	}
	return nil
}
