package identify

import (
	"context"
	"math"
	"slices"

	"ace/core"
)

// tree is K-Means inside K-Means. The nodes of a level lie in the order of
// their prefixes, so that the children of a node are neighbours, and the code
// of a child is its place among them.
type tree struct {
	centres [][]float32 // per fine level [nodes, D]
	first   [][]int32   // per fine level [nodes of the level above + 1]: where the children of each begin
}

// branches is how many clusters the m points of a node are cut into, with so
// many levels to come: what brings them apart evenly, the level's codes at most.
func branches(m, levels, codes int) int {
	k := int(math.Ceil(math.Pow(float64(m), 1/float64(levels)) - 1e-9))
	return min(k, codes)
}

// growTree clusters the vectors x [n, D] of each coarse cluster, those of each
// of its clusters, and so on, and gives the codes, per fine level [n].
func (q *Identifiers) growTree(ctx context.Context, p *pool, x []float32, n int, coarse []int32, progress func(Progress)) ([][]int32, error) {
	rng := q.Config.rng(codeStream)
	q.tree = &tree{}
	of := slices.Clone(coarse) // the node of each point
	nodes := len(q.Centres) / q.D
	var codes [][]int32
	for l, most := range q.Config.Fine {
		members := make([][]int, nodes)
		for i, c := range of {
			members[c] = append(members[c], i)
		}
		first := make([]int32, 1, nodes+1)
		code := make([]int32, n)
		var centres []float32
		for _, in := range members {
			some := make([]float32, 0, len(in)*q.D)
			for _, i := range in {
				some = append(some, x[i*q.D:][:q.D]...)
			}
			c, err := kmeans(ctx, p, rng, some, len(in), q.D, branches(len(in), len(q.Config.Fine)-l, most), 0, func(int, int, float64) {})
			if err != nil {
				return nil, err
			}
			at := first[len(first)-1]
			for r, i := range in {
				code[i], of[i] = c.of[r], at+c.of[r]
			}
			centres = append(centres, c.centres...)
			first = append(first, at+int32(c.k))
		}
		q.tree.centres = append(q.tree.centres, centres)
		q.tree.first = append(q.tree.first, first)
		nodes = len(centres) / q.D
		codes = append(codes, code)
		progress(Progress{"codebooks", l + 1, len(q.Config.Fine), math.NaN()})
	}
	return codes, nil
}

// sizes gives the codes of each fine level: the most children of a node.
func (t *tree) sizes() []int {
	var sizes []int
	for _, first := range t.first {
		most := 0
		for i, at := range first[1:] {
			most = max(most, int(at-first[i]))
		}
		sizes = append(sizes, most)
	}
	return sizes
}

// descend gives a vector the nearest child of each node, from a coarse code on.
func (t *tree) descend(x []float32, coarse int32) core.ID {
	id := core.ID{core.Token(coarse)}
	node, d := coarse, len(x)
	for l, first := range t.first {
		lo, hi := first[node], first[node+1]
		best, least := lo, math.Inf(1)
		for c := lo; c < hi; c++ {
			if f := squared(x, t.centres[l][int(c)*d:]); f < least {
				best, least = c, f
			}
		}
		id = append(id, core.Token(best-lo))
		node = best
	}
	return id
}

// node is the centre [d] that a prefix of one token or more leads to. Where a
// token has no node it is the last centre before it, and false.
func (t *tree) node(id core.ID, centres []float32, d int) ([]float32, bool) {
	node := int32(id[0])
	at := centres[int(node)*d:][:d]
	for l, first := range t.first {
		if 1+l >= len(id) {
			break
		}
		next := first[node] + int32(id[1+l])
		if next >= first[node+1] {
			return at, false
		}
		node, at = next, t.centres[l][int(next)*d:][:d]
	}
	return at, true
}
