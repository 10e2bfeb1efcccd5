package synth

import (
	"math"
	"math/rand/v2"
)

// beeps repeats a tone: seconds on, seconds off.
func beeps(n int, on, off, f float64, osc func(float64) float64) wave {
	var w wave
	for i := range n {
		w = w.add((on+off)*float64(i), tone(on, steady(f), osc).times(swell(0.004, on, 0.004)))
	}
	return w
}

// notes plays semitones above the root, one after the other.
func notes(root, step float64, osc func(float64) float64, decay float64, semis ...float64) wave {
	var w wave
	for i, s := range semis {
		w = w.add(step*float64(i), tone(step*2.5, steady(root*math.Pow(2, s/12)), osc).times(fall(decay)))
	}
	return w
}

func signals() []Sound {
	one := func(title, captions, keywords string, f func(*rand.Rand) wave) Sound {
		return sound("signals", title, captions, keywords+" signal", f)
	}
	bell := func(f, decay float64) wave {
		return additive(f, min(decay*2, 3), []partial{{0.5, 0.5, decay}, {1, 1, decay}, {1.19, 0.6, decay / 2}, {1.5, 0.4, decay / 2}, {2, 0.7, decay / 2}, {2.74, 0.3, decay / 4}, {4.1, 0.3, decay / 5}})
	}
	return []Sound{
		one("police siren", "a siren wails up and down; a police car with its siren on", "siren police emergency alarm wail", func(*rand.Rand) wave {
			return tone(3, func(t float64) float64 { return 900 + 450*math.Sin(tau*0.55*t-1.5) }, tri)
		}),
		one("ambulance siren", "a two-tone siren; an ambulance drives by, high low high low", "siren ambulance emergency alarm hospital", func(*rand.Rand) wave {
			return tone(3, func(t float64) float64 { return 440 + 145*math.Mod(math.Floor(t/0.5), 2) }, square).low(2500)
		}),
		one("fire engine horn", "a fire truck sounds its horn; a deep two-tone horn", "fire truck horn emergency siren", func(*rand.Rand) wave {
			return tone(2.6, func(t float64) float64 { return 300 + 100*math.Mod(math.Floor(t/0.65), 2) }, saw).low(1500)
		}),
		one("alarm clock", "an alarm clock beeps; wake up, the alarm goes off", "alarm clock beep wake morning", func(*rand.Rand) wave {
			var w wave
			for i := range 3 {
				w = w.add(0.9*float64(i), beeps(4, 0.07, 0.07, 2050, square).low(5000))
			}
			return w
		}),
		one("smoke alarm", "a smoke detector shrieks; a piercing fire alarm", "alarm smoke fire detector shrill", func(*rand.Rand) wave { return beeps(4, 0.45, 0.2, 3100, sine) }),
		one("telephone ring", "an old telephone rings; the bell of a phone", "phone telephone ring bell call", func(*rand.Rand) wave {
			ring := tone(1, steady(1900), sine).add(0, tone(1, steady(2420), sine)).times(func(t float64) float64 { return 0.6 + 0.4*square(math.Mod(t*22, 1)) })
			return ring.add(1.5, append(wave(nil), ring...))
		}),
		one("mobile phone ringtone", "a cell phone rings with a little tune; a ringtone", "phone mobile cell ringtone call", func(*rand.Rand) wave {
			return notes(880, 0.13, square, 0.1, 0, 4, 7, 12, 7, 4, 0, 4, 7, 12, 7, 4).low(4000)
		}),
		one("dial tone", "the dial tone of a telephone; a steady line tone", "phone telephone dial line", func(*rand.Rand) wave { return tone(2, steady(350), sine).add(0, tone(2, steady(440), sine)) }),
		one("busy signal", "the line is busy; engaged tone of a telephone", "phone telephone busy engaged line", func(*rand.Rand) wave { return beeps(4, 0.35, 0.35, 425, sine) }),
		one("dialling a number", "keypad tones; somebody dials on a push-button phone", "phone dial keypad number tones", func(*rand.Rand) wave {
			var w wave
			for i, k := range [][2]float64{{697, 1209}, {770, 1336}, {852, 1477}, {941, 1336}, {697, 1477}, {770, 1209}, {852, 1336}} {
				w = w.add(0.3*float64(i), beeps(1, 0.18, 0, k[0], sine).add(0, beeps(1, 0.18, 0, k[1], sine)))
			}
			return w
		}),
		one("morse code", "SOS in morse code; short and long beeps of a telegraph", "morse sos telegraph radio beep", func(*rand.Rand) wave {
			w, at := wave{}, 0.0
			for _, n := range []float64{1, 1, 1, 3, 3, 3, 1, 1, 1} {
				w = w.add(at, beeps(1, 0.09*n, 0, 700, sine))
				at += 0.09*n + 0.09
			}
			return w
		}),
		one("car horn", "a car honks twice; beep beep of a car", "horn honk car beep traffic", func(*rand.Rand) wave {
			honk := func(d float64) wave {
				return tone(d, steady(392), saw).add(0, tone(d, steady(494), saw)).low(2500).times(swell(0.02, d, 0.03))
			}
			return honk(0.3).add(0.5, honk(0.7))
		}),
		one("ship horn", "a ship sounds its horn; a deep foghorn in the harbour", "ship horn foghorn boat harbour deep", func(*rand.Rand) wave {
			return tone(2.8, steady(82), saw).add(0, tone(2.8, steady(98.5), saw)).low(500).times(swell(0.3, 2.8, 0.5))
		}),
		one("bicycle bell", "a bicycle bell; ring ring of a bike", "bicycle bike bell ring", func(*rand.Rand) wave {
			var w wave
			for i := range 8 {
				w = w.add(0.08*float64(i)+0.5*float64(i/4), bell(2300, 0.25))
			}
			return w
		}),
		one("church bell", "a church bell tolls; a big bell rings slowly", "church bell toll ring tower", func(*rand.Rand) wave { return bell(220, 1.4).add(1.4, bell(220, 1.4)) }),
		one("hand bell", "a small bell is rung; ding of a reception bell", "bell ding ring service reception", func(*rand.Rand) wave { return bell(1568, 0.7) }),
		one("door bell", "ding dong, somebody is at the door; a doorbell with two notes", "doorbell ding dong door visitor bell", func(*rand.Rand) wave { return bell(660, 0.6).add(0.6, bell(523, 0.8)) }),
		one("wind chimes", "wind chimes tinkle; little bells in the wind", "chime wind tinkle bells garden", func(r *rand.Rand) wave {
			var w wave
			for range 14 {
				w = w.add(2*r.Float64(), bell(1047*math.Pow(2, []float64{0, 2, 4, 7, 9, 12}[r.IntN(6)]/12), 0.5).gain(0.3+r.Float64()))
			}
			return w
		}),
		one("grandfather clock chime", "a clock strikes the hour; the chimes of a big clock", "clock chime hour strike time", func(*rand.Rand) wave {
			var w wave
			for i, s := range []float64{4, 0, 2, -5} {
				w = w.add(0.6*float64(i), bell(523*math.Pow(2, s/12), 0.8))
			}
			return w
		}),
		one("school gong", "the school bell rings; an electric bell", "school bell break electric ring", func(*rand.Rand) wave {
			return tone(2, steady(1250), square).band(steady(1300), 3).times(func(t float64) float64 { return fall(0.02)(math.Mod(t, 1.0/18)) })
		}),
		one("airport announcement chime", "a chime before an announcement; bing bong at the airport", "chime announcement airport station bing bong", func(*rand.Rand) wave { return notes(440, 0.45, sine, 0.5, 7, 4, 0) }),
		one("microwave beep", "the microwave is done; three beeps of a kitchen timer", "microwave kitchen beep timer done", func(*rand.Rand) wave { return beeps(3, 0.4, 0.3, 2000, sine) }),
		one("heart monitor", "beeps of a hospital monitor; the pulse beeps, then a flat line", "hospital monitor beep pulse medical flatline", func(*rand.Rand) wave {
			return beeps(3, 0.09, 0.5, 1000, sine).add(1.8, tone(1.1, steady(1000), sine))
		}),
		one("sonar", "a submarine's sonar ping; ping under water with an echo", "sonar submarine ping echo underwater", func(*rand.Rand) wave { return tone(0.9, steady(1450), sine).times(fall(0.2)).echo(0.7, 0.35, 2) }),
		one("geiger counter", "a geiger counter crackles; clicking of radiation", "geiger radiation click radioactive crackle", func(r *rand.Rand) wave {
			w := make(wave, int(2.6*Rate))
			for range 90 {
				w = w.add(2.5*math.Sqrt(r.Float64()), noise(0.004, r))
			}
			return w
		}),
		one("radio static", "static of a radio; hiss and crackle between stations", "radio static hiss noise tuning", func(r *rand.Rand) wave {
			return noise(2.4, r).add(0, tone(2.4, func(t float64) float64 { return 900 + 700*math.Sin(t*5) }, sine).gain(0.25))
		}),
		one("modem", "an old modem dials in; screeching data tones", "modem internet dialup data computer", func(r *rand.Rand) wave {
			g := gusts(30, r)
			return beeps(4, 0.1, 0.05, 1336, sine).add(0.6, tone(0.6, steady(2100), sine)).add(1.2, tone(1.5, func(t float64) float64 { return 1200 + 1200*math.Round(g(t)) }, sine).add(0, noise(1.5, r).gain(0.5)))
		}),
		one("referee whistle", "a referee blows the whistle; a shrill sports whistle", "whistle referee sport football shrill", func(r *rand.Rand) wave {
			return tone(1.2, func(t float64) float64 { return 2800 + 130*math.Sin(tau*38*t) }, sine).add(0, noise(1.2, r).high(2500).gain(0.15)).times(swell(0.03, 1.2, 0.08))
		}),
		one("train whistle", "the whistle of a steam train; a locomotive whistles twice", "train whistle locomotive steam railway", func(r *rand.Rand) wave {
			toot := func(d float64) wave {
				var w wave
				for _, f := range []float64{523, 622, 740} {
					w = w.add(0, tone(d, wobble(f, 6, 0.004), tri))
				}
				return w.add(0, noise(d, r).high(1500).gain(0.3)).times(swell(0.06, d, 0.15))
			}
			return toot(0.5).add(0.7, toot(1.4))
		}),
		one("rising sweep", "a tone that rises from low to high; a sine sweep upwards", "sweep rise up tone test", func(*rand.Rand) wave { return tone(2.4, glide(60, 6000, 2.4), sine) }),
		one("falling sweep", "a tone that falls from high to low; a sine sweep downwards", "sweep fall down tone test", func(*rand.Rand) wave { return tone(2.4, glide(6000, 60, 2.4), sine) }),
		one("test tone", "a plain steady sine tone; the test tone of a broadcaster", "sine tone steady pure test", func(*rand.Rand) wave { return tone(1.8, steady(1000), sine) }),
		one("white noise", "plain white noise; a steady hiss", "noise hiss white static", func(r *rand.Rand) wave { return noise(2, r) }),
		one("brown noise", "deep brown noise; a soft low roar to fall asleep with", "noise brown deep sleep roar", func(r *rand.Rand) wave { return noise(2.4, r).low(90) }),
	}
}
