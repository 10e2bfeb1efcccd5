package identify

import (
	"fmt"

	"ace/core"
)

// draw gives n items identifiers of uniform codes. One that is taken is drawn
// again, so half of the possible ones must stay free.
func (q *Identifiers) draw(n int) (*Identifiers, error) {
	q.Sizes = append([]int{q.Config.Coarse}, q.Config.Fine...)
	space := 1.0
	for _, v := range q.Sizes {
		space *= float64(v)
	}
	if 2*float64(n) > space && n > 1 {
		return nil, fmt.Errorf("identifiers: levels of %v codes are too few to draw %d identifiers from", q.Sizes, n)
	}
	rng := q.Config.rng(codeStream)
	taken := make(map[string]bool, n)
	key := make([]byte, 2*len(q.Sizes))
	for len(q.IDs) < n {
		id := make(core.ID, len(q.Sizes))
		for l, v := range q.Sizes {
			id[l] = core.Token(rng.IntN(v))
			key[2*l], key[2*l+1] = byte(id[l]), byte(id[l]>>8)
		}
		if taken[string(key)] {
			continue
		}
		taken[string(key)] = true
		q.IDs = append(q.IDs, id)
	}
	return q, nil
}
