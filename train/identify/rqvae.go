package identify

import "slices"

// rqvae is an autoencoder whose latent is a sum of codes, one from each
// codebook: every level quantises what the levels before it left
// (arXiv 2107.03312, section 3.3).
type rqvae[F number] struct {
	theta    []F // of the encoder, then of the decoder
	enc, dec *mlp[F]
	latent   int
	books    [][]F // per level [V, latent]; none: a plain autoencoder
	half     [][]F // halfNorms of books
	beta     F     // weight of the commitment loss
	weight   F     // of align; 0: none
	text     int   // width of the block that align looks at
}

// newRQVAE makes room for an encoder of these widths, the last of which is the
// latent's, and a decoder that mirrors it.
func newRQVAE[F number](width []int, beta F) *rqvae[F] {
	back := slices.Clone(width)
	slices.Reverse(back)
	ne, nd := mlpSize(width), mlpSize(back)
	theta := make([]F, ne+nd)
	return &rqvae[F]{
		theta:  theta,
		enc:    &mlp[F]{width, theta[:ne:ne]},
		dec:    &mlp[F]{back, theta[ne:]},
		latent: back[0],
		beta:   beta,
	}
}

// setBooks takes the codebooks as they are now.
func (q *rqvae[F]) setBooks(books [][]F) {
	q.books = books
	q.half = q.half[:0]
	for _, b := range books {
		q.half = append(q.half, halfNorms(b, q.latent))
	}
}

// shard is the work of one goroutine on up to rows vectors of a batch.
type shard[F number] struct {
	enc, dec *tape[F]
	rest     [][]F     // per level [rows, latent]: what is left before it; the last: after all
	code     [][]int32 // per level [rows]
	dots     []F
	contrast []F // [rows, rows], of align
	grad     []F // of rqvae.theta
	loss     float64
}

func (q *rqvae[F]) newShard(levels, codes int) *shard[F] {
	s := &shard[F]{enc: q.enc.newTape(rows), dec: q.dec.newTape(rows), dots: make([]F, rows*codes)}
	for range levels {
		s.code = append(s.code, make([]int32, rows))
	}
	for range levels + 1 {
		s.rest = append(s.rest, make([]F, rows*q.latent))
	}
	s.grad = make([]F, len(q.theta))
	if q.weight > 0 {
		s.contrast = make([]F, rows*rows)
	}
	return s
}

// quantise finds the codes of the m latents z [m, latent] level by level and
// writes their sum to sum [m, latent].
func (q *rqvae[F]) quantise(mul product[F], s *shard[F], z []F, m int, sum []F) {
	copy(s.rest[0], z[:m*q.latent])
	clear(sum[:m*q.latent])
	for l, book := range q.books {
		rest, next := s.rest[l], s.rest[l+1]
		nearest(mul, rest, m, q.latent, book, q.half[l], s.dots, s.code[l])
		for i := range m {
			c := book[int(s.code[l][i])*q.latent:][:q.latent]
			for j, v := range c {
				at := i*q.latent + j
				next[at] = rest[at] - v
				sum[at] += v
			}
		}
	}
}

// gradient computes the loss of the m vectors in s.enc.out[0] and its
// gradient, as their share of a batch of so many vectors:
//
//	mean (decoder(codes) - x)²  +  beta Σ_l mean (rest_l - code_l)²
//
// with means over the batch and the width. The decoder's gradient passes the
// quantiser unchanged (straight-through); the second term, the commitment,
// pulls the latents towards their codes and does not move the codes. Where there
// are codes and it has a weight, align adds its part.
func (q *rqvae[F]) gradient(mul product[F], s *shard[F], m, batch int) {
	clear(s.grad)
	z := q.enc.forward(mul, s.enc, m)
	in := s.dec.out[0]
	if len(q.books) > 0 {
		q.quantise(mul, s, z, m, in)
	} else {
		copy(in, z)
	}
	y := q.dec.forward(mul, s.dec, m)

	x, dy := s.enc.out[0], s.dec.dout[q.dec.layers()]
	d := q.enc.in()
	var loss float64
	share := 1 / F(batch*d)
	for i, v := range y {
		e := v - x[i]
		loss += float64(e * e * share)
		dy[i] = 2 * e * share
	}
	if q.weight > 0 && len(q.books) > 0 {
		loss += q.align(mul, s, m, batch)
	}
	split := len(q.enc.theta)
	q.dec.backward(mul, s.dec, m, s.grad[split:], true)

	dz := s.enc.dout[q.enc.layers()]
	copy(dz[:m*q.latent], s.dec.dout[0])
	share = q.beta / F(batch*q.latent)
	for l := range q.books {
		for i, e := range s.rest[l+1][:m*q.latent] {
			loss += float64(e * e * share)
			dz[i] += 2 * e * share
		}
	}
	q.enc.backward(mul, s.enc, m, s.grad[:split], false)
	s.loss = loss
}
