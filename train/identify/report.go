package identify

import (
	"fmt"
	"math"
	"strings"
	"text/tabwriter"
)

// Report says how good the identifiers of a collection are.
type Report struct {
	N          int        `json:"items"`
	Levels     []Level    `json:"levels"`
	Collisions Share      `json:"collisions"` // items that share coarse and fine tokens with another, as the codebooks give them
	Counted    Share      `json:"counted"`    // those still shared after the repair, told apart by the counter
	Cluster    float64    `json:"cluster"`    // mean items of a coarse cluster in use
	Recall     float64    `json:"recall10"`   // of the exact ten nearest vectors, percent found by the reconstructions
	Queries    int        `json:"queries"`    // vectors that Recall is the mean of
	Texts      TextRecall `json:"texts"`      // of held-out texts, if any were asked
}

// Level is one level of the identifiers.
type Level struct {
	Name       string  `json:"name"` // coarse, fine 1, …, counter
	Size       int     `json:"size"` // codes
	Used       int     `json:"used"`
	Dead       int     `json:"dead"`       // Size - Used
	Perplexity float64 `json:"perplexity"` // 2 to the entropy of the codes in bits: as many codes, used alike, would be as telling
	Largest    int     `json:"largest"`    // most items of one prefix that ends here
	Error      float64 `json:"error"`      // mean squared error of the reconstruction from prefixes that end here, percent of the variance
}

// Share is a number of items and what percentage of all they are.
type Share struct {
	Count   int     `json:"count"`
	Percent float64 `json:"percent"`
}

// Assess looks at identifiers and at the vectors x [N, D] that they stand for.
// Recall@10 is measured with up to 1,000 of the vectors as queries, drawn by
// seed: the ten vectors nearest to each, itself left out, against the ten
// reconstructions nearest to it, by Euclidean distance. Random identifiers have
// no reconstructions: each level leaves all of the variance, and the recall is 0
// over no queries.
func Assess(q *Identifiers, x []float32, seed uint64) (Report, error) {
	n := len(q.IDs)
	if err := checkVectors(x, n, q.D); err != nil {
		return Report{}, err
	}
	share := func(c int) Share { return Share{c, 100 * float64(c) / float64(n)} }
	r := Report{N: n, Collisions: share(q.Collisions)}
	spread := variance(x, n, q.D)
	var y []float32
	for l, size := range q.Sizes {
		level := q.use(l, size)
		groups(q.IDs, l+1, func(g []int) { level.Largest = max(level.Largest, len(g)) })
		if l <= q.fine() {
			y = q.Reconstruct(prefixes(q.IDs, l+1))
		}
		switch {
		case y == nil:
			level.Error = 100
		case spread > 0:
			level.Error = 100 * meanSquare(x, y, n) / spread
		}
		r.Levels = append(r.Levels, level)
	}
	r.Cluster = float64(n) / float64(r.Levels[0].Used)
	r.Counted = share(collisions(prefixes(q.IDs, 1+q.fine())))
	if y != nil {
		r.Recall, r.Queries = recall(newPool(q.Config.Threads), x, y, n, q.D, seed)
	}
	return r, nil
}

// use counts the codes of a level.
func (q *Identifiers) use(l, size int) Level {
	level := Level{Name: fmt.Sprintf("fine %d", l), Size: size}
	switch {
	case l == 0:
		level.Name = "coarse"
	case l > q.fine():
		level.Name = "counter"
	}
	count := make([]int, size)
	for _, id := range q.IDs {
		count[id[l]]++
	}
	var entropy float64
	for _, c := range count {
		if c > 0 {
			level.Used++
			f := float64(c) / float64(len(q.IDs))
			entropy -= f * math.Log2(f)
		}
	}
	level.Dead = size - level.Used
	level.Perplexity = math.Exp2(entropy)
	return level
}

// String is the report as a table.
func (r Report) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "level\tcodes\tused\tdead\tperplexity\tlargest\terror %\t")
	for _, l := range r.Levels {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%.1f\t%d\t%.1f\t\n", l.Name, l.Size, l.Used, l.Dead, l.Perplexity, l.Largest, l.Error)
	}
	w.Flush()
	fmt.Fprintf(&b, "items %d, %.1f a cluster; collisions %d (%.2f %%), %d (%.2f %%) left to the counter\n",
		r.N, r.Cluster, r.Collisions.Count, r.Collisions.Percent, r.Counted.Count, r.Counted.Percent)
	if r.Queries > 0 {
		fmt.Fprintf(&b, "recall@10 of the quantised vectors %.1f %% over %d queries\n", r.Recall, r.Queries)
	}
	if r.Texts.Questions > 0 {
		fmt.Fprintf(&b, "of %d held-out texts %.1f %% find their item among ten by the vectors, %.1f %% by the quantised ones\n",
			r.Texts.Questions, r.Texts.Exact, r.Texts.Quantised)
	}
	return b.String()
}
