package synth

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// voice plays one note of f hertz.
type voice func(f, seconds float64, r *rand.Rand) wave

// partial is one sine of a struck or blown body: frequency ratio, level, decay in seconds (0: sustained).
type partial struct{ ratio, level, decay float64 }

func additive(f, seconds float64, parts []partial) wave {
	var w wave
	for _, p := range parts {
		if f*p.ratio > Rate/2.2 {
			continue
		}
		s := tone(seconds, steady(f*p.ratio), sine).gain(p.level)
		if p.decay > 0 {
			s.times(fall(p.decay))
		}
		w = w.add(0, s)
	}
	return w
}

// harmonics makes n partials whose level falls as 1/k^slope; odd keeps only the odd ones.
func harmonics(n int, slope float64, odd bool, decay float64) (out []partial) {
	for k := 1; k <= n; k++ {
		if odd && k%2 == 0 {
			continue
		}
		out = append(out, partial{float64(k), math.Pow(float64(k), -slope), decay / math.Sqrt(float64(k))})
	}
	return out
}

// pluck is a string by K. Karplus and A. Strong (Computer Music Journal 7:2,
// 1983); bright in [0, 1] filters the first excitation, loss is the share kept per turn.
func pluck(f, seconds, bright, loss float64, r *rand.Rand) wave {
	period := Rate/f - 0.5
	n := int(period)
	frac := period - float64(n)
	excite := noise(float64(n+2)/Rate, r).low(400 + 7000*bright)
	line := append(wave(nil), excite...)
	for len(line) < n+2 {
		line = append(line, 0)
	}
	out := make(wave, int(seconds*Rate))
	copy(out, line)
	for i := n + 2; i < len(out); i++ {
		a := out[i-n]*(1-frac) + out[i-n-1]*frac
		b := out[i-n-1]*(1-frac) + out[i-n-2]*frac
		out[i] = loss * (a + b) / 2
	}
	return out
}

// fm is two-operator frequency modulation (J. Chowning, 1973).
func fm(f, ratio, index, seconds float64, fade float64) wave {
	return shape(seconds, func(t float64) float64 {
		return math.Sin(tau*f*t + index*math.Exp(-t/fade)*math.Sin(tau*f*ratio*t))
	})
}

// bowed is a rich sawtooth with vibrato that grows.
func bowed(f, seconds, bright float64) wave {
	w := tone(seconds, func(t float64) float64 { return f * (1 + 0.006*min(1, t*2)*math.Sin(tau*5.6*t)) }, saw)
	return w.low(bright).low(bright * 1.5).times(swell(0.12, seconds, 0.15))
}

// sung is a buzz through three vowel resonances.
func sung(f, seconds float64, formants [3]float64) wave {
	var out wave
	for i, q := range formants {
		w := tone(seconds, wobble(f, 5, 0.008), pulse).band(steady(q), 8).gain(1 / float64(i+1))
		out = out.add(0, w)
	}
	return out.times(swell(0.15, seconds, 0.25))
}

type instrument struct {
	name, family string
	low, high    float64 // the two notes, in hertz
	adjective    string
	play         voice
}

