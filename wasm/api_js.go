package main

import (
	"context"
	"encoding/json"
	"fmt"

	"ace/core"
	"ace/core/search"
	"ace/ui"
)

// Beside the page's questions (remote_js.go) stand those of ace.js, which come
// one at a time too:
//
//	ace.js to worker  "call", "info" or "items" or "search", parameters as JSON
//	worker to ace.js  "result", JSON
//	                  "progress", "error", "dead" as to the page
const (
	msgCall   = "call"
	msgResult = "result"
)

// apiInfo is index.info of ace.js.
type apiInfo struct {
	Title      string         `json:"title"`
	Items      int            `json:"items"`
	Kinds      map[string]int `json:"kinds"`
	Model      string         `json:"model"`
	Parameters int            `json:"parameters"`
	Bytes      int            `json:"bytes"`
	Device     string         `json:"device"`
	Cutoff     float64        `json:"cutoff"`
	Examples   []string       `json:"examples"`
	Credits    []ui.Credit    `json:"credits"`
	Note       string         `json:"note,omitempty"`
}

// apiItem is an item as ace.js gives it: every name is there, but for url.
type apiItem struct {
	ID       string            `json:"id"`
	Title    string            `json:"title"`
	Kind     core.Kind         `json:"kind"`
	File     string            `json:"file"`
	URL      string            `json:"url,omitempty"`
	Meta     map[string]string `json:"meta"`
	Captions []string          `json:"captions"`
	Keywords []string          `json:"keywords"`
}

type apiHit struct {
	apiItem
	Score      float64 `json:"score"`
	Confidence float64 `json:"confidence"`
	Identifier core.ID `json:"identifier"`
}

type apiAnswer struct {
	Hits   []apiHit      `json:"hits"`
	Fits   float64       `json:"fits"`
	Mode   string        `json:"mode"`
	Device string        `json:"device"`
	MS     search.Timing `json:"ms"`
	Note   string        `json:"note,omitempty"`
}

// apiParams are the parameters of items and search.
type apiParams struct {
	Query  string        `json:"query"`
	Limit  int           `json:"limit"`
	Kind   *core.Kind    `json:"kind"`
	Filter search.Filter `json:"filter"`
	IDs    []string      `json:"ids"`
	Cutoff *float64      `json:"cutoff"`
	Pure   bool          `json:"pure"`
}

// ids is the list as a set, nil where there is none.
func (p *apiParams) ids() map[string]bool {
	if p.IDs == nil {
		return nil
	}
	set := make(map[string]bool, len(p.IDs))
	for _, id := range p.IDs {
		set[id] = true
	}
	return set
}

// call answers a call of ace.js.
func (w *worker) call(method, params string) {
	result, err := w.do(method, params)
	if err != nil {
		fail(err)
		return
	}
	text, err := json.Marshal(result)
	if err != nil {
		fail(err)
		return
	}
	post(array(msgResult, string(text)))
}

func (w *worker) do(method, params string) (any, error) {
	var p apiParams
	if err := json.Unmarshal([]byte(params), &p); err != nil {
		return nil, err
	}
	switch method {
	case "info":
		return w.apiInfo(), nil
	case "items":
		items, err := w.items(search.Selection{Kind: p.Kind, Filter: p.Filter, IDs: p.ids()}, p.Limit)
		list := make([]apiItem, len(items))
		for i := range items {
			list[i] = newAPIItem(&items[i])
		}
		return list, err
	case "search":
		a, err := w.retriever.Search(context.Background(), p.Query,
			search.Options{Limit: p.Limit, Kind: p.Kind, Filter: p.Filter, IDs: p.ids(), Cutoff: p.Cutoff, Pure: p.Pure, Now: now})
		if a.Trouble != "" {
			w.note = a.Trouble
		}
		hits := make([]apiHit, len(a.Hits))
		for i := range a.Hits {
			h := &a.Hits[i]
			hits[i] = apiHit{newAPIItem(&h.Item), h.Score, h.Confidence, h.Identifier}
		}
		return apiAnswer{hits, a.Fits, a.Mode, a.Device, a.MS, w.note}, err
	}
	return nil, fmt.Errorf("unknown call %q", method)
}

func (w *worker) apiInfo() apiInfo {
	i := w.retriever.Info()
	return apiInfo{w.info.Title, i.Items, i.Kinds, i.Model, i.Parameters, i.Bytes, i.Device, i.Cutoff,
		some(w.info.Examples), some(w.info.Credits), w.note}
}

func newAPIItem(it *core.Item) apiItem {
	meta := it.Meta
	if meta == nil {
		meta = map[string]string{}
	}
	return apiItem{it.ID, it.Label(), it.Kind, it.File, it.URL, meta, some(it.Captions), some(it.Keywords)}
}

// some is a list that JSON does not write as null.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
