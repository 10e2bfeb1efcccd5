package dual

import (
	"context"
	"math"
	"testing"

	"ace/core/gemm"
	"ace/train/rows"
)

// TestNarrowKeepsTheOrder: as many directions as there are items tell them apart
// for every question as all directions do, whatever is known of them.
func TestNarrowKeepsTheOrder(t *testing.T) {
	items, vocab, vectors, held := animals()
	n := len(items)
	media := make([]float32, n*3)
	for i := range n {
		media[i*3], media[i*3+1] = float32(i%5), float32(i%3)-1
	}
	d, err := Train(context.Background(), items, Options{Vocabulary: vocab, Vectors: vectors, Width: 128, Media: rows.Of(media, 3), Epochs: 2, Seed: 1, Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	cosines := func() (out [][]float32) {
		v := d.Items(items)
		for _, h := range held {
			q, row := d.Query(h.Words), make([]float32, n)
			for i := range row {
				row[i] = gemm.Dot(q, v[i*d.Width:][:d.Width])
			}
			out = append(out, row)
		}
		return out
	}
	for _, width := range []int{0, 129} {
		if d.Narrow(items, width) == nil {
			t.Errorf("narrowed from 128 to %d", width)
		}
	}
	d.MediaWeight = 0 // the sum of a words' and a media vector lies elsewhere after the first is brought to length 1
	want := cosines()
	if err := d.Narrow(items, n); err != nil {
		t.Fatal(err)
	}
	if d.Width != n || len(d.Pieces) != vocab.Size()*n || len(d.Sense) != vectors.Dim()*n || len(d.MediaTower().Matrix) != 3*n {
		t.Fatalf("width %d, %d values of pieces, %d of sense, %d of media", d.Width, len(d.Pieces), len(d.Sense), len(d.MediaTower().Matrix))
	}
	for k, row := range cosines() {
		// What a question has beside the items' directions is gone: its cosines grow
		// by one factor.
		a, b := math.Sqrt(float64(gemm.Dot(row, row))), math.Sqrt(float64(gemm.Dot(want[k], want[k])))
		for i := range row {
			if got, want := float64(row[i])/a, float64(want[k][i])/b; math.Abs(got-want) > 1e-4 {
				t.Fatalf("question %d, item %d: %v, want %v", k, i, got, want)
			}
		}
	}
}
