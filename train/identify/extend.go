package identify

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"ace/core"
)

// Extend gives vectors x [n, D] identifiers beside those that are taken, by the
// codebooks as they are. Where items would share one, the taken ones stay and of
// the new ones the nearest to its code keeps it; the others get the next free
// counter or, where identifiers have none or it is used up, the nearest free last
// token, under their prefix while there is one. It is an error if the method's
// codes say nothing of further vectors or if no identifier is free.
func (q *Identifiers) Extend(x []float32, n int, taken []core.ID) ([]core.ID, error) {
	if !q.Extends() {
		return nil, fmt.Errorf("identifiers made by %s cannot be given to further items", q.Config.Method)
	}
	if err := checkVectors(x, n, q.D); err != nil {
		return nil, err
	}
	p := newPool(q.Config.Threads)
	coarse := make([]int32, n)
	p.nearestAll(x, n, q.D, q.Centres, coarse)
	latent, codes := q.encode(p, q.scaled(x, coarse), n)
	ids := tokens(coarse, codes)

	s := q.slots(taken)
	far := make([]float64, n) // from its own code
	order := make([]int, n)
	for i := range ids {
		order[i] = i
		rest := slices.Clone(latent[i*q.Latent:][:q.Latent])
		for l, book := range q.Codebooks {
			subtract(rest, book, q.Latent, codes[l][i:i+1])
		}
		for _, v := range rest {
			far[i] += float64(v) * float64(v)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(far[a], far[b]) })
	for _, i := range order {
		if s.take(&ids[i]) {
			continue
		}
		id, ok := s.nearest(q, x[i*q.D:][:q.D])
		if !ok {
			return nil, errors.New("no identifier is free: there are as many items as codes can tell apart")
		}
		ids[i] = id
	}
	return ids, nil
}

// Extends tells whether Extend can be called: codes of ResidualKMeans and RQVAE
// mean the same for any vector.
func (q *Identifiers) Extends() bool {
	return q.Config.Method == RQVAE || q.Config.Method == ResidualKMeans
}

// slots knows which identifiers are in use.
type slots struct {
	counter int                           // counters under each fine token; 0: there are none
	used    map[string]map[core.Token]int // by all tokens but the last: what hangs on each last one
	counted map[string]map[core.Token]bool
}

func (q *Identifiers) slots(taken []core.ID) *slots {
	s := &slots{used: map[string]map[core.Token]int{}, counted: map[string]map[core.Token]bool{}}
	if q.Counter {
		s.counter = q.Sizes[len(q.Sizes)-1]
	}
	m := len(q.Codebooks) // the last fine level
	for _, id := range taken {
		s.mark(id[:m+1])
		if s.counter > 0 {
			s.count(id[:m+1])[id[m+1]] = true
		}
	}
	return s
}

// key is tokens as a key of a map.
func key(id core.ID) string {
	b := make([]byte, 0, 2*len(id))
	for _, t := range id {
		b = append(b, byte(t), byte(t>>8))
	}
	return string(b)
}

func (s *slots) mark(id core.ID) {
	k := key(id[:len(id)-1])
	if s.used[k] == nil {
		s.used[k] = map[core.Token]int{}
	}
	s.used[k][id[len(id)-1]]++
}

// count is the counters in use behind all other tokens.
func (s *slots) count(id core.ID) map[core.Token]bool {
	k := key(id)
	if s.counted[k] == nil {
		s.counted[k] = map[core.Token]bool{}
	}
	return s.counted[k]
}

// free tells whether an item more can have these tokens, the counter left out.
func (s *slots) free(id core.ID) bool {
	return s.used[key(id[:len(id)-1])][id[len(id)-1]] < max(s.counter, 1)
}

// take puts an item there, with a counter where there are some, unless all is
// taken.
func (s *slots) take(id *core.ID) bool {
	if !s.free(*id) {
		return false
	}
	s.mark(*id)
	if s.counter > 0 {
		in := s.count(*id)
		c := core.Token(0)
		for in[c] {
			c++
		}
		in[c] = true
		*id = append(*id, c)
	}
	return true
}

// nearest takes the free identifier that says most of a vector [D], level by
// level: another last token before another one above it.
func (s *slots) nearest(q *Identifiers, x []float32) (core.ID, bool) {
	p := newPool(1)
	id := make(core.ID, 1, len(q.Sizes))
	var down func(level int, rest []float32) bool
	down = func(level int, rest []float32) bool {
		if level == len(q.Codebooks) {
			return s.take(&id)
		}
		book := q.Codebooks[level]
		for _, c := range nearestFirst(rest, book) {
			id = append(id[:1+level], core.Token(c))
			if level == len(q.Codebooks)-1 && !s.free(id) {
				continue
			}
			next := slices.Clone(rest)
			subtract(next, book, q.Latent, []int32{int32(c)})
			if down(level+1, next) {
				return true
			}
		}
		return false
	}
	for _, k := range nearestFirst(x, q.Centres) {
		id = append(id[:0], core.Token(k))
		latent, _ := q.encode(p, q.scaled(x, []int32{int32(k)}), 1)
		if down(0, latent) {
			return id, true
		}
	}
	return nil, false
}

// nearestFirst orders the rows of a book by their distance from x.
func nearestFirst(x, book []float32) []int {
	d := len(x)
	far, order := make([]float64, len(book)/d), make([]int, len(book)/d)
	for c := range far {
		far[c], order[c] = squared(x, book[c*d:][:d]), c
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(far[a], far[b]) })
	return order
}
