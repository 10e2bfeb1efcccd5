package ui

import (
	"errors"
	"math"
	"strings"
	"testing"
)

func TestWhy(t *testing.T) {
	e := newShelf("red a", "red b", "blue c")
	e.walk = Walk{Levels: []Level{
		{Codes: 64, Kept: 20, Nodes: []Node{{Code: 7, Items: 1200, LogProb: -0.25, On: true}, {Code: 9, Items: 1, LogProb: -2}}},
		{Codes: 32, Kept: 3, Nodes: []Node{{Code: 30, Items: 2, LogProb: -0.5, On: true}}},
	}, Parts: [5]float64{-0.5, 1.25, 0, 0, 3}}
	s := newStage(t, e)
	s.until("card-2")
	s.fire("card-0", "click", nil)
	if h := s.until("dialog"); strings.Contains(h, `id="why"`) {
		t.Error("an item that nobody searched for is explained")
	}
	s.press("detail", "Escape")
	s.typeText("red")
	s.until("Best matches")
	s.fire("card-1", "click", nil)
	s.until(`aria-expanded="false"`)
	s.fire("why", "click", nil)
	h := s.until("of 64 codes, 20 beams are kept")
	for _, want := range []string{`aria-expanded="true"`, `class="node on"`, `aria-current="step"`, "1,200 items", ">1 item<", "log p −0.25", "Step 2: of 32 codes", "by its words</dt><dd>1.25", "by its vector</dt><dd>3.00"} {
		if !strings.Contains(h, want) {
			t.Errorf("the panel lacks %q", want)
		}
	}
	if strings.Contains(h, "by words like them") {
		t.Error("what says nothing is listed")
	}
	s.press("detail", "ArrowLeft")
	if h = s.until("of 64 codes"); !strings.Contains(h, `<h2 id="detail-name" dir="auto">red a</h2>`) {
		t.Error("the panel does not stay open for the next item")
	}
	s.fire("why", "click", nil)
	if h = s.html(); strings.Contains(h, "64 codes") {
		t.Error("the panel does not close")
	}
	e.walkErr = errors.New("no way")
	s.press("detail", "ArrowRight")
	s.fire("why", "click", nil)
	s.until("This search failed: no way")
}

func TestExp(t *testing.T) {
	for _, x := range []float64{0, -0.1, -1, -3, -8, -2000, math.Inf(-1)} {
		if got, want := exp(x), math.Exp(x); math.Abs(got-want) > 0.003 {
			t.Errorf("exp %f is %f, want %f", x, got, want)
		}
	}
}
