// Package core is the vocabulary of ace: what an item is, what an identifier
// is, what a search returns. It imports nothing but the standard library and
// everything else in the tree speaks in its terms.
//
// Dimension letters used throughout the tree:
//
//	N  items of a collection
//	L  levels of an identifier (one coarse, M fine, at most one counter)
//	V  codes at one level
//	D  width of an item's vector
//	d  width of the model
//	T  tokens of a query
//	B  sequences of a batch, or beams of a search
package core

import (
	"encoding/json"
	"fmt"
)

// Kind says what sort of medium an item is.
type Kind uint8

// The three kinds, in the order in which they are stored and shown.
const (
	Image Kind = iota
	Audio
	Video
	Kinds int = iota // how many there are
)

var kindNames = [Kinds]string{"image", "audio", "video"}

func (k Kind) String() string {
	if int(k) < Kinds {
		return kindNames[k]
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// ParseKind is the inverse of String.
func ParseKind(s string) (Kind, error) {
	for i, n := range kindNames {
		if s == n {
			return Kind(i), nil
		}
	}
	return 0, fmt.Errorf("unknown kind %q: want image, audio or video", s)
}

// MarshalText writes the kind's name.
func (k Kind) MarshalText() ([]byte, error) {
	if int(k) >= Kinds {
		return nil, fmt.Errorf("unknown kind %d", uint8(k))
	}
	return []byte(kindNames[k]), nil
}

// UnmarshalText reads a kind's name.
func (k *Kind) UnmarshalText(b []byte) error {
	v, err := ParseKind(string(b))
	if err == nil {
		*k = v
	}
	return err
}

// Item is one medium of a collection and the words that are known about it.
// The JSON names are those of items.jsonl and of the bundle's item shards.
type Item struct {
	ID       string            `json:"id"`
	File     string            `json:"file"` // slash-separated, relative to the items file or the site
	Kind     Kind              `json:"modality"`
	Title    string            `json:"title,omitempty"`
	URL      string            `json:"url,omitempty"` // the page where the item stands, if any
	Captions []string          `json:"captions,omitempty"`
	Keywords []string          `json:"keywords,omitempty"`
	Meta     map[string]string `json:"meta,omitempty"` // shown and filterable

	Width   int     `json:"width,omitempty"`   // pixels of a picture or film as it is shown, turned as its file says
	Height  int     `json:"height,omitempty"`  // the same
	Seconds float64 `json:"seconds,omitempty"` // how long a sound, film or animation lasts
	Colour  string  `json:"colour,omitempty"`  // #rrggbb, shown until the medium is there
	Thumb   string  `json:"thumb,omitempty"`   // a small picture of it, as File
}

// Label is what a card shows: the title, else the first caption, else the id.
func (it *Item) Label() string {
	switch {
	case it.Title != "":
		return it.Title
	case len(it.Captions) > 0:
		return it.Captions[0]
	}
	return it.ID
}

// Token is one code of an identifier, counted from 0 at each level.
type Token uint16

// ID is an item's identifier (k, v_1 … v_M, u): the coarse code, the fine
// codes and, where items would still share one, a counter
// (arXiv 2406.17507, section 3).
type ID []Token

// Compare orders identifiers by their first differing token. Item order is
// this order, so a prefix of an identifier is a range of items.
func (a ID) Compare(b ID) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return int(a[i]) - int(b[i])
		}
	}
	return len(a) - len(b)
}

// Range is a run of items in identifier order, Lo <= i < Hi: the items below one
// prefix of an identifier.
type Range struct{ Lo, Hi uint32 }

// Hit is one answer of a search. By a pure search, Score is the log-probability
// of the identifier, in nats, and Confidence its probability. By a hybrid one
// Score also weighs the item's words and vector, and Confidence is how probably
// the item is what was asked for, or its share among the candidates where the
// bundle knows no better.
type Hit struct {
	Index      int     // the item's number in identifier order
	Item       Item    // the item itself
	Score      float64 // hits are in its order
	Confidence float64 // in [0,1]
	Identifier ID
}

// MarshalJSON writes a hit as `ace query --json` and ace.js give it.
func (h Hit) MarshalJSON() ([]byte, error) {
	meta := h.Item.Meta
	if meta == nil {
		meta = map[string]string{}
	}
	return json.Marshal(struct {
		ID         string            `json:"id"`
		Title      string            `json:"title"`
		Kind       Kind              `json:"kind"`
		File       string            `json:"file"`
		URL        string            `json:"url,omitempty"`
		Score      float64           `json:"score"`
		Confidence float64           `json:"confidence"`
		Identifier ID                `json:"identifier"`
		Meta       map[string]string `json:"meta"`
	}{h.Item.ID, h.Item.Label(), h.Item.Kind, h.Item.File, h.Item.URL, h.Score, h.Confidence, h.Identifier, meta})
}
