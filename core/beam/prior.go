package beam

import (
	"ace/core"
	"ace/shaders/cpu"
)

// Prior is what speaks for each item before the first code is written. The best
// of a range, what a prefix may still lead to, costs a look at one item in 64.
type Prior struct {
	items  int
	values []float32 // of each item, rounded up to block; then the highest of each block
}

// block is how many items have a maximum of their own.
const block = 64

// Never is the prior of items that are not to be found.
const Never = cpu.Worst

// NewPrior makes room for a prior over items.
func NewPrior(items int) *Prior {
	n := (items + block - 1) / block
	return &Prior{items, make([]float32, n*block+n)}
}

// Fill sets the prior of every item, in item order.
func (p *Prior) Fill(of func(item int) float64) {
	maxima := p.values[p.maxima():]
	for b := range maxima {
		top := Never
		for i := b * block; i < min((b+1)*block, p.items); i++ {
			v := max(float32(of(i)), Never)
			p.values[i] = v
			top = max(top, v)
		}
		maxima[b] = top
	}
}

func (p *Prior) maxima() int { return len(p.values) / (block + 1) * block }

// Best is the highest prior of a range; Never of an empty one.
func (p *Prior) Best(r core.Range) float64 {
	top := Never
	first, end := (int(r.Lo)+block-1)/block, int(r.Hi)/block // whole blocks
	if first >= end {
		for _, v := range p.values[r.Lo:r.Hi] {
			top = max(top, v)
		}
		return float64(top)
	}
	for _, part := range [][]float32{p.values[r.Lo : first*block], p.values[p.maxima():][first:end], p.values[end*block : r.Hi]} {
		for _, v := range part {
			top = max(top, v)
		}
	}
	return float64(top)
}
