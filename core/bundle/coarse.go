package bundle

import "math"

// stepsARMS is how many quantisation steps make a row's root mean square. Ten
// leave 3 % of noise in the weights, and as small codes are the frequent ones,
// gzip brings them to some 5.5 bits each; 127 steps to the largest value, the
// finest that a byte allows, would stay at 7.
const stepsARMS = 10

// AddCoarse adds a matrix [rows, ...] of weights or vectors as I8, coarsely:
// each row in whole multiples of a scale of its own, which stands in the tensor
// NAME.scale. Float32s reads it back.
func (b *Builder) AddCoarse(section, name string, shape []int, values []float32) {
	q, scales := Coarsen(values, shape[0])
	b.AddTensor(section, name, I8, shape, q)
	b.AddTensor(section, name+ScaleSuffix, F32, shape[:1], scales)
}

// Coarsen rounds each of the rows of x to whole multiples of a scale of its own, as
// AddCoarse stores them.
func Coarsen(x []float32, rows int) (q []int8, scales []float32) {
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
		scale := float32(max(math.Sqrt(sum/float64(n))/stepsARMS, top/127))
		scales[r] = scale
		for i, v := range row {
			q[r*n+i] = int8(max(-127, min(127, math.RoundToEven(float64(v/scale)))))
		}
	}
	return q, scales
}
