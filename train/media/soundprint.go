package media

import (
	"slices"
	"time"
)

// A sound's print, which train/feature makes, is so many parts of its course by so
// many bands of its spectrum, a byte each.
const (
	SoundParts = 8
	SoundBands = 48

	soundPrintLength = SoundParts * SoundBands
)

// How far prints of one sound are from each other at most.
const (
	soundMean  = 10.0 // root of the mean square of the cells' differences
	soundFaint = 96   // a cell that is weaker in both says nothing
	soundPad   = 150 * time.Millisecond
)

// soundsAlike says whether two looks are of one sound, compressed anew or of another
// loudness. Encoders add some silence.
func soundsAlike(a, b *Look) bool {
	if d := a.Duration - b.Duration; d.Abs() > max(a.Duration, b.Duration)/50+soundPad {
		return false
	}
	square, n := 0.0, 0.0
	for i := range a.Print {
		if max(a.Print[i], b.Print[i]) < soundFaint {
			continue
		}
		d := float64(a.Print[i]) - float64(b.Print[i])
		square += d * d
		n++
	}
	return n > 0 && square <= soundMean*soundMean*n
}

// soundHash is made of the loudness of eight wide bands in each part: where it is
// more than the median.
func soundHash(print []byte) (h uint64, ok bool) {
	const wide = SoundBands / 8
	var cells [SoundParts * 8]int
	for i, v := range print {
		cells[i/SoundBands*8+i%SoundBands/wide] += int(v)
	}
	sorted := slices.Sorted(slices.Values(cells[:]))
	for i, v := range cells {
		if v > sorted[len(sorted)/2] {
			h |= 1 << i
		}
	}
	return h, sorted[0] < sorted[len(sorted)-1]
}
