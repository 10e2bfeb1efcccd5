// Package synth makes the sounds of the built-in collection: instruments,
// drums, weather, machines, signals and animals, each computed from a few
// lines of arithmetic, with words that describe it.
package synth

import (
	"math"
	"math/rand/v2"
)

// Rate is the sample rate of every sound, in hertz.
const Rate = 16000

const tau = 2 * math.Pi

// wave is a mono signal; about -1..1, normalised when it is written.
type wave []float64

// shape makes a wave of the given seconds from a function of time.
func shape(seconds float64, f func(t float64) float64) wave {
	w := make(wave, int(seconds*Rate))
	for i := range w {
		w[i] = f(float64(i) / Rate)
	}
	return w
}

// tone is an oscillator whose frequency, in hertz, may change over time.
func tone(seconds float64, freq func(t float64) float64, osc func(phase float64) float64) wave {
	phase := 0.0
	return shape(seconds, func(t float64) float64 {
		phase += freq(t) / Rate
		return osc(phase - math.Floor(phase))
	})
}

// Oscillators over a phase in [0, 1).
func sine(p float64) float64   { return math.Sin(tau * p) }
func saw(p float64) float64    { return 2*p - 1 }
func tri(p float64) float64    { return 4*math.Abs(p-0.5) - 1 }
func square(p float64) float64 { return math.Copysign(1, 0.5-p) }
func pulse(p float64) float64  { return math.Copysign(1, 0.12-p) }

func steady(f float64) func(float64) float64 { return func(float64) float64 { return f } }

// glide goes from a to b hertz in the given time, evenly in pitch.
func glide(a, b, seconds float64) func(float64) float64 {
	return func(t float64) float64 { return a * math.Pow(b/a, min(t/seconds, 1)) }
}

// wobble is a frequency with vibrato of the given rate (Hz) and depth (a share of f).
func wobble(f, rate, depth float64) func(float64) float64 {
	return func(t float64) float64 { return f * (1 + depth*math.Sin(tau*rate*t)) }
}

// noise is white noise.
func noise(seconds float64, r *rand.Rand) wave {
	return shape(seconds, func(float64) float64 { return 2*r.Float64() - 1 })
}

// times multiplies by a function of time: an envelope.
func (w wave) times(f func(t float64) float64) wave {
	for i := range w {
		w[i] *= f(float64(i) / Rate)
	}
	return w
}

func (w wave) gain(g float64) wave { return w.times(steady(g)) }

// fall decays by 1/e every half seconds.
func fall(seconds float64) func(float64) float64 {
	return func(t float64) float64 { return math.Exp(-t/seconds) * min(1, t*400) }
}

// swell rises for a seconds, holds, and dies away in the last r of total.
func swell(a, total, r float64) func(float64) float64 {
	return func(t float64) float64 { return min(1, t/a) * min(1, max(0, (total-t)/r)) }
}

// add mixes other into w from the given second on; w grows if it must.
func (w wave) add(at float64, other wave) wave {
	from := int(at * Rate)
	for len(w) < from+len(other) {
		w = append(w, 0)
	}
	for i, v := range other {
		w[from+i] += v
	}
	return w
}

// low and high are one-pole filters at f hertz.
func (w wave) low(f float64) wave {
	a, y := 1-math.Exp(-tau*f/Rate), 0.0
	for i, v := range w {
		y += a * (v - y)
		w[i] = y
	}
	return w
}

func (w wave) high(f float64) wave {
	a, y := 1-math.Exp(-tau*f/Rate), 0.0
	for i, v := range w {
		y += a * (v - y)
		w[i] = v - y
	}
	return w
}

// band is a resonator at f(t) hertz of quality q (state-variable filter,
// H. Chamberlin, Musical Applications of Microprocessors, 1985).
func (w wave) band(f func(t float64) float64, q float64) wave {
	low, band := 0.0, 0.0
	for i, v := range w {
		k := 2 * math.Sin(math.Pi*min(f(float64(i)/Rate), Rate/6.5)/Rate)
		low += k * band
		high := v - low - band/q
		band += k * high
		w[i] = band / math.Sqrt(q)
	}
	return w
}

// echo adds fading repeats.
func (w wave) echo(delay, feedback float64, repeats int) wave {
	out := append(wave(nil), w...)
	for k := 1; k <= repeats; k++ {
		out = out.add(delay*float64(k), append(wave(nil), w...).gain(math.Pow(feedback, float64(k))))
	}
	return out
}

// clip drives a wave into soft distortion.
func (w wave) clip(drive float64) wave {
	for i, v := range w {
		w[i] = math.Tanh(v * drive)
	}
	return w
}

// normal cuts what is longer than 3 s, pads what is shorter than 0.4 s, fades
// the ends and scales the peak to 0.8.
func (w wave) normal() wave {
	w = w[:min(len(w), 3*Rate)]
	for i := range w {
		w[i] *= min(1, float64(i)/16, float64(len(w)-1-i)/80)
	}
	for len(w) < Rate*2/5 {
		w = append(w, 0)
	}
	peak := 1e-9
	for _, v := range w {
		peak = max(peak, math.Abs(v))
	}
	return w.gain(0.8 / peak)
}
