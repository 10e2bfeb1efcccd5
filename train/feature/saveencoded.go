package feature

import (
	"context"
	"fmt"

	"ace/core"
	"ace/core/bundle"
)

// save adds the means and deviations of the kinds, and the means of a pair, to a
// section of a container.
func (l *encoded) save(b *bundle.Builder, to string) {
	for k, s := range l.kinds {
		if s == nil {
			continue
		}
		b.AddTensor(to, encodedTensor(core.Kind(k), "mean"), bundle.F32, []int{len(s.mean)}, s.mean)
		b.AddTensor(to, encodedTensor(core.Kind(k), "deviation"), bundle.F32, []int{len(s.deviation)}, s.deviation)
	}
	if p := l.pair; p != nil {
		b.AddTensor(to, pairTensor("media"), bundle.F32, []int{len(p.media)}, p.media)
		b.AddTensor(to, pairTensor("text"), bundle.F32, []int{len(p.text)}, p.text)
	}
}

func pairTensor(what string) string { return metaProjection + ".encoded.pair." + what }

func encodedTensor(kind core.Kind, what string) string {
	return fmt.Sprintf("%s.encoded.%s.%s", metaProjection, kind, what)
}

// load reads what save wrote, for columns that are known.
func (l *encoded) load(ctx context.Context, c *bundle.Container) error {
	for k := range core.Kind(core.Kinds) {
		if _, ok := c.Tensor(encodedTensor(k, "mean")); !ok {
			continue
		}
		s := &spread{}
		for _, t := range []part{{"mean", []int{l.dims()}, &s.mean}, {"deviation", []int{l.dims()}, &s.deviation}} {
			if err := t.read(ctx, c, encodedTensor(k, t.what)); err != nil {
				return err
			}
		}
		l.kinds[k] = s
	}
	if p := l.pair; p != nil {
		width := []int{len(l.part(make([]float32, l.dims()), p.Column))}
		if width[0] == 0 {
			return fmt.Errorf("texts that join vectors %q, which there are none of", p.Column)
		}
		for _, t := range []part{{"media", width, &p.media}, {"text", width, &p.text}} {
			if err := t.read(ctx, c, pairTensor(t.what)); err != nil {
				return err
			}
		}
	}
	return nil
}
