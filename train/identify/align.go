package identify

import "math"

// temperature divides the products that align contrasts.
const temperature = 0.07

// align adds to the gradient of the reconstructions of the m vectors in
// s.enc.out[0] that of a contrast (InfoNCE, arXiv 1807.03748) in the block of the
// text, the first q.text values, and gives the loss, as their share of a batch of
// so many vectors: each reconstruction y is to pick its own vector x among those
// of the shard,
//
//	weight · mean -log softmax_j (y_i·x_j / (temperature · mean |x|²)) at j = i
//
// So the codes keep what the texts tell items apart by, however much else there
// is in the vectors.
func (q *rqvae[F]) align(mul product[F], s *shard[F], m, batch int) float64 {
	d, c := q.enc.in(), q.text
	x, y, dy := s.enc.out[0], s.dec.out[q.dec.layers()], s.dec.dout[q.dec.layers()]
	var size float64
	for i := range m {
		for _, v := range x[i*d:][:c] {
			size += float64(v) * float64(v) / float64(m)
		}
	}
	if size == 0 {
		return 0
	}
	sharp := 1 / (temperature * size)
	p := s.contrast[:m*m]
	mul(false, true, m, m, c, y, d, x, d, p, m, false)
	var loss float64
	share := q.weight / F(batch)
	for i := range m {
		row := p[i*m:][:m]
		top, own := row[0], row[i]
		for _, v := range row {
			top = max(top, v)
		}
		var sum float64
		for j, v := range row {
			e := math.Exp(sharp * float64(v-top))
			row[j] = F(e)
			sum += e
		}
		loss += float64(share) * (math.Log(sum) - sharp*float64(own-top))
		for j := range row {
			row[j] /= F(sum)
		}
		row[i]--
		for j := range row {
			row[j] *= share * F(sharp)
		}
	}
	mul(false, false, m, c, m, p, m, x, d, dy, d, true)
	return loss
}
