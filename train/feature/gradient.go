package feature

import "math"

// Histograms of oriented gradients (Dalal and Triggs 2005) of the lightness,
// 9 orientations without sign, in cells of a grid, normalised over blocks of
// 2 x 2 cells, of which each cell keeps the mean.
const orientations = 9

// gradients appends cells²·orientations values.
func gradients(dst []float32, p *plane, cells int) []float32 {
	hist := make([]float64, cells*cells*orientations)
	// A row's pixels are shared among the cells across, from -1 to cells, and the
	// row then between those above and below.
	const width = orientations + 1 // the last is the first
	row := make([]float32, (cells+2)*width)
	before, after := make([]int, p.w), make([]float32, p.w)
	for x := range before {
		c, share := between(x, p.w, cells)
		before[x], after[x] = (c+1)*width, float32(share)
	}
	for y := 1; y < p.h-1; y++ {
		up, here, down := p.lab[0][(y-1)*p.w:][:p.w], p.lab[0][y*p.w:][:p.w], p.lab[0][(y+1)*p.w:][:p.w]
		clear(row)
		flat := true
		for x := 1; x < len(here)-1; x++ {
			dx, dy := here[x+1]-here[x-1], down[x]-up[x]
			if dx == 0 && dy == 0 {
				continue
			}
			flat = false
			m := float32(math.Sqrt(float64(dx*dx + dy*dy)))
			a := orientations * angle(dy, dx, &lines)
			o := min(int32(a), orientations-1)
			next := m * (a - float32(o))
			m -= next
			fx := after[x]
			bins := row[before[x]+int(o):][:width+2]
			bins[0] += m * (1 - fx)
			bins[1] += next * (1 - fx)
			bins[width] += m * fx
			bins[width+1] += next * fx
		}
		if flat {
			continue
		}
		cy, fy := between(y, p.h, cells)
		for x := range cells {
			bins := row[(x+1)*width:][:width]
			bins[0] += bins[orientations]
			if cy >= 0 {
				for o, v := range bins[:orientations] {
					hist[(cy*cells+x)*orientations+o] += (1 - fy) * float64(v)
				}
			}
			if cy+1 < cells {
				for o, v := range bins[:orientations] {
					hist[((cy+1)*cells+x)*orientations+o] += fy * float64(v)
				}
			}
		}
	}
	energy := make([]float64, cells*cells)
	for c := range energy {
		for _, v := range hist[c*orientations : (c+1)*orientations] {
			energy[c] += v * v
		}
	}
	const floor = 1e-2 // of a block's norm: flat areas stay near zero
	area := float64(p.w*p.h) / float64(cells*cells)
	for y := range cells {
		for x := range cells {
			var room [4]float64
			norms := room[:0]
			for _, by := range []int{y - 1, y} {
				for _, bx := range []int{x - 1, x} {
					if by < 0 || bx < 0 || by+1 >= cells || bx+1 >= cells {
						continue
					}
					e := energy[by*cells+bx] + energy[by*cells+bx+1] + energy[(by+1)*cells+bx] + energy[(by+1)*cells+bx+1]
					norms = append(norms, math.Sqrt(e)+floor*area)
				}
			}
			for o := range orientations {
				v := 0.0
				for _, n := range norms {
					v += min(0.2, hist[(y*cells+x)*orientations+o]/n)
				}
				dst = append(dst, float32(v/float64(len(norms))))
			}
		}
	}
	return dst
}

// between places coordinate i of n among the centres of cells: the cell before, which may be -1, and the share of the next.
func between(i, n, cells int) (int, float64) {
	f := (float64(i)+0.5)*float64(cells)/float64(n) - 0.5
	c := math.Floor(f)
	return int(c), f - c
}
