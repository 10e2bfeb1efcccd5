package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// write makes a file of a temporary folder.
func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// vectors is a GloVe file of these words, of random directions.
func vectors(words ...string) string {
	rng := rand.New(rand.NewPCG(3, 4))
	var list, values []string
	for _, w := range words {
		v := make([]string, gloveDim+2)
		for i := range v {
			v[i] = fmt.Sprintf("%.4f", rng.NormFloat64())
		}
		list = append(list, fmt.Sprintf("%q", w))
		values = append(values, fmt.Sprintf("%q: [%s]", w, strings.Join(v, ",")))
	}
	slices.Reverse(values) // the order is the list's
	return fmt.Sprintf(`{"size": %d, "words": [%s], "vectors": {%s}}`, len(words), strings.Join(list, ","), strings.Join(values, ","))
}

func TestReadGlove(t *testing.T) {
	g, err := readGlove(write(t, "g.json", vectors("the", ",", "Café", "cafe", "1990s", "mp3", "t-shirt", "o'clock", "été")))
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"the", "cafe", "mp3", "oclock", "ete"}; !slices.Equal(g.words, want) {
		t.Errorf("words %q, want %q", g.words, want)
	}
	for i, v := range g.vectors {
		if len(v) != gloveDim {
			t.Errorf("%q has %d values", g.words[i], len(v))
		}
	}
	for _, bad := range []string{"", `{"words": [1]}`, `{"vectors": {"a": 3}}`} {
		if _, err := readGlove(write(t, "bad.json", bad)); err == nil || !strings.Contains(err.Error(), "bad.json") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestReadMoby(t *testing.T) {
	got, err := readMoby(write(t, "words.txt", "car,auto,motor car,Wagon\r\ra cappella,sung\nhat,cap"))
	if err != nil {
		t.Fatal(err)
	}
	want := []entry{{"car", []string{"auto", "wagon"}}, {"hat", []string{"cap"}}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestParseSynset(t *testing.T) {
	s, ok := parseSynset("00001740 00 s 03 galore(ip) 0 Polar_Bear 1 abundant 0 002 & 00013160 a 0000 + 00014490 n 0101 | existing in plenty; \"galore\"\n")
	want := synset{"00001740a", []string{"galore", "abundant"}, []string{"polar", "bear", "existing", "in", "plenty", "galore"}, []string{"00013160a", "00014490n"}}
	if !ok || fmt.Sprint(s) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", s, want)
	}
	for _, bad := range []string{"", "1 2 n zz a 0 000 |", "1 2 n 09 a 0 000 |", "1 2 n 01 a 0 x |", "1 2 n 01 a 0 001 @ 3 |", "1 2 n 01 a 0 -01 |"} {
		if _, ok := parseSynset(bad); ok {
			t.Errorf("%q is read", bad)
		}
	}
}

// Names count less than words of a thesaurus, and an inflected word whose
// vector is its stem's goes without one.
func TestChoose(t *testing.T) {
	stem := make([]float64, gloveDim)
	stem[0] = 1
	other := make([]float64, gloveDim)
	other[1] = 1
	g := &glove{words: []string{"the", "horse", "horses", "smith", "jones", "glass", "glasses", "rucksack"}}
	for _, w := range g.words {
		v := stem
		if w == "glasses" {
			v = other
		}
		g.vectors = append(g.vectors, v)
	}
	got, err := choose(g, []string{"horse", "the", "glass", "rucksack", "the", "unicorn"}, 6)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"the", "horse", "smith", "glass", "glasses", "rucksack"}; !slices.Equal(got.words, want) {
		t.Errorf("%q, want %q", got.words, want)
	}
}

// Two words that a thesaurus links, directly or by a third, come nearer than
// they were; a word without links stays; and held-out links count for nothing.
func TestRetrofit(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	x := mat.NewDense(6, 20, nil)
	for i := range x.RawMatrix().Data {
		x.RawMatrix().Data[i] = rng.NormFloat64()
	}
	unit(x)
	g := &graph{}
	g.link(0, 1, 1)
	g.link(0, 1, 1)
	g.link(1, 2, 1)
	g.link(3, 3, 1)
	near := func(x *mat.Dense, a, b int) float64 { return dot(x.RawRowView(a), x.RawRowView(b)) }
	y := retrofit(x, [][]neighbourhood{g.neighbours(6)}, []float64{1})
	for _, p := range []pair{{0, 1}, {1, 2}, {0, 2}} {
		if near(y, p.a, p.b) <= near(x, p.a, p.b)+0.05 {
			t.Errorf("%v: %.3f, before %.3f", p, near(y, p.a, p.b), near(x, p.a, p.b))
		}
	}
	for _, r := range []int{3, 4} {
		if math.Abs(near(y, r, r)-1) > 1e-9 || math.Abs(dot(x.RawRowView(r), y.RawRowView(r))-1) > 1e-9 {
			t.Errorf("row %d has moved", r)
		}
	}
	if n := g.without(map[pair]bool{{0, 1}: true}).neighbours(6); len(n[0].edges) != 0 || len(n[1].edges) != 1 || len(n[2].edges) != 1 {
		t.Errorf("without a pair the neighbours are %v", n)
	}
}

// A projection on all axes keeps every inner product; the first axes keep most.
func TestReduce(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	x := mat.NewDense(40, 8, nil)
	for r := range 40 {
		for c := range 8 {
			x.Set(r, c, rng.NormFloat64()/float64(1+c*c))
		}
	}
	lost := func(dim int) float64 {
		var a, b mat.Dense
		y := reduce(x, dim)
		a.Mul(x, x.T())
		b.Mul(y, y.T())
		a.Sub(&a, &b)
		return mat.Norm(&a, 2)
	}
	if l := lost(8); l > 1e-9 {
		t.Errorf("all axes lose %g", l)
	}
	if a, b := lost(3), lost(1); a >= b {
		t.Errorf("three axes lose %g, one %g", a, b)
	}
}

func TestRanks(t *testing.T) {
	x := mat.NewDense(4, 2, []float64{1, 0, 0.8, 0.6, 0, 1, -1, 0})
	if got, want := ranks(x, []pair{{0, 1}, {0, 2}, {0, 3}}, 4), []int{0, 0, 1, 1, 2, 2}; !slices.Equal(got, want) {
		t.Errorf("ranks %v, want %v", got, want)
	}
	if got := within([]int{0, 3, 9, 10}, 10); got != 75 {
		t.Errorf("within %g", got)
	}
}
