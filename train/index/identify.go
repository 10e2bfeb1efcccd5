package index

import (
	"context"

	"ace/core"
	"ace/core/query"
	"ace/train/corpus"
	"ace/train/identify"
)

// Identify gives the items theirs, by their vectors without the held-out texts,
// and says how good they are: by these texts, among others. identify.Default
// makes a configuration for len(items) vectors of Width values. progress may be nil.
func (m *Meaning) Identify(ctx context.Context, items []core.Item, c identify.Config, progress func(identify.Progress)) (*identify.Identifiers, identify.Report, error) {
	d := m.dual.Width
	ids, err := identify.Train(ctx, m.learn, len(items), d, c, progress)
	if err != nil {
		return nil, identify.Report{}, err
	}
	report, err := identify.Assess(ids, m.learn, m.seed)
	if err != nil {
		return nil, report, err
	}
	known, held := m.split(items)
	e := query.Encoder{Vocabulary: m.vocab, Vectors: m.table, Known: corpus.Knows(known)}
	var asked identify.Held
	for _, h := range held {
		q := e.Encode(h.Words)
		v := make([]float32, d)
		m.dual.Query(&q, v)
		i := h.Items[0]
		asked.Items, asked.Texts, asked.Without = append(asked.Items, i), append(asked.Texts, v...), append(asked.Without, m.learn[i*d:(i+1)*d]...)
	}
	report.Texts, err = identify.AssessTexts(ids, m.learn, asked)
	return ids, report, err
}
