package search

import (
	"context"

	"ace/core/text"
)

// nearTried is how many words Near tries.
const nearTried = 6

// Near offers words for a question that fits nothing: those of the collection
// that are nearest to the question's, each of which fits something by the
// bundle's own cut-off.
func (r *Retriever) Near(ctx context.Context, question string, o Options) ([]string, error) {
	words := r.nearWords(question)
	var fitting []string
	o.Limit, o.Beam, o.Cutoff = 1, 0, nil
	for _, w := range words {
		a, err := r.Search(ctx, w, o)
		if err != nil {
			return nil, err
		}
		if len(a.Hits) > 0 {
			fitting = append(fitting, w)
		}
	}
	return fitting, nil
}

func (r *Retriever) nearWords(question string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	q := r.query.Encode(text.Words(question))
	if r.index == nil || q.Len() == 0 {
		return nil
	}
	return r.index.Near(&q, nearTried)
}
