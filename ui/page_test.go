package ui

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ace/core"

	"github.com/vugu/vugu"
	"github.com/vugu/vugu/staticrender"
)

// shelf is an engine over a few items in memory. It finds the items whose title
// holds the query.
type shelf struct {
	items    []core.Item
	info     Info
	openErr  error
	hold     chan struct{} // when not nil, a search waits for it
	calm     chan struct{} // when not nil, what does not hurry waits for it
	sure     float64       // of every answer; below a cut-off the answer is empty
	searchEr error
	near     []string
	walk     Walk
	walkErr  error
	doubt    int // hits from this one on are hardly sure; 0: none

	mu    sync.Mutex
	asked []Query
}

func newShelf(titles ...string) *shelf {
	s := &shelf{info: Info{Items: len(titles), Device: "cpu"}}
	for i, title := range titles {
		k := kinds[i%core.Kinds]
		s.info.Kinds[k]++
		s.items = append(s.items, core.Item{ID: fmt.Sprint("item", i), File: fmt.Sprintf("media/%d.png", i), Kind: k, Title: title})
	}
	return s
}

func (s *shelf) Open(progress func(done, total int)) (Info, error) {
	progress(500_000, 2_000_000)
	return s.info, s.openErr
}

func (s *shelf) Search(q Query) (Answer, error) {
	if s.hold != nil {
		<-s.hold
	}
	s.mu.Lock()
	s.asked = append(s.asked, q)
	s.mu.Unlock()
	a := Answer{Mode: "pure", Device: "cpu", MS: 12.3}
	if s.info.Cutoff > 0 {
		a.Mode, a.Fits = Hybrid, s.sure
		cutoff := s.info.Cutoff
		if q.Cutoff != nil {
			cutoff = *q.Cutoff
		}
		if a.Fits < cutoff {
			return a, s.searchEr
		}
	}
	for i, it := range s.items {
		if strings.Contains(it.Title, q.Text) && s.fits(q, it) && len(a.Hits) < q.Limit {
			confidence := 0.5
			if s.doubt > 0 && len(a.Hits) >= s.doubt {
				confidence = 0.001
			}
			a.Hits = append(a.Hits, core.Hit{Index: i, Item: it, Confidence: confidence, Identifier: core.ID{1, 2, core.Token(i)}})
		}
	}
	return a, s.searchEr
}

func (s *shelf) fits(q Query, it core.Item) bool {
	for k, v := range q.Filter {
		if it.Meta[k] != v {
			return false
		}
	}
	return q.Kind == nil || *q.Kind == it.Kind
}

func (s *shelf) Items(q Query) ([]core.Hit, error) {
	var hits []core.Hit
	for i, it := range s.items {
		if s.fits(q, it) && len(hits) < q.From+q.Limit {
			hits = append(hits, core.Hit{Index: i, Item: it})
		}
	}
	return hits[min(q.From, len(hits)):], nil
}

func (s *shelf) Item(id string) (core.Hit, error) {
	for i, it := range s.items {
		if it.ID == id {
			return core.Hit{Index: i, Item: it}, nil
		}
	}
	return core.Hit{}, errors.New("no such item")
}

// Similar gives the items that follow.
func (s *shelf) Similar(index, n int) (hits []core.Hit, err error) {
	for i := index + 1; i < len(s.items) && len(hits) < n; i++ {
		hits = append(hits, core.Hit{Index: i, Item: s.items[i]})
	}
	return hits, nil
}

func (s *shelf) Near(Query) ([]string, error) { return s.near, nil }

// Facets counts one field, shelf.
func (s *shelf) Facets(q Query) (f Facets, err error) {
	counts := map[string]int{}
	for _, it := range s.items {
		if s.fits(Query{Filter: q.Filter}, it) {
			f.Kinds[it.Kind]++
		}
		if v, ok := it.Meta["shelf"]; ok && s.fits(Query{Kind: q.Kind}, it) {
			counts[v]++
		}
	}
	if len(counts) > 0 {
		field := Field{Name: "shelf"}
		for _, v := range slices.Sorted(maps.Keys(counts)) {
			field.Values = append(field.Values, Value{v, counts[v]})
		}
		f.Fields = []Field{field}
	}
	return f, nil
}

