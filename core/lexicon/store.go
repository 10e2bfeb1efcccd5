package lexicon

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"ace/core/bundle"
	"ace/core/text"
)

// Section is the name of the index's section of a bundle; its terms lie in a
// section of their own, one a line.
const Section = "lexicon"

const termSection = Section + ".terms"

// Write adds the counted words to a bundle. Items are written as steps from the
// one before, which compress well.
func (c *Count) Write(b *bundle.Builder) {
	b.AddBlob(termSection, []byte(strings.Join(c.Terms, "\n")), true)
	steps := make([]uint32, len(c.Item))
	many := make([]uint32, len(c.Terms))
	for t := range c.Terms {
		from, to := c.First[t], c.First[t+1]
		many[t] = to - from
		last := uint32(0)
		for i := from; i < to; i++ {
			steps[i], last = c.Item[i]-last, c.Item[i]
		}
	}
	b.AddTensor(Section, "lexicon.many", bundle.U32, []int{len(many)}, many)
	if c.Items <= 1<<16 {
		small := make([]uint16, len(steps))
		for i, s := range steps {
			small[i] = uint16(s)
		}
		b.AddTensor(Section, "lexicon.items", bundle.U16, []int{len(small)}, small)
	} else {
		b.AddTensor(Section, "lexicon.items", bundle.U32, []int{len(steps)}, steps)
	}
	b.AddTensor(Section, "lexicon.times", bundle.U8, []int{len(c.Times)}, c.Times)
	b.Compress(Section)
}

// Read reads what Write wrote for a collection of so many items, and nil from a
// bundle without it.
func Read(ctx context.Context, b *bundle.Container, items int) (*Count, error) {
	if _, ok := b.Tensor("lexicon.many"); !ok {
		return nil, nil
	}
	terms, err := b.Section(ctx, termSection)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(terms) {
		return nil, fmt.Errorf("the lexicon's terms are not UTF-8")
	}
	c := &Count{Items: items, Terms: text.Lines(string(terms))}
	many, _, err := b.Uint32s(ctx, "lexicon.many")
	if err != nil {
		return nil, err
	}
	if info, _ := b.Tensor("lexicon.items"); info.DType == bundle.U16 {
		var small []uint16
		if small, _, err = b.Uint16s(ctx, "lexicon.items"); err != nil {
			return nil, err
		}
		c.Item = make([]uint32, len(small))
		for i, s := range small {
			c.Item[i] = uint32(s)
		}
	} else {
		steps, _, err := b.Uint32s(ctx, "lexicon.items")
		if err != nil {
			return nil, err
		}
		c.Item = slices.Clone(steps)
	}
	if c.Times, _, err = b.Uint8s(ctx, "lexicon.times"); err != nil {
		return nil, err
	}
	if len(many) != len(c.Terms) || len(c.Times) != len(c.Item) {
		return nil, fmt.Errorf("a lexicon of %d terms, %d lists, %d items and %d counts", len(c.Terms), len(many), len(c.Item), len(c.Times))
	}
	c.First = make([]uint32, 1, len(many)+1)
	at := 0
	for _, n := range many {
		if int(n) > len(c.Item)-at {
			return nil, fmt.Errorf("the lexicon's lists are longer than its items")
		}
		last := uint32(0)
		for i := at; i < at+int(n); i++ {
			next := last + c.Item[i]
			if next < last || next >= uint32(items) || i > at && next == last {
				return nil, fmt.Errorf("the lexicon names item %d of %d, or one twice", next, items)
			}
			c.Item[i], last = next, next
		}
		at += int(n)
		c.First = append(c.First, uint32(at))
	}
	if at != len(c.Item) {
		return nil, fmt.Errorf("the lexicon's lists end at %d of %d", at, len(c.Item))
	}
	b.Release(Section)
	return c, nil
}
