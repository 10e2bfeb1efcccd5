package synth

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"
)

// Every sound has its words, is audible, short and within range.
func TestAll(t *testing.T) {
	all := All()
	if len(all) < 120 {
		t.Errorf("%d sounds, want at least 120", len(all))
	}
	ids, titles := map[string]bool{}, map[string]bool{}
	for _, s := range all {
		if ids[s.ID] || titles[s.Title] {
			t.Errorf("%s: id or title twice", s.ID)
		}
		ids[s.ID], titles[s.Title] = true, true
		if len(s.Captions) < 3 || len(s.Keywords) < 3 || s.Group == "" {
			t.Errorf("%s: %d captions, %d keywords, group %q", s.ID, len(s.Captions), len(s.Keywords), s.Group)
		}
		b := s.WAV()
		n := (len(b) - 44) / 2
		if n < Rate/10 || n > 3*Rate || int(binary.LittleEndian.Uint32(b[40:])) != 2*n || !bytes.HasPrefix(b, []byte("RIFF")) {
			t.Errorf("%s: %d samples in %d bytes", s.ID, n, len(b))
			continue
		}
		var peak, power float64
		for i := range n {
			v := float64(int16(binary.LittleEndian.Uint16(b[44+2*i:]))) / 32767
			peak, power = max(peak, math.Abs(v)), power+v*v
		}
		if rms := math.Sqrt(power / float64(n)); peak < 0.5 || peak > 0.81 || rms < 0.01 {
			t.Errorf("%s: peak %.2f, rms %.3f", s.ID, peak, rms)
		}
	}
}

func TestWAVIsDeterministic(t *testing.T) {
	for _, i := range []int{0, 15, 80, 120} {
		if !bytes.Equal(All()[i].WAV(), All()[i].WAV()) {
			t.Errorf("%s differs between two runs", All()[i].ID)
		}
	}
}

// power of a wave near f hertz (Goertzel).
func power(w wave, f float64) float64 {
	c, s := 0.0, 0.0
	for i, v := range w {
		y, x := math.Sincos(tau * f * float64(i) / Rate)
		c, s = c+v*x, s+v*y
	}
	return (c*c + s*s) / float64(len(w))
}

// A plucked string and each voice sound at the pitch that was asked for.
func TestPitch(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, in := range instruments {
		if in.name == "theremin" { // glides
			continue
		}
		w := in.play(in.low, 1, r)
		best, at := 0.0, 0.0
		for _, cents := range []float64{-150, -100, -50, -25, 0, 25, 50, 100, 150} {
			f := in.low * math.Pow(2, cents/1200)
			p := 0.0
			for k := 1.0; k <= 6; k++ {
				p += power(w, k*f)
			}
			if p > best {
				best, at = p, cents
			}
		}
		if math.Abs(at) > 25 {
			t.Errorf("%s: %+.0f cents off", in.name, at)
		}
	}
}

// The filters keep their side of the spectrum.
func TestFilters(t *testing.T) {
	mix := func() wave { return tone(1, steady(100), sine).add(0, tone(1, steady(4000), sine)) }
	ratio := func(w wave) float64 { return power(w, 100) / power(w, 4000) }
	if v := ratio(mix().low(300)); v < 50 {
		t.Errorf("low: ratio %.1f", v)
	}
	if v := ratio(mix().high(2000)); v > 1.0/50 {
		t.Errorf("high: ratio %.4f", v)
	}
	if v := ratio(mix().band(steady(100), 4)); v < 500 {
		t.Errorf("band: ratio %.1f", v)
	}
}
