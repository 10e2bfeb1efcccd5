package paint

import (
	"cmp"
	"image"
	"image/color"
	"math"
	"slices"
)

// Quantise maps frames of one size to one palette of at most n colours, by
// median cut (P. Heckbert, "Color image quantization for frame buffer
// display", SIGGRAPH 1982). A box of colours is shown by its most frequent
// one, so flat areas keep their colour.
func Quantise(frames []*image.RGBA, n int) []*image.Paletted {
	count := map[color.RGBA]int{}
	for _, f := range frames {
		eachRun(f, func(c color.RGBA, from, to int) { count[c] += to - from })
	}
	all := make([]shade, 0, len(count))
	for c, k := range count {
		all = append(all, shade{c, k})
	}
	slices.SortFunc(all, func(a, b shade) int {
		return cmp.Or(cmp.Compare(b.n, a.n), compare(a.c, b.c))
	})
	boxes := [][]shade{all}
	for len(boxes) < n {
		i, channel := widest(boxes)
		if i < 0 {
			break
		}
		a, b := cut(boxes[i], channel)
		boxes[i] = a
		boxes = append(boxes, b)
	}
	pal := make(color.Palette, len(boxes))
	index := map[color.RGBA]uint8{}
	for i, b := range boxes {
		pal[i] = typical(b)
		for _, e := range b {
			index[e.c] = uint8(i)
		}
	}
	out := make([]*image.Paletted, len(frames))
	for i, f := range frames {
		p := image.NewPaletted(f.Rect, pal)
		eachRun(f, func(c color.RGBA, from, to int) {
			v := index[c]
			for j := from; j < to; j++ {
				p.Pix[j] = v
			}
		})
		out[i] = p
	}
	return out
}

// eachRun calls f for runs of pixels from..to-1 of one colour.
func eachRun(m *image.RGBA, f func(c color.RGBA, from, to int)) {
	at := func(i int) color.RGBA { return color.RGBA{m.Pix[4*i], m.Pix[4*i+1], m.Pix[4*i+2], m.Pix[4*i+3]} }
	n := len(m.Pix) / 4
	for from := 0; from < n; {
		c, to := at(from), from+1
		for to < n && at(to) == c {
			to++
		}
		f(c, from, to)
		from = to
	}
}

// shade is a colour and how often it occurs.
type shade struct {
	c color.RGBA
	n int
}

func channels(c color.RGBA) [4]uint8 { return [4]uint8{c.R, c.G, c.B, c.A} }

func compare(a, b color.RGBA) int {
	x, y := channels(a), channels(b)
	return slices.Compare(x[:], y[:])
}

// widest finds the box to be cut and its channel: the one whose extent times
// the root of its weight is largest; -1 when every box holds one colour.
func widest(boxes [][]shade) (box, channel int) {
	box, worst := -1, 0.0
	for i, b := range boxes {
		weight := 0
		lo, hi := channels(b[0].c), channels(b[0].c)
		for _, e := range b {
			weight += min(e.n, 4000)
			for k, v := range channels(e.c) {
				lo[k], hi[k] = min(lo[k], v), max(hi[k], v)
			}
		}
		for k := range lo {
			extent := float64(hi[k] - lo[k])
			if v := extent * extent * float64(weight); v > worst {
				box, channel, worst = i, k, v
			}
		}
	}
	return box, channel
}

// typical is the colour that stands for a box: the one that makes up most of
// it, else the one nearest to the mean.
func typical(b []shade) color.RGBA {
	var mean [4]float64
	total := 0
	for _, e := range b {
		total += e.n
		for k, v := range channels(e.c) {
			mean[k] += float64(v) * float64(e.n)
		}
	}
	far := func(c color.RGBA) (d float64) {
		for k, v := range channels(c) {
			d += math.Pow(float64(v)-mean[k]/float64(total), 2)
		}
		return d
	}
	best := b[0]
	for _, e := range b {
		if 2*e.n >= total {
			return e.c
		}
		if cmp.Or(cmp.Compare(far(e.c), far(best.c)), compare(e.c, best.c)) < 0 {
			best = e
		}
	}
	return best.c
}

// cut halves a box at the weighted median of one channel; both parts hold at least one colour.
func cut(b []shade, channel int) (lo, hi []shade) {
	slices.SortFunc(b, func(x, y shade) int {
		return cmp.Or(cmp.Compare(channels(x.c)[channel], channels(y.c)[channel]), compare(x.c, y.c))
	})
	total, sum := 0, 0
	for _, e := range b {
		total += min(e.n, 4000)
	}
	for i, e := range b {
		sum += min(e.n, 4000)
		if 2*sum >= total {
			// A channel value never falls on both sides.
			for i+1 < len(b) && channels(b[i+1].c)[channel] == channels(b[i].c)[channel] {
				i++
			}
			if i+1 == len(b) {
				for i > 0 && channels(b[i].c)[channel] == channels(b[len(b)-1].c)[channel] {
					i--
				}
			}
			return b[: i+1 : i+1], b[i+1:]
		}
	}
	return b[:1:1], b[1:]
}
