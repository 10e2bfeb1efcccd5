package baseline

import (
	"math/rand/v2"
	"strings"

	"ace/core"
	"ace/core/text"
)

// textsOf are the title, captions and keywords of an item, no words twice.
func textsOf(it *core.Item) []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, s := range append(append([]string{it.Title}, it.Captions...), it.Keywords...) {
		if k := key(s); !seen[k] {
			seen[k] = true
			out = append(out, s)
		}
	}
	return out
}

// key is equal for texts of the same words.
func key(s string) string { return strings.Join(text.Words(s), " ") }

// heldOut is known texts without some of them, and these as questions. It is
// what settings are chosen by.
type heldOut struct {
	texts    [][]string // of each item, those that are left
	queries  []string
	relevant []map[int]bool
	stripped map[int]bool // items left without text; nil: none
}

// holders are the items that have a text, by key.
func holders(texts [][]string) map[string][]int {
	m := map[string][]int{}
	for i, list := range texts {
		for _, s := range list {
			k := key(s)
			m[k] = append(m[k], i)
		}
	}
	return m
}

// holdOne takes one text out of at most n items that have several: a new wording
// for an item that is known by others. Every item that has the text is relevant.
func holdOne(texts [][]string, n int, seed uint64) *heldOut {
	rng := rand.New(rand.NewPCG(seed, 1))
	h := &heldOut{texts: append([][]string(nil), texts...)}
	who := holders(texts)
	for _, i := range rng.Perm(len(texts)) {
		if len(h.queries) == n {
			break
		}
		if m := len(texts[i]); m > 1 {
			j := rng.IntN(m)
			h.ask(texts[i][j], who)
			h.texts[i] = append(append([]string(nil), texts[i][:j]...), texts[i][j+1:]...)
		}
	}
	return h
}

// holdAll takes all texts out of n more items: these are left to be found by
// their media alone, among themselves.
func (h *heldOut) holdAll(n int, seed uint64) *heldOut {
	rng := rand.New(rand.NewPCG(seed, 2))
	asked := map[int]bool{}
	for _, set := range h.relevant {
		for i := range set {
			asked[i] = true
		}
	}
	out := &heldOut{texts: append([][]string(nil), h.texts...), stripped: map[int]bool{}}
	who := holders(h.texts)
	for _, i := range rng.Perm(len(h.texts)) {
		if len(out.stripped) < n && len(h.texts[i]) > 0 && !asked[i] {
			out.texts[i], out.stripped[i] = nil, true
		}
	}
	for i, list := range h.texts {
		if out.stripped[i] {
			for _, s := range list {
				out.ask(s, who)
			}
		}
	}
	return out
}

func (h *heldOut) ask(query string, who map[string][]int) {
	set := map[int]bool{}
	for _, i := range who[key(query)] {
		set[i] = true
	}
	h.queries, h.relevant = append(h.queries, query), append(h.relevant, set)
}