var instruments = []instrument{
	{"piano", "keyboard", 130.8, 659.3, "struck", func(f, s float64, r *rand.Rand) wave {
		p := harmonics(9, 1.1, false, 1.1)
		for i := range p {
			k := float64(i + 1)
			p[i].ratio = k * math.Sqrt(1+0.0005*k*k) // stiff strings
		}
		return additive(f, s, p).add(0, noise(0.02, r).low(1500).gain(0.3))
	}},
	{"electric piano", "keyboard", 146.8, 587.3, "soft", func(f, s float64, _ *rand.Rand) wave {
		return fm(f, 1, 1.2, s, 0.5).add(0, fm(f, 14, 0.6, s, 0.08).gain(0.3)).times(fall(0.8))
	}},
	{"church organ", "keyboard", 110, 440, "solemn", func(f, s float64, _ *rand.Rand) wave {
		return additive(f, s, []partial{{0.5, 0.6, 0}, {1, 1, 0}, {2, 0.7, 0}, {3, 0.4, 0}, {4, 0.4, 0}, {6, 0.2, 0}, {8, 0.2, 0}}).times(swell(0.06, s, 0.2))
	}},
	{"accordion", "keyboard", 174.6, 523.3, "reedy", func(f, s float64, _ *rand.Rand) wave {
		return tone(s, steady(f), saw).add(0, tone(s, steady(f*1.008), saw)).low(2600).times(swell(0.08, s, 0.12))
	}},
	{"harpsichord", "keyboard", 196, 784, "tinkling", func(f, s float64, r *rand.Rand) wave {
		return pluck(f, s, 1, 0.996, r).add(0, pluck(f*2, s, 1, 0.994, r).gain(0.6)).high(300)
	}},
	{"guitar", "string", 110, 329.6, "plucked", func(f, s float64, r *rand.Rand) wave { return pluck(f, s, 0.5, 0.997, r) }},
	{"electric guitar", "string", 98, 392, "distorted", func(f, s float64, r *rand.Rand) wave {
		return pluck(f, s, 0.8, 0.999, r).add(0, pluck(f*1.5, s, 0.8, 0.999, r)).clip(9).low(3200)
	}},
	{"bass guitar", "string", 55, 98, "deep", func(f, s float64, r *rand.Rand) wave { return pluck(f, s, 0.15, 0.998, r).low(900) }},
	{"banjo", "string", 293.7, 587.3, "twangy", func(f, s float64, r *rand.Rand) wave { return pluck(f, s, 1, 0.985, r).high(500) }},
	{"harp", "string", 261.6, 1046.5, "gentle", func(f, s float64, r *rand.Rand) wave { return pluck(f, s, 0.25, 0.998, r).low(4000) }},
	{"violin", "string", 293.7, 880, "bowed", func(f, s float64, _ *rand.Rand) wave { return bowed(f, s, 3200).high(250) }},
	{"cello", "string", 73.4, 196, "warm", func(f, s float64, _ *rand.Rand) wave { return bowed(f, s, 1100) }},
	{"flute", "wind", 440, 1046.5, "airy", func(f, s float64, r *rand.Rand) wave {
		w := tone(s, wobble(f, 5, 0.004), sine).add(0, tone(s, wobble(f*2, 5, 0.004), sine).gain(0.25))
		return w.add(0, noise(s, r).band(steady(f), 6).gain(0.25)).times(swell(0.1, s, 0.15))
	}},
	{"clarinet", "wind", 174.6, 523.3, "woody", func(f, s float64, _ *rand.Rand) wave {
		return additive(f, s, harmonics(13, 1.2, true, 0)).times(swell(0.05, s, 0.1))
	}},
	{"trumpet", "wind", 293.7, 698.5, "brassy", func(f, s float64, _ *rand.Rand) wave {
		return tone(s, wobble(f, 5.5, 0.004), saw).band(func(t float64) float64 { return f * (1.5 + 4*min(1, t*9)) }, 1.2).times(swell(0.03, s, 0.08))
	}},
	{"panpipes", "wind", 392, 784, "breathy", func(f, s float64, r *rand.Rand) wave {
		return tone(s, steady(f), tri).low(1500).add(0, noise(s, r).band(steady(f*1.5), 3).gain(0.8)).times(swell(0.05, s, 0.3))
	}},
	{"xylophone", "percussion", 523.3, 1568, "wooden", func(f, s float64, _ *rand.Rand) wave {
		return additive(f, s, []partial{{1, 1, 0.12}, {3, 0.5, 0.06}, {6.2, 0.3, 0.03}})
	}},
	{"vibraphone", "percussion", 349.2, 880, "shimmering", func(f, s float64, _ *rand.Rand) wave {
		return additive(f, s, []partial{{1, 1, 1.2}, {4, 0.3, 0.5}, {10, 0.1, 0.1}}).times(func(t float64) float64 { return 0.7 + 0.3*math.Sin(tau*6*t) })
	}},
	{"music box", "percussion", 1046.5, 2093, "delicate", func(f, s float64, _ *rand.Rand) wave {
		return additive(f, s, []partial{{1, 1, 0.5}, {2.76, 0.3, 0.2}, {5.4, 0.2, 0.08}})
	}},
	{"steel drum", "percussion", 261.6, 659.3, "tropical", func(f, s float64, _ *rand.Rand) wave {
		return fm(f, 2, 2.2, s, 0.15).add(0, fm(f*2, 1.5, 0.8, s, 0.1).gain(0.4)).times(fall(0.4))
	}},
	{"theremin", "electronic", 220, 660, "eerie", func(f, s float64, _ *rand.Rand) wave {
		return tone(s, func(t float64) float64 { return f * (1 - 0.12*math.Exp(-6*t)) * (1 + 0.015*math.Sin(tau*6*t)) }, sine).times(swell(0.15, s, 0.3))
	}},
	{"choir", "voice", 196, 392, "singing", func(f, s float64, _ *rand.Rand) wave {
		return sung(f, s, [3]float64{700, 1150, 2600}).add(0, sung(f*1.006, s, [3]float64{650, 1080, 2500}))
	}},
}

