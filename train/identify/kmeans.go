package identify

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// clustering is what kmeans finds: k centres [k, d] and the centre of each
// of the n points.
type clustering struct {
	k       int
	centres []float32
	of      []int32
}

const (
	restarts   = 4   // seedings tried
	shortLloyd = 8   // Lloyd iterations of each, on its sample
	longLloyd  = 100 // most iterations of the best one, on all points
)

// kmeans clusters the n rows of x [n, d] into k clusters, or fewer where
// fewer points differ: k-means++ (Arthur and Vassilvitskii, SODA 2007) from
// several samples, the best of which goes through Lloyd's iterations until no
// point moves. No cluster is empty. A cap above 0 bounds the clusters' sizes
// to that many times the mean.
func kmeans(ctx context.Context, p *pool, rng *rand.Rand, x []float32, n, d, k int, cap float64, progress func(done, total int, loss float64)) (clustering, error) {
	k = distinct(x, n, d, min(k, n))
	total := restarts + longLloyd
	progress(0, total, math.NaN())
	l := lloyd{p: p, x: x, n: n, d: d, of: make([]int32, n)}
	least := math.Inf(1)
	var best []float32
	for r := range restarts {
		if err := ctx.Err(); err != nil {
			return clustering{}, err
		}
		some := sample(rng, x, n, d, max(64*k, 4096))
		short := lloyd{p: p, x: some, n: len(some) / d, d: d, of: make([]int32, len(some)/d)}
		short.centres = seed(p, rng, some, short.n, d, k)
		if err := short.run(ctx, shortLloyd, nil); err != nil {
			return clustering{}, err
		}
		// A sample may hold fewer than k distinct points: the copies appended
		// here stay empty and are mended on the whole.
		for len(short.centres) < k*d {
			short.centres = append(short.centres, short.centres[:d]...)
		}
		p.nearestAll(x, n, d, short.centres, l.of)
		l.centres = short.centres
		if loss := l.loss(); loss < least {
			least, best = loss, short.centres
		}
		progress(r+1, total, least/float64(n))
	}
	l.centres = best
	if cap > 0 {
		l.cap = max(int(math.Ceil(cap*float64(n)/float64(k))), 1)
	}
	err := l.run(ctx, longLloyd, func(i int) { progress(restarts+i, total, least/float64(n)) })
	if err != nil {
		return clustering{}, err
	}
	progress(total, total, l.loss()/float64(n))
	return clustering{len(l.centres) / d, l.centres, l.of}, nil
}

// lloyd is the state of Lloyd's iterations.
type lloyd struct {
	p       *pool
	x       []float32 // [n, d]
	n, d    int
	cap     int       // most points a cluster may hold; 0: no bound
	centres []float32 // [k, d]
	of      []int32   // [n], the centre of each point
}

// run assigns points and moves centres until no point changes its centre, or
// for so many iterations. At the end the points are assigned to the centres
// as they are, and no cluster is empty.
func (l *lloyd) run(ctx context.Context, iterations int, progress func(i int)) error {
	before := make([]int32, l.n)
	for i := 0; ; i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		copy(before, l.of)
		l.assign()
		mended := l.mend()
		if i >= iterations {
			if !mended {
				return nil
			}
			// Mending moved centres after the assignment and there is no
			// iteration left to settle that: do without the empty ones.
			l.assign()
			if l.drop() {
				l.assign()
			}
			return nil
		}
		if i > 0 && !mended && slices.Equal(before, l.of) {
			return nil
		}
		l.move()
		if progress != nil {
			progress(i + 1)
		}
	}
}

// assign gives each point its nearest centre, or where that is full the
// nearest one that is not.
func (l *lloyd) assign() {
	l.p.nearestAll(l.x, l.n, l.d, l.centres, l.of)
	if l.cap > 0 {
		l.limit()
	}
}

// sizes counts the points of each centre.
func (l *lloyd) sizes() []int {
	size := make([]int, len(l.centres)/l.d)
	for _, c := range l.of {
		size[c]++
	}
	return size
}

// move puts each centre at the mean of its points, summed in their order.
func (l *lloyd) move() {
	size := l.sizes()
	first := make([]int, len(size)+1)
	for c, s := range size {
		first[c+1] = first[c] + s
	}
	member := make([]int32, l.n)
	at := append([]int(nil), first...)
	for i, c := range l.of {
		member[at[c]] = int32(i)
		at[c]++
	}
	sums := make([][]float64, l.p.threads)
	l.p.each(len(size), func(worker, c int) {
		if size[c] == 0 {
			return
		}
		if sums[worker] == nil {
			sums[worker] = make([]float64, l.d)
		}
		sum := sums[worker]
		clear(sum)
		for _, i := range member[first[c]:first[c+1]] {
			for j, v := range l.x[int(i)*l.d:][:l.d] {
				sum[j] += float64(v)
			}
		}
		for j, s := range sum {
			l.centres[c*l.d+j] = float32(s / float64(size[c]))
		}
	})
}

// mend moves each empty centre to the point that is farthest from its own
// centre, and says whether there was an empty one.
func (l *lloyd) mend() bool {
	size := l.sizes()
	var far []float64
	mended := false
	for c, s := range size {
		if s > 0 {
			continue
		}
		if far == nil {
			far = l.distances()
		}
		best := -1
		for i, f := range far {
			if f > 0 && size[l.of[i]] > 1 && (best < 0 || f > far[best]) {
				best = i
			}
		}
		if best < 0 {
			break // every point lies on its centre
		}
		size[l.of[best]]--
		size[c]++
		l.of[best], far[best] = int32(c), 0
		copy(l.centres[c*l.d:][:l.d], l.x[best*l.d:])
		mended = true
	}
	return mended
}

// drop removes the empty centres and says whether there were any. The
// assignment is stale after it.
func (l *lloyd) drop() bool {
	kept := 0
	size := l.sizes()
	for c, s := range size {
		if s > 0 {
			copy(l.centres[kept*l.d:][:l.d], l.centres[c*l.d:][:l.d])
			kept++
		}
	}
	l.centres = l.centres[:kept*l.d]
	return kept < len(size)
}

// distances gives the squared distance of each point to its centre.
func (l *lloyd) distances() []float64 {
	far := make([]float64, l.n)
	l.p.blocks(l.n, func(_, _, lo, hi int) {
		for i := lo; i < hi; i++ {
			far[i] = squared(l.x[i*l.d:][:l.d], l.centres[int(l.of[i])*l.d:])
		}
	})
	return far
}

// loss is the sum of the squared distances.
func (l *lloyd) loss() float64 {
	var sum float64
	for _, f := range l.distances() {
		sum += f
	}
	return sum
}
