package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"syscall/js"

	"ace/core"
	"ace/ui"
)

// Messages are arrays whose first element says what they are.
//
//	page to worker   "search", text, kind (-1: all), limit, cut-off (-1: the bundle's own), and, to measure, the beams to keep
//	                 "items", kind, n
//	worker to page   "progress", bytes done, bytes in all
//	                 "open", information as JSON
//	                 "answer", hits (an ArrayBuffer, see wire_js.go), device, milliseconds, mode, fits, note,
//	                 [of a search milliseconds to the encoder's end, in the beam, [until the end of each level]]
//	                 "error", message, hint
//	                 "dead"          from worker.js: the program has ended
//
// The worker opens the bundle when it starts. After that each question has one
// answer or error, and the page asks one at a time.
const (
	msgSearch   = "search"
	msgItems    = "items"
	msgProgress = "progress"
	msgOpen     = "open"
	msgAnswer   = "answer"
	msgError    = "error"
	msgDead     = "dead"
)

// remote is the worker as the page's ui.Engine.
type remote struct {
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
	r.worker.Call("postMessage", array(msgSearch, q.Text, kindNumber(q.Kind), q.Limit, cutoffNumber(q.Cutoff)))
	return r.answer()
}

// Items implements ui.Engine.
func (r *remote) Items(kind *core.Kind, n int) ([]core.Item, error) {
	r.worker.Call("postMessage", array(msgItems, kindNumber(kind), n))
	a, err := r.answer()
	items := make([]core.Item, len(a.Hits))
	for i := range a.Hits {
		items[i] = a.Hits[i].Item
	}
	return items, err
}

func (r *remote) answer() (ui.Answer, error) {
	m, err := r.reply(msgAnswer)
	if err != nil {
		return ui.Answer{}, err
	}
	hits, err := decodeHits(bytesOf(m.Index(1)))
	return ui.Answer{Hits: hits, Device: m.Index(2).String(), MS: m.Index(3).Float(), Mode: m.Index(4).String(), Fits: m.Index(5).Float(), Note: m.Index(6).String()}, err
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
