package gemm

import "unsafe"

// geometry is what the driver knows of a set of generated kernels; asm/isa.go
// has the same numbers.
type geometry struct {
	lanes    int    // elements of a vector
	rows     int    // of the main tile, which works on packed operands
	vectors  int    // of the main tile
	strip    int    // columns of a transposed A that are packed together
	tileRows [5]int // by vectors of a row (1, 2 or 4): most rows of a tile
	dotRows  int    // most rows of A in one pass of dot products
}

var geometries = [...]geometry{
	avx2:   {lanes: 8, rows: 6, vectors: 2, strip: 24, tileRows: [5]int{1: 6, 2: 6, 4: 2}, dotRows: 3},
	avx512: {lanes: 16, rows: 6, vectors: 4, strip: 48, tileRows: [5]int{1: 12, 2: 12, 4: 6}, dotRows: 6},
}

// panel is the width of a panel of packed B: that of the main tile.
func (g *geometry) panel() int { return g.vectors * g.lanes }

// mainTile is tile for a full main tile whose B is a packed panel and whose A is
// either rows as they lie in memory or a packed strip.
func (kn kernels) mainTile(packedA bool, k int, a *float32, rsa int, b, c *float32, ldc, acc int) {
	switch {
	case kn == avx512 && packedA:
		tile6x64StripAVX512(k, a, rsa, 192, b, 256, c, ldc, 64, acc)
	case kn == avx512:
		tile6x64RowsAVX512(k, a, rsa, 4, b, 256, c, ldc, 64, acc)
	case packedA:
		tile6x16StripAVX2(k, a, rsa, 96, b, 64, c, ldc, 16, acc)
	default:
		tile6x16RowsAVX2(k, a, rsa, 4, b, 64, c, ldc, 16, acc)
	}
}

// packPanel copies k rows of B, stride elements apart, of cols elements to a panel.
func (kn kernels) packPanel(k int, src *float32, stride int, panel *float32, cols int) {
	if kn == avx512 {
		copy64AVX512(k, src, 4*stride, panel, cols)
		return
	}
	copy16AVX2(k, src, 4*stride, panel, cols)
}

// packStrip copies k rows of A, stride elements apart, of cols elements to a strip.
func (kn kernels) packStrip(k int, src *float32, stride int, strip *float32, cols int) {
	if kn == avx512 {
		copy48AVX512(k, src, 4*stride, strip, cols)
		return
	}
	copy24AVX2(k, src, 4*stride, strip, cols)
}

// transposePanel writes k elements of each of cols rows of B, stride elements
// apart, as a panel. Columns from cols on are not all defined.
func (kn kernels) transposePanel(k int, src *float32, stride int, panel []float32, cols int) {
	g := &geometries[kn]
	lanes, width := g.lanes, g.panel()
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
