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
// from goroutines of its own and never calls Search or Items while one of the
// two is under way.
type Engine interface {
	// Open makes the collection ready. progress is told how many bytes have
	// arrived and how many there are in all, 0 as long as that is unknown.
	Open(progress func(done, total int)) (Info, error)
	// Search answers a query with the best items, best first.
	Search(q Query) (Answer, error)
	// Items gives up to n items to look at before anything was asked, spread
	// over the collection, of one kind or of all (nil). A larger n gives the
	// same items first.
	Items(kind *core.Kind, n int) ([]core.Item, error)
}

// Query is one question.
type Query struct {
	Text  string
	Kind  *core.Kind // nil: all kinds
	Limit int
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
	Note   string  // why it did not run on the graphics processor, if it was to
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
	Note     string   // why searches do not run on the graphics processor, if they were to
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
