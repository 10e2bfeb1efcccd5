package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"ace/core/beam"
	"ace/core/bundle"
	"ace/core/query"
	"ace/core/search"
	"ace/core/text"
)

// tiny is quick to make and to search.
func tiny() *plan {
	return &plan{encoder: 2, decoder: 2, width: 16, heads: 2, ffn: 32, levels: 5, pieces: 2048, words: 24, seed: 3}
}

// spoken is tiny's language.
var spoken = sync.OnceValues(func() (*language, error) { return tiny().speak(context.Background()) })

func words(t testing.TB) *language {
	t.Helper()
	l, err := spoken()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func packed(t testing.TB, p *plan, l *language, n int, k kind) []byte {
	t.Helper()
	b, err := p.bundle(l, n, k)
	if err != nil {
		t.Fatal(err)
	}
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func opened(t testing.TB, file []byte) *search.Retriever {
	t.Helper()
	c, err := bundle.OpenBytes(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := search.Open(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheSeedDecides(t *testing.T) {
	p := tiny()
	a := packed(t, p, words(t), 300, kind{hybrid: true})
	if b := packed(t, p, words(t), 300, kind{hybrid: true}); !bytes.Equal(a, b) {
		t.Error("the same seed gives another site")
	}
	p.seed++
	if b := packed(t, p, words(t), 300, kind{hybrid: true}); bytes.Equal(a, b) {
		t.Error("another seed gives the same site")
	}
}

func TestSitesCanBeSearched(t *testing.T) {
	p := tiny()
	for k, want := range map[kind]string{{}: "pure", {hybrid: true}: "hybrid", {single: true}: "pure"} {
		l := words(t)
		r := opened(t, packed(t, p, l, 300, k))
		levels := 0
		trace := func(int, []beam.Path) { levels++ }
		a, err := r.Search(context.Background(), p.ask(l)[0], search.Options{Limit: 10, Beam: 10, Trace: trace})
		if err != nil || a.Mode != want || len(a.Hits) != 10 || levels != 5 {
			t.Errorf("%+v: %d hits, mode %s, %d steps, %v", k, len(a.Hits), a.Mode, levels, err)
		}
	}
}

func TestQuestionsAreAsLongAsTheyShould(t *testing.T) {
	p := tiny()
	l := words(t)
	asked := p.ask(l)
	if len(asked) != questions || len(slices.Compact(slices.Sorted(slices.Values(asked)))) != questions {
		t.Errorf("%d questions, some of them twice", len(asked))
	}
	for _, q := range asked {
		row := text.Words(q)
		if n := l.vocabulary.EncodeWords(row, nil).Len(); n != p.words {
			t.Errorf("%q has %d rows", q, n)
		}
		if l.table.Dim() != baseDim {
			t.Errorf("word vectors of width %d", l.table.Dim())
		}
		for _, w := range row {
			if _, ok := l.table.Find(w); !ok {
				t.Errorf("%q has no vector", w)
			}
		}
	}
}

func TestSitesAreReplaced(t *testing.T) {
	p, place := tiny(), filepath.Join(t.TempDir(), "site")
	for _, n := range []int{20, 10} {
		if err := p.site(context.Background(), place, n, kind{}); err != nil {
			t.Fatal(err)
		}
		var meta struct {
			Meta struct{ Items struct{ Count int } }
		}
		data, err := os.ReadFile(filepath.Join(place, "bundle", bundle.ManifestFile))
		if err == nil {
			err = json.Unmarshal(data, &meta)
		}
		if err != nil || meta.Meta.Items.Count != n {
			t.Errorf("%d items, want %d: %v", meta.Meta.Items.Count, n, err)
		}
	}
	if err := p.site(context.Background(), t.TempDir(), 10, kind{}); err == nil {
		t.Error("a folder of something else was replaced")
	}
}

// TestRead counts by hand what a network of one layer each and two levels reads.
func TestRead(t *testing.T) {
	p := plan{encoder: 1, decoder: 1, width: 4, heads: 1, ffn: 8, levels: 2}
	c, err := p.config(300, 3)
	if err != nil {
		t.Fatal(err)
	}
	const d, f, s = 4, 8, 3
	encoder := d*s + 4*d*d + 2*d*f + d*d // word vectors, attention, feed-forward, Z
	decoder := 4*d*d + 2*d*d + 3*d*d + 2*d*f
	if want := encoder + 2*d*d + 2*decoder + 2*codes*d; read(c) != want {
		t.Errorf("%d weights, want %d", read(c), want)
	}
}

func TestNumbers(t *testing.T) {
	if got, err := numbers("2000,100000"); err != nil || !slices.Equal(got, []int{2000, 100000}) {
		t.Error(got, err)
	}
	for _, s := range []string{"0", "-1", "many", "1,x"} {
		if got, err := numbers(s); err == nil {
			t.Errorf("%q gives %v", s, got)
		}
	}
}

// TestPage: what is not measured is said to be so, and the figures come through.
func TestPage(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "results"), os.DirFS("testdata")); err != nil {
		t.Fatal(err)
	}
	if err := writePage(dir); err != nil {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(filepath.Join(dir, "bench.md"))
	if want, _ := os.ReadFile("testdata/bench.md"); !bytes.Equal(got, want) {
		t.Errorf("the page of testdata/bench.json is\n%s", got)
	}
}

// BenchmarkSearch is the search of the shape that the browser is measured with,
// on this machine: the stages of one question, in milliseconds, at several sizes.
func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{2000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p := standard
			l, err := p.speak(context.Background())
			if err != nil {
				b.Fatal(err)
			}
			r, asked := opened(b, packed(b, &p, l, n, kind{})), p.ask(l)
			encoder := query.Encoder{Vocabulary: l.vocabulary, Vectors: l.table}
			began := time.Now()
			now := func() float64 { return float64(time.Since(began).Nanoseconds()) / 1e6 }
			var reading, encode, end float64
			steps := make([]float64, p.levels)
			i := 0
			for b.Loop() {
				question := asked[i%len(asked)]
				start := now()
				encoder.Encode(text.Words(question)) // as Search does once more
				reading += now() - start
				start = now()
				var marks []float64
				a, err := r.Search(context.Background(), question, search.Options{Limit: 10, Beam: 10, Now: now,
					Trace: func(int, []beam.Path) { marks = append(marks, now()) }})
				if err != nil || len(marks) != p.levels {
					b.Fatal(len(marks), err)
				}
				encode += a.MS.Encode
				at := start + a.MS.Encode
				for k, m := range marks {
					steps[k] += m - at
					at = m
				}
				end += now() - at
				i++
			}
			b.ReportMetric(reading/float64(i), "words-ms")
			b.ReportMetric((encode-reading)/float64(i), "encode-ms")
			for k, s := range steps {
				b.ReportMetric(s/float64(i), fmt.Sprintf("step%d-ms", k))
			}
			b.ReportMetric(end/float64(i), "items-ms")
		})
	}
}
