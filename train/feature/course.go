package feature

import "math"

// timeCourse appends how a sound runs from its first window to its last: the
// envelope of its loudness in equal parts relative to the loudest, where its
// energy and its peak lie in time, the coarse spectrum of each part, and the spectrum of
// the envelope (the rhythm of barks, ticks and waves).
func timeCourse(dst []float32, frames [][]float64, energy []float64) []float32 {
	n := len(frames)
	loud := make([]float64, n) // of each window, linear
	for t, v := range energy {
		loud[t] = math.Sqrt(v)
	}
	parts := make([]float64, envelope)
	most, sum, when := 1e-9, 1e-9, 0.0
	for i := range parts {
		from, to := span(i, envelope, n)
		for _, v := range loud[from:to] {
			parts[i] += v / float64(to-from)
		}
		most = max(most, parts[i])
	}
	for _, v := range parts {
		dst = append(dst, float32(v/most))
	}
	peak := 0
	for t, v := range loud {
		sum += v
		when += v * float64(t)
		if v > loud[peak] {
			peak = t
		}
	}
	dst = append(dst, float32(when/sum/float64(n)), float32(math.Log(float64(peak+1))))
	for i := range courseParts {
		from, to := span(i, courseParts, n)
		for b := range courseBands {
			var v float64
			for _, f := range frames[from:to] {
				for _, e := range f[b*melBands/courseBands : (b+1)*melBands/courseBands] {
					v += e
				}
			}
			dst = append(dst, float32(v/float64((to-from)*melBands/courseBands)))
		}
	}
	return rhythmOf(dst, loud)
}

// span is part i of k equal ones of [0,n), at least one long.
func span(i, k, n int) (from, to int) {
	from = min(i*n/k, n-1)
	return from, max(from+1, min(n, (i+1)*n/k))
}

// rhythmOf appends the spectrum of an envelope of 100 values a second, as
// shares, in bands that double every fourth, 0.4 Hz and up.
func rhythmOf(dst []float32, loud []float64) []float32 {
	const size = 512
	bands := make([]float64, rhythm)
	var mean float64
	for _, v := range loud {
		mean += v / float64(len(loud))
	}
	plan := transformOf(size)
	power, room := make([]float64, size/2+1), make([]complex128, size)
	for at := 0; at == 0 || at+size <= len(loud); at += size / 2 {
		clear(room[:size/2])
		for i, v := range loud[at:min(at+size, len(loud))] {
			if i%2 == 0 {
				room[i/2] = complex(v-mean, 0)
			} else {
				room[i/2] += complex(0, v-mean)
			}
		}
		plan.power(power, room)
		for k := 2; k < len(power); k++ {
			b := int(math.Log2(float64(k)/2) * rhythm / 7)
			bands[min(b, rhythm-1)] += power[k]
		}
	}
	sum := 1e-12
	for _, v := range bands {
		sum += v
	}
	for _, v := range bands {
		dst = append(dst, float32(math.Sqrt(v/sum)))
	}
	return dst
}

// quantile returns the value below which the share q of x lies, and changes the
// order of x (C. A. R. Hoare, "Algorithm 65: Find", 1961).
func quantile(x []float64, q float64) float64 {
	k := int(q*float64(len(x)-1) + 0.5)
	for lo, hi := 0, len(x)-1; lo < hi; {
		pivot, i, j := x[k], lo, hi
		for i <= j {
			for x[i] < pivot {
				i++
			}
			for pivot < x[j] {
				j--
			}
			if i <= j {
				x[i], x[j] = x[j], x[i]
				i, j = i+1, j-1
			}
		}
		if j < k {
			lo = i
		}
		if k < i {
			hi = j
		}
	}
	return x[k]
}
