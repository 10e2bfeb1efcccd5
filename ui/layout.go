package ui

import (
	"math"
	"slices"

	"ace/core"
)

// The grid is justified: each row fills the width, and is as high as the
// proportions of its tiles let it be. Sizes alone decide, so where a card stands is
// known before anything of it has been fetched, and rows that are not there
// have their height.

// Proportions, width by height, of tiles. Beyond the bounds a medium is cropped.
const (
	narrowest = 0.56
	widest    = 2.4
	ofSounds  = 1.5
)

// proportion of an item's tile: a square where its medium's is not known.
func proportion(it *core.Item) float64 {
	switch {
	case it.Kind == core.Audio:
		return ofSounds
	case it.Width > 0 && it.Height > 0:
		return min(max(float64(it.Width)/float64(it.Height), narrowest), widest)
	}
	return 1
}

// measures are what the style sheet and the window give, in pixels.
type measures struct {
	width   int     // of the grid
	gap     int     // between the cards of a row
	caption float64 // of a card below its tile, and the gap below it
}

// rowHeight is about how high the tiles of a row are: on a phone as high as three
// squares beside each other.
func (m measures) rowHeight() float64 {
	return min(max(0.155*float64(m.width), 112), 196)
}

// row is a row of cards.
type row struct {
	first, last int     // cards
	top         float64 // from that of the grid
	height      int     // of its tiles
}

// layout is where the cards of a list stand.
type layout struct {
	measures
	rows   []row
	widths []int // of the tiles
}

// arrange lays out tiles of given proportions. Without a width there is one card
// a row.
func arrange(proportions []float64, m measures) *layout {
	l := &layout{measures: m, widths: make([]int, len(proportions))}
	want, sum, first, above := m.rowHeight(), 0.0, 0, 0.0
	fill := func(from, to int, sum float64) float64 { // how high that many cards are that fill a row
		return (float64(m.width) - float64(m.gap*(to-from-1))) / sum
	}
	end := func(last int, height float64, full bool) {
		l.row(proportions, first, last, height, full)
		first, above = last, height
	}
	for i, p := range proportions {
		sum += p
		height := fill(first, i+1, sum)
		if m.width > 0 && height > want {
			continue
		}
		// The row may end behind this card or before it, whichever is nearer to what is wanted.
		if i > first && m.width > 0 {
			if before := fill(first, i, sum-p); before/want < want/height {
				end(i, before, true)
				sum = p
				if height = fill(first, i+1, sum); height > want {
					continue
				}
			}
		}
		end(i+1, height, m.width > 0)
		sum = 0
	}
	if first < len(proportions) { // the last row is as high as the one above, and may be short
		if above == 0 || above > 1.3*want {
			above = want
		}
		end(len(proportions), min(above, fill(first, len(proportions), sum)), false)
	}
	return l
}

// row adds one. Widths are whole pixels; those of a full row make up the width.
func (l *layout) row(proportions []float64, first, last int, height float64, full bool) {
	r := row{first: first, last: last, height: max(int(math.Round(height)), 1)}
	if n := len(l.rows); n > 0 {
		r.top = l.bottom(n-1) + l.caption
	}
	at, left := 0.0, 0
	for i := first; i < last; i++ {
		at += proportions[i] * height
		right := int(math.Round(at))
		if full && i == last-1 {
			right = l.width - l.gap*(last-first-1)
		}
		l.widths[i] = max(right-left, 1)
		left = right
	}
	l.rows = append(l.rows, r)
}

// bottom is that of a row's tiles.
func (l *layout) bottom(row int) float64 { return l.rows[row].top + float64(l.rows[row].height) }

// height is that of the whole, with a gap below it.
func (l *layout) height() float64 {
	if len(l.rows) == 0 {
		return 0
	}
	return l.bottom(len(l.rows)-1) + l.caption
}

// rowOf is the row of a card.
func (l *layout) rowOf(card int) int {
	i, _ := slices.BinarySearchFunc(l.rows, card, func(r row, card int) int { return r.last - card - 1 })
	return min(i, len(l.rows)-1)
}

// rowAt is the row at a distance from the grid's top, the nearest where there is
// none.
func (l *layout) rowAt(y float64) int {
	i, _ := slices.BinarySearchFunc(l.rows, y, func(r row, y float64) int {
		if r.top+float64(r.height)+l.caption <= y {
			return -1
		}
		return 1
	})
	return min(i, len(l.rows)-1)
}

// size is that of a card's tile.
func (l *layout) size(card int) (width, height int) {
	return l.widths[card], l.rows[l.rowOf(card)].height
}

// middle is that of a card, from where its row begins.
func (l *layout) middle(card int) int {
	x := l.widths[card] / 2
	for i := l.rows[l.rowOf(card)].first; i < card; i++ {
		x += l.widths[i] + l.gap
	}
	return x
}

// beside is the card of another row that stands nearest above or below one; ok is
// false where there is no such row.
func (l *layout) beside(card, rows int) (to int, ok bool) {
	n := l.rowOf(card) + rows
	if n < 0 || n >= len(l.rows) {
		return card, false
	}
	away := func(i int) int { d := l.middle(i) - l.middle(card); return max(d, -d) }
	to = l.rows[n].first
	for i := to + 1; i < l.rows[n].last; i++ {
		if away(i) < away(to) {
			to = i
		}
	}
	return to, true
}
