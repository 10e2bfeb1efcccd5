package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"syscall/js"

	"ace/core"
	"ace/ui"
)

// Messages are arrays whose first element says what they are.
//
//	page to worker   "search", text, kind (-1: all), limit, cut-off (-1: the bundle's own), beams to keep (to measure; 0: as usual), filter as JSON
//	                 "items", kind, n, from, filter as JSON
//	                 "item", id
//	                 "similar", item's number, n
//	                 "ask", "near" or "facets" or "walk", parameters as JSON (ask_js.go)
//	worker to page   "progress", bytes done, bytes in all
//	                 "open", information as JSON
//	                 "answer", hits (an ArrayBuffer, see wire_js.go), device, milliseconds, mode, fits, note,
//	                 [of a search milliseconds to the encoder's end, in the beam, [until the end of each level]],
//	                 whether a graphics processor that was asked for, or answered, does not
//	                 "told", JSON    answers "ask"
//	                 "error", message, hint
//	                 "dead"          from worker.js: the program has ended
//
// The worker opens the bundle when it starts. After that each question has one
// answer or error, and the page's questions take turns.
const (
	msgSearch   = "search"
	msgItems    = "items"
	msgItem     = "item"
	msgSimilar  = "similar"
	msgAsk      = "ask"
	msgTold     = "told"
	msgProgress = "progress"
	msgOpen     = "open"
	msgAnswer   = "answer"
	msgError    = "error"
	msgDead     = "dead"
)

// remote is the worker as the page's ui.Engine.
type remote struct {
	turn     sync.Mutex // held from a question to its answer
	worker   js.Value
	replies  chan js.Value
	progress func(done, total int)
}

func newRemote(worker js.Value) *remote {
	r := &remote{worker: worker, replies: make(chan js.Value, 1), progress: func(int, int) {}}
	worker.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		m := args[0].Get("data")
		if m.Index(0).String() == msgProgress {
			go r.progress(m.Index(1).Int(), m.Index(2).Int())
			return nil
		}
		select {
		case r.replies <- m:
		default: // nobody waits: a second word from a worker that has died
		}
		return nil
	}))
	return r
}

// Open implements ui.Engine.
func (r *remote) Open(progress func(done, total int)) (ui.Info, error) {
	var info ui.Info
	r.progress = progress
	r.worker.Call("postMessage", array(msgOpen))
	m, err := r.reply(msgOpen)
	if err != nil {
		return info, err
	}
	err = json.Unmarshal([]byte(m.Index(1).String()), &info)
	return info, err
}

// Search implements ui.Engine.
func (r *remote) Search(q ui.Query) (ui.Answer, error) {
	return r.answer(msgSearch, q.Text, kindNumber(q.Kind), q.Limit, cutoffNumber(q.Cutoff), 0, filterText(q.Filter))
}

// Items implements ui.Engine.
func (r *remote) Items(q ui.Query) ([]core.Hit, error) {
	a, err := r.answer(msgItems, kindNumber(q.Kind), q.Limit, q.From, filterText(q.Filter))
	return a.Hits, err
}

// Item implements ui.Engine.
func (r *remote) Item(id string) (core.Hit, error) {
	a, err := r.answer(msgItem, id)
	if err != nil || len(a.Hits) == 0 {
		return core.Hit{}, err
	}
	return a.Hits[0], nil
}

// Similar implements ui.Engine.
func (r *remote) Similar(index, n int) ([]core.Hit, error) {
	a, err := r.answer(msgSimilar, index, n)
	return a.Hits, err
}

// answer puts a question that hits answer.
func (r *remote) answer(question ...any) (ui.Answer, error) {
	r.turn.Lock()
	defer r.turn.Unlock()
	r.worker.Call("postMessage", array(question...))
	m, err := r.reply(msgAnswer)
	if err != nil {
		return ui.Answer{}, err
	}
	hits, err := decodeHits(bytesOf(m.Index(1)))
	return ui.Answer{Hits: hits, Device: m.Index(2).String(), MS: m.Index(3).Float(), Mode: m.Index(4).String(), Fits: m.Index(5).Float(), Note: m.Index(6).String(), Lost: m.Index(8).Truthy()}, err
}

// reply waits for the next message, which is the wanted one or an error.
func (r *remote) reply(want string) (js.Value, error) {
	m := <-r.replies
	switch got := m.Index(0).String(); got {
	case want:
		return m, nil
	case msgError:
		return m, &problem{m.Index(1).String(), m.Index(2).String()}
	case msgDead:
		return m, errors.New("the search program has stopped")
	default:
		return m, fmt.Errorf("unexpected message %q from the worker", got)
	}
}

// problem is an error with what one can do about it; it implements ui.Hinter.
type problem struct{ message, hint string }

func (p *problem) Error() string { return p.message }
func (p *problem) Hint() string  { return p.hint }

func kindNumber(k *core.Kind) int {
	if k == nil {
		return -1
	}
	return int(*k)
}

// kindOf is the inverse of kindNumber.
func kindOf(n int) *core.Kind {
	if n < 0 || n >= core.Kinds {
		return nil
	}
	k := core.Kind(n)
	return &k
}

func cutoffNumber(p *float64) float64 {
	if p == nil {
		return -1
	}
	return *p
}

// cutoffOf is the inverse of cutoffNumber.
func cutoffOf(p float64) *float64 {
	if p < 0 {
		return nil
	}
	return &p
}
