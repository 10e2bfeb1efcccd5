package main

import (
	"encoding/json"
	"slices"
	"testing"

	"ace/core"
)

// ace.d.ts promises lists and objects where an item has nothing to put in them.
func TestAPIWritesWhatIsEmpty(t *testing.T) {
	got, err := json.Marshal(apiHit{apiItem: newAPIItem(&core.Item{ID: "a", File: "a.png", Captions: []string{"a cat"}}), Score: -1.5, Confidence: 0.25, Identifier: core.ID{3, 0}})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"id":"a","title":"a cat","kind":"image","file":"a.png","meta":{},"captions":["a cat"],"keywords":[],"score":-1.5,"confidence":0.25,"identifier":[3,0]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAPIParams(t *testing.T) {
	var p apiParams
	if err := json.Unmarshal([]byte(`{"query":"q","limit":3,"kind":"video","filter":{"a":["b","c"],"tag":"x"},"ids":["i"],"cutoff":0,"pure":true}`), &p); err != nil {
		t.Fatal(err)
	}
	if p.Query != "q" || p.Limit != 3 || *p.Kind != core.Video || !slices.Equal(p.Filter["a"], []string{"b", "c"}) || !slices.Equal(p.Filter["tag"], []string{"x"}) || !p.ids()["i"] || len(p.ids()) != 1 || *p.Cutoff != 0 || !p.Pure {
		t.Errorf("%+v", p)
	}
	p = apiParams{}
	if err := json.Unmarshal([]byte(`{"limit":3,"filter":{}}`), &p); err != nil || p.Kind != nil || p.Cutoff != nil || p.ids() != nil {
		t.Errorf("%+v, %v", p, err)
	}
}

// No ids at all are none that may be found.
func TestNoIDs(t *testing.T) {
	var p apiParams
	if err := json.Unmarshal([]byte(`{"ids":[]}`), &p); err != nil || p.ids() == nil || len(p.ids()) != 0 {
		t.Errorf("%+v, %v", p, err)
	}
}
