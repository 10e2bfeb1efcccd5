package synth

import (
	"math"
	"math/rand/v2"
)

// motor is a row of firing pulses, rate times a second, through an exhaust.
func motor(seconds float64, rate func(t float64) float64, tone1 float64, r *rand.Rand) wave {
	w := tone(seconds, rate, func(p float64) float64 { return math.Exp(-p*7) * (0.7 + 0.6*r.Float64()) })
	return w.high(25).band(steady(tone1), 1.2).clip(2)
}

func machines() []Sound {
	one := func(title, captions, keywords string, f func(*rand.Rand) wave) Sound {
		return sound("machines", title, captions, keywords+" machine", f)
	}
	return []Sound{
		one("idling car engine", "a car stands with its engine running; a motor idles", "car engine motor idle vehicle", func(r *rand.Rand) wave { return motor(2.4, wobble(26, 2, 0.04), 120, r) }),
		one("car speeding up", "a car accelerates; an engine revs up", "car engine accelerate rev vehicle drive", func(r *rand.Rand) wave { return motor(2.8, glide(30, 140, 2.6), 260, r) }),
		one("motorcycle", "a motorbike roars past; a loud motorcycle", "motorbike bike engine roar vehicle", func(r *rand.Rand) wave {
			return motor(2.6, func(t float64) float64 { return 95 - 25*math.Tanh((t-1.2)*3) }, 420, r).times(func(t float64) float64 { return 1 / (1 + 4*(t-1.2)*(t-1.2)) })
		}),
		one("tractor", "an old tractor chugs; a slow diesel engine", "diesel engine farm chug vehicle", func(r *rand.Rand) wave { return motor(2.6, steady(9), 90, r) }),
		one("helicopter", "a helicopter hovers; chopping rotor blades", "rotor chopper blades fly aircraft", func(r *rand.Rand) wave {
			return noise(2.6, r).low(500).times(func(t float64) float64 { return math.Pow(0.5+0.5*math.Sin(tau*11*t), 4) }).add(0, tone(2.6, steady(68), saw).low(300).gain(0.15))
		}),
		one("propeller plane", "a small aeroplane flies over; the drone of a propeller", "airplane plane propeller drone fly aircraft", func(r *rand.Rand) wave { return motor(2.8, wobble(82, 0.6, 0.03), 300, r).low(1500) }),
		one("jet plane", "a jet takes off; roaring jet engines", "airplane jet takeoff roar fly aircraft", func(r *rand.Rand) wave {
			return noise(3, r).low(1500).add(0, tone(3, glide(900, 2400, 3), sine).gain(0.12)).times(func(t float64) float64 { return 0.15 + t/3 })
		}),
		one("steam train", "a steam locomotive puffs; chuff chuff goes the train", "train steam locomotive railway chuff", func(r *rand.Rand) wave {
			var w wave
			for i := range 12 {
				w = w.add(0.22*float64(i), noise(0.2, r).band(steady(700), 0.9).times(fall(0.05)).gain(1-0.3*float64(i%4)/3))
			}
			return w
		}),
		one("train on rails", "wheels clatter over the rails; a train passes, clickety clack", "train railway rails clatter wheels", func(r *rand.Rand) wave {
			w := noise(2.8, r).low(250).gain(0.5)
			for i := range 5 {
				for _, d := range []float64{0, 0.09} {
					w = w.add(0.55*float64(i)+d, metal(0.05, 410, 930, 1730)(r).gain(0.7))
				}
			}
			return w
		}),
		one("electric drill", "somebody drills a hole; a whining power drill", "drill tool whine power work", func(r *rand.Rand) wave {
			return tone(2.4, func(t float64) float64 { return 190 + 120*min(1, t*5) - 20*math.Sin(t*9) }, saw).add(0, noise(2.4, r).gain(0.3)).high(400)
		}),
		one("hand saw", "sawing wood; a saw goes to and fro", "saw wood tool carpenter work", func(r *rand.Rand) wave {
			return noise(2.6, r).band(func(t float64) float64 { return 1700 + 600*math.Sin(tau*1.6*t) }, 2).times(func(t float64) float64 { return math.Abs(math.Sin(tau * 1.6 * t)) })
		}),
		one("hammer", "a hammer hits a nail; hammering three times", "hammer nail hit tool carpenter work", func(r *rand.Rand) wave {
			var w wave
			for i := range 4 {
				w = w.add(0.5*float64(i), metal(0.08, 640, 1490, 2870, 4300)(r).add(0, noise(0.03, r).times(fall(0.006))))
			}
			return w
		}),
		one("vacuum cleaner", "a vacuum cleaner runs; hoovering the floor", "vacuum hoover clean household motor", func(r *rand.Rand) wave {
			return noise(2.4, r).band(steady(600), 0.8).add(0, tone(2.4, steady(240), saw).gain(0.25)).times(swell(0.4, 2.4, 0.3))
		}),
		one("washing machine", "a washing machine turns; laundry tumbles in the drum", "laundry wash household tumble water", func(r *rand.Rand) wave {
			return noise(2.8, r).low(350).times(func(t float64) float64 { return 0.3 + math.Pow(math.Abs(math.Sin(tau*0.45*t)), 2) }).add(0, tone(2.8, steady(100), tri).gain(0.1))
		}),
		one("hair dryer", "a hair dryer blows; warm air from a dryer", "dryer blow air household hair", func(r *rand.Rand) wave { return noise(2.2, r).band(steady(1500), 0.7).times(swell(0.2, 2.2, 0.2)) }),
		one("fan", "a humming fan; an air conditioner hums", "fan hum air ventilator household", func(r *rand.Rand) wave {
			return noise(2.4, r).low(600).gain(0.4).add(0, tone(2.4, steady(120), sine).gain(0.3)).times(func(t float64) float64 { return 0.8 + 0.2*math.Sin(tau*9*t) })
		}),
		one("ticking clock", "a clock ticks; tick tock of an old clock", "clock tick tock time seconds watch", func(r *rand.Rand) wave {
			var w wave
			for i := range 6 {
				w = w.add(0.45*float64(i), metal(0.03, 1900+600*float64(i%2), 3800)(r).add(0, noise(0.01, r).gain(0.3)))
			}
			return w
		}),
		one("typewriter", "typing on a typewriter; keys clatter and a bell rings", "typing keys office write clatter", func(r *rand.Rand) wave {
			var w wave
			for i := range 12 {
				w = w.add(0.13*float64(i)+0.05*r.Float64(), noise(0.05, r).band(steady(2100), 2).times(fall(0.01)))
			}
			return w.add(1.75, metal(0.5, 2400, 4870)(r).gain(0.3))
		}),
		one("keyboard typing", "fingers type on a computer keyboard; soft clicking of keys", "computer keys click office type", func(r *rand.Rand) wave {
			var w wave
			for i := range 20 {
				w = w.add(0.11*float64(i)+0.06*r.Float64(), noise(0.03, r).band(steady(1200+900*r.Float64()), 1.4).times(fall(0.006)).gain(0.4+r.Float64()))
			}
			return w
		}),
		one("camera shutter", "a photo is taken; click of a camera", "camera photo click shutter picture", func(r *rand.Rand) wave {
			return noise(0.06, r).high(2000).times(fall(0.008)).add(0.09, noise(0.08, r).band(steady(2600), 2).times(fall(0.015)))
		}),
		one("zipper", "a zip is pulled up; closing a jacket", "zip jacket clothes close", func(r *rand.Rand) wave {
			return noise(0.9, r).high(2500).times(func(t float64) float64 { return square(math.Mod(t*(60+90*t), 1))*0.5 + 0.5 })
		}),
		one("creaking door", "an old door creaks open; a squeaky hinge", "door creak squeak hinge haunted", func(r *rand.Rand) wave {
			return tone(2.2, func(t float64) float64 { return 28 + 60*math.Sin(math.Pi*t/2.2) }, pulse).band(func(t float64) float64 { return 700 + 500*math.Sin(1.5*t) }, 5)
		}),
		one("door slam", "a door is slammed shut; a loud bang of a door", "door bang shut slam", func(r *rand.Rand) wave {
			return noise(0.9, r).low(300).gain(3).times(fall(0.12)).add(0, tone(0.4, steady(70), sine).times(fall(0.1)))
		}),
		one("breaking glass", "glass shatters; a window breaks into pieces", "glass shatter break smash window", func(r *rand.Rand) wave {
			w := noise(0.4, r).high(2500).times(fall(0.06))
			for range 40 {
				w = w.add(0.05+1.1*r.Float64()*r.Float64(), metal(0.06, 2500+4000*r.Float64(), 3000+3500*r.Float64())(r).gain(0.25))
			}
			return w
		}),
	}
}
