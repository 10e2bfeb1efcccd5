package synth

import (
	"math"
	"math/rand/v2"
)

// chirps repeats a gliding whistle.
func chirps(n int, every, length, from, to float64) wave {
	var w wave
	for i := range n {
		w = w.add(every*float64(i), tone(length, glide(from, to, length), sine).times(swell(length/4, length, length/3)))
	}
	return w
}

// call is a buzzing throat through a resonance that moves.
func call(seconds float64, pitch, formant func(float64) float64, q float64) wave {
	return tone(seconds, pitch, pulse).band(formant, q).times(swell(seconds/6, seconds, seconds/3))
}

func animals() []Sound {
	one := func(title, captions, keywords string, f func(*rand.Rand) wave) Sound {
		return sound("animals", title, captions, keywords+" animal", f)
	}
	return []Sound{
		one("bird chirping", "a little bird chirps; tweeting in the morning", "bird chirp tweet sing garden", func(r *rand.Rand) wave {
			w := chirps(3, 0.16, 0.1, 3200, 5200).add(0.8, chirps(5, 0.09, 0.06, 5200, 3600))
			return w.add(1.6, chirps(3, 0.16, 0.1, 3200, 5200))
		}),
		one("cuckoo", "a cuckoo calls in the forest; cuckoo cuckoo", "bird cuckoo forest spring call", func(*rand.Rand) wave {
			c := notes(587, 0.38, sine, 0.22, 4, 0)
			return c.add(1.2, append(wave(nil), c...)).echo(0.18, 0.25, 2)
		}),
		one("owl", "an owl hoots at night; hoo hoo of an owl", "bird owl hoot night forest", func(*rand.Rand) wave {
			h := func(d float64) wave { return tone(d, wobble(370, 7, 0.01), sine).times(swell(0.08, d, 0.12)) }
			return h(0.35).add(0.6, h(0.2)).add(0.85, h(0.2)).add(1.1, h(0.7)).echo(0.2, 0.2, 2)
		}),
		one("rooster", "a cock crows at dawn; cock-a-doodle-doo", "rooster cock chicken farm morning", func(*rand.Rand) wave {
			return call(0.25, steady(480), steady(1500), 4).add(0.3, call(0.2, steady(560), steady(1600), 4)).add(0.55, call(1.3, func(t float64) float64 { return 640 + 160*math.Sin(math.Pi*min(t, 0.9)) }, steady(1700), 4))
		}),
		one("hen", "a hen clucks; chickens cluck in the yard", "hen chicken cluck farm", func(r *rand.Rand) wave {
			var w wave
			for i := range 7 {
				w = w.add(0.3*float64(i)+0.05*r.Float64(), call(0.11, steady(330+60*r.Float64()), steady(1200), 3))
			}
			return w
		}),
		one("duck", "a duck quacks; quack quack on the pond", "duck quack bird pond", func(*rand.Rand) wave {
			var w wave
			for i := range 4 {
				w = w.add(0.45*float64(i), call(0.28, glide(230, 170, 0.28), func(t float64) float64 { return 1300 - 1200*t }, 3).clip(3))
			}
			return w
		}),
		one("cricket", "a cricket chirps at night; crickets in the summer grass", "cricket insect summer night grass", func(*rand.Rand) wave {
			var w wave
			for i := range 5 {
				w = w.add(0.55*float64(i), beeps(3, 0.03, 0.025, 4600, sine))
			}
			return w
		}),
		one("cicadas", "cicadas buzz in the heat; loud insects in the trees", "cicada insect buzz summer heat", func(r *rand.Rand) wave {
			return noise(2.6, r).band(steady(2400), 12).times(func(t float64) float64 { return (0.5 + 0.5*math.Sin(tau*90*t)) * (0.6 + 0.4*math.Sin(tau*1.2*t)) })
		}),
		one("bee", "a bee buzzes around a flower; humming of a bumblebee", "bee insect buzz hum flower", func(r *rand.Rand) wave {
			g := gusts(4, r)
			return tone(2.4, func(t float64) float64 { return 190 + 60*g(t) }, saw).low(1800).times(func(t float64) float64 { return 0.3 + g(t+5) })
		}),
		one("mosquito", "a mosquito whines by your ear; the high hum of a gnat", "mosquito insect whine gnat night", func(r *rand.Rand) wave {
			g := gusts(3, r)
			return tone(2.4, func(t float64) float64 { return 620 + 120*g(t) }, saw).high(900).times(func(t float64) float64 { return 0.2 + g(t+9) })
		}),
		one("frog", "a frog croaks; ribbit ribbit at the pond", "frog croak ribbit pond toad", func(*rand.Rand) wave {
			var w wave
			for i := range 4 {
				w = w.add(0.6*float64(i), tone(0.35, func(t float64) float64 { return 30 + 40*t }, pulse).band(func(t float64) float64 { return 600 + 1600*t }, 4).times(swell(0.05, 0.35, 0.05)))
			}
			return w
		}),
		one("dog barking", "a dog barks; woof woof of a big dog", "dog bark woof pet hound", func(r *rand.Rand) wave {
			bark := func() wave {
				return call(0.22, glide(420, 190, 0.2), func(t float64) float64 { return 700 + 500*math.Sin(math.Pi*t/0.22) }, 2).add(0, noise(0.15, r).band(steady(900), 1.5).times(fall(0.05)).gain(0.5)).clip(2)
			}
			return bark().add(0.4, bark()).add(1.2, bark()).add(1.6, bark())
		}),
		one("cat meowing", "a cat meows; miaow of a hungry kitten", "cat meow miaow kitten pet", func(*rand.Rand) wave {
			m := call(0.9, func(t float64) float64 { return 520 + 200*math.Sin(math.Pi*t/0.9) }, func(t float64) float64 { return 900 + 1500*math.Sin(math.Pi*min(1, t/0.7)) }, 5)
			return m.add(1.3, append(wave(nil), m...).gain(0.8))
		}),
		one("purring cat", "a cat purrs; soft purring of a happy cat", "cat purr pet happy", func(r *rand.Rand) wave {
			return noise(2.8, r).low(350).times(func(t float64) float64 {
				return math.Pow(0.5+0.5*math.Sin(tau*25*t), 3) * (0.6 + 0.4*math.Sin(tau*0.8*t))
			})
		}),
		one("cow", "a cow moos; moo from the meadow", "cow moo cattle farm", func(*rand.Rand) wave {
			return call(1.9, func(t float64) float64 { return 120 + 50*math.Sin(math.Pi*t/1.9) }, func(t float64) float64 { return 300 + 400*math.Sin(math.Pi*t/1.9) }, 3)
		}),
		one("sheep", "a sheep bleats; baa of a lamb", "sheep lamb baa bleat farm", func(*rand.Rand) wave {
			return call(1.1, func(t float64) float64 { return 330 * (1 + 0.05*math.Sin(tau*9*t)) }, steady(1100), 3).times(func(t float64) float64 { return 0.6 + 0.4*math.Sin(tau*9*t) })
		}),
		one("horse galloping", "hooves of a galloping horse; a horse runs, clip clop", "horse gallop hooves run clop", func(r *rand.Rand) wave {
			var w wave
			for i := range 6 {
				for _, d := range []float64{0, 0.12, 0.24} {
					w = w.add(0.45*float64(i)+d, tone(0.1, glide(500, 260, 0.05), sine).times(fall(0.02)).add(0, noise(0.05, r).low(1200).times(fall(0.015))))
				}
			}
			return w
		}),
		one("wolf howling", "a wolf howls at the moon; a long lonely howl", "wolf howl moon night wild", func(*rand.Rand) wave {
			return tone(2.8, func(t float64) float64 { return 320 + 260*min(1, t*1.5) - 140*max(0, t-1.6) }, tri).low(1200).times(swell(0.4, 2.8, 0.9))
		}),
		one("whale song", "a whale sings in the deep; the long call of a whale", "whale song sea ocean deep", func(*rand.Rand) wave {
			return tone(2.8, func(t float64) float64 { return 180 + 140*math.Sin(1.9*t) + 30*math.Sin(7*t) }, sine).times(swell(0.5, 2.8, 0.8)).echo(0.25, 0.4, 3)
		}),
		one("rattlesnake", "a rattlesnake warns; the rattle of a snake", "snake rattle warning desert hiss", func(r *rand.Rand) wave {
			return noise(2, r).high(3000).times(func(t float64) float64 { return math.Pow(0.5+0.5*math.Sin(tau*28*t), 2) })
		}),
		one("woodpecker", "a woodpecker drums on a tree; quick knocking in the forest", "woodpecker bird knock tree forest", func(r *rand.Rand) wave {
			var w wave
			for k := range 2 {
				for i := range 14 {
					w = w.add(1.3*float64(k)+0.055*float64(i), metal(0.03, 760, 1600)(r))
				}
			}
			return w
		}),
		one("flapping wings", "a bird flaps its wings; a pigeon flies up", "wings flap bird fly pigeon", func(r *rand.Rand) wave {
			var w wave
			for i := range 14 {
				w = w.add(0.13*float64(i), noise(0.1, r).low(900).times(swell(0.04, 0.1, 0.05)).gain(1-0.05*float64(i)))
			}
			return w
		}),
	}
}
