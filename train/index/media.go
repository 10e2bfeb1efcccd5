package index

import (
	"math"

	"ace/train/feature"
	"ace/train/rows"
)

// mediaOf is the vectors of the media: those that were given, or the media's block
// of the features, rows of length 1.
func mediaOf(f *feature.Features) *rows.Table {
	if f.Given != nil {
		return f.Given
	}
	x := make([]float32, 0, f.N*f.Media)
	for i := range f.N {
		row := f.X[i*f.D+f.Text : (i+1)*f.D]
		sum := 0.0
		for _, v := range row {
			sum += float64(v) * float64(v)
		}
		scale := 0.0
		if sum > 0 {
			scale = 1 / math.Sqrt(sum)
		}
		for _, v := range row {
			x = append(x, float32(float64(v)*scale))
		}
	}
	return rows.Of(x, f.Media)
}
