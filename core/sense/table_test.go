package sense

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// random is a table of n made-up words with random vectors, and these vectors
// at unit length.
func random(t testing.TB, n, dim int) (*Table, []float32) {
	t.Helper()
	rng := rand.New(rand.NewPCG(uint64(n), uint64(dim)))
	words, x := make([]string, n), make([]float32, n*dim)
	for i := range words {
		words[i] = fmt.Sprintf("word%d", i)
		sum := 0.0
		row := x[i*dim:][:dim]
		for d := range row {
			v := rng.NormFloat64() / (1 + float64(d)/8)
			row[d], sum = float32(v), sum+v*v
		}
		for d := range row {
			row[d] /= float32(math.Sqrt(sum))
		}
	}
	table, err := New(words, x, dim)
	if err != nil {
		t.Fatal(err)
	}
	return table, x
}

func cosine(x, y []float32) float64 {
	xy, xx, yy := 0.0, 0.0, 0.0
	for i := range x {
		a, b := float64(x[i]), float64(y[i])
		xy, xx, yy = xy+a*b, xx+a*a, yy+b*b
	}
	return xy / math.Sqrt(xx*yy)
}

// A step's rounding error is at most half a step a value: with a step of
// 1/(stepsARMS·sqrt(dim)), at most 1/(2·stepsARMS) of a unit vector's length.
func TestQuantisationError(t *testing.T) {
	for _, dim := range []int{1, 2, 3, 48, 64, 100, MaxDim} {
		table, x := random(t, 200, dim)
		worst, got := 1.0, make([]float32, dim)
		for r := range table.Len() {
			table.Vector(r, got)
			if l := cosine(got, got); math.Abs(l-1) > 1e-6 || math.IsNaN(l) {
				t.Fatalf("dim %d, row %d is of no direction", dim, r)
			}
			sum := 0.0
			for _, v := range got {
				sum += float64(v) * float64(v)
			}
			if math.Abs(sum-1) > 1e-5 {
				t.Fatalf("dim %d, row %d has length² %g", dim, r, sum)
			}
			worst = min(worst, cosine(got, x[r*dim:][:dim]))
		}
		bound := math.Cos(math.Asin(1.0 / (2 * stepsARMS)))
		if worst < bound {
			t.Errorf("dim %d: a vector's cosine with what is kept of it is %.4f, bound %.4f", dim, worst, bound)
		}
	}
}

// A vector far from even, as of one value alone, keeps its direction.
func TestSteepVector(t *testing.T) {
	x := make([]float32, MaxDim)
	x[3], x[4] = -7, 0.01
	table, err := New([]string{"steep"}, x, MaxDim)
	if err != nil {
		t.Fatal(err)
	}
	got := make([]float32, MaxDim)
	table.Vector(0, got)
	if c := cosine(got, x); c < 0.999 {
		t.Errorf("cosine %.4f", c)
	}
}

func TestNewRefuses(t *testing.T) {
	one := []float32{1, 0}
	for name, c := range map[string]struct {
		words   []string
		vectors []float32
		dim     int
		want    string
	}{
		"no dimension":    {[]string{"a"}, one, 0, "0 dimensions"},
		"many dimensions": {[]string{"a"}, one, MaxDim + 1, "dimensions"},
		"no words":        {nil, nil, 2, "0 words"},
		"few values":      {[]string{"a", "b"}, one, 2, "2 values for 2 words"},
		"odd values":      {[]string{"a"}, append(one, 1), 2, "3 values for 1 words"},
		"zero":            {[]string{"a"}, []float32{0, 0}, 2, `"a": zero`},
		"nan":             {[]string{"a"}, []float32{float32(math.NaN()), 1}, 2, "not finite"},
		"infinite":        {[]string{"a"}, []float32{float32(math.Inf(-1)), 1}, 2, "not finite"},
		"empty word":      {[]string{""}, one, 2, "word 0 is empty"},
		"long word":       {[]string{strings.Repeat("a", MaxWord+1)}, one, 2, "65 bytes"},
		"two lines":       {[]string{"a\nb"}, one, 2, "not one line"},
		"not utf-8":       {[]string{"\xff"}, one, 2, "not one line"},
		"twice":           {[]string{"a", "a"}, append(one, one...), 2, `"a" stands in rows 0 and 1`},
	} {
		if _, err := New(c.words, c.vectors, c.dim); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestSubset(t *testing.T) {
	table, _ := random(t, 50, 16)
	rows := []int{0, 7, 8, 49}
	s := table.Subset(rows)
	if s.Len() != len(rows) || s.Dim() != 16 {
		t.Fatalf("%d words of %d dimensions", s.Len(), s.Dim())
	}
	got, want := make([]float32, 16), make([]float32, 16)
	for i, r := range rows {
		s.Vector(i, got)
		table.Vector(r, want)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("row %d has another vector than %d", i, r)
		}
		if row, ok := s.Find(table.Word(r)); !ok || row != i || s.Word(i) != table.Word(r) {
			t.Errorf("%q is in row %d, want %d", table.Word(r), row, i)
		}
	}
	if _, ok := s.Find(table.Word(1)); ok {
		t.Error("a word that was left out is found")
	}
}
