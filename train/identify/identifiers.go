package identify

import (
	"context"
	"errors"
	"math"
	"slices"

	"ace/core"
)

// Identifiers is what Train makes: one identifier an item, and all that gives
// further items theirs.
type Identifiers struct {
	IDs        []core.ID   // [N], in the order of the vectors; Counter or not, all of one length L
	Sizes      []int       // [L], V of each level, the counter's included
	Counter    bool        // whether the last level is the counter
	Collisions int         // items that shared coarse and fine tokens with another before the repair
	D          int         // width of the vectors
	Centres    []float32   // [Sizes[0], D]; none if Random
	Scales     []float32   // [Sizes[0]], of the residuals: x = centre + scale·decoder(codes); 0 when the centres say all
	Latent     int         // width of the codes
	Codebooks  [][]float32 // per fine level [V, Latent]; with Scales and Latent, of RQVAE and ResidualKMeans alone
	Config     Config      // as given to Train

	encoder, decoder *mlp[float32] // nil: the codes are in the space of the residuals, and Latent is D
	tree             *tree         // of HierarchicalKMeans
}

// fine is the number of fine levels.
func (q *Identifiers) fine() int {
	if q.Counter {
		return len(q.Sizes) - 2
	}
	return len(q.Sizes) - 1
}

// trainRQVAE fits encoder, codebooks and decoder to the residuals x [n, D].
func (q *Identifiers) trainRQVAE(ctx context.Context, p *pool, x []float32, n int, progress func(Progress)) error {
	t := newTrainer(p, x, n, q.D, &q.Config)
	done, total := 0, q.Config.Warm
	epochs := func(stage string) error {
		for done < total {
			loss, err := t.epoch(ctx)
			if err != nil {
				return err
			}
			done++
			progress(Progress{stage, done, total, loss})
		}
		return nil
	}
	if err := epochs("autoencoder"); err != nil {
		return err
	}
	done, total = 0, len(q.Config.Fine)+q.Config.Epochs
	if err := t.start(ctx, func(level int) {
		done = level
		progress(Progress{"codebooks", done, total, math.NaN()})
	}); err != nil {
		return err
	}
	if err := epochs("codebooks"); err != nil {
		return err
	}
	q.Latent, q.Codebooks = t.model.latent, t.model.books
	q.encoder, q.decoder = t.model.enc, t.model.dec
	return nil
}

// trainResidualKMeans fits codebooks to the residuals x [n, D] themselves.
func (q *Identifiers) trainResidualKMeans(ctx context.Context, p *pool, x []float32, n int, progress func(Progress)) error {
	q.Latent = q.D
	books, err := startCodebooks(ctx, p, q.Config.rng(codeStream), x, n, q.D, q.Config.Fine, n, func(level int) {
		progress(Progress{"codebooks", level, len(q.Config.Fine), math.NaN()})
	})
	for _, b := range books {
		q.Codebooks = append(q.Codebooks, b.codes)
	}
	return err
}

// encode gives the latents [n, Latent] of scaled residuals x [n, D] and their
// codes, per level [n].
func (q *Identifiers) encode(p *pool, x []float32, n int) (latent []float32, codes [][]int32) {
	latent = apply(q.encoder, p, x, n)
	rest := slices.Clone(latent)
	for _, book := range q.Codebooks {
		code := make([]int32, n)
		p.nearestAll(rest, n, q.Latent, book, code)
		subtract(rest, book, q.Latent, code)
		codes = append(codes, code)
	}
	return latent, codes
}

// Assign gives vectors x [n, D] their coarse and fine tokens by the codebooks
// as they are: the nearest centre, whatever the cap, and no repair of
// collisions. The counter, where identifiers have one, is left to the caller,
// who knows what is taken; Extend does all of it. Random identifiers cannot be
// assigned: an error.
func (q *Identifiers) Assign(x []float32, n int) ([]core.ID, error) {
	if err := checkVectors(x, n, q.D); err != nil {
		return nil, err
	}
	if q.Config.Method == Random {
		return nil, errors.New("identifiers: random ones say nothing of vectors: none can be assigned")
	}
	p := newPool(q.Config.Threads)
	coarse := make([]int32, n)
	p.nearestAll(x, n, q.D, q.Centres, coarse)
	if q.tree != nil {
		ids := make([]core.ID, n)
		p.blocks(n, func(_, _, lo, hi int) {
			for i := lo; i < hi; i++ {
				ids[i] = q.tree.descend(x[i*q.D:][:q.D], coarse[i])
			}
		})
		return ids, nil
	}
	_, codes := q.encode(p, q.scaled(x, coarse), n)
	return tokens(coarse, codes), nil
}

