package encoder

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/dsp/fourier"
)

// mel is a spectrum on the mel scale, a row a frame, as a network's front end makes it.
type mel struct {
	Rate, Frame, Hop, Size, Bands int // samples a second, of a frame, between frames, of the transform; rows are of Bands
	Low, High                     float64
	// Clap: CLAP's way, else YAMNet's. YAMNet: magnitudes, bands as triangles on
	// HTK's mel scale, logarithm of the sum and 0.001 (params.py and features.py of
	// https://github.com/tensorflow/models/tree/master/research/audioset/yamnet).
	// CLAP: powers, bands as triangles in Hz between points of Slaney's scale, of
	// area 1, decibels, frames about their middle with the ends mirrored
	// (ClapFeatureExtractor of transformers, with truncation "rand_trunc").
	Clap bool
}

// spectra is the front end that a configuration names.
func (c *config) spectra(bands int) (*mel, error) {
	switch {
	case c.Kind == "ClapFeatureExtractor":
		m := &mel{Rate: 48000, Frame: 1024, Hop: 480, Bands: bands, Low: 50, High: 14000, Clap: true}
		for _, f := range []struct {
			into *int
			from int
		}{{&m.Rate, c.SamplingRate}, {&m.Frame, c.FFTWindow}, {&m.Hop, c.HopLength}} {
			if f.from > 0 {
				*f.into = f.from
			}
		}
		if c.High > 0 {
			m.Low, m.High = c.Low, c.High
		}
		if c.Truncation == "fusion" {
			return nil, fmt.Errorf("it hears four sections of a sound at once, which cannot be made: export a model of truncation rand_trunc")
		}
		m.Size = m.Frame
		if m.Frame < 16 || m.Frame > 1<<16 || m.Hop < 1 {
			return nil, fmt.Errorf("%s: frames of %d samples every %d", configName, m.Frame, m.Hop)
		}
		return m, nil
	case c.Kind == "" && bands == 64:
		return &mel{Rate: 16000, Frame: 400, Hop: 160, Size: 512, Bands: bands, Low: 125, High: 7500}, nil
	case c.Kind == "":
		return nil, fmt.Errorf("it wants spectra of %d bands, and no %s beside it says how they are made", bands, configName)
	}
	return nil, fmt.Errorf("it wants spectra as %s makes them, which is not known here: export the model with its front end", c.Kind)
}

// samples is how many make a number of frames.
func (m *mel) samples(frames int) int {
	if m.Clap {
		return (frames - 1) * m.Hop
	}
	return (frames-1)*m.Hop + m.Frame
}

// spectra returns the rows of a recording [frames, Bands].
func (m *mel) spectra(x []float32) []float32 {
	frames, before := 1+max(0, len(x)-m.Frame)/m.Hop, 0
	if m.Clap {
		frames, before = 1+len(x)/m.Hop, m.Frame/2
	}
	window := make([]float64, m.Frame)
	for i := range window {
		window[i] = 0.5 - 0.5*math.Cos(2*math.Pi*float64(i)/float64(m.Frame))
	}
	bank := m.bank()
	fft := fourier.NewFFT(m.Size)
	in, out := make([]float64, m.Size), make([]complex128, m.Size/2+1)
	rows := make([]float32, 0, frames*m.Bands)
	for f := range frames {
		clear(in)
		for i, w := range window {
			if at := mirror(f*m.Hop-before+i, len(x)); at < len(x) {
				in[i] = w * float64(x[at])
			}
		}
		fft.Coefficients(out, in)
		for _, b := range bank {
			var sum float64
			for i, w := range b.weights {
				v := out[b.from+i]
				power := real(v)*real(v) + imag(v)*imag(v)
				if !m.Clap {
					power = math.Sqrt(power)
				}
				sum += w * power
			}
			if m.Clap {
				sum = 10 * math.Log10(max(sum, 1e-10))
			} else {
				sum = math.Log(sum + 0.001)
			}
			rows = append(rows, float32(sum))
		}
	}
	return rows
}

// mirror folds a place outside [0,n) back in.
func mirror(at, n int) int {
	if n < 2 {
		return 0
	}
	at = ((at % (2*n - 2)) + 2*n - 2) % (2*n - 2)
	return min(at, 2*n-2-at)
}

// band weighs the coefficients of a transform from one of them on.
type band struct {
	from    int
	weights []float64
}

func (m *mel) bank() []band {
	scale, back := htk, unHTK
	if m.Clap {
		scale, back = slaney, unSlaney
	}
	low, high := scale(m.Low), scale(m.High)
	edge := func(i int) float64 { return low + (high-low)*float64(i)/float64(m.Bands+1) }
	bank := make([]band, m.Bands)
	for i := range bank {
		a, b, c := edge(i), edge(i+1), edge(i+2)
		area := 1.0
		if m.Clap {
			a, b, c = back(a), back(b), back(c)
			area = 2 / (c - a)
		}
		for k := 0; k <= m.Size/2; k++ {
			at := float64(k) * float64(m.Rate) / float64(m.Size)
			if !m.Clap {
				at = scale(at)
			}
			w := min((at-a)/(b-a), (c-at)/(c-b)) * area
			if w <= 0 || k == 0 && !m.Clap {
				continue
			}
			if bank[i].weights == nil {
				bank[i].from = k
			}
			bank[i].weights = append(bank[i].weights, w)
		}
	}
	return bank
}

// The mel scale of HTK and that of Slaney's Auditory Toolbox, linear up to 1 kHz.
func htk(hz float64) float64  { return 1127 * math.Log1p(hz/700) }
func unHTK(m float64) float64 { return 700 * math.Expm1(m/1127) }
func slaney(hz float64) float64 {
	if hz < 1000 {
		return 3 * hz / 200
	}
	return 15 + 27*math.Log(hz/1000)/math.Log(6.4)
}

func unSlaney(m float64) float64 {
	if m < 15 {
		return 200 * m / 3
	}
	return 1000 * math.Exp((m-15)*math.Log(6.4)/27)
}