func (s *shelf) Walk(Query, int) (Walk, error) { return s.walk, s.walkErr }

func (s *shelf) queries() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var texts []string
	for _, q := range s.asked {
		texts = append(texts, q.Text)
	}
	return texts
}

// stage is a page under test.
type stage struct {
	t    *testing.T
	root *Root
	env  *vugu.BuildEnv
	lock vugu.EventEnv
}

func newStage(t *testing.T, e Engine) *stage {
	t.Helper()
	renders := make(chan bool, 64)
	done := make(chan struct{})
	t.Cleanup(func() { close(done) })
	go func() { // the renders that a browser would do
		for {
			select {
			case <-renders:
			case <-done:
				return
			}
		}
	}()
	lock := vugu.NewEventEnvImpl(new(sync.RWMutex), renders)
	env, err := vugu.NewBuildEnv(lock)
	if err != nil {
		t.Fatal(err)
	}
	calm := func() {
		if e, ok := e.(*shelf); ok && e.calm != nil {
			<-e.calm
		}
	}
	s := &stage{t, &Root{Engine: e, Stay: func() {}, Calm: calm}, env, lock}
	s.build()
	return s
}

func (s *stage) build() *vugu.BuildResults {
	s.lock.RLock()
	defer s.lock.RUnlock()
	return s.env.RunBuild(s.root)
}

func (s *stage) html() string {
	s.t.Helper()
	var b bytes.Buffer
	if err := staticrender.New(&b).Render(s.build()); err != nil {
		s.t.Fatal(err)
	}
	return b.String()
}

// until waits for the page to contain a text.
func (s *stage) until(text string) string {
	s.t.Helper()
	var h string
	for range 3000 {
		if h = s.html(); strings.Contains(h, text) {
			return h
		}
		time.Sleep(2 * time.Millisecond)
	}
	s.t.Fatalf("the page never contains %q:\n%s", text, h)
	return ""
}

// fire runs the handler of the element with an id, or with an accessible name.
func (s *stage) fire(element, event string, summary map[string]any) *press {
	s.t.Helper()
	res := s.build()
	var spec *vugu.DOMEventHandlerSpec
	var visit func(out *vugu.BuildOut)
	visit = func(out *vugu.BuildOut) {
		for _, root := range out.Out {
			_ = root.Walk(func(n *vugu.VGNode) error {
				if n.Component != nil {
					visit(res.ResultFor(n.Component))
					return nil
				}
				for _, a := range n.Attr {
					if (a.Key == "id" || a.Key == "aria-label") && a.Val == element && spec == nil {
						for i := range n.DOMEventHandlerSpecList {
							if n.DOMEventHandlerSpecList[i].EventType == event {
								spec = &n.DOMEventHandlerSpecList[i]
							}
						}
					}
				}
				return nil
			})
		}
	}
	visit(res.Out)
	if spec == nil {
		s.t.Fatalf("no %s handler on %s", event, element)
	}
	p := &press{summary: summary, env: s.lock}
	s.lock.Lock()
	spec.Func(p)
	s.lock.UnlockRender()
	return p
}

func (s *stage) typeText(text string) {
	s.t.Helper()
	s.fire("q", "input", map[string]any{"target": map[string]any{"value": text}})
}

func (s *stage) press(element, key string) *press {
	s.t.Helper()
	return s.fire(element, "keydown", map[string]any{"key": key})
}

// press is an event outside a browser, where vugu's own cannot be made.
type press struct {
	vugu.DOMEvent // nil: what is not overridden here is not to be called
	summary       map[string]any
	env           vugu.EventEnv
	prevented     bool
}

func (p *press) Prop(keys ...string) any {
	var v any = p.summary
	for _, k := range keys {
		m, _ := v.(map[string]any)
		v = m[k]
	}
	return v
}
func (p *press) PropString(keys ...string) string   { s, _ := p.Prop(keys...).(string); return s }
func (p *press) PropBool(keys ...string) bool       { b, _ := p.Prop(keys...).(bool); return b }
func (p *press) PropFloat64(keys ...string) float64 { f, _ := p.Prop(keys...).(float64); return f }
func (p *press) EventEnv() vugu.EventEnv            { return p.env }
func (p *press) PreventDefault()                    { p.prevented = true }

var errNoBundle = errors.New("manifest.json: the server answers 404")
