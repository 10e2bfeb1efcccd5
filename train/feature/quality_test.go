package feature

import (
	"bufio"
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"gonum.org/v1/gonum/mat"

	"ace/train/media"
)

// The benchmarks of this file measure how good the vectors are, on collections
// that are not part of the repository:
//
//	go test -run '^$' -bench Quality -benchtime 1x ./train/feature

// sharedFile finds a file of the development data: under $ACE_SHARED, or beside the repository.
func sharedFile(tb testing.TB, name string) string {
	root := os.Getenv("ACE_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	p := filepath.Join(root, name)
	if _, err := os.Stat(p); err != nil {
		tb.Skipf("no development data: %v", err)
	}
	return p
}

func readLines[T any](tb testing.TB, path string) (out []T) {
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		var v T
		if err := json.Unmarshal(s.Bytes(), &v); err != nil {
			tb.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

// mediaOnly makes vectors of the media of a collection alone.
func mediaOnly(b *testing.B, items string) *Features {
	c, err := media.Load(items)
	if err != nil {
		b.Fatal(err)
	}
	o := Defaults()
	o.TextWeight, o.MediaWeight = 0, 1
	f, err := Extract(context.Background(), c, o)
	if err != nil {
		b.Fatal(err)
	}
	return f
}

// neighbours returns the k items nearest to i among those allowed.
func neighbours(f *Features, i, k int, allowed func(int) bool) []int {
	score := make([]float64, f.N)
	for j := range score {
		score[j] = math.Inf(-1)
		if j != i && allowed(j) {
			score[j] = float64(inner(f.X[i*f.D:(i+1)*f.D], f.X[j*f.D:(j+1)*f.D]))
		}
	}
	var out []int
	for range k {
		best := 0
		for j, s := range score {
			if s > score[best] {
				best = j
			}
		}
		score[best] = math.Inf(-1)
		out = append(out, best)
	}
	return out
}

// BenchmarkQualitySound reports the share (%) of sounds whose nearest
// neighbour, not counting those from the same source, has their label.
func BenchmarkQualitySound(b *testing.B) {
	for _, set := range []string{"audio_esc10_dev", "audio_philharmonia_dev"} {
		b.Run(set, func(b *testing.B) {
			items := sharedFile(b, "data/"+set+"/items.jsonl")
			type line struct {
				Labels     []string
				Source     string
				Attributes struct{ Note string }
			}
			lines := readLines[line](b, items)
			var f *Features
			for b.Loop() {
				f = mediaOnly(b, items)
			}
			var label, note float64
			for i := range f.N {
				me := lines[f.Rows[i]]
				other := lines[f.Rows[neighbours(f, i, 1, func(j int) bool {
					return me.Source == "" || lines[f.Rows[j]].Source != me.Source
				})[0]]]
				if other.Labels[0] == me.Labels[0] {
					label++
				}
				if me.Attributes.Note != "" && other.Attributes.Note == me.Attributes.Note {
					note++
				}
			}
			b.ReportMetric(100*label/float64(f.N), "%label")
			b.ReportMetric(100*note/float64(f.N), "%note")
		})
	}
}

// BenchmarkQualityPicture reports how alike the captions (cosine of TF-IDF) of
// a photograph and its 10 nearest neighbours are, against those of any two.
func BenchmarkQualityPicture(b *testing.B) {
	items := sharedFile(b, "data/flickr8k_dev/items.jsonl")
	var f *Features
	for b.Loop() {
		f = mediaOnly(b, items)
	}
	texts := make([][]string, f.N)
	for i := range texts {
		texts[i] = itemWords(&f.Items[i])
	}
	model, _ := fitText(texts, 2, 2, rand.New(rand.NewPCG(1, 1)))
	rows := model.tfidf(texts)
	cosine := func(i, j int) (s float64) {
		a, x := rows.row(i)
		c, y := rows.row(j)
		for p, q := 0, 0; p < len(a) && q < len(c); {
			switch {
			case a[p] < c[q]:
				p++
			case a[p] > c[q]:
				q++
			default:
				s += float64(x[p] * y[q])
				p, q = p+1, q+1
			}
		}
		return s
	}
	rng := rand.New(rand.NewPCG(1, 1))
	var near, any float64
	const probes = 500
	for range probes {
		i := rng.IntN(f.N)
		for _, j := range neighbours(f, i, 10, func(int) bool { return true }) {
			near += cosine(i, j) / (10 * probes)
			any += cosine(i, rng.IntN(f.N)) / (10 * probes)
		}
	}
	b.ReportMetric(near, "near")
	b.ReportMetric(any, "any")
}

// BenchmarkQualityQueries reports the recall (%) of plain nearest-neighbour
// search with the questions' words in place of an item's: what identifiers made
// from the vectors can hope for.
func BenchmarkQualityQueries(b *testing.B) {
	for _, name := range []string{"emoji_keywords", "icons_keywords", "mixed", "flickr8k_captioned", "flickr8k_unseen"} {
		b.Run(name, func(b *testing.B) {
			c, err := media.Load(sharedFile(b, "protocols/"+name+".items.jsonl"))
			if err != nil {
				b.Fatal(err)
			}
			type question struct {
				Query    string
				Relevant []string
			}
			questions := readLines[question](b, sharedFile(b, "protocols/"+name+".queries.jsonl"))
			o := Defaults()
			if p := os.Getenv("ACE_FEATURES"); p != "" {
				if o.Given, err = ReadGiven(p); err != nil {
					b.Fatal(err)
				}
			}
			var f *Features
			for b.Loop() {
				if f, err = Extract(context.Background(), c, o); err != nil {
					b.Fatal(err)
				}
			}
			texts := make([][]string, f.N)
			index := map[string]int{}
			for i := range texts {
				texts[i] = itemWords(&f.Items[i])
				index[f.Items[i].ID] = i
			}
			model, _ := fitText(texts, o.TextDims, 2, rand.New(rand.NewPCG(o.Seed, textStream)))
			asked := make([][]string, len(questions))
			for i, q := range questions {
				asked[i] = []string{q.Query}
			}
			unseen := name == "flickr8k_unseen" // candidates: those without words
			ranks(b, f, model.tfidf(asked).mul(model.basis, 2), func(q int) []int {
				var right []int
				for _, id := range questions[q].Relevant {
					if i, ok := index[id]; ok {
						right = append(right, i)
					}
				}
				return right
			}, func(i int) bool { return !unseen || len(texts[i]) == 0 })
		})
	}
}

// ranks reports R@1 and R@10 of the queries q [Q, Text] among the allowed items.
func ranks(b *testing.B, f *Features, q *mat.Dense, right func(int) []int, allowed func(int) bool) {
	n, _ := q.Dims()
	x := doubles(f.X, f.N, f.D).Slice(0, f.N, 0, f.Text)
	var r1, r10 float64
	for from := 0; from < n; from += 512 {
		to := min(n, from+512)
		var s mat.Dense
		s.Mul(q.Slice(from, to, 0, f.Text), x.T())
		for i := from; i < to; i++ {
			row := s.RawRowView(i - from)
			best := math.Inf(-1)
			mine := map[int]bool{}
			for _, j := range right(i) {
				mine[j] = true
				best = max(best, row[j])
			}
			rank := 0
			for j, v := range row {
				if allowed(j) && !mine[j] && v >= best {
					rank++
				}
			}
			if rank < 1 {
				r1 += 100 / float64(n)
			}
			if rank < 10 {
				r10 += 100 / float64(n)
			}
		}
	}
	b.ReportMetric(r1, "R@1")
	b.ReportMetric(r10, "R@10")
}

// BenchmarkDescribe times the descriptors on one core, with media made here.
func BenchmarkDescribe(b *testing.B) {
	b.Run("picture", func(b *testing.B) {
		m := testPicture(160, 160, 1)
		for b.Loop() {
			describePicture(m)
		}
	})
	b.Run("sound5s", func(b *testing.B) {
		wave := testTone(5*media.Rate, 440, 5)
		for b.Loop() {
			describeSound(wave)
		}
	})
}
