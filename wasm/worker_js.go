package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"syscall/js"

	"ace/core"
	"ace/core/beam"
	"ace/core/bundle"
	"ace/core/search"
	"ace/ui"
)

// serve is the worker's role: it opens the bundle that worker.js has begun to
// fetch and answers questions until the page closes.
func serve() {
	mark("program")
	debug.SetGCPercent(-1) // what is read while it opens is nearly all kept
	g := js.Global()
	questions := make(chan js.Value, 16)
	g.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		questions <- args[0].Get("data")
		return nil
	}))
	for early := g.Get("aceWaiting"); early.Length() > 0; {
		questions <- early.Call("shift")
	}
	w := &worker{opened: make(chan struct{})}
	go w.open(remoteBundle{g.Get("aceBundle")}, g.Get("aceDevice").String())
	for m := range questions {
		w.answer(m)
	}
}

type worker struct {
	retriever *search.Retriever
	info      ui.Info
	err       error
	opened    chan struct{} // closed when one of the above is set
	note      string        // why the graphics processor does not answer
	lost      bool          // it was asked for, or did
	answered  sync.Once     // the first question
}

// open fetches and opens the bundle. A device that was asked for is there before
// the first answer; any other may come later.
func (w *worker) open(src remoteBundle, device string) {
	defer func() {
		if w.err == nil && device != deviceWebGPU {
			go w.equip(device)
		}
	}()
	defer close(w.opened)
	defer debug.SetGCPercent(100)
	defer func() {
		if p := recover(); p != nil {
			w.err = fmt.Errorf("the bundle could not be opened: %v", p)
		}
	}()
	ctx := context.Background()
	c, err := bundle.Open(ctx, src)
	if err != nil {
		w.err = err
		return
	}
	mark("manifest")
	if w.retriever, w.err = search.Open(ctx, c); w.err == nil {
		js.Global().Call("aceOpened")
		if device == deviceWebGPU {
			w.equip(device)
		}
		w.info, w.err = describe(c, w.retriever.Info())
		w.info.Note, w.info.Lost = w.note, w.lost
	}
	mark("open")
}

// describe gathers what the page says of a collection. Title, fields, examples,
// credits and trust need not be there.
func describe(c *bundle.Container, i search.Info) (ui.Info, error) {
	info := ui.Info{Items: i.Items, Device: i.Device}
	for k := range info.Kinds {
		info.Kinds[k] = i.Kinds[core.Kind(k).String()]
	}
	var trust search.Trust
	for key, into := range map[string]any{"title": &info.Title, search.MetaFields: &info.Fields, "examples": &info.Examples, "credits": &info.Credits, search.MetaTrust: &trust} {
		if slices.Contains(c.MetaKeys(), key) {
			if err := c.Meta(key, into); err != nil {
				return info, err
			}
		}
	}
	info.Cutoff = trust.Cutoff
	return info, nil
}

// answer answers one message of the page.
func (w *worker) answer(m js.Value) {
	defer func() {
		if p := recover(); p != nil {
			post(array(msgError, fmt.Sprint(p), ""))
		}
	}()
	<-w.opened
	if w.err != nil {
		fail(w.err)
		return
	}
	switch what := m.Index(0).String(); what {
	case msgOpen:
		info, err := json.Marshal(w.info)
		if err != nil {
			fail(err)
			return
		}
		post(array(msgOpen, string(info)))
	case msgSearch:
		o := search.Options{Kind: kindOf(m.Index(2).Int()), Limit: m.Index(3).Int(), Cutoff: cutoffOf(m.Index(4).Float()), Filter: filterOf(m.Index(6)), Now: now}
		var levels []any
		if beams := m.Index(5); beams.Truthy() {
			began := now()
			o.Beam, o.Trace = beams.Int(), func(int, []beam.Path) { levels = append(levels, now()-began) }
		}
		a, err := w.retriever.Search(context.Background(), m.Index(1).String(), o)
		w.answered.Do(func() { mark("answer") }) // the browser keeps every mark
		if a.Trouble != "" {
			w.note, w.lost = a.Trouble, true
		}
		reply(ui.Answer{Hits: a.Hits, Mode: a.Mode, Fits: a.Fits, Device: a.Device, MS: a.MS.Total, Note: w.note, Lost: w.lost}, err, a.MS.Encode, a.MS.Decode, array(levels...))
	case msgItems:
		hits, err := w.look(search.Selection{Kind: kindOf(m.Index(1).Int()), Filter: filterOf(m.Index(4))}, m.Index(3).Int(), m.Index(2).Int())
		reply(ui.Answer{Hits: hits, Device: w.info.Device}, err)
	case msgItem:
		hit, err := w.find(m.Index(1).String())
		reply(ui.Answer{Hits: []core.Hit{hit}}, err)
	case msgSimilar:
		hits, err := w.retriever.Similar(context.Background(), m.Index(1).Int(), m.Index(2).Int())
		reply(ui.Answer{Hits: hits}, err)
	case msgAsk:
		w.tellOf(m.Index(1).String(), m.Index(2).String())
	case msgCall:
		w.call(m.Index(1).String(), m.Index(2).String())
	default:
		fail(fmt.Errorf("unknown question %q", what))
	}
}

// items are the first n of a selection, spread over the collection.
func (w *worker) items(of search.Selection, n int) ([]core.Item, error) {
	hits, err := w.look(of, 0, n)
	items := make([]core.Item, len(hits))
	for i := range hits {
		items[i] = hits[i].Item
	}
	return items, err
}

// look gives n items of a selection behind the first from, spread over the
// collection.
func (w *worker) look(of search.Selection, from, n int) ([]core.Hit, error) {
	ctx := context.Background()
	has := func(int) bool { return true }
	if of.Kind != nil || len(of.Filter) > 0 || of.IDs != nil {
		set, err := w.retriever.Select(ctx, of)
		if err != nil {
			return nil, err
		}
		has = func(i int) bool { return set.Has(uint32(i)) }
	}
	var shown []int
	for i := range spread(w.info.Items, w.retriever.Shard()) {
		if len(shown) >= n {
			break
		}
		if !has(i) {
			continue
		}
		if from--; from >= 0 {
			continue
		}
		shown = append(shown, i)
	}
	items, err := w.retriever.ItemsAt(ctx, shown)
	if err != nil {
		return nil, err
	}
	hits := make([]core.Hit, len(items))
	for i, it := range items {
		hits[i] = core.Hit{Index: shown[i], Item: it}
	}
	return hits, nil
}

// reply sends an answer, and beside it times of its stages.
func reply(a ui.Answer, err error, stages ...any) {
	if err != nil {
		fail(err)
		return
	}
	buffer := toBytes(encodeHits(a.Hits)).Get("buffer")
	js.Global().Call("postMessage", array(msgAnswer, buffer, a.Device, a.MS, a.Mode, a.Fits, a.Note, array(stages...), a.Lost), array(buffer))
}

func fail(err error) {
	hint := ""
	var h ui.Hinter
	if errors.As(err, &h) {
		hint = h.Hint()
	}
	post(array(msgError, err.Error(), hint))
}

func post(m js.Value) { js.Global().Call("postMessage", m) }
