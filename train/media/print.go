package media

import (
	"encoding/binary"
	"image"
	"math"
	"math/bits"
	"slices"
)

// A print is a picture brought down to so little that copies of it, scaled or
// compressed anew, look the same: 16 x 16 cells of lightness and 4 x 4 of each of
// the two colour differences, a byte each.
const (
	printSide   = 16
	colourSide  = 4
	printLength = printSide*printSide + 2*colourSide*colourSide
)

// newPrint makes the print of an opaque picture and, from the same sums, the mean of
// its pixels as 0xrrggbb.
func newPrint(m *image.RGBA) (print []byte, mean uint32) {
	var sums [printSide * printSide]colours
	b := m.Bounds()
	for y := range b.Dy() {
		row := m.Pix[y*m.Stride:][:4*b.Dx()]
		top := y * printSide / b.Dy() * printSide
		for cell, x := 0, 0; x < b.Dx(); cell = x * printSide / b.Dx() {
			end := ((cell+1)*b.Dx() + printSide - 1) / printSide
			sums[top+cell].add(row[4*x : 4*end])
			x = end
		}
	}
	var all colours
	var wide [colourSide * colourSide]colours
	print = make([]byte, 0, printLength)
	for i := range sums {
		c := &sums[i]
		all.join(c)
		wide[i/printSide*colourSide/printSide*colourSide+i%printSide*colourSide/printSide].join(c)
		print = append(print, byte(c.light()))
	}
	for i := range wide {
		print = append(print, byte((wide[i].mean(2)-wide[i].light())/2+128))
	}
	for i := range wide {
		print = append(print, byte((wide[i].mean(0)-wide[i].light())/2+128))
	}
	return print, uint32(all.mean(0)<<16 | all.mean(1)<<8 | all.mean(2))
}

// colours is the sum of some pixels: red, green, blue and how many they are.
type colours [4]int

// add takes in a row of pixels, two at a time, in lanes of 16 bits.
func (c *colours) add(row []byte) {
	const lanes, most = 0x00ff00ff00ff00ff, 256 // pixels that fit the 16 bits
	for len(row) >= 4 {
		part := row[:min(len(row), 4*most)]
		row = row[len(part):]
		c[3] += len(part) / 4
		var even, odd uint64 // red and blue, green and opacity
		for ; len(part) >= 8; part = part[8:] {
			v := binary.LittleEndian.Uint64(part)
			even, odd = even+v&lanes, odd+v>>8&lanes
		}
		if len(part) >= 4 {
			v := uint64(binary.LittleEndian.Uint32(part))
			even, odd = even+v&lanes, odd+v>>8&lanes
		}
		c[0] += int(even&0xffff + even>>32&0xffff)
		c[1] += int(odd&0xffff + odd>>32&0xffff)
		c[2] += int(even>>16&0xffff + even>>48)
	}
}

func (c *colours) join(d *colours) {
	for k, v := range d {
		c[k] += v
	}
}

// mean is that of red, green or blue; of no pixels 0.
func (c *colours) mean(k int) int { return (c[k] + c[3]/2) / max(c[3], 1) }

// light is how light the mean is, of 255.
func (c *colours) light() int {
	return (77*c[0] + 150*c[1] + 29*c[2] + 128*c[3]) / max(256*c[3], 1)
}

// How far prints of one picture are from each other at most.
const (
	printMean = 3.0 // root of the mean square of the cells' differences
	printMost = 20  // of one cell
	shapeMost = 0.03
	hashMost  = 14 // bits of 64
)

