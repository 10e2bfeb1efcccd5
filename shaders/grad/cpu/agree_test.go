package cpu

import (
	"math"
	"testing"

	"ace/shaders/cpu"
)

// Two pairs by hand: halves against a quarter and three quarters, which are
// log(3)/8 apart, and rows that differ by a constant, which are the same.
func TestAgree(t *testing.T) {
	ln := math.Log
	logits := []float64{ln(0.5), ln(0.5), 1, 2, 5 + ln(0.25), 5 + ln(0.75), -3, -2}
	a := cpu.Args[float64]{P: cpu.Pack(AgreeParams{Pairs: 2, Width: 2})}
	y := make([]float64, 2)
	a.B[0].F, a.B[1].F = logits, y
	Agree(&a)
	if math.Abs(y[0]-ln(3)/8) > 1e-12 || math.Abs(y[1]) > 1e-12 {
		t.Errorf("apart by %v and %v, want %v and 0", y[0], y[1], ln(3)/8)
	}
}
