package feature

import (
	"encoding/binary"
	"image"
	"math"
	"sync"
)

// spans are the pixels of a line that each pixel of a scaled line is made of: each of
// the same number, from one on, by weights of 256 in all. They are what lies under
// the pixel or, where the line becomes longer, the two nearest.
type spans struct {
	from    []int
	each    int
	weights []uint64 // [len(from), each]
}

var spansKnown sync.Map // *spans by [2]int{pixels before, pixels after}

// spansOf scales a line of n pixels to another length.
func spansOf(n, to int) *spans {
	if s, ok := spansKnown.Load([2]int{n, to}); ok {
		return s.(*spans)
	}
	scale := float64(n) / float64(to)
	s := &spans{from: make([]int, to), each: min(n, int(math.Ceil(scale))+1)}
	s.weights = make([]uint64, to*s.each)
	for i := range to {
		first := float64(i) * scale
		last := first + scale
		if scale < 1 {
			first = max(0, min(float64(n-1), first+scale/2-0.5))
			last = first + 1
		}
		s.from[i] = min(int(first), n-s.each)
		given, area := uint64(0), 0.0
		for k := range s.each {
			at := float64(s.from[i] + k)
			area += max(0, min(last, at+1)-max(first, at))
			all := uint64(256*area/(last-first) + 0.5)
			s.weights[i*s.each+k] = all - given
			given = all
		}
	}
	spansKnown.Store([2]int{n, to}, s)
	return s
}

// Four bytes of a pixel lie in the lanes of 16 bits of a word, where they can be
// multiplied by weights of 256 in all.
const (
	lanes = 0x00ff00ff00ff00ff
	half  = 0x0080008000800080
)

// squeeze brings an opaque picture to w x h pixels, whatever its shape, and gives
// its rows: of each pixel red, blue and green in the lanes of a word, from the lowest.
func squeeze(m *image.RGBA, w, h int, row func(y int, pixels []uint64)) {
	sw, sh := m.Bounds().Dx(), m.Bounds().Dy()
	if sw == w && sh == h {
		out := make([]uint64, w)
		for y := range h {
			pix := m.Pix[y*m.Stride:][:4*w]
			for x := range out {
				v := uint64(binary.LittleEndian.Uint32(pix[4*x:]))
				out[x] = v&0xff00ff | v&0xff00<<24
			}
			row(y, out)
		}
		return
	}
	across, down := spansOf(sw, w), spansOf(sh, h)
	pairs := (sw + 1) / 2
	room := make([]uint64, 4*pairs+w)
	even, odd, line, out := room[:pairs], room[pairs:2*pairs], room[2*pairs:4*pairs], room[4*pairs:]
	for y := range h {
		clear(room[:2*pairs])
		for k, weight := range down.weights[y*down.each:][:down.each] {
			if weight == 0 {
				continue
			}
			pix := m.Pix[(down.from[y]+k)*m.Stride:][:4*sw]
			whole, odd := even[:sw/2], odd[:sw/2]
			for i := range whole {
				v := binary.LittleEndian.Uint64(pix[8*i:])
				whole[i] += v & lanes * weight
				odd[i] += v >> 8 & lanes * weight
			}
			if sw%2 == 1 {
				v := uint64(binary.LittleEndian.Uint32(pix[4*(sw-1):]))
				even[pairs-1] += v & lanes * weight
				room[2*pairs-1] += v >> 8 & lanes * weight
			}
		}
		for i, v := range even {
			e, o := (v+half)>>8&lanes, (odd[i]+half)>>8&lanes
			line[2*i] = e&0xffffffff | o<<32
			line[2*i+1] = e>>32 | o&^0xffffffff
		}
		weights := across.weights
		for x, from := range across.from {
			sum := uint64(half)
			of := weights[:across.each]
			for k, v := range line[from:][:len(of)] {
				sum += v * of[k]
			}
			weights = weights[len(of):]
			out[x] = sum >> 8 & lanes
		}
		row(y, out)
	}
}
