package feature

import (
	"math"

	"ace/train/media"
)

// spectrogram calls f with the power spectrum of each window of n samples
// (Hann), hop samples apart; a shorter wave is one window.
func spectrogram(wave []float32, n, hop, size int, f func(power []float64)) {
	hann, plan := hannOf(n), transformOf(size)
	room, power := make([]complex128, size), make([]float64, size/2+1)
	for at := 0; at == 0 || at+n <= len(wave); at += hop {
		part := wave[at:min(at+n, len(wave))]
		pairs, window := room[:len(part)/2], hann[:len(part)]
		for i := range pairs {
			pairs[i] = complex(float64(part[2*i])*window[2*i], float64(part[2*i+1])*window[2*i+1])
		}
		clear(room[len(pairs) : size/2])
		if k := len(part) - 1; k%2 == 0 {
			room[k/2] = complex(float64(part[k])*window[k], 0)
		}
		plan.power(power, room)
		f(power)
	}
}

// filterBank weighs the bins of a spectrum into bands.
type filterBank []struct {
	from    int
	weights []float64
}

// apply sets dst to the energy of each band.
func (b filterBank) apply(dst, power []float64) {
	for i, f := range b {
		dst[i] = 0
		for k, w := range f.weights {
			dst[i] += w * power[f.from+k]
		}
	}
}

// triangles makes bands whose centres lie at the given frequencies (Hz), from
// the neighbour below to the one above: edges[i], edges[i+1], edges[i+2].
func triangles(edges []float64, size int) filterBank {
	bank := make(filterBank, len(edges)-2)
	hz := float64(media.Rate) / float64(size)
	for i := range bank {
		lo, mid, hi := edges[i]/hz, edges[i+1]/hz, edges[i+2]/hz
		f := &bank[i]
		f.from = int(math.Round(mid))
		for k := int(math.Floor(lo)); k <= min(int(math.Ceil(hi)), size/2); k++ {
			w := min((float64(k)-lo)/(mid-lo), (hi-float64(k))/(hi-mid))
			if w <= 0 {
				continue
			}
			if len(f.weights) == 0 {
				f.from = k
			}
			f.weights = append(f.weights, w)
		}
		if len(f.weights) == 0 { // narrower than a bin
			f.weights = []float64{1}
		}
	}
	return bank
}

// melBank is bands equally spaced on the mel scale 2595·log10(1+f/700) (O'Shaughnessy 1987).
func melBank(bands int, lo, hi float64, size int) filterBank {
	mel := func(f float64) float64 { return 2595 * math.Log10(1+f/700) }
	edges := make([]float64, bands+2)
	for i := range edges {
		m := mel(lo) + (mel(hi)-mel(lo))*float64(i)/float64(bands+1)
		edges[i] = 700 * (math.Pow(10, m/2595) - 1)
	}
	return triangles(edges, size)
}

// semitoneBank is one band a semitone of the tempered scale (a' = 440 Hz),
// from MIDI note first on.
func semitoneBank(first, notes, size int) filterBank {
	edges := make([]float64, notes+2)
	for i := range edges {
		edges[i] = 440 * math.Pow(2, float64(first+i-1-69)/12)
	}
	return triangles(edges, size)
}
