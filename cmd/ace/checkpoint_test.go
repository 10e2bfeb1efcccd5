package main

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"ace/train/fit"
)

// A checkpoint gives back the state that it was made of, to the same run alone.
func TestCheckpoint(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "w.checkpoint")
	if s, err := (checkpoint{path, "run 1"}).read(ctx); s != nil || err != nil {
		t.Fatalf("no file: state %v, error %v", s, err)
	}
	for name, want := range map[string]*fit.State{
		"with a best": {Epoch: 3, Step: 40, Steps: 90, Seconds: 12.5, FLOP: 1e12, Params: []float32{1, -2, 3}, M: []float32{0.5, 0, 1}, V: []float32{4, 5, 6},
			Best: []float32{7, 8, 9}, Score: fit.Score{R1: 50, R10: 75, MRR10: 60, Texts: 8}, Top: 63, Bad: 2},
		"without": {Epoch: 1, Step: 2, Steps: 9, Params: []float32{1}, M: []float32{2}, V: []float32{3}},
	} {
		if err := (checkpoint{path, "run 1"}).write(want); err != nil {
			t.Fatal(err)
		}
		got, err := checkpoint{path, "run 1"}.read(ctx)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, error %v, want %+v", name, got, err, want)
		}
		if s, err := (checkpoint{path, "run 2"}).read(ctx); s != nil || err != nil {
			t.Errorf("%s: another run gets %v, error %v", name, s, err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-1] ^= 1
	if err := os.WriteFile(path, b, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := (checkpoint{path, "run 1"}).read(ctx); err == nil {
		t.Error("a damaged checkpoint is read")
	}
	for range 2 {
		if err := (checkpoint{path, "run 1"}).remove(); err != nil {
			t.Error(err)
		}
	}
}
