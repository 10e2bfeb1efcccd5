package feature

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestTFIDF(t *testing.T) {
	texts := [][]string{{"the dog", "the dog barks"}, {"the cat"}, {}, {"the 猫"}}
	m, x := fitText(texts, 8, 1, newRand(1))
	if len(m.idf) != 5 { // the, dog, barks, cat, 猫
		t.Fatalf("%d terms, want 5", len(m.idf))
	}
	square := func(df float64) float64 { v := math.Log(5/(1+df)) + 1; return v * v }
	s := m.tfidf(texts)
	the, dog, barks := (1+math.Log(2))*square(3), (1+math.Log(2))*square(1), square(1)
	length := math.Sqrt(the*the + dog*dog + barks*barks)
	col, val := s.row(0)
	if len(col) != 3 {
		t.Fatalf("%d terms in the first row", len(col))
	}
	for i, c := range col {
		want := map[int32]float64{m.terms["the"]: the, m.terms["dog"]: dog, m.terms["barks"]: barks}[c] / length
		if math.Abs(float64(val[i])-want) > 1e-6 {
			t.Errorf("term %d weighs %v, want %v", c, val[i], want)
		}
	}
	if r := x.RawRowView(2); mat.Norm(mat.NewVecDense(len(r), r), 2) != 0 {
		t.Errorf("no words give %v", r)
	}
	// With as many dimensions as ranks the projection keeps all products.
	for i := range texts {
		for j := range texts {
			var want float64
			a, v := s.row(i)
			b, w := s.row(j)
			for p := range a {
				for q := range b {
					if a[p] == b[q] {
						want += float64(v[p] * w[q])
					}
				}
			}
			if got := mat.Dot(x.RowView(i), x.RowView(j)); math.Abs(got-want) > 1e-6 {
				t.Errorf("texts %d and %d have product %v, want %v", i, j, got, want)
			}
		}
	}
	if _, x := fitText([][]string{{}, {" "}}, 8, 1, newRand(1)); x != nil {
		t.Error("no words have vectors")
	}
}
