package identify

import (
	"fmt"
	"math"

	"ace/core/gemm"
)

// Held is questions with known answers: texts in the space of the vectors, each
// held out of an item.
type Held struct {
	Items   []int     // [Q], the item that text q belongs to
	Texts   []float32 // [Q, D]
	Without []float32 // [Q, D], the item's vector without the text
}

// TextRecall is how often a text finds its item among ten, in percent: what the
// identifiers can at best tell a model.
type TextRecall struct {
	Questions int     `json:"questions"`
	Exact     float64 `json:"exact"`     // by the vectors
	Quantised float64 `json:"quantised"` // by what the identifiers say of them
}

// AssessTexts ranks all items by cosine against each held-out text: by their
// vectors x [N, D], and by their reconstructions. The item that the text was
// held out of takes part with the vector that it has without, and with the
// identifier that Assign gives that one. An item of equal cosine counts as a
// better one. Random identifiers find nothing. Those of HierarchicalKMeans end at a
// single item's own vector, the text included, and so find more than they could.
func AssessTexts(q *Identifiers, x []float32, h Held) (TextRecall, error) {
	n, m, d := len(q.IDs), len(h.Items), q.D
	r := TextRecall{Questions: m}
	if len(x) != n*d || len(h.Texts) != m*d || len(h.Without) != m*d {
		return r, fmt.Errorf("%d items and %d questions of %d values do not fit %d, %d and %d values", n, m, d, len(x), len(h.Texts), len(h.Without))
	}
	if m == 0 {
		return r, nil
	}
	p := newPool(q.Config.Threads)
	r.Exact = found(p, h, x, h.Without, n, d)
	if q.Config.Method == Random {
		return r, nil
	}
	ids, err := q.Assign(h.Without, m)
	if err != nil {
		return r, err
	}
	r.Quantised = found(p, h, q.Reconstruct(prefixes(q.IDs, 1+q.fine())), q.Reconstruct(ids), n, d)
	return r, nil
}

// found is the percentage of the questions whose item is among the ten nearest
// by cosine: of y [n, d] for all other items and own [Q, d] for itself.
func found(p *pool, h Held, y, own []float32, n, d int) float64 {
	const (
		group    = 16   // questions a product
		rounding = 1e-6 // of a cosine: the products are summed in different orders
	)
	ySize, ownSize := sizes(y, d), sizes(own, d)
	groups := (len(h.Items) + group - 1) / group
	hits := make([]int, groups)
	p.each(groups, func(_, g int) {
		lo, hi := g*group, min((g+1)*group, len(h.Items))
		dots := make([]float32, (hi-lo)*n)
		gemm.Mul(false, true, hi-lo, n, d, h.Texts[lo*d:hi*d], d, y, d, dots, n, false)
		for t := lo; t < hi; t++ {
			var dot float32
			for j, v := range h.Texts[t*d:][:d] {
				dot += v * own[t*d+j]
			}
			mine := dot / ownSize[t]
			better := 0
			for i, v := range dots[(t-lo)*n:][:n] {
				if i != h.Items[t] && v/ySize[i] >= mine-rounding {
					better++
				}
			}
			if better < 10 {
				hits[g]++
			}
		}
	})
	sum := 0
	for _, v := range hits {
		sum += v
	}
	return 100 * float64(sum) / float64(len(h.Items))
}

// sizes gives the length of each row of x [n, d]; of one that is 0, 1.
func sizes(x []float32, d int) []float32 {
	size := make([]float32, len(x)/d)
	for i := range size {
		var s float64
		for _, v := range x[i*d:][:d] {
			s += float64(v) * float64(v)
		}
		if size[i] = float32(math.Sqrt(s)); s == 0 {
			size[i] = 1
		}
	}
	return size
}
