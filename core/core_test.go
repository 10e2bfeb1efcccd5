package core

import (
	"encoding/json"
	"slices"
	"testing"
)

// TestHitJSON: the fields that scripts read are there even where nothing is known.
func TestHitJSON(t *testing.T) {
	for want, h := range map[string]Hit{
		`{"id":"a","title":"a","kind":"image","file":"","score":0,"confidence":0,"identifier":[],"meta":{}}`: {Item: Item{ID: "a"}, Identifier: ID{}},
		`{"id":"b","title":"bark","kind":"audio","file":"media/b.wav","url":"https://example.org/","score":-1.5,"confidence":0.25,"identifier":[3,0,200],"meta":{"k":"v"}}`: {Score: -1.5, Confidence: 0.25, Identifier: ID{3, 0, 200},
			Item: Item{ID: "b", Kind: Audio, File: "media/b.wav", URL: "https://example.org/", Captions: []string{"bark", "woof"}, Meta: map[string]string{"k": "v"}}},
	} {
		got, err := json.Marshal(h)
		if err != nil || string(got) != want {
			t.Errorf("%s, %v\nwant %s", got, err, want)
		}
	}
	if _, err := json.Marshal(Hit{Item: Item{Kind: 9}}); err == nil {
		t.Error("an unknown kind was written")
	}
}

func TestKinds(t *testing.T) {
	for k := range Kinds {
		if got, err := ParseKind(Kind(k).String()); err != nil || got != Kind(k) {
			t.Errorf("%v is read as %v, %v", Kind(k), got, err)
		}
	}
	if _, err := ParseKind("picture"); err == nil {
		t.Error("an unknown kind was read")
	}
	var it Item
	if err := json.Unmarshal([]byte(`{"id":"x","modality":"smell"}`), &it); err == nil {
		t.Error("an item of an unknown kind was read")
	}
}

func TestIdentifierOrder(t *testing.T) {
	ids := []ID{{1, 2}, {0, 9}, {1}, {0, 9, 1}, {1, 0}}
	slices.SortFunc(ids, ID.Compare)
	for i, want := range []ID{{0, 9}, {0, 9, 1}, {1}, {1, 0}, {1, 2}} {
		if !slices.Equal(ids[i], want) {
			t.Errorf("place %d has %v, want %v", i, ids[i], want)
		}
	}
}
