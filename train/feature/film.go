package feature

import (
	"image"
	"math"
)

// The film descriptor: the mean descriptor of its frames, how they move, and the
// descriptor of its sound track, 0 without one.
const (
	motionGrid = 8 // of the energy's layout
	directions = 8
	motionDims = 2*motionGrid*motionGrid + 4*directions + 4
	seenDims   = pictureDims + motionDims
	filmDims   = seenDims + soundDims
)

func describeFilm(frames []*image.RGBA, wave []float32) []float32 {
	x := make([]float32, pictureDims, filmDims)
	halves := make([]*plane, len(frames))
	for i, f := range frames {
		p := squareOf(f)
		halves[i] = p.half()
		for j, v := range describePlane(p, halves[i]) {
			x[j] += v / float32(len(frames))
		}
		p.free()
	}
	x = motion(x, halves)
	for _, p := range halves {
		p.free()
	}
	if len(wave) == 0 {
		return x[:filmDims]
	}
	return append(x, describeSound(wave)...)
}

// motion appends what changes between neighbouring frames: the mean and the
// deviation of the squared difference of lightness in each cell of a grid, a
// histogram of directions in each quarter (of the normal flow -dL/dt·∇L, so
// without solving for the flow), and the mean, deviation, maximum and minimum of
// the total over time.
func motion(dst []float32, planes []*plane) []float32 {
	const cells = motionGrid * motionGrid
	mean, square := make([]float64, cells), make([]float64, cells)
	turn := make([]float64, 4*directions)
	var total []float64
	for t := 1; t < len(planes); t++ {
		a, b := planes[t-1], planes[t]
		energy := make([]float64, cells)
		for y := 1; y < a.h-1; y++ {
			for x := 1; x < a.w-1; x++ {
				i := y*a.w + x
				d := float64(b.lab[0][i] - a.lab[0][i])
				if d == 0 {
					continue
				}
				energy[y*motionGrid/a.h*motionGrid+x*motionGrid/a.w] += d * d
				gx := float64(b.lab[0][i+1] - b.lab[0][i-1])
				gy := float64(b.lab[0][i+a.w] - b.lab[0][i-a.w])
				if gx == 0 && gy == 0 {
					continue
				}
				way := angle(float32(-d*gy), float32(-d*gx), &begins) * directions / 2
				quarter := y*2/a.h*2 + x*2/a.w
				turn[quarter*directions+int(way)%directions] += math.Abs(d) * math.Sqrt(gx*gx+gy*gy)
			}
		}
		var sum float64
		for c, e := range energy {
			e = math.Sqrt(e * cells / float64(a.w*a.h))
			mean[c] += e
			square[c] += e * e
			sum += e / cells
		}
		total = append(total, sum)
	}
	n := max(1, float64(len(total)))
	for _, m := range mean {
		dst = append(dst, float32(m/n))
	}
	for c, m := range mean {
		dst = append(dst, deviation(m/n, square[c]/n))
	}
	var all float64
	for _, v := range turn {
		all += v
	}
	for _, v := range turn {
		dst = append(dst, float32(math.Sqrt(v/max(all, 1e-9))))
	}
	m, d, lo, hi := spreadOf(total)
	return append(dst, m, d, lo, hi)
}

// deviation is the standard deviation from a mean and a mean square.
func deviation(mean, square float64) float32 {
	return float32(math.Sqrt(max(0, square-mean*mean)))
}

// spreadOf returns mean, deviation, minimum and maximum; zeros for nothing.
func spreadOf(x []float64) (mean, dev, lo, hi float32) {
	if len(x) == 0 {
		return
	}
	var sum, square float64
	least, most := x[0], x[0]
	for _, v := range x {
		sum += v
		square += v * v
		least, most = min(least, v), max(most, v)
	}
	n := float64(len(x))
	return float32(sum / n), deviation(sum/n, square/n), float32(least), float32(most)
}
