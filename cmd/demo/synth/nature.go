package synth

import (
	"math"
	"math/rand/v2"
)

// drops scatters n short drops of the given pitch range over the time.
func drops(seconds float64, n int, lo, hi float64, r *rand.Rand) wave {
	w := make(wave, int(seconds*Rate))
	for range n {
		f := lo * math.Pow(hi/lo, r.Float64())
		d := tone(0.06, glide(f, f*1.6, 0.05), sine).times(fall(0.012)).gain(0.2 + 0.8*r.Float64())
		w = w.add(r.Float64()*(seconds-0.07), d)
	}
	return w
}

// gusts is a slow random wandering between 0 and 1, about rate times a second.
func gusts(rate float64, r *rand.Rand) func(t float64) float64 {
	var knots [64]float64
	for i := range knots {
		knots[i] = r.Float64()
	}
	return func(t float64) float64 {
		x := t * rate
		i := int(x)
		f := x - float64(i)
		f = f * f * (3 - 2*f)
		return knots[i%64]*(1-f) + knots[(i+1)%64]*f
	}
}

func nature() []Sound {
	one := func(title, captions, keywords string, f func(*rand.Rand) wave) Sound {
		return sound("nature", title, captions, keywords+" nature", f)
	}
	return []Sound{
		one("light rain", "soft rain on leaves; a gentle drizzle", "rain drizzle water weather soft", func(r *rand.Rand) wave {
			return drops(2.8, 260, 1800, 5200, r).add(0, noise(2.8, r).high(3500).gain(0.05))
		}),
		one("heavy rain", "a downpour; strong rain pours down", "rain downpour storm water weather", func(r *rand.Rand) wave {
			return noise(2.8, r).high(900).add(0, drops(2.8, 500, 1200, 4000, r)).times(func(t float64) float64 { return 0.8 + 0.2*math.Sin(t*3) })
		}),
		one("thunder", "a roll of thunder; thunder rumbles after lightning", "thunder storm lightning rumble weather", func(r *rand.Rand) wave {
			g := gusts(6, r)
			return noise(3, r).low(140).low(200).gain(6).times(func(t float64) float64 { return g(t) * fall(1.1)(t) }).add(0.05, noise(0.4, r).low(1500).times(fall(0.1)).gain(0.6))
		}),
		one("wind", "wind blows around the house; a howling wind", "wind howl blow storm weather air", func(r *rand.Rand) wave {
			g := gusts(1.3, r)
			return noise(3, r).band(func(t float64) float64 { return 300 + 600*g(t) }, 6).times(func(t float64) float64 { return 0.3 + g(t) })
		}),
		one("gentle breeze", "a breeze in the trees; leaves rustle in a light wind", "breeze wind leaves rustle trees", func(r *rand.Rand) wave {
			g := gusts(2, r)
			return noise(3, r).high(2500).times(func(t float64) float64 { return 0.1 + g(t)*g(t) })
		}),
		one("ocean waves", "waves roll onto the beach; the surf of the sea", "sea ocean wave surf beach water", func(r *rand.Rand) wave {
			return noise(3, r).low(1800).times(func(t float64) float64 { return 0.12 + math.Pow(math.Sin(math.Pi*t/3), 3) })
		}),
		one("stream", "a babbling brook; water runs over stones", "brook river water babble creek", func(r *rand.Rand) wave {
			return drops(2.8, 420, 400, 1800, r).add(0, noise(2.8, r).band(steady(900), 0.8).gain(0.15))
		}),
		one("waterfall", "water falls from a cliff; a roaring waterfall", "water fall roar river", func(r *rand.Rand) wave { return noise(2.6, r).low(3000).high(150) }),
		one("dripping tap", "water drips slowly; single drops fall into a sink", "drip drop tap water leak faucet", func(r *rand.Rand) wave {
			var w wave
			for i := range 4 {
				f := 900 + 200*r.Float64()
				w = w.add(0.65*float64(i), tone(0.25, glide(f, f*1.8, 0.08), sine).times(fall(0.04)))
			}
			return w.echo(0.09, 0.3, 3)
		}),
		one("bubbles under water", "bubbles rise in water; blubbering under water", "bubble water blub diving", func(r *rand.Rand) wave {
			var w wave
			for range 34 {
				f := 200 + 500*r.Float64()
				w = w.add(2.4*r.Float64(), tone(0.12, glide(f, f*2.2, 0.1), sine).times(swell(0.01, 0.12, 0.05)))
			}
			return w.low(1200)
		}),
		one("campfire", "a crackling fire; wood burns and crackles", "fire crackle burn wood camp", func(r *rand.Rand) wave {
			w := noise(2.8, r).low(400).gain(0.25)
			for range 60 {
				w = w.add(2.7*r.Float64(), noise(0.02, r).high(1500).times(fall(0.003)).gain(0.3+r.Float64()))
			}
			return w
		}),
		one("earthquake", "the ground rumbles; a deep rumbling of the earth", "quake rumble deep shake earth", func(r *rand.Rand) wave {
			g := gusts(9, r)
			return noise(3, r).low(70).low(70).gain(10).times(func(t float64) float64 { return 0.3 + g(t) })
		}),
		one("ice cracking", "ice cracks on a lake; sharp cracks with an echo", "ice crack frozen lake winter", func(r *rand.Rand) wave {
			var w wave
			for _, at := range []float64{0, 0.5, 0.62, 1.4} {
				w = w.add(at, tone(0.4, glide(3500, 300, 0.12), sine).times(fall(0.05)).add(0, noise(0.05, r).times(fall(0.01))))
			}
			return w.echo(0.13, 0.45, 3)
		}),
		one("avalanche", "snow slides down a mountain; a growing roar of falling snow", "snow slide roar mountain", func(r *rand.Rand) wave {
			return noise(3, r).low(500).times(func(t float64) float64 { return t * t / 6 * min(1, (3-t)*4) }).gain(2)
		}),
	}
}
