package feature

import "math"

// Histograms of oriented gradients (Dalal and Triggs 2005) of the lightness,
// 9 orientations without sign, in cells of a grid, normalised over blocks of
// 2 x 2 cells, of which each cell keeps the mean.
const orientations = 9

// gradients appends cells²·orientations values.
func gradients(dst []float32, p *plane, cells int) []float32 {
	hist := make([]float64, cells*cells*orientations)
	l := p.lab[0]
	for y := 1; y < p.h-1; y++ {
		for x := 1; x < p.w-1; x++ {
			i := y*p.w + x
			dx, dy := float64(l[i+1]-l[i-1]), float64(l[i+p.w]-l[i-p.w])
			m := math.Hypot(dx, dy)
			if m == 0 {
				continue
			}
			a := math.Atan2(dy, dx) / math.Pi * orientations
			if a < 0 {
				a += orientations
			}
			o := int(a)
			of := a - float64(o)
			cy, fy := between(y, p.h, cells)
			cx, fx := between(x, p.w, cells)
			for k := range 8 {
				wy, wx, wo := 1-fy, 1-fx, 1-of
				yy, xx, oo := cy, cx, o%orientations
				if k&1 != 0 {
					wy, yy = fy, cy+1
				}
				if k&2 != 0 {
					wx, xx = fx, cx+1
				}
				if k&4 != 0 {
					wo, oo = of, (o+1)%orientations
				}
				if yy >= 0 && yy < cells && xx >= 0 && xx < cells {
					hist[(yy*cells+xx)*orientations+oo] += m * wy * wx * wo
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
			var norms []float64
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
