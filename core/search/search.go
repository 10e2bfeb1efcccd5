package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"ace/core"
	"ace/core/beam"
	"ace/core/bundle"
	"ace/core/compute"
	"ace/core/dual"
	"ace/core/lexicon"
	"ace/core/model"
	"ace/core/query"
	"ace/core/text"
	"ace/core/trie"
)

// Retriever searches one bundle. Its methods may be called from several
// goroutines; they take turns.
type Retriever struct {
	mu      sync.Mutex
	query   query.Encoder
	index   *lexicon.Index // nil: only pure searches
	dual    *dual.Index    // may be nil
	mix     Mix
	trust   Trust
	prior   prior
	trie    *trie.Trie
	kinds   []uint8  // of the items, in identifier order
	added   []uint32 // those that came after the training, ascending
	config  *model.Config
	params  *compute.Packed
	cpu     compute.Device
	reader  *model.Reader
	session *session // on the device that answers; nil: the CPU
	shelf   *shelf
	kept    []kept // the last selections, the newest first
	info    Info
}

// Info describes an open bundle.
type Info struct {
	Items      int            `json:"items"`
	Kinds      map[string]int `json:"kinds"`
	Model      string         `json:"model"`      // shape, for people
	Parameters int            `json:"parameters"` // numbers in the network
	Bytes      int            `json:"bytes"`      // of the network as shipped
	Device     string         `json:"device"`
	Cutoff     float64        `json:"cutoff"` // the least Answer.Fits of which a hybrid search shows hits, if none is asked for
}

// Options of a search.
type Options struct {
	Limit  int             // hits wanted; 0: 10
	Beam   int             // beams kept; 0: DefaultBeam; never fewer than Limit
	Kind   *core.Kind      // only items of this kind
	Filter Filter          // only items that pass
	IDs    map[string]bool // only items with one of these ids; nil: any
	Within *Set            // instead of these three: a set that Select made
	Pure   bool            // by the identifiers' probability alone, without the items' words and vectors
	// Cutoff is the least Answer.Fits of which hits are shown; nil: the bundle's
	// own. A pure search knows none.
	Cutoff *float64
	// Now gives milliseconds of any clock, for Answer.MS; nil: no times.
	Now func() float64
	// Trace is told the beams that survive each level; may be nil.
	Trace func(level int, beams []beam.Path)
}

// DefaultBeam is how many beams a search keeps.
const DefaultBeam = 20

// MaxLimit is the most hits that one search gives.
const MaxLimit = 1000

// Answer is what a search returns, best hit first.
type Answer struct {
	Hits   []core.Hit `json:"hits"`
	Mode   string     `json:"mode"` // "pure" or "hybrid"
	Fits   float64    `json:"fits"` // of a hybrid search: probability that the collection has what was asked for
	Device string     `json:"device"`
	MS     Timing     `json:"ms"`
	// Trouble says why a device failed during this search. The CPU answered it, and
	// answers those that follow.
	Trouble string `json:"trouble,omitempty"`
}

// Timing is milliseconds: Encode for the words and, on the CPU, the encoder,
// Decode for the beam, Total for these and the items' metadata.
type Timing struct {
	Total  float64 `json:"total"`
	Encode float64 `json:"encode"`
	Decode float64 `json:"decode"`
}

