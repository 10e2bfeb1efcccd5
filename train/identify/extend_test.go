package identify

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ace/core"
	"ace/core/bundle"
)

// drawn are n vectors about a few centres.
func drawn(rng *rand.Rand, n, d int) []float32 {
	x := make([]float32, n*d)
	for i := range n {
		for j := range d {
			x[i*d+j] = float32(rng.NormFloat64()) + float32((i*7+j*3)%5)
		}
	}
	return x
}

// Further items get identifiers that nobody has, those of Assign where these are
// free, whether the codebooks were kept in memory or in a container.
func TestExtend(t *testing.T) {
	const n, d = 300, 8
	for _, method := range []Method{RQVAE, ResidualKMeans} {
		for _, repair := range []float64{1e9, 0} { // without and with a counter
			rng := rand.New(rand.NewPCG(1, 2))
			x := drawn(rng, n, d)
			if repair == 0 {
				copy(x[:40*d], slices.Repeat(x[:d], 40)) // a counter there must be
			}
			cfg := quick(n, d)
			cfg.Method, cfg.Coarse, cfg.Fine, cfg.Repair = method, 4, []int{16, 64}, repair
			q, err := Train(context.Background(), x, n, d, cfg, nil)
			if err != nil {
				t.Fatal(err)
			}
			if q.Counter != (repair == 0) {
				t.Fatalf("a counter: %v", q.Counter)
			}
			y := drawn(rng, 60, d)
			copy(y[50*d:], x[100*d:110*d]) // some are where others are already
			alone, err := q.Assign(y, 60)
			if err != nil {
				t.Fatal(err)
			}
			ids, err := q.Extend(y, 60, q.IDs)
			if err != nil {
				t.Fatal(err)
			}
			taken := map[string]bool{}
			for _, id := range q.IDs {
				taken[key(id)] = true
			}
			kept := 0
			for i, id := range ids {
				if len(id) != len(q.Sizes) {
					t.Fatalf("%v for levels of %v", id, q.Sizes)
				}
				for l, c := range id {
					if int(c) >= q.Sizes[l] {
						t.Fatalf("%v for levels of %v", id, q.Sizes)
					}
				}
				if taken[key(id)] {
					t.Fatalf("item %d shares %v", i, id)
				}
				taken[key(id)] = true
				if slices.Equal(id[:3], alone[i]) {
					kept++
				}
			}
			if kept < 30 || q.Counter && kept < 55 {
				t.Errorf("%s: %d of 60 have the tokens of their codes", method, kept)
			}
			b := bundle.NewBuilder(bundle.Bundle)
			q.SaveCodebooks(b, "frozen", bundle.F32)
			file, err := b.File()
			if err != nil {
				t.Fatal(err)
			}
			c, err := bundle.OpenBytes(context.Background(), file)
			if err != nil {
				t.Fatal(err)
			}
			r, err := LoadCodebooks(context.Background(), c)
			if err != nil {
				t.Fatal(err)
			}
			again, err := r.Extend(y, 60, q.IDs)
			if err != nil || !slices.EqualFunc(ids, again, slices.Equal[core.ID]) {
				t.Errorf("%s: read again, the codebooks give others: %v", method, err)
			}
		}
	}
}

// Identifiers are given until there are no more, under the nearest prefix first.
func TestExtendUntilFull(t *testing.T) {
	const d = 4
	rng := rand.New(rand.NewPCG(3, 4))
	x := drawn(rng, 16, d)
	cfg := Default(16, d)
	cfg.Method, cfg.Coarse, cfg.Fine = ResidualKMeans, 2, []int{3, 5}
	q, err := Train(context.Background(), x, 16, d, cfg, nil)
	if err != nil {
		t.Fatal(err)
	}
	space := 1
	for _, v := range q.Sizes {
		space *= v
	}
	same := slices.Repeat(x[:d], space-16)
	ids, err := q.Extend(same, space-16, q.IDs)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for _, id := range slices.Concat(q.IDs, ids) {
		all[key(id)] = true
	}
	if len(all) != space {
		t.Errorf("%d identifiers of %d", len(all), space)
	}
	first, err := q.Assign(x[:d], 1)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(ids[0][:2], first[0][:2]) {
		t.Errorf("the first is put under %v, its prefix is %v", ids[0][:2], first[0][:2])
	}
	if _, err := q.Extend(same[:d], 1, slices.Concat(q.IDs, ids)); err == nil || !strings.Contains(err.Error(), "no identifier is free") {
		t.Errorf("one too many: %v", err)
	}
	q.Config.Method = Random
	if _, err := q.Extend(same[:d], 1, q.IDs); err == nil {
		t.Error("random identifiers are extended")
	}
}
