// Package exam puts questions with known answers to a bundle, and to what it has
// to beat, under the same conditions: the same candidates, the same measures.
package exam

import (
	"context"
	"fmt"
	"time"

	"ace/core"
	"ace/core/search"
	"ace/train/score"
)

// Question is what is asked, the ids of the items that are right, and the kind of
// medium that is asked for, if any.
type Question struct {
	Query    string   `json:"query"`
	Relevant []string `json:"relevant"`
	Modality string   `json:"modality"`
}

// Exam is the questions and all that they are put against.
type Exam struct {
	// Progress is told of each question that has been answered; may be nil.
	Progress func(stage string, done, total int)

	r         *search.Retriever
	questions []Question
	relevant  []map[int]bool // item numbers
	sorts     []string       // whose words a question has
	items     []core.Item
	sets      [core.Kinds + 1]*search.Set // by kind; last: no kind
	byKind    bool
	beams     int
}

// Options restrict what questions are answered with.
type Options struct {
	Pool   map[string]bool // only the items of these ids; nil: all
	ByKind bool            // only items of the kind that a question names
	Beams  int             // that are kept
}

// UnknownError says that what is right for a question is no item of the bundle.
type UnknownError struct {
	Question int // from 1
	ID       string
}

func (e *UnknownError) Error() string {
	return fmt.Sprintf("question %d: no item %q in the bundle", e.Question, e.ID)
}

// New makes an exam of a bundle, whose items these are, in their order there. The
// error is an UnknownError where a question names others.
func New(ctx context.Context, r *search.Retriever, items []core.Item, questions []Question, o Options) (*Exam, error) {
	e := &Exam{r: r, questions: questions, items: items, byKind: o.ByKind, beams: o.Beams}
	number := map[string]int{}
	for i := range items {
		number[items[i].ID] = i
	}
	for n, q := range questions {
		set := map[int]bool{}
		for _, id := range q.Relevant {
			i, ok := number[id]
			if !ok {
				return nil, &UnknownError{n + 1, id}
			}
			set[i] = true
		}
		e.relevant = append(e.relevant, set)
	}
	e.sorts = sorts(items, questions, e.relevant)
	for k := range e.sets {
		s := search.Selection{IDs: o.Pool}
		if k < core.Kinds {
			if !o.ByKind {
				continue
			}
			kind := core.Kind(k)
			s.Kind = &kind
		} else if o.Pool == nil {
			continue
		}
		var err error
		if e.sets[k], err = r.Select(ctx, s); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// set is what a question may be answered with; nil for everything.
func (e *Exam) set(q Question) *search.Set {
	if e.byKind {
		if k, err := core.ParseKind(q.Modality); err == nil {
			return e.sets[k]
		}
	}
	return e.sets[core.Kinds]
}

func (e *Exam) progress(stage string, done, total int) {
	if e.Progress != nil {
		e.Progress(stage, done, total)
	}
}

// System is how one system did.
type System struct {
	Name    string `json:"name"`
	Mode    string `json:"mode,omitempty"`
	Setting string `json:"setting,omitempty"` // what a baseline's tuning chose
	score.Score
	P50      float64   `json:"p50_ms"`
	P95      float64   `json:"p95_ms"`
	Valid    float64   `json:"valid"`                     // share of answers that are items of the collection
	Survival []float64 `json:"prefix_survival,omitempty"` // percent of questions whose relevant prefix is in the beam after each level
	ByWords  []ByWords `json:"by_words"`                  // of the questions, by whose words they have
}

// Ranker is a system that scores every item and gives the rank of the best relevant
// one among those allowed; nil: all.
type Ranker interface {
	Rank(query string, relevant map[int]bool, allowed func(item int) bool) int
	Setting() string
}

// AskRanker puts the questions to a system that knows the bundle's items by their
// numbers.
func (e *Exam) AskRanker(name string, r Ranker) System {
	ranks, times := make([]int, len(e.questions)), make([]float64, len(e.questions))
	for n, q := range e.questions {
		var allowed func(int) bool
		if set := e.set(q); set != nil {
			allowed = func(i int) bool { return set.Has(uint32(i)) }
		}
		now := clock()
		ranks[n] = r.Rank(q.Query, e.relevant[n], allowed)
		times[n] = now()
	}
	return System{Name: name, Setting: r.Setting(), Score: score.Summarise(ranks), ByWords: e.byWords(ranks), P50: score.Percentile(times, 0.5), P95: score.Percentile(times, 0.95), Valid: 1}
}

// clock gives milliseconds since it was made.
func clock() func() float64 {
	began := time.Now()
	return func() float64 { return float64(time.Since(began).Nanoseconds()) / 1e6 }
}
