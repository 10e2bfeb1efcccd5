package search

import (
	"cmp"
	"context"
	"math"
	"slices"

	"ace/core"
	"ace/core/beam"
	"ace/core/dual"
	"ace/core/lexicon"
	"ace/core/query"
	"ace/core/text"
)

// MetaMix is the key of a bundle's Mix.
const MetaMix = "mix"

// Mix weighs what a hybrid search knows of an item: its score is the sum. The
// weights are fitted on texts that the training did not see.
type Mix struct {
	Path  float64 `json:"path"`  // of the log-probability of the identifier, in nats
	Words float64 `json:"words"` // of the lexicon's score, by words that the item has
	Alike float64 `json:"alike"` // and by words like those
	Topic float64 `json:"topic"` // of the cosine of what all their words mean, over dual.Temperature
	Dense float64 `json:"dense"` // of the cosine with the item's vector, over dual.Temperature
	// Length is the power of the number of a question's words by which what words
	// say (Words, Alike, Topic) is divided: of many words some fit by chance.
	Length float64 `json:"length,omitempty"`
}

// Evidence is what speaks for an item.
type Evidence struct{ Path, Words, Alike, Topic, Dense float64 }

// Score is the weighted sum.
func (m Mix) Score(e Evidence) float64 {
	return m.Path*e.Path + m.Words*e.Words + m.Alike*e.Alike + m.Topic*e.Topic + m.Dense*e.Dense
}

// prior is what is known of all items before the first code is written: a
// set-based prior (PAG, arXiv 2404.14600) over the items' words and vectors.
type prior struct {
	words lexicon.Scores
	dense []float32   // cosines over their temperature, [items]; nil without vectors
	query []float32   // the query's vector
	part  float64     // what words say, by the number of them
	sum   *beam.Prior // weighed; beam.Never for items that are not allowed or were added
}

// consider fills the prior for a query that the reader has begun.
func (r *Retriever) consider(q *query.Query, m Mix, set *Set) {
	p := &r.prior
	r.index.Score(r.info.Items, q, &p.words)
	p.part = math.Pow(float64(max(q.Len(), 1)), -m.Length)
	if r.dual != nil {
		if p.dense == nil {
			p.dense, p.query = make([]float32, r.info.Items), make([]float32, r.dual.Width)
		}
		r.dual.Query(q, p.query)
		r.dual.Score(p.query, p.dense)
	}
	if p.sum == nil {
		p.sum = beam.NewPrior(r.info.Items)
	}
	added := r.added // ascending, as Fill goes
	p.sum.Fill(func(i int) float64 {
		if len(added) > 0 && added[0] == uint32(i) {
			added = added[1:]
			return math.Inf(-1)
		}
		if set != nil && !set.Has(uint32(i)) {
			return math.Inf(-1)
		}
		return m.Score(p.evidence(i, 0))
	})
}

func (p *prior) evidence(i int, path float64) Evidence {
	e := Evidence{Path: path, Words: p.part * float64(p.words.Item[i]), Alike: p.part * float64(p.words.Alike[i]), Topic: p.part * float64(p.words.Topic[i]) / dual.Temperature}
	if len(p.dense) > 0 {
		e.Dense = float64(p.dense[i])
	}
	return e
}

// Candidate is an item that a hybrid search came upon.
type Candidate struct {
	Index int // in identifier order
	Evidence
	Signals Signals
	score   float64
	share   float64 // of the candidates' softmax
	id      core.ID
}

// Candidates gives the items of a set, or of all for nil, that the beam, guided
// by a mix, ends with, best first: what the weights of mix and trust are fitted
// on.
func (r *Retriever) Candidates(ctx context.Context, s string, m Mix, width int, set *Set) ([]Candidate, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	q := r.query.Encode(text.Words(s))
	if q.Len() == 0 {
		return nil, nil
	}
	f := finding{query: &q, mix: &m, set: set, width: width}
	paths, err := r.find(ctx, &f)
	if err != nil {
		return nil, err
	}
	return r.weigh(paths, m, set, width), nil
}

// weigh orders the items that paths lead to by a mix, and with them at most width of
// those that were added. Items that share an identifier are told apart by their words
// and vectors.
func (r *Retriever) weigh(paths []beam.Path, m Mix, set *Set, width int) []Candidate {
	var out []Candidate
	for _, p := range paths {
		for i := p.Items.Lo; i < p.Items.Hi; i++ {
			if (set == nil || set.Has(i)) && !r.isAdded(i) {
				e := r.prior.evidence(int(i), p.LogProb)
				out = append(out, Candidate{Index: int(i), Evidence: e, score: m.Score(e), id: p.ID})
			}
		}
	}
	out = r.addedTo(out, m, set, width)
	slices.SortStableFunc(out, func(a, b Candidate) int { return cmp.Compare(b.score, a.score) })
	for i, share := range sharesOf(out) {
		out[i].share = share
		out[i].Signals = r.signals(out[i].Evidence, share)
	}
	return out
}
