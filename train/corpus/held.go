package corpus

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// Held is a held-out text and the numbers of the items it describes. Others have
// all its words, though not together: whether it describes them is open.
type Held struct {
	Words         []string
	Items, Others []int
	// Stripped tells that the item has no words left: the text asks for it by its
	// medium, among items that have none either.
	Stripped bool
}

// Held-out texts: at most one of an item that keeps at least leastLeft others.
const (
	heldTexts = 400
	heldPart  = 10 // at most one item in so many
	leastLeft = 2
	// Where items have no words, as many are stripped of theirs, within these bounds.
	strippedItems = 150
	strippedPart  = 20 // at most one item in so many
	strippedTexts = 2  // questions of each
)

// HoldOut takes texts out of items, which it changes. Items with few texts keep
// them all. Words that no other text has go too: visitors ask with words that
// the collection does not know. Where the collection has items without words,
// some lose all of theirs, to ask how such items are found.
func HoldOut(items []Item, seed uint64) []Held {
	rng := rand.New(rand.NewPCG(seed, 0x5e1d))
	var out []Held
	most := min(heldTexts, len(items)/heldPart)
	at := map[string]int{}
	for _, i := range rng.Perm(len(items)) {
		if len(out) >= most {
			break
		}
		from := &items[i].Captions
		// Names in many languages are not to crowd out the words that are asked for.
		if n := len(items[i].Keywords); n > leastLeft && rng.IntN(2) == 0 || len(items[i].Captions) <= leastLeft {
			from = &items[i].Keywords
		}
		if len(*from) <= leastLeft {
			continue
		}
		j := rng.IntN(len(*from))
		w := (*from)[j]
		if key := strings.Join(w, " "); at[key] == 0 {
			at[key] = len(out) + 1
			out = append(out, Held{Words: w, Items: []int{i}})
			*from = slices.Delete(slices.Clone(*from), j, j+1)
		}
	}
	out = strip(items, at, out, rng)
	for i := range items {
		for _, w := range items[i].Texts() {
			if n := at[strings.Join(w, " ")]; n > 0 && !slices.Contains(out[n-1].Items, i) {
				out[n-1].Items = append(out[n-1].Items, i)
			}
		}
	}
	findOthers(items, out)
	return out
}

// strip takes all texts of some items that have lost none, and adds the first of
// them to out, whose texts are counted in at.
func strip(items []Item, at map[string]int, out []Held, rng *rand.Rand) []Held {
	bare := 0
	for i := range items {
		if len(items[i].Texts()) == 0 {
			bare++
		}
	}
	touched := map[int]bool{}
	for _, h := range out {
		touched[h.Items[0]] = true
	}
	left := min(strippedItems, bare, len(items)/strippedPart)
	for _, i := range rng.Perm(len(items)) {
		texts := items[i].Texts()
		if left == 0 || touched[i] || len(texts) == 0 {
			continue
		}
		left--
		asked := 0
		for _, w := range texts {
			if key := strings.Join(w, " "); at[key] == 0 && asked < strippedTexts {
				asked++
				at[key] = len(out) + 1
				out = append(out, Held{Words: w, Items: []int{i}, Stripped: true})
			}
		}
		items[i].Captions, items[i].Keywords = nil, nil
	}
	return out
}

func findOthers(items []Item, held []Held) {
	having := ByStem(items)
	for n := range held {
		h := &held[n]
		for _, i := range having.All(h.Words) {
			if !slices.Contains(h.Items, i) {
				h.Others = append(h.Others, i)
			}
		}
	}
}
