package bundle

import "math"

// Quantisation steps that make a row's root mean square, for Coarsen. Small codes
// are the frequent ones, and gzip brings them to some 3.8, 4.2 and 5.5 bits each.
const (
	Coarse = 3  // tables and vectors, of which a few rows are summed: a tenth of noise in each
	Medium = 4  // matrices, through which the noise of one goes into the next
	Fine   = 10 // what no visitor fetches
)

// AddCoarse adds a matrix [rows, ...] of weights or vectors as I8, coarsely: each
// row in whole multiples of a scale of its own, of which steps make its root mean
// square. The scales stand in the tensor NAME.scale. Float32s reads it back.
func (b *Builder) AddCoarse(section, name string, shape []int, values []float32, steps float64) {
	q, scales := Coarsen(values, shape[0], steps)
	b.AddTensor(section, name, I8, shape, q)
	b.AddTensor(section, name+ScaleSuffix, F32, shape[:1], scales)
}

// Coarsen rounds each of the rows of x to whole multiples of a scale of its own, as
// AddCoarse stores them. A scale has 8 significant bits: more would say nothing
// of the codes, and take two bytes each.
func Coarsen(x []float32, rows int, steps float64) (q []int8, scales []float32) {
	q, scales = make([]int8, len(x)), make([]float32, rows)
	n := len(x) / rows
	for r := range rows {
		row := x[r*n : (r+1)*n]
		sum, top := 0.0, 0.0
		for _, v := range row {
			sum += float64(v) * float64(v)
			top = max(top, math.Abs(float64(v)))
		}
		if top == 0 {
			continue
		}
		scale := short(float32(max(math.Sqrt(sum/float64(n))/steps, top/127)))
		if scale == 0 { // so near zero that it has no float32
			continue
		}
		scales[r] = scale
		for i, v := range row {
			q[r*n+i] = int8(max(-127, min(127, math.RoundToEven(float64(v/scale)))))
		}
	}
	return q, scales
}

// short is x rounded to 8 significant bits, where that is finite.
func short(x float32) float32 {
	y := math.Float32frombits((math.Float32bits(x) + 1<<15) &^ (1<<16 - 1))
	if math.IsInf(float64(y), 0) {
		return x
	}
	return y
}
