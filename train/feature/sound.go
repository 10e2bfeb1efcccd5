package feature

import (
	"math"
	"sync"

	"ace/train/media"
)

// The sound descriptor: how its spectrum is on the whole and how it moves
// (64 mel bands, windows of 25 ms every 10 ms), which notes sound, and how
// loudness runs over time. Loudness itself is one number; the rest is that of
// the sound brought to one level.
const (
	melBands    = 64
	window, hop = 400, 160
	fftSize     = 512
	noteWindow  = 4096 // 256 ms: tells semitones apart from about 130 Hz on
	firstNote   = 36   // C2, 65 Hz
	notes       = 72   // six octaves
	envelope    = 16   // parts of the time course
	courseBands = 16
	courseParts = 8
	rhythm      = 16 // bands of the envelope's own spectrum
	soundDims   = 4*melBands + 8 + 2*notes + 12 + envelope + 2 + courseBands*courseParts + rhythm + 2
)

var (
	mel       = sync.OnceValue(func() filterBank { return melBank(melBands, 40, 7800, fftSize) })
	semitones = sync.OnceValue(func() filterBank { return semitoneBank(firstNote, notes, noteWindow) })
)

func describeSound(wave []float32) []float32 {
	var square float64
	for _, v := range wave {
		square += float64(v) * float64(v)
	}
	level := math.Sqrt(square / float64(len(wave)))
	gain := float32(0.1 / max(level, 1e-5))
	loud := make([]float32, len(wave))
	for i, v := range wave {
		loud[i] = v * gain
	}
	frames, energy, shape := melFrames(loud)
	x := make([]float32, 0, soundDims)
	x = bandStatistics(x, frames)
	for _, s := range shape {
		mean, dev, _, _ := spreadOf(s)
		x = append(x, mean, dev)
	}
	x = pitches(x, loud)
	x = timeCourse(x, frames, energy)
	return append(x, float32(math.Log10(level+1e-5)), float32(math.Log(float64(len(wave))/media.Rate)))
}

// melFrames returns the log-mel spectrum of each window, its energy and, over the windows,
// spectral centroid (log Hz), flatness (ratio of geometric to arithmetic mean,
// log), roll-off (log Hz below which lie 85 %) and zero crossings (share of samples).
func melFrames(wave []float32) (frames [][]float64, energy []float64, shape [4][]float64) {
	at := 0
	spectrogram(wave, window, hop, fftSize, func(power []float64) {
		bands := make([]float64, melBands)
		mel().apply(bands, power)
		all := 0.0
		for i, v := range bands {
			v += 1e-5
			all += v
			bands[i] = math.Log(v)
		}
		frames, energy = append(frames, bands), append(energy, all)
		var sum, moment, logs float64
		several := 1.0 // one logarithm for several
		for i, v := range power {
			sum += v
			moment += v * float64(i)
			if several *= v + 1e-10; i%8 == 7 {
				logs += math.Log(several)
				several = 1
			}
		}
		logs += math.Log(several)
		n, hz := float64(len(power)), float64(media.Rate)/fftSize
		shape[0] = append(shape[0], math.Log(50+hz*moment/(sum+1e-9)))
		shape[1] = append(shape[1], logs/n-math.Log(sum/n+1e-10))
		part, k := 0.0, 0
		for ; k < len(power)-1 && part+power[k] < 0.85*sum; k++ {
			part += power[k]
		}
		shape[2] = append(shape[2], math.Log(50+hz*float64(k)))
		part = 0
		w := wave[at:min(at+window, len(wave))]
		for i := 1; i < len(w); i++ {
			if (w[i] < 0) != (w[i-1] < 0) {
				part++
			}
		}
		shape[3] = append(shape[3], part/float64(len(w)))
		at += hop
	})
	return frames, energy, shape
}

// bandStatistics appends of each band the mean, the deviation, the mean change
// from window to window and the level of the loudest tenth.
func bandStatistics(dst []float32, frames [][]float64) []float32 {
	column := make([]float64, len(frames))
	var devs, change, peak []float32
	for b := range melBands {
		var delta float64
		for t, f := range frames {
			column[t] = f[b]
			if t > 0 {
				delta += math.Abs(f[b] - frames[t-1][b])
			}
		}
		mean, dev, _, _ := spreadOf(column)
		dst, devs = append(dst, mean), append(devs, dev)
		change = append(change, float32(delta/float64(len(frames))))
		peak = append(peak, float32(quantile(column, 0.9))) // which puts it in order
	}
	return append(append(append(dst, devs...), change...), peak...)
}

// pitches appends the mean level of each semitone, the same as a share of the
// strongest, and the twelve pitch classes.
func pitches(dst []float32, wave []float32) []float32 {
	sum := make([]float64, notes)
	energy := make([]float64, notes)
	class := make([]float64, 12)
	n := 0.0
	spectrogram(wave, noteWindow, noteWindow/2, noteWindow, func(power []float64) {
		semitones().apply(energy, power)
		for i, e := range energy {
			sum[i] += e
		}
		n++
	})
	most, all := 1e-9, 1e-9
	for i, e := range sum {
		most = max(most, e)
		all += e
		class[i%12] += e
		dst = append(dst, float32(math.Log(e/n+1e-5)))
	}
	for _, e := range sum {
		dst = append(dst, float32(math.Sqrt(e/most)))
	}
	for _, e := range class {
		dst = append(dst, float32(math.Sqrt(e/all)))
	}
	return dst
}