// scaled gives the residuals of vectors x [n, D] by their coarse codes, over the
// scales of these.
func (q *Identifiers) scaled(x []float32, coarse []int32) []float32 {
	rest := slices.Clone(x)
	subtract(rest, q.Centres, q.D, coarse)
	for i, k := range coarse {
		row := rest[i*q.D:][:q.D]
		for j := range row {
			if q.Scales[k] > 0 {
				row[j] /= q.Scales[k]
			} else {
				row[j] = 0
			}
		}
	}
	return rest
}

// tokens puts the codes of all levels together, with room for a counter.
func tokens(coarse []int32, fine [][]int32) []core.ID {
	ids := make([]core.ID, len(coarse))
	for i, k := range coarse {
		id := make(core.ID, 1, 2+len(fine))
		id[0] = core.Token(k)
		for _, codes := range fine {
			id = append(id, core.Token(codes[i]))
		}
		ids[i] = id
	}
	return ids
}

// Reconstruct gives what identifiers say of their vectors: the centre and the
// decoded sum of the codes, [len(ids), D]. A prefix of an identifier gives a
// coarser answer; a counter adds nothing. Of Random identifiers it is nil; one of
// HierarchicalKMeans that leads nowhere gives the last centre on its way.
func (q *Identifiers) Reconstruct(ids []core.ID) []float32 {
	if q.Config.Method == Random {
		return nil
	}
	if q.tree != nil {
		y := make([]float32, 0, len(ids)*q.D)
		for _, id := range ids {
			at, _ := q.tree.node(id, q.Centres, q.D)
			y = append(y, at...)
		}
		return y
	}
	sum := make([]float32, len(ids)*q.Latent)
	for i, id := range ids {
		row := sum[i*q.Latent:][:q.Latent]
		for l, book := range q.Codebooks {
			if 1+l < len(id) {
				for j, v := range book[int(id[1+l])*q.Latent:][:q.Latent] {
					row[j] += v
				}
			}
		}
	}
	y := apply(q.decoder, newPool(q.Config.Threads), sum, len(ids))
	for i, id := range ids {
		row := y[i*q.D:][:q.D]
		centre := q.Centres[int(id[0])*q.D:][:q.D]
		for j, v := range row {
			if len(id) == 1 {
				v = 0
			}
			row[j] = centre[j] + q.Scales[id[0]]*v
		}
	}
	return y
}

// CodeVectors gives a vector in the space of the items for each code of a
// level, [Sizes[level], D], from which a model can start its embeddings: the
// centres for the coarse level; for a fine one what the code changes in the
// reconstruction of a cluster of mean scale when the other levels are at their
// mean. nil where a code by itself says nothing of the items: those of the
// counter, the fine ones of HierarchicalKMeans, all of Random.
func (q *Identifiers) CodeVectors(level int) []float32 {
	if level == 0 {
		return q.Centres
	}
	if level > len(q.Codebooks) {
		return nil
	}
	// Means over the items.
	var scale float32
	for _, id := range q.IDs {
		scale += q.Scales[id[0]] / float32(len(q.IDs))
	}
	mean := make([]float32, q.Latent)
	others := make([]float32, q.Latent)
	for l, book := range q.Codebooks {
		for _, id := range q.IDs {
			for j, v := range book[int(id[1+l])*q.Latent:][:q.Latent] {
				v /= float32(len(q.IDs))
				mean[j] += v
				if l != level-1 {
					others[j] += v
				}
			}
		}
	}
	book := q.Codebooks[level-1]
	v := len(book) / q.Latent
	in := slices.Clone(book)
	for i := range in {
		in[i] += others[i%q.Latent]
	}
	y := apply(q.decoder, newPool(q.Config.Threads), append(in, mean...), v+1)
	origin := y[v*q.D:]
	y = y[: v*q.D : v*q.D]
	for i := range y {
		y[i] = scale * (y[i] - origin[i%q.D])
	}
	return y
}
