package dual

import (
	"math"
	"math/rand/v2"
	"testing"

	"ace/core/bundle"
	"ace/core/dual"
)

// TestReduceKeepsInnerProducts: items that lie in few directions are told apart
// as before, by as few numbers.
func TestReduceKeepsInnerProducts(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	const d, k, n, v = 12, 4, 50, 30
	basis := make([]float64, k*d)
	for i := range basis {
		basis[i] = rng.NormFloat64()
	}
	x := &dual.Index{Width: d, Pieces: make([]float32, v*d), Sense: make([]float32, 3*d)}
	for _, m := range [][]float32{x.Pieces, x.Sense} {
		for i := range m {
			m[i] = float32(rng.NormFloat64())
		}
	}
	for range n {
		row, length := make([]float64, d), 0.0
		for a := range k {
			c := rng.NormFloat64()
			for j := range d {
				row[j] += c * basis[a*d+j]
			}
		}
		for _, u := range row {
			length += u * u
		}
		for _, u := range row {
			x.Items = append(x.Items, float32(u/math.Sqrt(length)))
		}
	}
	y, rest, err := Reduce(x, k)
	if err != nil || y.Width != k || len(y.Pieces) != v*k || len(y.Sense) != 3*k || len(y.Items) != n*k {
		t.Fatal(y, err)
	}
	dot := func(a, b []float32) (s float64) {
		for i := range a {
			s += float64(a[i]) * float64(b[i])
		}
		return s
	}
	for i := range n {
		for p := range v {
			want := dot(x.Items[i*d:][:d], x.Pieces[p*d:][:d])
			if got := dot(y.Items[i*k:][:k], y.Pieces[p*k:][:k]); math.Abs(got-want) > 1e-5 {
				t.Fatalf("item %d, piece %d: %v, want %v", i, p, got, want)
			}
		}
	}
	for _, width := range []int{0, d, d + 1} {
		if _, _, err := Reduce(x, width); err == nil {
			t.Errorf("reduced from %d to %d", d, width)
		}
	}
	near := func(what string, got, want []float32) {
		t.Helper()
		for i, v := range want {
			if math.Abs(float64(got[i]-v)) > 1e-4 {
				t.Fatalf("%s: value %d is %v, want %v", what, i, got[i], v)
			}
		}
	}
	full := rest.Restore(y)
	near("pieces", full.Pieces, x.Pieces)
	near("sense", full.Sense, x.Sense)
	near("items", rest.Reduce(x.Items), y.Items)

	b := bundle.NewBuilder(bundle.Bundle)
	rest.Save(b, "frozen")
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	c, err := bundle.OpenBytes(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadRest(t.Context(), c, y)
	if err != nil || again.Width != d || again.Kept != k || len(again.Rotation) != d*d || len(again.Pieces) != len(rest.Pieces) || len(again.Sense) != len(rest.Sense) {
		t.Fatalf("%+v, %v", again, err)
	}
	if _, err := ReadRest(t.Context(), c, &dual.Index{Width: k + 1, Pieces: y.Pieces}); err == nil {
		t.Error("the rest of an index of another width")
	}
}
