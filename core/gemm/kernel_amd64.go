package gemm

import "unsafe"

// geometry is what the driver knows of a set of generated kernels.
type geometry struct {
	lanes    int    // elements of a vector
	rows     int    // of the main tile, which works on packed operands
	panel    int    // columns of the main tile: the width of a panel of packed B
	strip    int    // columns of a transposed A that are packed together
	dotRows  int    // most rows of A in one pass of dot products
	tileRows [5]int // by vectors of a row (1, 2 or 4): most rows of a tile
}

// transposePanel writes k elements of each of cols rows of B, stride elements
// apart, as a panel. Columns from cols on are not all defined.
func (kn kernels) transposePanel(k int, src *float32, stride int, panel []float32, cols int) {
	g := &geometries[kn]
	lanes, width := g.lanes, g.panel
	var rows [16]*float32
	quads := k &^ 3
	for j0 := 0; j0 < cols; j0 += lanes {
		for l := range lanes {
			rows[l] = offset(src, min(j0+l, cols-1)*stride)
		}
		switch {
		case quads == 0:
		case kn == avx512:
			transposeAVX512(quads, &rows, &panel[j0], 4*width)
		default:
			transposeAVX2(quads, (*[8]*float32)(rows[:8]), &panel[j0], 4*width)
		}
		for p := quads; p < k; p++ {
			for l := range lanes {
				panel[p*width+j0+l] = *offset(rows[l], p)
			}
		}
	}
}

// offset returns the address of the i-th element after p.
func offset(p *float32, i int) *float32 {
	return (*float32)(unsafe.Add(unsafe.Pointer(p), 4*i))
}
