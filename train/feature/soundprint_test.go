package feature

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"ace/train/media"
)

// A copy that is softer, a little noisier and begins later is of the same sound;
// another note and another sequence are not.
func TestSoundPrint(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	tune := func(notes ...int) []float32 {
		var wave []float32
		for _, n := range notes {
			for i := range media.Rate / 2 {
				x := 0.0
				for k := 1.0; k < 6; k++ {
					x += math.Sin(2*math.Pi*k*440*math.Pow(2, float64(n)/12)*float64(i)/media.Rate) / k
				}
				wave = append(wave, float32(0.3*x*math.Exp(-4*float64(i)/media.Rate)))
			}
		}
		return wave
	}
	copied := make([]float32, media.Rate/20)
	for _, v := range tune(0, 4, 7, 12) {
		copied = append(copied, 0.3*v+0.0003*float32(rng.NormFloat64()))
	}
	var looks []media.Look
	for i, wave := range [][]float32{tune(0, 4, 7, 12), tune(1, 5, 8, 13), tune(12, 7, 4, 0), copied, make([]float32, 4000), tune(0, 4), {}} {
		if len(wave) == 0 {
			wave = []float32{0}
		}
		l := media.Look{Duration: time.Duration(len(wave)) * time.Second / media.Rate, Print: soundPrint(wave)}
		l.Digest[0] = byte(i + 1)
		looks = append(looks, l)
	}
	if looks[4].Print != nil || looks[6].Print != nil {
		t.Error("silence has a print")
	}
	same, near := media.Duplicates(looks)
	if len(same) != 0 || len(near) != 1 || !slices.Equal(near[0], []int{0, 3}) {
		t.Errorf("same bytes %v, same sounds %v", same, near)
	}
}
