package media

import (
	"fmt"
	"image"
	"math"
	"time"

	"ace/core"
)

// Look is what a page wants to know of a medium before it is there.
type Look struct {
	Width, Height int           // pixels as shown; 0 of a sound
	Duration      time.Duration // of a sound, film or animation; in hundredths of a second
	Colour        uint32        // 0xrrggbb, the mean of the picture or of a film's first frame; 0 of a sound
	Print         []byte        // by which copies are found; of a sound made by train/feature, nil here
	Digest        [32]byte      // SHA-256 of the file; 0: not taken
}

// Look tells it of a file that was read.
func (s *Sample) Look() Look {
	l := Look{Width: s.Width, Height: s.Height}
	if s.Kind != core.Image {
		l.Duration = s.Duration.Round(10 * time.Millisecond)
	}
	if len(s.Frames) > 0 {
		l.Colour, l.Print = meanColour(s.Frames[0]), newPrint(s.Frames[0])
	}
	return l
}

// Note writes it into an item.
func (l Look) Note(it *core.Item) {
	it.Width, it.Height, it.Seconds, it.Colour = l.Width, l.Height, math.Round(l.Duration.Seconds()*100)/100, ""
	if l.Width > 0 {
		it.Colour = fmt.Sprintf("#%06x", l.Colour)
	}
}

// meanColour is the mean of an opaque picture's pixels as 0xrrggbb.
func meanColour(m *image.RGBA) uint32 {
	var sum [3]uint64
	b := m.Bounds()
	for y := range b.Dy() {
		for p := m.Pix[y*m.Stride:][:4*b.Dx()]; len(p) >= 4; p = p[4:] {
			sum[0], sum[1], sum[2] = sum[0]+uint64(p[0]), sum[1]+uint64(p[1]), sum[2]+uint64(p[2])
		}
	}
	n := max(1, uint64(b.Dx()*b.Dy()))
	return uint32((sum[0]+n/2)/n<<16 | (sum[1]+n/2)/n<<8 | (sum[2]+n/2)/n)
}
