package identify

import (
	"slices"
	"testing"

	"ace/core"
)

func TestRepairMovesTheFarthestToTheNearestFreeCode(t *testing.T) {
	// One-dimensional latents under one prefix, last codes at 0, 1, 2 and 50.
	books := [][]float32{{0}, {0, 1, 2, 50}}
	latent := []float32{0.1, 0.4, -0.2, 2}
	fresh := func() []core.ID { return []core.ID{{7, 0, 0}, {7, 0, 0}, {7, 0, 0}, {7, 0, 2}} }

	// 0.1 is nearest to code 0 and keeps it; 0.4 goes to 1; nothing near is
	// left for -0.2.
	ids := fresh()
	if c := collisions(ids); c != 3 {
		t.Fatalf("%d collisions", c)
	}
	repair(ids, latent, 1, books, 20)
	want := []core.ID{{7, 0, 0}, {7, 0, 1}, {7, 0, 0}, {7, 0, 2}}
	if !slices.EqualFunc(ids, want, slices.Equal) {
		t.Errorf("%v, want %v", ids, want)
	}
	if c := collisions(ids); c != 2 {
		t.Errorf("%d collisions", c)
	}

	// With no bound to speak of the far code is taken too.
	ids = fresh()
	repair(ids, latent, 1, books, 1e9)
	if want[2][2] = 3; !slices.EqualFunc(ids, want, slices.Equal) {
		t.Errorf("%v, want %v", ids, want)
	}

	// Without repair all stay, and the counter tells them apart.
	ids = fresh()
	repair(ids, latent, 1, books, 0)
	if !slices.EqualFunc(ids, fresh(), slices.Equal) {
		t.Errorf("limit 0 moved items: %v", ids)
	}
	most, err := count(ids)
	if err != nil || most != 3 {
		t.Fatalf("%d, %v", most, err)
	}
	want = []core.ID{{7, 0, 0, 0}, {7, 0, 0, 1}, {7, 0, 0, 2}, {7, 0, 2, 0}}
	if !slices.EqualFunc(ids, want, slices.Equal) {
		t.Errorf("%v, want %v", ids, want)
	}
}

func TestRepairLooksAtThePrefix(t *testing.T) {
	// The same last code under two prefixes is no collision, and a code that
	// is taken under one is free under the other.
	books := [][]float32{{0, 100}, {0, 1}}
	ids := []core.ID{{0, 0, 0}, {0, 0, 0}, {0, 1, 0}, {1, 0, 0}}
	repair(ids, []float32{0, 0.1, 100, 0}, 1, books, 1e9)
	want := []core.ID{{0, 0, 0}, {0, 0, 1}, {0, 1, 0}, {1, 0, 0}}
	if !slices.EqualFunc(ids, want, slices.Equal) {
		t.Errorf("%v, want %v", ids, want)
	}
}

func TestCountRefusesWhatATokenCannotHold(t *testing.T) {
	ids := make([]core.ID, 1<<16+1)
	for i := range ids {
		ids[i] = core.ID{0, 0}
	}
	if _, err := count(ids); err == nil {
		t.Error("65,537 items share an identifier, and no error")
	}
	if most, err := count(ids[:1<<16]); err != nil || most != 1<<16 || ids[1<<16-1][2] != 1<<16-1 {
		t.Errorf("%d, %v", most, err)
	}
}
