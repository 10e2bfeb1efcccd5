package fit

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"ace/core"
	"ace/train/corpus"
)

var update = flag.Bool("update", false, "rewrite the golden losses")

// shapes is a collection of coloured things, each with three texts.
func shapes() Data {
	d := Data{Levels: []int{4, 5, 2}}
	var items []core.Item
	colours := []string{"red", "green", "blue", "yellow"}
	things := []string{"ball", "house", "boat", "tree", "drum"}
	for c, colour := range colours {
		for t, thing := range things {
			items = append(items, core.Item{ID: colour + thing,
				Captions: []string{"a " + colour + " " + thing, "the " + thing + " is " + colour, colour + " painted " + thing}, Keywords: []string{colour, thing}})
			d.IDs = append(d.IDs, core.ID{core.Token(c), core.Token(t), core.Token(t % 2)})
		}
	}
	d.Items = corpus.Read(items)
	d.Held = corpus.HoldOut(d.Items, 1)
	return d
}

// TestGoldenLosses: the first ten steps of a fixed run give the losses of
// testdata/losses.txt, within what other machines' kernels may differ.
func TestGoldenLosses(t *testing.T) {
	d := shapes()
	r, err := prepare(d, Options{Size: "tiny", Seed: 1, Epochs: 10, Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	var got []float64
	for e := 0; len(got) < 10; e++ {
		pairs := epoch(r.data.Items, newEpochRand(1, e))
		for from := 0; from < len(pairs) && len(got) < 10; from += r.batch {
			loss, err := r.step(context.Background(), r.encode(pairs[from:min(from+r.batch, len(pairs))]))
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, loss)
		}
	}
	const file = "testdata/losses.txt"
	if *update {
		var b strings.Builder
		for _, l := range got {
			fmt.Fprintf(&b, "%.6f\n", l)
		}
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Fields(string(text)) {
		var want float64
		fmt.Sscan(line, &want)
		if math.Abs(got[i]-want) > 2e-3*want {
			t.Errorf("step %d: loss %.6f, want %.6f", i, got[i], want)
		}
	}
}

// TestLearns: a small collection is learnt by heart, by two threads as by one.
func TestLearns(t *testing.T) {
	for _, threads := range []int{1, 2} {
		var last Progress
		res, err := Train(context.Background(), shapes(), Options{Size: "tiny", Seed: 2, Epochs: 40, Threads: threads, Report: func(p Progress) { last = p }})
		if err != nil {
			t.Fatal(err)
		}
		if last.Loss > 1.2 || res.Steps != last.Step {
			t.Errorf("%d threads: after %+v", threads, last)
		}
		if res.Valid.Texts == 0 || res.Valid.R10 < 50 {
			t.Errorf("%d threads: held-out texts are found to %+v", threads, res.Valid)
		}
	}
}

// TestRDropStep: with R-Drop a step has half the samples, twice the cost of each,
// and the loss of a code that it has without.
func TestRDropStep(t *testing.T) {
	var losses [2]float64
	var runs [2]*run
	for i, weight := range []float64{0, 0.5} {
		r, err := prepare(shapes(), Options{Size: "tiny", Seed: 1, Epochs: 10, Threads: 2, RDrop: weight})
		if err != nil {
			t.Fatal(err)
		}
		samples := r.encode(epoch(r.data.Items, newEpochRand(1, 0))[:9])
		if losses[i], err = r.step(context.Background(), samples); err != nil {
			t.Fatal(err)
		}
		runs[i] = r
	}
	if a, b := runs[0], runs[1]; b.batch != a.batch/2 || b.cost(5) != 2*a.cost(5) {
		t.Errorf("%d samples of cost %g, without %d of %g", b.batch, b.cost(5), a.batch, a.cost(5))
	}
	if math.Abs(losses[1]-losses[0]) > 0.1*losses[0] {
		t.Errorf("loss %v, without %v", losses[1], losses[0])
	}
}

// TestResume: a run that stopped and went on gives the very bytes of one that
// did not, and the same seed gives the same bytes again.
func TestResume(t *testing.T) {
	o := Options{Size: "tiny", Seed: 3, Epochs: 6, Threads: 2}
	whole, err := Train(context.Background(), shapes(), o)
	if err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	var at *State
	defer func(d func() bool) { saveNow = d }(saveNow)
	saveNow = func() bool { return true }
	o.Save = func(s *State) error {
		if s.Epoch == 3 {
			c := *s
			c.Params, c.M, c.V, c.Best = slices.Clone(s.Params), slices.Clone(s.M), slices.Clone(s.V), slices.Clone(s.Best)
			at = &c
			return stop
		}
		return nil
	}
	if _, err := Train(context.Background(), shapes(), o); !errors.Is(err, stop) {
		t.Fatal(err)
	}
	o.Save, o.Resume = nil, at
	resumed, err := Train(context.Background(), shapes(), o)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(whole.Params, resumed.Params) {
		t.Error("the resumed run differs from the one that did not stop")
	}
	again, err := prepare(shapes(), o)
	if err != nil {
		t.Fatal(err)
	}
	at.Top, at.Bad = 70, 2
	if e, err := again.restore(at); err != nil || e != 3 || again.top != 70 || again.bad != 2 || again.opt.step != at.Step || again.steps != at.Steps {
		t.Errorf("restored epoch %d, %v: %v, %d, step %d of %d", e, err, again.top, again.bad, again.opt.step, again.steps)
	}
	o.Resume = &State{Params: make([]float32, 3)}
	if _, err := Train(context.Background(), shapes(), o); err == nil {
		t.Error("a foreign checkpoint was taken")
	}
}

func TestTrainRefuses(t *testing.T) {
	d := shapes()
	for name, c := range map[string]Data{
		"no items": {}, "no words": {Items: []corpus.Item{{}}, IDs: []core.ID{{0}}, Levels: []int{1}},
		"too few ids": {Items: d.Items, IDs: d.IDs[:3], Levels: d.Levels},
	} {
		if _, err := Train(context.Background(), c, Options{}); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := Train(context.Background(), d, Options{RDrop: -0.1}); err == nil || !strings.Contains(err.Error(), "-0.1") {
		t.Errorf("negative weight: %v", err)
	}
	if _, err := Train(context.Background(), d, Options{Size: "huge"}); err == nil || !bytes.Contains([]byte(err.Error()), []byte("huge")) {
		t.Errorf("unknown size: %v", err)
	}
}
