package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"syscall/js"

	"ace/core"
	"ace/core/search"
	"ace/ui"
)

// What the page asks beside searches, and is told as JSON.
const (
	askNear   = "near"   // []string
	askFacets = "facets" // ui.Facets
	askWalk   = "walk"   // ui.Walk
)

// asked are the parameters.
type asked struct {
	Text   string        `json:"text"`
	Kind   int           `json:"kind"` // -1: all
	Filter search.Filter `json:"filter"`
	Item   int           `json:"item"`
}

// ask puts a question to the worker and reads what it tells.
func (r *remote) ask(what string, q ui.Query, item int, into any) error {
	params, err := json.Marshal(asked{q.Text, kindNumber(q.Kind), filterBy(q.Filter), item})
	if err != nil {
		return err
	}
	r.turn.Lock()
	defer r.turn.Unlock()
	r.worker.Call("postMessage", array(msgAsk, what, string(params)))
	m, err := r.reply(msgTold)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(m.Index(1).String()), into)
}

// Near implements ui.Engine.
func (r *remote) Near(q ui.Query) (words []string, err error) {
	err = r.ask(askNear, q, 0, &words)
	return words, err
}

// Facets implements ui.Engine.
func (r *remote) Facets(q ui.Query) (f ui.Facets, err error) {
	err = r.ask(askFacets, q, 0, &f)
	return f, err
}

// Walk implements ui.Engine.
func (r *remote) Walk(q ui.Query, index int) (walk ui.Walk, err error) {
	err = r.ask(askWalk, q, index, &walk)
	return walk, err
}

// tellOf answers ask.
func (w *worker) tellOf(what, params string) {
	var p asked
	err := json.Unmarshal([]byte(params), &p)
	var answer any
	if err == nil {
		answer, err = w.know(what, &p)
	}
	var text []byte
	if err == nil {
		text, err = json.Marshal(answer)
	}
	if err != nil {
		fail(err)
		return
	}
	post(array(msgTold, string(text)))
}

func (w *worker) know(what string, p *asked) (any, error) {
	ctx, o := context.Background(), search.Options{Kind: kindOf(p.Kind), Filter: p.Filter}
	switch what {
	case askNear:
		return w.retriever.Near(ctx, p.Text, o)
	case askFacets:
		return w.retriever.Facets(ctx, search.Selection{Kind: o.Kind, Filter: o.Filter})
	case askWalk:
		walk, err := w.retriever.Explain(ctx, p.Text, p.Item, o)
		if err != nil {
			return nil, err
		}
		return w.walk(walk, uint32(p.Item))
	}
	return nil, fmt.Errorf("unknown question %q", what)
}

// Of each level the page shows this many nodes, by this many samples each.
const (
	nodesShown   = 6
	samplesShown = 4
)

// walk makes what the page shows of a walk that led to an item.
func (w *worker) walk(from search.Walk, item uint32) (ui.Walk, error) {
	p := from.Parts
	out := ui.Walk{Parts: [5]float64{p.Path, p.Words, p.Alike, p.Topic, p.Dense}}
	codes := w.retriever.Levels()
	for l, beams := range from.Levels {
		level := ui.Level{Codes: codes[l], Kept: len(beams)}
		for b, path := range beams {
			on := path.Items.Lo <= item && item < path.Items.Hi
			if b >= nodesShown && !on {
				continue
			}
			node := ui.Node{Code: int(path.ID[l]), Items: int(path.Items.Hi - path.Items.Lo), LogProb: path.LogProb, On: on}
			var shown []int
			for i := range min(node.Items, samplesShown) {
				shown = append(shown, int(path.Items.Lo)+i*node.Items/min(node.Items, samplesShown))
			}
			items, err := w.retriever.ItemsAt(context.Background(), shown)
			if err != nil {
				return out, err
			}
			for _, it := range items {
				s := ui.Sample{Title: it.Label(), File: it.File, Kind: it.Kind}
				if it.Thumb != "" {
					s.File = it.Thumb
				}
				node.Samples = append(node.Samples, s)
			}
			level.Nodes = append(level.Nodes, node)
		}
		out.Levels = append(out.Levels, level)
	}
	return out, nil
}

// find looks for an item by its id, some shards at a time.
func (w *worker) find(id string) (core.Hit, error) {
	some := breadth * w.retriever.Shard()
	for from := 0; from < w.info.Items; from += some {
		items, err := w.retriever.Items(context.Background(), from, from+some)
		if err != nil {
			return core.Hit{}, err
		}
		if i := slices.IndexFunc(items, func(it core.Item) bool { return it.ID == id }); i >= 0 {
			return core.Hit{Index: from + i, Item: items[i]}, nil
		}
	}
	return core.Hit{}, fmt.Errorf("the collection has no item %q", id)
}

// filterBy is a filter of one value a key.
func filterBy(values map[string]string) search.Filter {
	filter := search.Filter{}
	for key, value := range values {
		filter[key] = []string{value}
	}
	return filter
}

// filterText is a filter as messages have it.
func filterText(filter map[string]string) string {
	if len(filter) == 0 {
		return ""
	}
	text, _ := json.Marshal(filter) // strings can always be written
	return string(text)
}

// filterOf is the inverse of filterText.
func filterOf(text js.Value) (filter search.Filter) {
	if text.Type() == js.TypeString && text.String() != "" {
		_ = json.Unmarshal([]byte(text.String()), &filter) // malformed: none
	}
	return filter
}
