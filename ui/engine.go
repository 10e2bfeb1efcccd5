// Package ui is the search page: a box, a grid of pictures, sounds and films,
// a detail view and one player. It is made of vugu components, NAME.vugu with
// NAME.go and the generated NAME_gen.go; all state is kept in Go, and what
// stands behind the page is the Engine that it is given.
//
// The renderer that vugu v0.5.1 brings writes every attribute of every node at
// each render and knows elements by their position alone. So whatever must not
// be written again (pictures, players, a text that is announced) lives in a
// host element: an element without children in the markup, which Go fills when
// its content changed, marked by a property on the element.
package ui

import "ace/core"

//go:generate go run ./vgen

// Engine answers the page's questions. Its methods block; the page calls them
// from goroutines of its own.
type Engine interface {
	// Open makes the collection ready. progress is told how many bytes have
	// arrived and how many there are in all, 0 as long as that is unknown.
	Open(progress func(done, total int)) (Info, error)
	// Search answers a query with the best items, best first.
	Search(q Query) (Answer, error)
	// Items gives items to look at before anything was asked, spread over the
	// collection, those of the query's kind and filter alone: q.Limit of them
	// behind the first q.From.
	Items(q Query) ([]core.Hit, error)
	// Item gives the item with an id; none is an error.
	Item(id string) (core.Hit, error)
	// Similar gives the n items that are nearest to one.
	Similar(index, n int) ([]core.Hit, error)
	// Near gives words for a question that fits nothing: the nearest that would.
	Near(q Query) ([]string, error)
	// Facets counts what further filters would leave of a query's kind and filter.
	Facets(q Query) (Facets, error)
	// Walk tells how the search for a query came to an item.
	Walk(q Query, index int) (Walk, error)
}

// Query is one question.
type Query struct {
	Text   string
	Kind   *core.Kind        // nil: all kinds
	Filter map[string]string // meta values that items must have; never changed, only replaced
	Limit  int
	From   int // without a text: how many items are there already
	// Cutoff is the least Answer.Fits of which hits are wanted; nil: the
	// collection's own.
	Cutoff *float64
}

// Answer is what a search found, and how.
type Answer struct {
	Hits   []core.Hit
	Mode   string  // how: Hybrid, or by the identifiers alone
	Fits   float64 // of a hybrid search: probability that the collection has what was asked for; 0: it has nothing near
	Device string  // where the search ran, as core/search names it
	MS     float64 // the time that the search took, in milliseconds
	Note   string  // why it did not run on the graphics processor
	Lost   bool    // that was asked for, or had answered before
}

// Facets are the meta data that items can be filtered by.
type Facets struct {
	Kinds  [core.Kinds]int `json:"kinds"` // items of each kind that meet the filter
	Fields []Field         `json:"fields"`
}

// Field is one of them.
type Field struct {
	Name   string  `json:"name"`
	Values []Value `json:"values"`
}

// Value is one value of a field, and how many items it would leave.
type Value struct {
	Text  string `json:"text"`
	Count int    `json:"count"`
}

// Walk is the tree of identifiers as a search walked it.
type Walk struct {
	Levels []Level `json:"levels"`
	// Parts of the item's score: by its identifier, its words, words like them,
	// what they mean together, its vector. All 0 where it was not found.
	Parts [5]float64 `json:"parts"`
}

// Level is one code of the identifier.
type Level struct {
	Codes int    `json:"codes"` // there are at this level
	Kept  int    `json:"kept"`  // beams that survived it
	Nodes []Node `json:"nodes"` // the best of them, and the one that leads to the item
}

// Node is a beginning of identifiers.
type Node struct {
	Code    int      `json:"code"`
	Items   int      `json:"items"`   // that begin with it
	LogProb float64  `json:"logprob"` // of it, in nats
	On      bool     `json:"on"`      // it leads to the item
	Samples []Sample `json:"samples"`
}

// Sample is an item by which one sees what a node holds.
type Sample struct {
	Title string    `json:"title"`
	File  string    `json:"file"`
	Kind  core.Kind `json:"kind"`
}

// Hybrid is the Mode of a search by identifiers, words and vectors.
const Hybrid = "hybrid"

// Info is what the page says of a collection.
type Info struct {
	Title    string // empty: the page's own
	Items    int
	Kinds    [core.Kinds]int // items of each kind
	Cutoff   float64         // the least Answer.Fits that it shows hits of; 0: it cannot tell
	Device   string
	Note     string   // why searches do not run on the graphics processor
	Lost     bool     // that was asked for
	Fields   []string // meta data that items can be filtered by, before Facets has counted them
	Examples []string // queries worth trying
	Credits  []Credit
}

// Credit names the maker or the licence of a part of the collection.
type Credit struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// Hinter is an error that knows what one can do about it.
type Hinter interface {
	error
	Hint() string
}
