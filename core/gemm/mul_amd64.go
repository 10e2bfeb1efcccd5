package gemm

// Block sizes, in elements: a block of B of blockDepth x blockWidth is packed
// and stays in the second-level cache while the rows of A pass by; what stays in
// the first-level cache otherwise is dotsHeld elements of B, or inPlaceDepth
// elements of each of its columns in a tile.
const (
	blockDepth   = 384
	blockWidth   = 512
	inPlaceDepth = 64
	dotsHeld     = 4096
)

// mulVector is Mul with the assembly kernels. To pack B costs as much as to
// multiply some rows of A by it, so with few rows B is read where it lies: by
// dot products along its rows, unless k is too short for them, or as it is.
func mulVector(tA, tB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, acc bool) {
	kn := current
	switch {
	case tB && !tA && (m <= 4 || k >= 32 && (m <= 16 || m <= 32 && n <= 32)):
		mulDots(kn, m, n, k, a, lda, b, ldb, c, ldc, acc)
	case !tB && m <= 48:
		sa, sp := lda, 1
		if tA {
			sa, sp = 1, lda
		}
		mulInPlace(kn, m, n, k, a, sa, sp, b, ldb, c, ldc, acc)
	default:
		mulPacked(kn, tA, tB, m, n, k, a, lda, b, ldb, c, ldc, acc)
	}
}

// mulDots computes C = A·Bᵀ by dot products, without packing. Rows of B are
// taken as many at a time as the first-level cache holds.
func mulDots(kn kernels, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, acc bool) {
	batch := max(4, dotsHeld/k&^3)
	for j := 0; j < n; j += batch {
		cols := min(batch, n-j)
		for i := 0; i < m; {
			rows := share(m-i, geometries[kn].dotRows)
			kn.dots(rows, cols, k, &a[i*lda], 4*lda, &b[j*ldb], 4*ldb, &c[i*ldc+j], 4*ldc, flag(acc))
			i += rows
		}
	}
}

// mulInPlace computes C = A·B for few rows, without packing; element (i, p) of A
// is a[i*sa+p*sp]. It goes through inPlaceDepth rows of B from end to end before
// it turns to the next ones, which lets the processor fetch ahead along them.
func mulInPlace(kn kernels, m, n, k int, a []float32, sa, sp int, b []float32, ldb int, c []float32, ldc int, acc bool) {
	g := &geometries[kn]
	for p := 0; p < k; p += inPlaceDepth {
		depth, add := min(inPlaceDepth, k-p), flag(acc || p > 0)
		for j := 0; j < n; {
			vectors := g.cover(n-j, m)
			cols := min(vectors*g.lanes, n-j)
			for i := 0; i < m; {
				rows := share(m-i, g.tileRows[vectors])
				kn.tile(vectors, rows, depth, &a[i*sa+p*sp], 4*sa, 4*sp, &b[p*ldb+j], 4*ldb, &c[i*ldc+j], 4*ldc, cols, add)
				i += rows
			}
			j += cols
		}
	}
}

// cover is how many vectors wide the tiles for n columns and m rows are: not
// wider than the columns, and the widest that take the rows at once.
func (g *geometry) cover(n, m int) int {
	switch {
	case n <= g.lanes:
		return 1
	case n <= 2*g.lanes || m > g.tileRows[4]:
		return 2
	}
	return 4
}

// mulPacked packs B block by block into panels as wide as a tile, transposed
// where it has to be, and a transposed A strip by strip. Then all reading is
// along memory.
func mulPacked(kn kernels, tA, tB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, acc bool) {
	g := &geometries[kn]
	s := borrow()
	defer s.release()
	step := evenly(k, blockDepth)
	panels := s.b.grow(step * roundUp(min(n, blockWidth), g.panel))
	for j0 := 0; j0 < n; j0 += blockWidth {
		width := min(blockWidth, n-j0)
		for p0 := 0; p0 < k; p0 += step {
			depth := min(step, k-p0)
			for j := 0; j < width; j += g.panel {
				panel, cols := panels[j*depth:], min(g.panel, width-j)
				if tB {
					kn.transposePanel(depth, &b[(j0+j)*ldb+p0], ldb, panel, cols)
				} else {
					kn.packPanel(depth, &b[p0*ldb+j0+j], 4*ldb, &panel[0], cols)
				}
			}
			add := flag(acc || p0 > 0)
			if !tA {
				mulPanels(kn, false, m, width, depth, a[p0:], lda, 1, panels, c[j0:], ldc, add)
				continue
			}
			strip := s.a.grow(depth * g.strip)
			for i := 0; i < m; i += g.strip {
				rows := min(g.strip, m-i)
				kn.packStrip(depth, &a[p0*lda+i], 4*lda, &strip[0], rows)
				mulPanels(kn, true, rows, width, depth, strip, 1, g.strip, panels, c[i*ldc+j0:], ldc, add)
			}
		}
	}
}

// mulPanels multiplies m rows of A, rows as they lie or a packed strip, by the
// panels of a block of B, tile by tile: A's part of a tile stays in the
// first-level cache while the panels stream past it.
func mulPanels(kn kernels, packedA bool, m, n, k int, a []float32, sa, sp int, panels []float32, c []float32, ldc, acc int) {
	g := &geometries[kn]
	for i := 0; i < m; {
		rows := share(m-i, g.rows)
		for j := 0; j < n; j += g.panel {
			pa, pb, pc := &a[i*sa], &panels[j*k], &c[i*ldc+j]
			cols := min(g.panel, n-j)
			if rows == g.rows && cols == g.panel {
				kn.mainTile(packedA, k, pa, 4*sa, pb, pc, 4*ldc, acc)
			} else {
				kn.tile(g.cover(cols, rows), rows, k, pa, 4*sa, 4*sp, pb, 4*g.panel, pc, 4*ldc, cols, acc)
			}
		}
		i += rows
	}
}

// share is how many of the rows that are left the next tile takes: as many as it
// holds, but the last two tiles divide theirs evenly, as a low tile is a slow one.
func share(left, most int) int {
	if left > most && left < 2*most {
		return (left + 1) / 2
	}
	return min(left, most)
}

// evenly is the size of the pieces of n, a multiple of 4, when it is cut into as
// few and as equal ones as are no larger than most.
func evenly(n, most int) int {
	pieces := (n + most - 1) / most
	return roundUp((n+pieces-1)/pieces, 4)
}

func roundUp(n, step int) int { return (n + step - 1) / step * step }

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
