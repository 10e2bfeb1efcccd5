package feature

import (
	"math"

	"ace/core/gemm"
)

// alignGradient is the gradient of the loss of one batch.
type alignGradient struct {
	words []float32 // [V, dims]
	media []float32 // [P, dims] of the batch's kind
	scale float32
}

// gradient computes the loss of a batch, its items with one text each, and its
// gradient with respect to the words, the projection media [P, dims] and the
// scale. For texts t and media m of length 1 the logits are
// L = exp(scale)·t·mᵀ; the loss is the mean cross-entropy of the softmax over
// the rows and over the columns of L. Items whose texts have the same words
// share the truth.
func (a *alignment) gradient(g *alignGradient, p *pairs, media []float32, items, texts []int, threads int) float64 {
	n, d := len(items), a.dims
	x := make([]float32, 0, n*p.p)
	for _, i := range items {
		x = append(x, p.x[i*p.p:(i+1)*p.p]...)
	}
	m := product(x, n, p.p, media, d, threads)
	mLength := units(m, d)
	t, tLength := a.read(p.texts, texts)
	scale := float32(math.Exp(float64(a.scale)))
	logits := make([]float32, n*n)
	stripes(n, threads, func(r, rows int) {
		gemm.Mul(false, true, rows, n, d, t[r*d:], d, m, d, logits[r*n:], n, false)
	})
	for i := range logits {
		logits[i] *= scale
	}
	class := make(map[int][]int, n) // the batch's places of each text
	for i, s := range texts {
		class[p.same[s]] = append(class[p.same[s]], i)
	}
	delta := make([]float32, n*n) // of the logits
	loss := crossEntropies(delta, logits, n, func(i int) []int { return class[p.same[texts[i]]] })
	var turn float64
	for i, v := range delta {
		turn += float64(v) * float64(logits[i])
	}
	g.scale = float32(turn)
	for i := range delta {
		delta[i] *= scale
	}
	dt, dm := make([]float32, n*d), make([]float32, n*d)
	stripes(n, threads, func(r, rows int) {
		gemm.Mul(false, false, rows, d, n, delta[r*n:], n, m, d, dt[r*d:], d, false)
		gemm.Mul(true, false, rows, d, n, delta[r:], n, t, d, dm[r*d:], d, false)
	})
	throughUnits(dt, t, tLength, d)
	throughUnits(dm, m, mLength, d)
	g.media = make([]float32, p.p*d)
	stripes(p.p, threads, func(r, rows int) {
		gemm.Mul(true, false, rows, d, n, x[r:], p.p, dm, d, g.media[r*d:], d, false)
	})
	clear(g.words)
	for i, s := range texts {
		col, val := p.texts.row(s)
		for e, c := range col {
			gemm.Axpy(val[e], dt[i*d:(i+1)*d], g.words[int(c)*d:(int(c)+1)*d])
		}
	}
	return loss
}

// addWords adds the words of text r to dst.
func (a *alignment) addWords(dst []float32, texts *sparse, r int) {
	col, val := texts.row(r)
	for e, c := range col {
		gemm.Axpy(val[e], a.words[int(c)*a.dims:(int(c)+1)*a.dims], dst)
	}
}

// crossEntropies returns the mean cross-entropy of rows and columns of logits
// [n, n] and sets delta to its gradient. truth(i) are the right columns of row
// i; as who is right for whom is symmetric, they are also the right rows of column i.
func crossEntropies(delta, logits []float32, n int, truth func(i int) []int) (loss float64) {
	line := make([]float32, n)
	for i := range n {
		for column := range 2 {
			from, stride := i*n, 1
			if column == 1 {
				from, stride = i, n
			}
			most := float32(math.Inf(-1))
			for j := range line {
				line[j] = logits[from+j*stride]
				most = max(most, line[j])
			}
			right := truth(i)
			share := 1 / float32(len(right))
			mean := float32(0)
			for _, j := range right {
				mean += share * line[j]
				delta[from+j*stride] -= share / float32(2*n)
			}
			sum := gemm.ExpSum(line, line, most)
			loss += (math.Log(float64(sum)) + float64(most-mean)) / float64(2*n)
			by := 1 / (sum * float32(2*n))
			for j, v := range line {
				delta[from+j*stride] += by * v
			}
		}
	}
	return loss
}

// units brings rows of d values to length 1 and returns the lengths that they had.
func units(x []float32, d int) []float32 {
	length := make([]float32, len(x)/d)
	for i := range length {
		row := x[i*d : (i+1)*d]
		l := max(1e-9, float32(math.Sqrt(float64(gemm.Dot(row, row)))))
		for j := range row {
			row[j] /= l
		}
		length[i] = l
	}
	return length
}

// throughUnits turns the gradient of rows y of length 1 into that of the rows
// before they were shortened from length.
func throughUnits(grad, y, length []float32, d int) {
	for i, l := range length {
		g, u := grad[i*d:(i+1)*d], y[i*d:(i+1)*d]
		gemm.Axpy(-gemm.Dot(g, u), u, g)
		for j := range g {
			g[j] /= l
		}
	}
}

// stripes calls f for stripes of rows, cut without regard to the threads.
func stripes(n, threads int, f func(first, rows int)) {
	const height = 64
	parallel((n+height-1)/height, threads, func(from, to int) {
		for i := from; i < to; i++ {
			f(i*height, min(height, n-i*height))
		}
	})
}
