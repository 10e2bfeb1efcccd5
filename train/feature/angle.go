package feature

import "math"

// arcs is the arc tangent, in half turns, at so many equal steps of [0,1], and one
// more.
const arcs = 1024

var arc = func() (t [arcs + 2]float32) {
	for i := range t {
		t[i] = float32(math.Atan(float64(i)/arcs) / math.Pi)
	}
	return t
}()

// The angle of (x, y) is that of the smaller over the larger, forwards or backwards
// from where its eighth of the circle begins, by the signs of y and x and whether
// y is the larger.
var (
	back   = [8]float32{1, -1, -1, 1, -1, 1, 1, -1}
	begins = [8]float32{0, 0.5, 1, 0.5, 2, 1.5, 1, 1.5}
	lines  = [8]float32{0, 0.5, 1, 0.5, 1, 0.5, 0, 0.5} // of a line, which has no sign
)

// angle is math.Atan2 in half turns, within 1e-7, from one of the eighths; x and y
// are not both 0. It has no branches: of gradients none would be foreseen.
func angle(y, x float32, eighths *[8]float32) float32 {
	by, bx := math.Float32bits(y), math.Float32bits(x)
	i := (bx&^(1<<31)-by&^(1<<31))>>31 | bx>>31<<1 | by>>31<<2
	by, bx = by&^(1<<31), bx&^(1<<31) // which lie as the numbers do
	r := math.Float32frombits(min(bx, by)) / math.Float32frombits(max(bx, by)) * arcs
	k := int32(r)
	from := arc[k]
	return eighths[i] + back[i]*(from+(r-float32(k))*(arc[k+1]-from))
}
