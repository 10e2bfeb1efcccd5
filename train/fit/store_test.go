package fit

import (
	"context"
	"reflect"
	"testing"

	"ace/core/bundle"
)

// TestStateSurvives: a state is read as it was written, with a best so far and
// without; a container of something else is no state.
func TestStateSurvives(t *testing.T) {
	ctx := context.Background()
	for name, want := range map[string]*State{
		"with a best":    {Epoch: 3, Step: 40, Steps: 90, Seconds: 1.5, FLOP: 1e12, Params: []float32{1, 2}, M: []float32{3, 4}, V: []float32{5, 6}, Best: []float32{7, 8}, Score: Score{1, 2, 3, 4}, Top: 50, Bad: 1},
		"without a best": {Epoch: 1, Step: 10, Steps: 90, Params: []float32{1}, M: []float32{0}, V: []float32{0}},
		"nothing":        {},
	} {
		b := bundle.NewBuilder(bundle.Weights)
		want.Write(b)
		file, err := b.File()
		if err != nil {
			t.Fatal(err)
		}
		c, err := bundle.OpenBytes(ctx, file)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := ReadState(ctx, c); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, error %v", name, got, err)
		}
	}
	b := bundle.NewBuilder(bundle.Weights)
	b.SetMeta("other", 1)
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	c, err := bundle.OpenBytes(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	if s, err := ReadState(ctx, c); err == nil {
		t.Errorf("a container without a state is read as %+v", s)
	}
}
