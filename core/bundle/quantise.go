package bundle

import (
	"fmt"
	"math"
)

// quantise writes each of the rows of x as int8 times one scale: s = max|x|/127
// and q = x/s rounded to nearest, ties to even, in -127 to 127, so that
// |x - q·s| <= s/2 where s is a normal number. A row of zeros has scale 0.
func quantise(x []float32, rows int) (q []int8, scale []float32, err error) {
	q, scale = make([]int8, len(x)), make([]float32, rows)
	width := len(x) / rows
	for r := range rows {
		row, out := x[r*width:][:width], q[r*width:][:width]
		var top float32
		for i, v := range row {
			if a := float32(math.Abs(float64(v))); a <= math.MaxFloat32 {
				top = max(top, a)
			} else {
				return nil, nil, fmt.Errorf("row %d, element %d, %g, does not fit i8 with a scale", r, i, v)
			}
		}
		s := top / 127
		if s == 0 { // zeros, or so near that the scale has no float32
			continue
		}
		if s*127 > math.MaxFloat32 { // s was rounded up: what is read stays finite
			s = math.Nextafter32(s, 0)
		}
		scale[r] = s
		for i, v := range row {
			out[i] = int8(max(-127, min(127, math.RoundToEven(float64(v/s)))))
		}
	}
	return q, scale, nil
}

// dequantise is the way back: x[r, i] = q[r, i]·scale[r].
func dequantise(q []int8, scale []float32) []float32 {
	x := make([]float32, len(q))
	width := len(q) / len(scale)
	for r, s := range scale {
		row, out := q[r*width:][:width], x[r*width:][:width]
		for i, v := range row {
			out[i] = float32(v) * s
		}
	}
	return x
}
