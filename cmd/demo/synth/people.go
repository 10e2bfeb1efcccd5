package synth

import (
	"math"
	"math/rand/v2"
)

func people() []Sound {
	one := func(title, captions, keywords string, f func(*rand.Rand) wave) Sound {
		return sound("people", title, captions, keywords+" human person", f)
	}
	thump := func() wave { return tone(0.25, glide(75, 42, 0.2), sine).times(fall(0.06)) }
	heart := func(every float64) func(*rand.Rand) wave {
		return func(*rand.Rand) wave {
			var w wave
			for at := 0.0; at < 2.6; at += every {
				w = w.add(at, thump()).add(at+every*0.3, thump().gain(0.7))
			}
			return w
		}
	}
	steps := func(every, pitch float64) func(*rand.Rand) wave {
		return func(r *rand.Rand) wave {
			var w wave
			for at := 0.0; at < 2.6; at += every {
				w = w.add(at, noise(0.1, r).low(pitch).times(fall(0.02)).add(0.06, noise(0.1, r).low(pitch*1.8).times(fall(0.015)).gain(0.5)))
			}
			return w
		}
	}
	return []Sound{
		one("slow heartbeat", "a heart beats calmly; the slow beat of a heart", "heart beat pulse calm slow", heart(1)),
		one("fast heartbeat", "a heart beats fast; a racing, excited heart", "heart beat pulse fast fear excited", heart(0.45)),
		one("footsteps", "somebody walks along; steps on a wooden floor", "steps walk feet floor", steps(0.55, 700)),
		one("running", "somebody runs; quick footsteps", "run steps feet fast jog", steps(0.28, 900)),
		one("walking on gravel", "steps crunch on gravel; footsteps on small stones", "steps walk gravel crunch stones", func(r *rand.Rand) wave {
			var w wave
			for i := range 5 {
				g := gusts(60, r)
				w = w.add(0.55*float64(i), noise(0.3, r).high(1500).times(func(t float64) float64 { return g(t) * g(t) * swell(0.08, 0.3, 0.12)(t) }))
			}
			return w
		}),
		one("applause", "people clap their hands; applause of an audience", "applause clap audience crowd hands", func(r *rand.Rand) wave {
			w := make(wave, 3*Rate)
			for range 420 {
				w = w.add(2.9*r.Float64(), noise(0.03, r).band(steady(900+900*r.Float64()), 2).times(fall(0.008)).gain(0.3+r.Float64()))
			}
			return w.times(swell(0.5, 3, 0.6))
		}),
		one("breathing", "somebody breathes in and out; deep calm breaths", "breath breathe air sleep calm", func(r *rand.Rand) wave {
			return noise(3, r).band(func(t float64) float64 { return 900 + 500*math.Copysign(1, math.Sin(tau*t/1.5)) }, 1).times(func(t float64) float64 { return math.Pow(math.Sin(tau*t/1.5), 2) })
		}),
		one("snoring", "somebody snores; a loud sleeper", "snore sleep night loud", func(r *rand.Rand) wave {
			return tone(3, steady(38), pulse).band(steady(320), 1.5).add(0, noise(3, r).low(700).gain(0.3)).times(func(t float64) float64 { return math.Pow(max(0, math.Sin(tau*t/1.5)), 1.5) })
		}),
		one("whistling a tune", "a person whistles; cheerful whistling", "whistle tune happy lips", func(*rand.Rand) wave {
			w, at := wave{}, 0.0
			for _, s := range []float64{0, 4, 7, 4, 9, 7, 4, 0} {
				w = w.add(at, tone(0.3, wobble(1318*math.Pow(2, s/12), 6, 0.01), sine).times(swell(0.04, 0.3, 0.06)))
				at += 0.3
			}
			return w
		}),
		one("wolf whistle", "an admiring two-note whistle; a whistle that goes up and down", "whistle admire glide", func(*rand.Rand) wave {
			return tone(0.45, glide(900, 2300, 0.4), sine).times(swell(0.05, 0.45, 0.08)).add(0.6, tone(0.8, func(t float64) float64 { return 1000 + 1300*math.Sin(math.Pi*min(1, t/0.8)) }, sine).times(swell(0.05, 0.8, 0.2)))
		}),
		one("singing aah", "a voice sings ah; a long sung vowel", "voice sing vowel ah singer", func(*rand.Rand) wave { return sung(262, 2.2, [3]float64{730, 1090, 2440}) }),
		one("singing ooh", "a voice sings oo; a soft dark vowel", "voice sing vowel oo singer", func(*rand.Rand) wave { return sung(220, 2.2, [3]float64{300, 870, 2240}) }),
		one("singing eeh", "a voice sings ee; a bright sung vowel", "voice sing vowel ee singer", func(*rand.Rand) wave { return sung(247, 2.2, [3]float64{270, 2290, 2600}) }),
		one("knocking on a door", "three knocks on wood; somebody knocks at the door", "knock door visitor wood", func(r *rand.Rand) wave {
			var w wave
			for i := range 3 {
				w = w.add(0.25*float64(i), metal(0.04, 190, 410, 730)(r).add(0, noise(0.02, r).low(2000).gain(0.5)))
			}
			return w
		}),
		one("finger snap", "fingers snap twice; a snap of the fingers", "snap finger click", func(r *rand.Rand) wave {
			s := func() wave { return noise(0.12, r).band(steady(2100), 3).times(fall(0.012)) }
			return s().add(0.5, s())
		}),
	}
}