// Open reads the model, the trie, the vocabulary and, where they are there, word
// vectors and the items' words and vectors; items are fetched when they are first
// shown. The network runs on the CPU, until Use names another device.
func Open(ctx context.Context, c *bundle.Container) (*Retriever, error) {
	if c.Kind() != bundle.Bundle {
		return nil, fmt.Errorf("a container of kind %q is no bundle to search", c.Kind())
	}
	t, kinds, meta, err := readTrie(ctx, c)
	if err != nil {
		return nil, err
	}
	cfg, params, vocab, err := readPacked(ctx, c)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(cfg.Levels, t.Levels()) {
		return nil, fmt.Errorf("the model writes identifiers of %v codes, the items have %v", cfg.Levels, t.Levels())
	}
	dev := compute.NewCPU()
	r := &Retriever{query: query.Encoder{Vocabulary: vocab}, trie: t, kinds: kinds, config: cfg, params: params, cpu: dev,
		reader: model.NewReader(cfg, dev, compute.AdoptPacked(dev, params), model.Limits{Words: text.MaxTokens, Pieces: text.MaxTokens * text.MaxPieces}),
		shelf:  &shelf{c, meta, map[int]*shard{}}}
	r.info = Info{Items: meta.Count, Kinds: meta.Kinds, Device: dev.Name(), Parameters: cfg.Parameters(),
		Model: fmt.Sprintf("%d+%d layers, width %d", cfg.Encoder, cfg.Decoder, cfg.Width)}
	if err := r.readWords(ctx, c); err != nil {
		return nil, err
	}
	if r.added, err = readAdded(ctx, c, meta.Count); err != nil {
		return nil, err
	}
	r.info.Cutoff = r.trust.Cutoff
	for _, s := range c.Sections() {
		if s.Name == sectWeights || s.Name == sectText || strings.HasPrefix(s.Name, sectSense) || strings.HasPrefix(s.Name, lexicon.Section) || s.Name == dual.Section {
			r.info.Bytes += s.StoredSize()
		}
	}
	return r, nil
}

// Info describes the bundle.
func (r *Retriever) Info() Info {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.info
}

// Items returns items from..to-1 in identifier order, cut to those that exist.
func (r *Retriever) Items(ctx context.Context, from, to int) ([]core.Item, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var numbers []int
	for i := max(from, 0); i < min(to, r.info.Items); i++ {
		numbers = append(numbers, i)
	}
	return r.items(ctx, numbers)
}

// ItemsAt returns the items of these numbers, which must exist.
func (r *Retriever) ItemsAt(ctx context.Context, numbers []int) ([]core.Item, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.items(ctx, numbers)
}

func (r *Retriever) items(ctx context.Context, numbers []int) (out []core.Item, err error) {
	if err := r.shelf.gather(ctx, slices.Values(numbers)); err != nil {
		return nil, err
	}
	for _, i := range numbers {
		it, err := r.shelf.item(ctx, i)
		if err != nil {
			return nil, err
		}
		out = append(out, it)
	}
	return out, nil
}

// Shard is how many items lie side by side in the bundle, and are fetched together.
func (r *Retriever) Shard() int { return r.shelf.meta.Shard }

// Search finds the items that a query most probably means. A query without any
// word gives no hits.
func (r *Retriever) Search(ctx context.Context, question string, o Options) (Answer, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := o.Now
	if now == nil {
		now = func() float64 { return 0 }
	}
	began := now()
	a := Answer{Hits: []core.Hit{}, Mode: "pure", Device: r.info.Device}
	var mix *Mix
	if !o.Pure && r.index != nil {
		a.Mode, mix = "hybrid", &r.mix
	}
	limit := min(max(o.Limit, 0), MaxLimit)
	if limit == 0 {
		limit = 10
	}
	width := o.Beam
	if width <= 0 {
		width = DefaultBeam
	}
	width = min(max(width, limit), MaxLimit)
	set, err := r.set(ctx, &o)
	if err != nil {
		return a, err
	}
	q := r.query.Encode(text.Words(question))
	if q.Len() == 0 {
		return a, nil
	}
	f := finding{query: &q, mix: mix, set: set, width: width, trace: o.Trace, now: now}
	paths, err := r.find(ctx, &f)
	a.Device, a.Trouble = f.device, f.trouble
	if err != nil {
		return a, err
	}
	decoded := now()
	var hits []core.Hit
	if mix == nil {
		hits = likeliest(paths, set, limit)
	} else {
		cutoff := r.trust.Cutoff
		if o.Cutoff != nil {
			cutoff = *o.Cutoff
		}
		hits, a.Fits = r.trusted(r.weigh(paths, *mix, set, width), limit, cutoff)
	}
	if a.Hits, err = r.name(ctx, append(a.Hits, hits...)); err != nil {
		return a, err
	}
	a.MS = Timing{Total: now() - began, Encode: f.encoded - began, Decode: decoded - f.encoded}
	return a, nil
}
