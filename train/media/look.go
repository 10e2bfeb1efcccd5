package media

import (
	"fmt"
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
		l.Print, l.Colour = newPrint(s.Frames[0])
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