// music gives three sounds an instrument: a low note, a high note and a short tune.
func music() (out []Sound) {
	for i, in := range instruments {
		slug := dashed(in.name)
		base := []string{in.name, in.family, in.adjective, "music", "instrument"}
		low, high, play := in.low, in.high, in.play
		out = append(out, Sound{ID: "sound-" + slug + "-low", Title: in.name + ", a low note", Group: "music",
			Captions: []string{"a low note on the " + in.name, fmt.Sprintf("a single deep %s tone, %s", in.name, in.adjective), "somebody plays one low note of the " + in.name},
			Keywords: append([]string{"low", "note", "deep"}, base...),
			Wave:     func(r *rand.Rand) wave { return play(low, 2, r) }})
		out = append(out, Sound{ID: "sound-" + slug + "-high", Title: in.name + ", a high note", Group: "music",
			Captions: []string{"a high note on the " + in.name, fmt.Sprintf("one bright %s tone, %s", in.name, in.adjective), "somebody plays a single high note of the " + in.name},
			Keywords: append([]string{"high", "note", "bright"}, base...),
			Wave:     func(r *rand.Rand) wave { return play(high, 1.8, r) }})
		tune := tunes[i%len(tunes)]
		out = append(out, Sound{ID: "sound-" + slug + "-tune", Title: in.name + " playing " + tune.name, Group: "music",
			Captions: []string{tune.name + " on the " + in.name, fmt.Sprintf("a short %s melody, %s", in.name, tune.mood), "the " + in.name + " plays " + tune.name},
			Keywords: append([]string{"melody", "tune"}, base...),
			Wave: func(r *rand.Rand) wave {
				var w wave
				root := math.Sqrt(low * high)
				step := 2.4 / float64(len(tune.steps))
				for k, n := range tune.steps {
					w = w.add(step*float64(k), play(root*math.Pow(2, float64(n)/12), step*1.6, r))
				}
				return w
			}})
	}
	return out
}

// tunes are in semitones above the root.
var tunes = []struct {
	name, mood string
	steps      []int
}{
	{"a rising scale", "going up step by step", []int{0, 2, 4, 5, 7, 9, 11, 12}},
	{"a falling scale", "going down step by step", []int{12, 11, 9, 7, 5, 4, 2, 0}},
	{"a broken major chord", "happy and open", []int{0, 4, 7, 12, 7, 4, 0}},
	{"a broken minor chord", "sad and dark", []int{0, 3, 7, 12, 7, 3, 0}},
	{"a trill", "two notes in quick turn", []int{0, 2, 0, 2, 0, 2, 0, 2, 0, 2}},
	{"a fanfare", "proud and festive", []int{0, 0, 0, 4, 7, 4, 7, 12}},
	{"a lullaby", "slow and calm", []int{7, 4, 4, 7, 4}},
}
