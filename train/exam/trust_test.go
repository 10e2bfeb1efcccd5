package exam

import (
	"math"
	"slices"
	"testing"

	"ace/core"
)

// Right first answers below the cut-off are lost; wrong ones cost nothing.
func TestWeigh(t *testing.T) {
	firsts := []First{{true, 0.95, 0.9}, {true, 0.85, 0.2}, {false, 0.45, 0.1}, {true, 0.95, 0.3}, {true, 0.85, 0.8}}
	k := Weigh(firsts, 0.3)
	// bins: two of 0.95 and two of 0.85, all right; one of 0.45, wrong
	if want := (2*0.05 + 2*0.15 + 0.45) / 5; math.Abs(k.ECE-want) > 1e-9 || k.Lost != 25 || k.Cutoff != 0.3 || k.Refused != nil {
		t.Errorf("%+v, want an error of %v and a quarter lost", k, want)
	}
	if k := Weigh([]First{{false, 0, 0}}, 0.5); k.Lost != 0 || k.ECE != 0 {
		t.Errorf("none right: %+v", k)
	}
}

// What stands in the collection is no stranger, in whatever case and punctuation.
func TestStrangers(t *testing.T) {
	e := &Exam{items: []core.Item{{Title: "Harbour", Captions: []string{"A red dog."}, Keywords: []string{"pet"}}}}
	cat, market := Question{Query: "a red cat", Relevant: []string{"nothing here"}, Modality: "audio"}, Question{Query: "stock market"}
	got, known := e.Strangers([]Question{{Query: "a Red dog"}, cat, {Query: "PET"}, {Query: "harbour!"}, market})
	if !slices.EqualFunc(got, []Question{cat, market}, func(a, b Question) bool { return a.Query == b.Query && a.Modality == b.Modality }) || known != 3 {
		t.Errorf("%v, %d known, want two and 3 known", got, known)
	}
}
