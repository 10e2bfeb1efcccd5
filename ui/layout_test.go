package ui

import (
	"math/rand/v2"
	"testing"

	"ace/core"
)

// someProportions are of pictures as people have them.
func someProportions(n int) []float64 {
	rng := rand.New(rand.NewPCG(1, 2))
	all := make([]float64, n)
	for i := range all {
		w, h := 200+rng.IntN(3000), 200+rng.IntN(2000)
		all[i] = proportion(&core.Item{Kind: core.Kind(rng.IntN(core.Kinds)), Width: w, Height: h})
	}
	return all
}

func TestProportion(t *testing.T) {
	for _, c := range []struct {
		it   core.Item
		want float64
	}{
		{core.Item{Width: 300, Height: 200}, 1.5},
		{core.Item{Kind: core.Video, Width: 300, Height: 400}, 0.75},
		{core.Item{}, 1},
		{core.Item{Width: 300}, 1},
		{core.Item{Width: 1, Height: -1}, 1},
		{core.Item{Width: 1, Height: 4000}, narrowest},
		{core.Item{Width: 4000, Height: 1}, widest},
		{core.Item{Kind: core.Audio}, ofSounds},
	} {
		if got := proportion(&c.it); got != c.want {
			t.Errorf("%+v: %v, want %v", c.it, got, c.want)
		}
	}
}

// Rows hold all cards in order, fill the width to the pixel, and are as high as
// is wanted, about; tiles have the proportions of their media.
func TestArrange(t *testing.T) {
	for _, width := range []int{320, 358, 700, 1184, 1464} {
		for _, n := range []int{1, 2, 7, 500} {
			m := measures{width, 12, 50}
			proportions := someProportions(n)
			l := arrange(proportions, m)
			card, top := 0, 0.0
			for i, r := range l.rows {
				if r.first != card || r.last <= r.first || r.top != top {
					t.Fatalf("width %d, row %d is %+v, want it to begin with card %d at %v", width, i, r, card, top)
				}
				sum := m.gap * (r.last - r.first - 1)
				for ; card < r.last; card++ {
					w, h := l.size(card)
					sum += w
					if is, want := float64(w)/float64(h), proportions[card]; is/want > 1.08 || want/is > 1.08 {
						t.Errorf("width %d, card %d is %d x %d, want a proportion of %v", width, card, w, h, want)
					}
				}
				last := i == len(l.rows)-1
				if sum > width || sum < width && !last {
					t.Errorf("width %d, row %d is %d wide", width, i, sum)
				}
				if f := float64(r.height) / m.rowHeight(); f > 1.6 || f < 0.6 && r.last-r.first > 1 {
					t.Errorf("width %d, row %d of %d is %d high, wanted %v", width, i, len(l.rows), r.height, m.rowHeight())
				}
				top = l.bottom(i) + m.caption
			}
			if card != n || l.height() != top {
				t.Errorf("width %d: %d of %d cards, %v of %v high", width, card, n, top, l.height())
			}
		}
	}
	if l := arrange(nil, measures{width: 500}); len(l.rows) != 0 || l.height() != 0 {
		t.Error("nothing has rows")
	}
	if l := arrange(someProportions(4), measures{}); len(l.rows) != 4 {
		t.Errorf("no width gives %d rows of four cards", len(l.rows))
	}
}

// What is put behind a list moves no full row.
func TestArrangeFurther(t *testing.T) {
	m, all := measures{1184, 14, 50}, someProportions(300)
	long := arrange(all, m)
	for n := 1; n < 300; n += 7 {
		l := arrange(all[:n], m)
		for i := range len(l.rows) - 2 {
			if l.rows[i] != long.rows[i] {
				t.Fatalf("of %d cards row %d is %+v, of more it is %+v", n, i, l.rows[i], long.rows[i])
			}
		}
	}
}

func TestPlacesInALayout(t *testing.T) {
	l := arrange(someProportions(400), measures{1184, 14, 50})
	for i, r := range l.rows {
		for card := r.first; card < r.last; card++ {
			if got := l.rowOf(card); got != i {
				t.Fatalf("card %d is in row %d, not %d", card, i, got)
			}
		}
		for _, y := range []float64{r.top, l.bottom(i), l.bottom(i) + 49} {
			if got := l.rowAt(y); got != i {
				t.Fatalf("at %v there is row %d, not %d", y, i, got)
			}
		}
	}
	if l.rowAt(-100) != 0 || l.rowAt(1e9) != len(l.rows)-1 {
		t.Error("beyond the ends there is another row than the nearest")
	}
}

// However one scrolls, what is seen is there, and little more.
func TestWindow(t *testing.T) {
	if first, last := (window{}).of(squares(whole, 6)); first != 0 || last != whole/6 {
		t.Error("a short list is not whole")
	}
	for _, width := range []int{358, 1184} {
		l := arrange(someProportions(5000), measures{width, 14, 50})
		rows := len(l.rows)
		w := window{}
		if first, last := w.of(l); first != 0 || l.rows[last-1].last < whole || l.rows[last-2].last >= whole {
			t.Error("a long list does not begin with its first cards")
		}
		const screenful = 860
		for at := range rows {
			for _, r := range []int{at, rows - 1 - at, at * 7919 % rows} {
				from := l.rows[r].top
				if next, other := w.over(l, from, from+screenful); other {
					w = next
				}
				first, last := w.of(l)
				if first > r || l.bottom(last-1) < min(from+screenful, l.bottom(rows-1)) {
					t.Fatalf("at row %d there are %d to %d", r, first, last)
				}
				if cards := l.rows[last-1].last - l.rows[first].first; cards > 2*whole {
					t.Fatalf("%d cards are there", cards)
				}
			}
		}
		for _, card := range []int{4321, 0, 4999} {
			c := &Root{hits: make([]core.Hit, 5000), unfolded: true}
			c.screen.measures = measures{width, 14, 50}
			c.reveal(card)
			first, last := c.window.of(c.layout())
			if r := c.layout().rowOf(card); r < first || r >= last {
				t.Errorf("card %d is not among rows %d to %d", card, first, last)
			}
		}
	}
}
