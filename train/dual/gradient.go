package dual

import "math"

// gradient adds the gradient of the contrastive loss to grad, which is laid out
// as theta is, and returns the loss: the mean cross-entropy of each query among
// the items of the batch and of each item among its queries (InfoNCE, both ways).
func (m *towers[F]) gradient(b *batch[F], grad []F) F {
	m.forward(b)
	n, d := len(b.query), m.d
	loss := m.softmax(b)
	m.each(n, func(_, lo, hi int) {
		m.mul(false, false, hi-lo, d, n, m.p[lo*n:], n, m.y, d, m.dx[lo*d:], d, false)
		m.mul(true, false, hi-lo, d, n, m.p[lo:], n, m.q, d, m.du[lo*d:], d, false)
		for i := lo; i < hi; i++ {
			at, to := i*d, (i+1)*d
			m.undirect(m.nq[i], m.q[at:to], m.dx[at:to], m.dx[at:to])
			m.undirect(m.nu[i], m.y[at:to], m.du[at:to], m.du[at:to])
			if m.nt[i] > 0 { // t becomes its direction
				for k := at; k < to; k++ {
					m.t[k] /= m.nt[i]
				}
			}
			m.undirect(m.nt[i], m.t[at:to], m.du[at:to], m.dt[at:to])
		}
	})
	m.through(m.media, n, b.media, m.du, m.shown(grad))
	m.through(m.sense, n, b.querySense, m.dx, m.matrix(grad))
	m.through(m.sense, n, b.textSense, m.dt, m.matrix(grad))
	// A thread adds to columns of its own: no sum depends on how many there are.
	m.each(d, func(_, lo, hi int) {
		for i := range n {
			m.spread(b.query[i], m.dx[i*d:][lo:hi], grad, lo, hi)
			m.spread(b.text[i], m.dt[i*d:][lo:hi], grad, lo, hi)
		}
	})
	return loss
}

// through adds the gradient dy [n, d] of what a matrix [k, d] made of x [n, k] to
// that of the matrix.
func (m *towers[F]) through(k, n int, x, dy, dw []F) {
	m.each(k, func(_, lo, hi int) {
		if lo < hi {
			m.mul(true, false, hi-lo, m.d, n, x[lo:], k, dy, m.d, dw[lo*m.d:], m.d, true)
		}
	})
}

// spread adds the gradient of a bag's sum, columns lo to hi-1, to its pieces.
func (m *towers[F]) spread(b bag, dx, grad []F, lo, hi int) {
	for i, id := range b.ids {
		m.axpy(F(b.weight[i]), dx, m.piece(grad, id)[lo:hi])
	}
}

// undirect takes the gradient dy of a direction y, of a vector that had this
// length, to that of the vector.
func (m *towers[F]) undirect(length F, y, dy, dx []F) {
	if length == 0 {
		clear(dx)
		return
	}
	along := m.dot(y, dy)
	for i, v := range dy {
		dx[i] = (v - along*y[i]) / length
	}
}

// softmax leaves the gradient of the loss by the cosines in p and returns the loss. As no cosine
// is over 1, exponentials are taken of scale·(cosine - 1), once for both ways.
func (m *towers[F]) softmax(b *batch[F]) F {
	n, d, scale := len(b.query), m.d, m.scale
	masked := make([][]int, n)
	for _, e := range b.mask {
		masked[e[0]] = append(masked[e[0]], e[1])
	}
	m.each(n, func(t, lo, hi int) {
		col := m.col[t][:n]
		clear(col)
		m.mul(false, true, hi-lo, n, d, m.q[lo*d:], d, m.y, d, m.s[lo*n:], n, false)
		for i := lo; i < hi; i++ {
			s, p := m.s[i*n:][:n], m.p[i*n:][:n]
			for j, c := range s {
				p[j] = c * scale
			}
			m.expSum(p, p, scale)
			for _, j := range masked[i] {
				p[j] = 0
			}
			var sum F
			for j, e := range p {
				sum += e
				col[j] += e
			}
			m.rows[i] = sum
		}
	})
	clear(m.cols)
	for t := range m.threads {
		for j, v := range m.col[t][:n] {
			m.cols[j] += v
		}
	}
	half := 1 / (2 * F(n))
	m.each(n, func(t, lo, hi int) {
		var loss F
		for i := lo; i < hi; i++ {
			s, p := m.s[i*n:][:n], m.p[i*n:][:n]
			loss += F(math.Log(float64(m.rows[i])) + math.Log(float64(m.cols[i])))
			loss -= 2 * scale * (s[i] - 1)
			for j, e := range p {
				g := e * (1/m.rows[i] + 1/m.cols[j]) * half
				if i == j {
					g -= 2 * half
				}
				p[j] = g * scale
			}
		}
		m.loss[t] = loss * half
	})
	var loss F
	for t := range m.threads {
		loss += m.loss[t]
	}
	return loss
}
