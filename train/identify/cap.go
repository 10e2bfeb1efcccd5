package identify

import (
	"container/heap"
	"math"

	"ace/core/gemm"
)

// limit moves points from the clusters that hold more than the cap to the
// next nearest centre with room, those first that lose least by it: the
// regret of a point is what the move adds to its squared distance. It
// supposes that each point is assigned to its nearest centre and that all
// clusters together have room for all points.
func (l *lloyd) limit() {
	size := l.sizes()
	var crowd regrets
	for i, c := range l.of {
		if size[c] > l.cap {
			crowd = append(crowd, regret{point: i})
		}
	}
	if len(crowd) == 0 {
		return
	}
	k := len(size)
	half := halfNorms(l.centres, l.d)
	far := make([]float32, len(crowd)*k)
	l.p.blocks(len(crowd), func(_, _, lo, hi int) {
		x := make([]float32, 0, rows*l.d)
		for _, r := range crowd[lo:hi] {
			x = append(x, l.x[r.point*l.d:][:l.d]...)
		}
		dots := far[lo*k : hi*k]
		gemm.Mul(false, true, hi-lo, k, l.d, x, l.d, l.centres, l.d, dots, k, false)
		for i, dot := range dots {
			dots[i] = 2 * (half[i%k] - dot)
		}
		for t := lo; t < hi; t++ {
			crowd[t].far = far[t*k:][:k]
		}
	})
	for t := range crowd {
		crowd[t].aim(l, size)
	}
	heap.Init(&crowd)
	for len(crowd) > 0 {
		r := &crowd[0]
		own := l.of[r.point]
		switch {
		case size[own] <= l.cap: // its cluster fits by now
			heap.Pop(&crowd)
		case size[r.to] >= l.cap: // its aim has filled up
			r.aim(l, size)
			heap.Fix(&crowd, 0)
		default:
			size[own]--
			size[r.to]++
			l.of[r.point] = int32(r.to)
			heap.Pop(&crowd)
		}
	}
}

// regret is a point of a crowded cluster and the move it would regret least.
type regret struct {
	point int
	far   []float32 // squared distances to all centres, less the point's squared norm
	to    int
	cost  float32
}

// aim looks for the nearest centre with room.
func (r *regret) aim(l *lloyd, size []int) {
	own := int(l.of[r.point])
	r.cost = float32(math.Inf(1))
	for c, f := range r.far {
		if cost := f - r.far[own]; c != own && size[c] < l.cap && cost < r.cost {
			r.to, r.cost = c, cost
		}
	}
}

// regrets is a heap, least cost first, then least point.
type regrets []regret

func (h regrets) Len() int      { return len(h) }
func (h regrets) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h regrets) Less(i, j int) bool {
	if h[i].cost != h[j].cost {
		return h[i].cost < h[j].cost
	}
	return h[i].point < h[j].point
}
func (h *regrets) Push(v any) { *h = append(*h, v.(regret)) }
func (h *regrets) Pop() any {
	last := len(*h) - 1
	v := (*h)[last]
	*h = (*h)[:last]
	return v
}
