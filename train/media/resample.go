package media

import "math"

// Resampling by a windowed sinc in polyphase form (J. O. Smith, "Digital Audio
// Resampling", https://ccrma.stanford.edu/~jos/resample/): output n lies at
// position n·from/to of the input, and the filter for each of the fractions
// that occur is computed once.
const (
	zeroCrossings = 24   // of the sinc on either side, at the lower of the two rates
	rollOff       = 0.94 // of the lower Nyquist frequency, where the filter is at one half
	kaiserBeta    = 8.0  // stop band about 80 dB down
	maxPhases     = 1024 // a rate with more fractions takes the nearest of these
)

// resample brings x from rate (Hz) to Rate.
func resample(x []float32, rate int) []float32 { return Resample(x, rate, Rate) }

// Resample brings a recording from one rate (Hz) to another.
func Resample(x []float32, from, to int) []float32 {
	if from == to {
		return x
	}
	g := gcd(to, from)
	up, down := to/g, from/g
	phases := min(up, maxPhases)
	scale := min(1, float64(to)/float64(from)) // of the band that is kept
	half := int(math.Ceil(zeroCrossings / scale))
	filter := make([][]float32, phases)
	out := make([]float32, (len(x)*up+down-1)/down)
	for n := range out {
		at := n * down / up
		phase := (n*down%up*phases + up/2) / up
		if phase == phases { // rounded to the next sample
			at, phase = at+1, 0
		}
		if filter[phase] == nil {
			filter[phase] = sincFilter(float64(phase)/float64(phases), half, scale)
		}
		// filter[k] weighs x[at-half+1+k]
		first := at - half + 1
		lo, hi := max(0, -first), min(2*half, len(x)-first)
		var sum float32
		if lo < hi {
			h := filter[phase][lo:hi]
			for k, v := range x[first+lo : first+hi] {
				sum += v * h[k]
			}
		}
		out[n] = max(-1, min(1, sum))
	}
	return out
}

// sincFilter is the filter of 2·half taps for a fraction in [0,1) of a sample, of sum 1.
func sincFilter(fraction float64, half int, scale float64) []float32 {
	h := make([]float64, 2*half)
	var sum float64
	for k := range h {
		t := float64(k-half+1) - fraction // distance from the centre, in input samples
		w := t / float64(half)
		if w <= -1 || w >= 1 {
			continue
		}
		a := math.Pi * t * scale * rollOff
		sinc := 1.0
		if a != 0 {
			sinc = math.Sin(a) / a
		}
		h[k] = sinc * bessel0(kaiserBeta*math.Sqrt(1-w*w))
		sum += h[k]
	}
	out := make([]float32, len(h))
	for k := range h {
		out[k] = float32(h[k] / sum)
	}
	return out
}

// bessel0 is the modified Bessel function of the first kind of order 0, by its power series.
func bessel0(x float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1.0; term > 1e-12*sum; k++ {
		term *= (x / 2 / k) * (x / 2 / k)
		sum += term
	}
	return sum
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
