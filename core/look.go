package core

import (
	"fmt"
	"math"
	"strings"
)

// MaxSide is the most pixels that a picture is wide or high.
const MaxSide = 1_000_000

// CheckLook refuses what no medium has: a size, a length or a colour that is none.
// 0 and "" say that it is not known.
func (it *Item) CheckLook() error {
	for name, n := range map[string]int{"width": it.Width, "height": it.Height} {
		if n < 0 || n > MaxSide {
			return fmt.Errorf("%s of %d pixels, want 1 to %d", name, n, MaxSide)
		}
	}
	if !(it.Seconds >= 0) || math.IsInf(it.Seconds, 0) {
		return fmt.Errorf("a length of %v seconds", it.Seconds)
	}
	if c := it.Colour; c != "" && (len(c) != 7 || c[0] != '#' || strings.Trim(c[1:], "0123456789abcdef") != "") {
		return fmt.Errorf("colour %q, want #rrggbb", c)
	}
	return nil
}
