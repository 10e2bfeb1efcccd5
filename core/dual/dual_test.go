package dual

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ace/core/bundle"
	"ace/core/query"
	"ace/core/text"
)

func random(n int) []float32 {
	rng := rand.New(rand.NewPCG(1, 4))
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}

// TestQueryIsTheSum: pieces over the root of their number and the word vector
// through the matrix, by plain loops in double precision.
func TestQueryIsTheSum(t *testing.T) {
	x := &Index{Width: 5, Pieces: random(8 * 5), Sense: random(2 * 5), Items: random(3 * 5)}
	q := &query.Query{Words: []string{"a", "b", "c"}, Tokens: text.Tokens{Pieces: []uint32{1, 7, 3}, Start: []uint32{0, 2, 2, 3}}, Sense: []float32{0.5, -2, 1, 1, 0, 0}}
	want, length := make([]float64, 5), 0.0
	for k := range want {
		p := func(i int) float64 { return float64(x.Pieces[i*5+k]) }
		s := func(i int) float64 { return float64(x.Sense[i*5+k]) }
		want[k] = (p(1)+p(7))/math.Sqrt2 + p(3) + 0.5*s(0) - 2*s(1) + s(0) + s(1)
		length += want[k] * want[k]
	}
	got := make([]float32, 5)
	x.Query(q, got)
	for k := range want {
		if math.Abs(float64(got[k])-want[k]/math.Sqrt(length)) > 1e-6 {
			t.Errorf("value %d: %v, want %v", k, got[k], want[k]/math.Sqrt(length))
		}
	}
	scores := make([]float32, 3)
	x.Score(got, scores)
	for i, s := range scores {
		dot := 0.0
		for k := range got {
			dot += float64(got[k]) * float64(x.Items[i*5+k])
		}
		if math.Abs(float64(s)-dot/Temperature) > 1e-4 {
			t.Errorf("item %d: %v, want %v", i, s, dot/Temperature)
		}
	}
	q.Strange = true
	x.Query(q, got)
	if !slices.Equal(got, make([]float32, 5)) {
		t.Errorf("strange words have the direction %v", got)
	}
	x.Query(&query.Query{}, got)
	if !slices.Equal(got, make([]float32, 5)) {
		t.Errorf("no words have the direction %v", got)
	}
}

func stored(t *testing.T, x *Index, dtype bundle.DType) *bundle.Container {
	t.Helper()
	b := bundle.NewBuilder(bundle.Bundle)
	if x != nil {
		x.Write(b, dtype)
	}
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	c, err := bundle.OpenBytes(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRoundTrip(t *testing.T) {
	ctx := context.Background()
	x := &Index{Width: 40, Pieces: random(30 * 40), Sense: random(6 * 40), Items: random(9 * 40)}
	got, err := Read(ctx, stored(t, x, bundle.F32), 30, 6, 9)
	if err != nil || got.Width != 40 || !slices.Equal(got.Pieces, x.Pieces) || !slices.Equal(got.Sense, x.Sense) || !slices.Equal(got.Items, x.Items) {
		t.Fatalf("another index came back, or %v", err)
	}
	if got, err = Read(ctx, stored(t, x, bundle.I8), 30, 6, 9); err != nil {
		t.Fatal(err)
	}
	for i, v := range x.Items {
		if math.Abs(float64(got.Items[i]-v)) > 0.75/bundle.Coarse {
			t.Fatalf("value %d: %v, was %v", i, got.Items[i], v)
		}
	}
	if got, err := Read(ctx, stored(t, nil, bundle.F32), 30, 6, 9); got != nil || err != nil {
		t.Errorf("from a container without one: %v, %v", got, err)
	}
	for name, sizes := range map[string][3]int{"vocabulary": {31, 6, 9}, "word vectors": {30, 7, 9}, "items": {30, 6, 8}} {
		if _, err := Read(ctx, stored(t, x, bundle.I8), sizes[0], sizes[1], sizes[2]); err == nil {
			t.Errorf("%s of another size were taken", name)
		}
	}
	x.Items[3] = float32(math.NaN())
	if _, err := Read(ctx, stored(t, x, bundle.F32), 30, 6, 9); err == nil {
		t.Error("a value that is no number was taken")
	}
}
