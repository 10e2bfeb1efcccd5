package synth

import (
	"math"
	"math/rand/v2"
)

func games() []Sound {
	one := func(title, captions, keywords string, f func(*rand.Rand) wave) Sound {
		return sound("games", title, captions, keywords+" game effect", f)
	}
	return []Sound{
		one("coin pickup", "a coin is collected in a video game; bling of a coin", "coin money bling collect arcade", func(*rand.Rand) wave {
			return tone(0.08, steady(988), square).add(0.08, tone(0.6, steady(1319), square).times(fall(0.18)))
		}),
		one("jump", "a figure jumps in a video game; boing upwards", "jump hop boing arcade", func(*rand.Rand) wave { return tone(0.35, glide(220, 900, 0.3), square).times(fall(0.2)) }),
		one("power up", "the player gets stronger; a rising arcade tune", "powerup bonus rise arcade", func(*rand.Rand) wave {
			return notes(392, 0.07, square, 0.08, 0, 4, 7, 12, 1, 5, 8, 13, 2, 6, 9, 14)
		}),
		one("game over", "the game is lost; a sad falling tune", "over lose fail sad arcade", func(*rand.Rand) wave { return notes(392, 0.3, square, 0.25, 0, -1, -2, -3, -15) }),
		one("level complete", "the level is done; a short victory tune", "win victory level success arcade", func(*rand.Rand) wave { return notes(523, 0.14, square, 0.15, 0, 4, 7, 12, 7, 12) }),
		one("laser shot", "a laser gun fires; pew pew from space", "laser shoot gun space pew", func(*rand.Rand) wave {
			p := tone(0.3, glide(2600, 180, 0.25), saw).times(fall(0.1))
			return p.add(0.4, append(wave(nil), p...))
		}),
		one("explosion", "a bomb explodes; a big boom", "bomb boom blast bang", func(r *rand.Rand) wave {
			return noise(2.2, r).low(600).gain(2).times(fall(0.45)).add(0, tone(0.8, glide(110, 30, 0.5), sine).times(fall(0.3))).clip(2)
		}),
		one("ricochet", "a bullet bounces off a rock; a western gun shot with a whine", "bullet gun shot western bounce", func(r *rand.Rand) wave {
			return noise(0.2, r).times(fall(0.03)).add(0.08, tone(0.9, glide(2600, 900, 0.9), sine).times(fall(0.3)))
		}),
		one("ufo", "a flying saucer hovers; a warbling spaceship", "ufo alien space saucer hover", func(*rand.Rand) wave {
			return tone(2.4, func(t float64) float64 { return 700 + 250*math.Sin(tau*7*t) }, sine)
		}),
		one("teleport", "somebody is beamed away; a sparkling rise", "beam teleport magic sparkle", func(r *rand.Rand) wave {
			var w wave
			for i := range 40 {
				w = w.add(0.04*float64(i), tone(0.2, steady(400+60*float64(i)+500*r.Float64()), sine).times(fall(0.06)))
			}
			return w
		}),
		one("magic wand", "a fairy waves her wand; twinkling magic", "magic fairy twinkle sparkle spell", func(*rand.Rand) wave {
			return notes(1047, 0.05, sine, 0.2, 0, 2, 4, 7, 9, 12, 14, 16, 19, 21, 24, 26, 28)
		}),
		one("wrong answer", "a buzzer for a wrong answer; an error sound", "wrong error buzzer fail no", func(*rand.Rand) wave {
			return tone(0.8, steady(110), saw).add(0, tone(0.8, steady(116), saw)).low(1500)
		}),
		one("right answer", "ding, that is correct; a cheerful success sound", "right correct success yes ding", func(*rand.Rand) wave { return notes(784, 0.12, tri, 0.3, 0, 5) }),
		one("message notification", "a new message has come; a soft plop of a chat", "message notification chat mail alert", func(*rand.Rand) wave { return notes(880, 0.1, sine, 0.12, 0, 7) }),
		one("computer startup", "a computer starts; a warm chord as it boots", "computer startup boot chord", func(*rand.Rand) wave {
			var w wave
			for i, s := range []float64{0, 7, 12, 16, 19} {
				w = w.add(0.09*float64(i), tone(2.2, steady(196*math.Pow(2, s/12)), tri).times(fall(0.8)))
			}
			return w
		}),
		one("boing", "a spring bounces; a cartoon boing", "spring bounce cartoon funny", func(*rand.Rand) wave {
			return tone(1.4, func(t float64) float64 { return 160 * (1 + 0.5*math.Sin(tau*14*t)*fall(0.5)(t)) }, tri).times(fall(0.4))
		}),
		one("slide whistle up", "a slide whistle goes up; a cartoon rise", "slide whistle up rise cartoon funny", func(*rand.Rand) wave { return tone(1, glide(500, 1900, 1), sine).times(swell(0.05, 1, 0.1)) }),
		one("slide whistle down", "a slide whistle goes down; something falls in a cartoon", "slide whistle down fall cartoon funny", func(*rand.Rand) wave { return tone(1.2, glide(1900, 350, 1.2), sine).times(swell(0.05, 1.2, 0.1)) }),
		one("pop", "a bubble pops; a cork comes out", "pop bubble cork plop", func(*rand.Rand) wave { return tone(0.15, glide(300, 1200, 0.06), sine).times(fall(0.025)) }),
		one("bouncing ball", "a ball bounces, faster and faster; a table tennis ball on the floor", "ball bounce table tennis sport", func(r *rand.Rand) wave {
			w, at, gap := wave{}, 0.0, 0.5
			for range 14 {
				w = w.add(at, metal(0.03, 700, 1450)(r).gain(gap*2))
				at += gap
				gap *= 0.8
			}
			return w
		}),
		one("rolling dice", "dice roll on a table; dice are thrown", "dice roll table board throw", func(r *rand.Rand) wave {
			var w wave
			for i := range 12 {
				w = w.add(0.09*float64(i)+0.05*r.Float64(), metal(0.02, 900+800*r.Float64(), 2600)(r).gain(1-0.06*float64(i)))
			}
			return w
		}),
		one("record scratch", "a record is scratched; a disc jockey scratches", "scratch record vinyl dj", func(r *rand.Rand) wave {
			return noise(0.9, r).band(func(t float64) float64 { return 400 + 1800*math.Abs(math.Sin(tau*2.2*t)) }, 4).times(func(t float64) float64 { return math.Abs(math.Sin(tau * 2.2 * t)) })
		}),
		one("trombone fail", "wah wah waaah; the sad trombone of failure", "trombone fail sad funny lose", func(*rand.Rand) wave {
			w, at := wave{}, 0.0
			for i, f := range []float64{294, 277, 262, 247} {
				d := 0.4
				if i == 3 {
					d = 1.3
				}
				w = w.add(at, tone(d, wobble(f, 5, 0.02), saw).band(func(t float64) float64 { return 500 + 700*math.Sin(math.Pi*min(1, t/d)) }, 2).times(swell(0.04, d, 0.08)))
				at += d + 0.02
			}
			return w
		}),
	}
}
