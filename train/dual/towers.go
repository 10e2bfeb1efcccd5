package dual

import (
	"math"
	"sync"
)

type number interface{ ~float32 | ~float64 }

// kernels are the products that a tower needs: those of core/gemm, or plain ones
// in double precision that the gradients are checked with.
type kernels[F number] struct {
	mul    func(tA, tB bool, m, n, k int, a []F, lda int, b []F, ldb int, c []F, ldc int, acc bool)
	axpy   func(alpha F, x, y []F)
	dot    func(x, y []F) F
	expSum func(dst, x []F, max F) F
}

// towers is a dual encoder: a text becomes the weighed sum of its pieces'
// vectors plus the sum of its words' vectors through one matrix, an item that of
// its texts, brought to length 1, plus its media vector through another matrix;
// both are then brought to length 1. The vectors of the pieces and the words'
// matrix are shared by both sides, so that words which both use fit from the start.
type towers[F number] struct {
	kernels[F]
	threads    int
	pieces, d  int // vocabulary, width
	sense      int // width of the word vectors; 0: none
	media      int // width of the media vectors; 0: none
	scale      F   // of the cosines: 1/temperature
	theta      []F // vectors of the pieces [pieces, d]; matrices of the words [sense, d] and of the media [media, d]
	x, t, u, y []F // [B, d]: sums of the queries, of the items' texts; item vectors before and after the last norm
	q          []F // [B, d]: queries of length 1
	nq, nt, nu []F // [B]: the lengths that x, t and u had
	dx, dt, du []F // [B, d]: gradients of the sums of the queries and of the texts, and of u
	s, p       []F // [B, B]: cosines; softmaxes and then the gradient of the cosines
	rows, cols []F // [B]: sums of exponentials
	col        [][]F
	loss       []F // [threads]
}

// bag is a text, or several, as pieces with weights.
type bag struct {
	ids    []uint32
	weight []float32
}

// batch is B queries, each with the item that it asks for.
type batch[F number] struct {
	query, text []bag    // [B] the query; the item's texts as it is known here
	querySense  []F      // [B, sense]: sums of the word vectors
	textSense   []F      // [B, sense]
	media       []F      // [B, media]
	mask        [][2]int // (query, item): it fits too, and is neither pushed away nor pulled
}

// newTowers makes room for batches of so many rows. All parameters are 0.
func newTowers[F number](k kernels[F], pieces, d, sense, media, rows, threads int, scale F) *towers[F] {
	m := &towers[F]{kernels: k, threads: threads, pieces: pieces, d: d, sense: sense, media: media, scale: scale, theta: make([]F, (pieces+sense+media)*d)}
	for _, v := range []*[]F{&m.x, &m.t, &m.u, &m.y, &m.q, &m.dx, &m.dt, &m.du} {
		*v = make([]F, rows*d)
	}
	for _, v := range []*[]F{&m.nq, &m.nt, &m.nu, &m.rows, &m.cols} {
		*v = make([]F, rows)
	}
	for range threads {
		m.col = append(m.col, make([]F, rows))
	}
	m.s, m.p = make([]F, rows*rows), make([]F, rows*rows)
	m.loss = make([]F, threads)
	return m
}

func (m *towers[F]) piece(theta []F, id uint32) []F { return theta[int(id)*m.d:][:m.d] }

// matrix is that of the words, shown that of the media.
func (m *towers[F]) matrix(theta []F) []F { return theta[m.pieces*m.d : (m.pieces+m.sense)*m.d] }
func (m *towers[F]) shown(theta []F) []F  { return theta[(m.pieces+m.sense)*m.d:] }

// each cuts [0, n) into one range for each thread.
func (m *towers[F]) each(n int, f func(thread, lo, hi int)) {
	var wg sync.WaitGroup
	for t := range m.threads {
		wg.Go(func() { f(t, n*t/m.threads, n*(t+1)/m.threads) })
	}
	wg.Wait()
}

// sums writes the vectors of the bags lo to hi-1 to x.
func (m *towers[F]) sums(bags []bag, sense []F, lo, hi int, x []F) {
	d := m.d
	for i, b := range bags[lo:hi] {
		row := x[(lo+i)*d:][:d]
		clear(row)
		for k, id := range b.ids {
			m.axpy(F(b.weight[k]), m.piece(m.theta, id), row)
		}
	}
	if m.sense > 0 && lo < hi {
		m.mul(false, false, hi-lo, d, m.sense, sense[lo*m.sense:], m.sense, m.matrix(m.theta), d, x[lo*d:], d, true)
	}
}

// direct writes x brought to length 1, or 0 where it has no direction, and
// returns its length.
func (m *towers[F]) direct(x, out []F) F {
	n := F(math.Sqrt(float64(m.dot(x, x))))
	if n < 1e-12 {
		clear(out)
		return 0
	}
	for i, v := range x {
		out[i] = v / n
	}
	return n
}

// forward fills q and y.
func (m *towers[F]) forward(b *batch[F]) {
	d := m.d
	m.each(len(b.query), func(_, lo, hi int) {
		m.sums(b.query, b.querySense, lo, hi, m.x)
		for i := lo; i < hi; i++ {
			at, to := i*d, (i+1)*d
			m.nq[i] = m.direct(m.x[at:to], m.q[at:to])
		}
		m.items(b, lo, hi)
	})
}

// items fills y for the items lo to hi-1.
func (m *towers[F]) items(b *batch[F], lo, hi int) {
	d := m.d
	m.sums(b.text, b.textSense, lo, hi, m.t)
	for i := lo; i < hi; i++ {
		at, to := i*d, (i+1)*d
		m.nt[i] = m.direct(m.t[at:to], m.u[at:to])
	}
	if m.media > 0 && lo < hi {
		m.mul(false, false, hi-lo, d, m.media, b.media[lo*m.media:], m.media, m.shown(m.theta), d, m.u[lo*d:], d, true)
	}
	for i := lo; i < hi; i++ {
		m.nu[i] = m.direct(m.u[i*d:(i+1)*d], m.y[i*d:(i+1)*d])
	}
}