// alike says whether two looks are of one picture or sound.
func alike(a, b *Look) bool {
	if len(a.Print) == soundPrintLength && len(b.Print) == soundPrintLength {
		return soundsAlike(a, b)
	}
	if len(a.Print) != printLength || len(b.Print) != printLength {
		return false
	}
	if r := float64(a.Width) * float64(b.Height) / (float64(a.Height) * float64(b.Width)); math.Abs(r-1) > shapeMost {
		return false
	}
	if d := a.Duration - b.Duration; d.Abs() > max(a.Duration, b.Duration)/50 {
		return false
	}
	square := 0
	for i := range a.Print {
		d := int(a.Print[i]) - int(b.Print[i])
		if d > printMost || d < -printMost {
			return false
		}
		square += d * d
	}
	return float64(square) <= printMean*printMean*printLength
}

// hash is a perceptual hash of a print: the signs of the low frequencies of its
// lightness against their median (C. Zauner, "Implementation and Benchmarking of
// Perceptual Image Hash Functions", 2010); ok is false of a picture of one colour.
func hash(print []byte) (h uint64, ok bool) {
	if len(print) == soundPrintLength {
		return soundHash(print)
	}
	if len(print) != printLength {
		return 0, false
	}
	const keep = 8
	var rows [keep * printSide]float64
	for y := range printSide {
		for u := range keep {
			for x := range printSide {
				rows[u*printSide+y] += float64(print[y*printSide+x]) * math.Cos(math.Pi*(float64(x)+0.5)*float64(u)/printSide)
			}
		}
	}
	var low [keep * keep]float64
	for v := range keep {
		for u := range keep {
			for y := range printSide {
				low[v*keep+u] += rows[u*printSide+y] * math.Cos(math.Pi*(float64(y)+0.5)*float64(v)/printSide)
			}
		}
	}
	low[0] = 0
	sorted := slices.Clone(low[1:])
	slices.Sort(sorted)
	if sorted[len(sorted)-1]-sorted[0] < printSide*printSide/2 {
		return 0, false
	}
	for i, v := range low {
		if v > sorted[len(sorted)/2] {
			h |= 1 << i
		}
	}
	return h, true
}

// Duplicates groups what is the same: files of the same bytes, and pictures and
// films that look the same, and sounds that sound the same, without being so. Groups and what is in them come in
// the order of looks, and nothing is in two groups of a kind; of files of the same
// bytes the first alone is looked at for the second.
func Duplicates(looks []Look) (same, near [][]int) {
	first := map[[32]byte]int{} // a digest's group
	var single []int
	var groups [][]int
	for i := range looks {
		if g, ok := first[looks[i].Digest]; ok && looks[i].Digest != [32]byte{} {
			groups[g] = append(groups[g], i)
			continue
		}
		first[looks[i].Digest] = len(groups)
		groups = append(groups, []int{i})
		single = append(single, i)
	}
	for _, g := range groups {
		if len(g) > 1 {
			same = append(same, g)
		}
	}
	return same, nearGroups(looks, single)
}

// crowd bounds how many of a bucket a picture is compared with.
const crowd = 256

// nearGroups finds candidates by the eight bytes of their hashes, one of which is
// the same where hashes differ in seven bits or fewer, and most often where in more.
func nearGroups(looks []Look, of []int) [][]int {
	buckets := map[uint64][]int{}
	group := map[int]int{}
	hashes := map[int]uint64{}
	var near [][]int
	for _, i := range of {
		h, ok := hash(looks[i].Print)
		if !ok {
			continue
		}
		hashes[i] = h
		found := -1
		for q := range uint64(8) {
			key := q<<8 | h>>(8*q)&0xff
			list := buckets[key]
			for n := len(list) - 1; n >= max(0, len(list)-crowd) && found < 0; n-- {
				if bits.OnesCount64(h^hashes[list[n]]) <= hashMost && alike(&looks[i], &looks[list[n]]) {
					found = list[n]
				}
			}
			buckets[key] = append(list, i)
		}
		if found < 0 {
			continue
		}
		g, ok := group[found]
		if !ok {
			g = len(near)
			near, group[found] = append(near, []int{found}), g
		}
		near[g], group[i] = append(near[g], i), g
	}
	return near
}
