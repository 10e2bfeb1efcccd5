package core

import (
	"math"
	"testing"
)

func TestCheckLook(t *testing.T) {
	for _, it := range []Item{{}, {Width: 1, Height: MaxSide}, {Seconds: 0.04}, {Seconds: 1e6}, {Colour: "#09afc0"}, {Width: 3}} {
		if err := it.CheckLook(); err != nil {
			t.Errorf("%+v: %v", it, err)
		}
	}
	for _, it := range []Item{{Width: -1}, {Height: MaxSide + 1}, {Seconds: -0.1}, {Seconds: math.NaN()}, {Seconds: math.Inf(1)},
		{Colour: "red"}, {Colour: "#fff"}, {Colour: "#GGGGGG"}, {Colour: "#ABCDEF"}, {Colour: "#00000;"}, {Colour: "#é0000"}, {Colour: "0000000"}} {
		if it.CheckLook() == nil {
			t.Errorf("%+v is taken", it)
		}
	}
}
