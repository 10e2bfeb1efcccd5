package synth

import "math/rand/v2"

func kick(*rand.Rand) wave {
	return tone(0.5, func(t float64) float64 { return 45 + 140*fall(0.03)(t) }, sine).times(fall(0.16))
}

func snare(r *rand.Rand) wave {
	return noise(0.4, r).high(1200).times(fall(0.07)).add(0, tone(0.3, glide(240, 170, 0.1), tri).times(fall(0.05)).gain(0.7))
}

func hat(seconds float64) func(r *rand.Rand) wave {
	return func(r *rand.Rand) wave { return noise(seconds*4, r).high(5000).high(5000).times(fall(seconds)) }
}

func tom(f float64) func(r *rand.Rand) wave {
	return func(r *rand.Rand) wave {
		return tone(0.8, glide(f*1.4, f, 0.2), sine).times(fall(0.2)).add(0, noise(0.05, r).low(900).gain(0.4))
	}
}

func metal(seconds float64, ratios ...float64) func(r *rand.Rand) wave {
	return func(r *rand.Rand) wave {
		var parts []partial
		for i, f := range ratios {
			parts = append(parts, partial{f, 1 / (1 + 0.3*float64(i)), seconds / (1 + 0.25*float64(i))})
		}
		return additive(1, min(seconds*3, 3), parts)
	}
}

// pattern plays a bar given as one line a voice: x hits, . rests.
func pattern(step float64, r *rand.Rand, voices map[string]func(*rand.Rand) wave, order []string, bars int) wave {
	var w wave
	for bar := range bars {
		for _, line := range order {
			for i, c := range line {
				if c == 'x' {
					w = w.add(step*float64(bar*len(line)+i), voices[line](r))
				}
			}
		}
	}
	return w
}

func drums() []Sound {
	one := func(title, captions, keywords string, f func(*rand.Rand) wave) Sound {
		return sound("drums", title, captions, keywords+" drum percussion hit", f)
	}
	beat := func(title, captions, keywords string, step float64, k, s, h string) Sound {
		return sound("drums", title, captions, keywords+" drums beat rhythm loop", func(r *rand.Rand) wave {
			v := map[string]func(*rand.Rand) wave{k: kick, s: snare, h: hat(0.02)}
			return pattern(step, r, v, []string{k, s, h}, max(1, int(2.8/(step*float64(len(k))))))
		})
	}
	return []Sound{
		one("bass drum", "a kick drum; one deep thump of the big drum", "kick thump boom low", kick),
		one("snare drum", "a snare hit; a sharp crack on the snare drum", "crack rattle sharp", snare),
		one("closed hi-hat", "a short tick of the hi-hat; the closed cymbals tick once", "hihat tick cymbal short", hat(0.02)),
		one("open hi-hat", "the open hi-hat sizzles; a long hissing cymbal", "hihat sizzle cymbal hiss", hat(0.25)),
		one("low tom", "a floor tom; a low round drum hit", "floor round low", tom(75)),
		one("high tom", "a small tom; a high round drum hit", "rack round high", tom(170)),
		one("crash cymbal", "a cymbal crash; somebody hits the big cymbal", "splash metal loud", func(r *rand.Rand) wave {
			return noise(2.4, r).high(3500).times(fall(0.6)).add(0, metal(0.8, 3121, 4177, 5233, 6011)(r).gain(0.2))
		}),
		one("gong", "a large gong is struck; a deep metallic gong that rings for long", "metal ring deep temple", metal(1.4, 78, 131, 187, 244, 319, 423, 571, 803)),
		one("triangle", "a ting of the triangle; a clear high metal ring", "ting metal high ring", metal(0.9, 2637, 5480, 6930)),
		one("cowbell", "a cowbell is hit; a dry clank of a bell", "clank bell metal", func(*rand.Rand) wave {
			return tone(0.6, steady(562), square).add(0, tone(0.6, steady(845), square)).band(steady(900), 2).times(fall(0.09))
		}),
		one("wood block", "a knock on a wood block; a dry wooden click", "wood knock click", metal(0.05, 880, 1700, 2650)),
		one("tambourine", "a shake of the tambourine; jingling little cymbals", "jingle shake", func(r *rand.Rand) wave {
			return noise(0.7, r).high(6000).times(fall(0.1)).add(0.12, noise(0.4, r).high(6000).times(fall(0.06)).gain(0.6)).add(0, metal(0.2, 5100, 6300, 7000)(r).gain(0.2))
		}),
		one("maracas", "shaking maracas; a rattle of seeds", "shaker rattle seeds", func(r *rand.Rand) wave {
			var w wave
			for i := range 8 {
				w = w.add(0.2*float64(i), noise(0.12, r).high(4500).times(swell(0.05, 0.12, 0.05)))
			}
			return w
		}),
		one("hand clap", "one clap of hands; a single clap", "clap hands", func(r *rand.Rand) wave {
			w := noise(0.3, r).band(steady(1300), 1.5).times(fall(0.07))
			for i := range 3 {
				w = w.add(0.011*float64(i), noise(0.02, r).band(steady(1300), 1.5).times(fall(0.006)))
			}
			return w
		}),
		one("timpani", "a kettle drum; a roll on the timpani", "kettle roll orchestra", func(r *rand.Rand) wave {
			var w wave
			for i := range 22 {
				w = w.add(0.075*float64(i), metal(0.5, 98, 147, 196, 245)(r).gain(0.3+0.03*float64(i)))
			}
			return w
		}),
		one("bongo", "two bongo drums; quick taps on bongos", "bongos tap hand", func(r *rand.Rand) wave {
			var w wave
			for i, f := range []float64{320, 320, 230, 320, 230, 230, 320} {
				w = w.add(0.17*float64(i), tone(0.3, glide(f*1.2, f, 0.05), sine).times(fall(0.06)))
			}
			return w
		}),
		one("drum roll", "a snare drum roll; the drum rolls and gets louder", "roll suspense tension", func(r *rand.Rand) wave {
			var w wave
			for i := range 46 {
				w = w.add(0.042*float64(i), snare(r).gain(0.15+0.02*float64(i)))
			}
			return w.add(2.0, kick(r).gain(2))
		}),
		beat("rock beat", "a straight rock drum beat; drums play a rock rhythm", "rock four", 0.15, "x...x...x.x.x...", "....x.......x...", "x.x.x.x.x.x.x.x."),
		beat("waltz beat", "a waltz rhythm on drums; one two three, the drums play a waltz", "waltz three dance", 0.2, "x........x..", "...x..x.....", "..x..x..x..x"),
		beat("disco beat", "a disco drum loop; four on the floor dance drums", "disco dance techno house", 0.125, "x...x...x...x...", "....x.......x..x", "..x...x...x...x."),
		beat("fast drum loop", "a fast breakbeat; drums at high speed", "fast breakbeat jungle", 0.09, "x.x.......xx....", "....x..x.x..x..x", "x.x.x.x.x.x.x.x."),
		beat("marching drums", "drums of a marching band; a military march on the drums", "march parade military", 0.14, "x.......x.......", "x..xx.xxx..xx.x.", "........x......."),
	}
}
