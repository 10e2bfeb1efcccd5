package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"ace/assets"
	"ace/core/sense"
	"ace/core/text"
)

const (
	commonWords = 40000 // of the built-in word vectors, as `ace build --size base` brings along
	spokenWords = 6000  // that items and questions are made of
	questions   = 40
	baseDim     = 64 // of the built-in word vectors
)

// language is the words of a synthetic collection.
type language struct {
	vocabulary *text.Vocabulary
	table      *sense.Table
	spoken     []string // each one word of a question
}

// speak takes the commonest words of the built-in word vectors.
func (p *plan) speak(ctx context.Context) (*language, error) {
	t, err := sense.ReadFile(ctx, assets.Base(), assets.BaseSection)
	if err != nil {
		return nil, fmt.Errorf("the built-in word vectors: %w", err)
	}
	rows := make([]int, min(commonWords, t.Len()))
	for i := range rows {
		rows[i] = i
	}
	l := &language{table: t.Subset(rows)}
	for i := 0; len(l.spoken) < spokenWords && i < l.table.Len(); i++ {
		if w := l.table.Word(i); len(w) > 2 && len(text.Words(w)) == 1 {
			l.spoken = append(l.spoken, w)
		}
	}
	var texts []string
	for i := 0; i < len(l.spoken); i += 100 {
		texts = append(texts, strings.Join(l.spoken[i:min(i+100, len(l.spoken))], " "))
	}
	l.vocabulary = text.Learn(texts, p.pieces)
	return l, nil
}

// phrase is n different words.
func (l *language) phrase(rng *rand.Rand, n int) []string {
	words := make([]string, 0, n)
	seen := map[string]bool{}
	for len(words) < min(n, len(l.spoken)) {
		if w := l.spoken[rng.IntN(len(l.spoken))]; !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
	}
	return words
}

// ask makes the questions, of p.words words each.
func (p *plan) ask(l *language) []string {
	rng := p.random(ofQuestions)
	out := make([]string, questions)
	for i := range out {
		out[i] = strings.Join(l.phrase(rng, p.words), " ")
	}
	return out
}
