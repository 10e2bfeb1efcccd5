package feature

import (
	"context"
	"fmt"

	"ace/core"
	"ace/core/bundle"
)

// save adds the means and deviations of the kinds to a section of a container.
func (l *encoded) save(b *bundle.Builder, to string) {
	for k, s := range l.kinds {
		if s == nil {
			continue
		}
		b.AddTensor(to, encodedTensor(core.Kind(k), "mean"), bundle.F32, []int{len(s.mean)}, s.mean)
		b.AddTensor(to, encodedTensor(core.Kind(k), "deviation"), bundle.F32, []int{len(s.deviation)}, s.deviation)
	}
}

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
	return nil
}
