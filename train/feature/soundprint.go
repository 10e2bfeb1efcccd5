package feature

import (
	"math"
	"sync"

	"ace/train/media"
)

// The print of a sound, as media.Duplicates compares them: how loud each of
// media.SoundBands is in each of media.SoundParts of its course, in steps of a
// quarter of a decibel below the loudest. Silence before and after, which encoders
// add, is left out, and so is how loud the whole is.
const (
	printWindow  = 2048
	printHop     = 1024
	printDeepest = 60.0 // dB below the loudest, where a print's values begin
	printSilence = 45.0 // dB below the loudest moment is silence
)

var printBands = sync.OnceValue(func() filterBank {
	edges := make([]float64, media.SoundBands+2)
	for i := range edges {
		edges[i] = 60 * math.Pow(7500/60.0, float64(i)/float64(len(edges)-1))
	}
	return triangles(edges, printWindow)
})

// soundPrint is that of a sound at media.Rate; nil of silence.
func soundPrint(wave []float32) []byte {
	wave = sounding(wave)
	if wave == nil {
		return nil
	}
	var frames [][]float64
	spectrogram(wave, printWindow, printHop, printWindow, func(power []float64) {
		bands := make([]float64, media.SoundBands)
		printBands().apply(bands, power)
		frames = append(frames, bands)
	})
	most := 1e-12
	cells := make([]float64, 0, media.SoundParts*media.SoundBands)
	for p := range media.SoundParts {
		first, last := span(p, media.SoundParts, len(frames))
		for b := range media.SoundBands {
			sum := 0.0
			for _, f := range frames[first:last] {
				sum += f[b]
			}
			cells = append(cells, sum/float64(last-first))
			most = max(most, cells[len(cells)-1])
		}
	}
	out := make([]byte, len(cells))
	for i, v := range cells {
		below := -10 * math.Log10(max(v/most, 1e-12))
		out[i] = byte(max(0, 255*(1-below/printDeepest)))
	}
	return out
}

// sounding cuts off the silence at both ends; nil: there is nothing else.
func sounding(wave []float32) []float32 {
	var loud []float64 // of each hundredth of a second
	most := 1e-9
	for at := 0; at < len(wave); at += hop {
		sum := 0.0
		for _, v := range wave[at:min(at+hop, len(wave))] {
			sum += float64(v) * float64(v)
		}
		loud = append(loud, sum)
		most = max(most, sum)
	}
	silence := most * math.Pow(10, -printSilence/10)
	from, to := 0, len(loud)
	for from < to && loud[from] < silence {
		from++
	}
	for from < to && loud[to-1] < silence {
		to--
	}
	if from == to {
		return nil
	}
	return wave[from*hop : min(to*hop, len(wave))]
}
