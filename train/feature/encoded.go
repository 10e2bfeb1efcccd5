package feature

import (
	"fmt"
	"math"
	"slices"

	"ace/core"
	"ace/train/media"
	"ace/train/rows"
)

// column is a part of an encoded vector: an encoder's, or the built-in
// descriptor of a kind that no encoder knows.
type column struct {
	Name string `json:"name"` // picture, sound, or the kind
	Key  string `json:"key,omitempty"`
	Dims int    `json:"dims"`
}

const (
	columnPicture = "picture"
	columnSound   = "sound"
)

// encoded is how the vectors of all kinds lie in one, each encoder's in columns of
// its own, 0 where a kind has none; and each kind's mean and deviation, which are
// brought to 0 and 1.
type encoded struct {
	columns []column
	kinds   [core.Kinds]*spread // nil: the collection had none of it
	pair    *pair               // nil: texts take no part
}

type spread struct{ mean, deviation []float32 }

func (l *encoded) dims() int {
	n := 0
	for _, c := range l.columns {
		n += c.Dims
	}
	return n
}

// part is the columns of that name in a row; nil: there are none.
func (l *encoded) part(row []float32, name string) []float32 {
	at := 0
	for _, c := range l.columns {
		if c.Name == name {
			return row[at : at+c.Dims]
		}
		at += c.Dims
	}
	return nil
}

// layout lays out the columns that the items of a collection fill.
func (e *Encoders) layout(items []core.Item, builtIn bool) *encoded {
	l := &encoded{columns: e.columns()}
	for kind := range core.Kind(core.Kinds) {
		has := slices.ContainsFunc(items, func(i core.Item) bool { return i.Kind == kind })
		if has && slices.Contains(e.of(kind, builtIn), kind.String()) {
			l.columns = append(l.columns, column{Name: kind.String(), Dims: kindDims[kind]})
		}
	}
	return l
}

func (e *Encoders) columns() []column {
	var list []column
	if e.Picture != nil {
		list = append(list, column{columnPicture, e.Picture.Key(), e.Picture.Dims()})
	}
	if e.Sound != nil {
		list = append(list, column{columnSound, e.Sound.Key(), e.Sound.Dims()})
	}
	return list
}

// check holds encoders against those that a collection was made with.
func (l *encoded) check(e *Encoders) error {
	have := e.columns()
	for _, c := range l.columns {
		if c.Key == "" {
			continue
		}
		if i := slices.IndexFunc(have, func(h column) bool { return h.Name == c.Name }); i < 0 {
			return fmt.Errorf("the collection was made with a %s encoder, none is given", c.Name)
		} else if have[i] != c {
			return fmt.Errorf("the collection was made with another %s encoder, or one that prepares its input otherwise", c.Name)
		}
	}
	if n := slices.IndexFunc(have, func(h column) bool { return !slices.Contains(l.columns, h) }); n >= 0 {
		return fmt.Errorf("the collection was made without a %s encoder", have[n].Name)
	}
	return nil
}

// steady is the variance, as a share of the squared mean, up to which a value says
// nothing but how it was rounded.
const steady = 1e-9

// fit finds the mean and the deviation of each value, kind by kind. Where there is
// one kind alone, its vectors stay as the encoder makes them, unless they join others.
func (l *encoded) fit(g *rows.Table, c *media.Collection) {
	var mean, square [core.Kinds][]float64
	var count [core.Kinds]float64
	row := make([]float32, g.D)
	each := func(f func(kind core.Kind, j int, v float64)) {
		for i := range c.Items {
			g.Read(c.Rows[i], row)
			for j, v := range row {
				f(c.Items[i].Kind, j, float64(v))
			}
		}
	}
	for i := range c.Items {
		k := c.Items[i].Kind
		if count[k]++; mean[k] == nil {
			mean[k], square[k] = make([]float64, g.D), make([]float64, g.D)
		}
	}
	each(func(k core.Kind, j int, v float64) { mean[k][j] += v / count[k] })
	each(func(k core.Kind, j int, v float64) { square[k][j] += (v - mean[k][j]) * (v - mean[k][j]) / count[k] })
	for k := range mean {
		if mean[k] == nil {
			continue
		}
		l.kinds[k] = &spread{narrow(mean[k]), make([]float32, g.D)}
		alone := count[k] == float64(len(c.Items)) && !slices.ContainsFunc(l.columns, func(c column) bool { return c.Key == "" })
		if alone {
			clear(l.kinds[k].mean)
		}
		for j, v := range square[k] {
			if alone {
				l.kinds[k].deviation[j] = 1
			} else if v > steady*(1e-10+mean[k][j]*mean[k][j]) {
				l.kinds[k].deviation[j] = float32(math.Sqrt(v))
			}
		}
	}
}

// scale brings vectors to mean 0 and deviation 1, as fit found them.
func (l *encoded) scale(g *rows.Table, c *media.Collection) error {
	row := make([]float32, g.D)
	for i := range c.Items {
		s := l.kinds[c.Items[i].Kind]
		if g.Read(c.Rows[i], row); s == nil {
			clear(row)
		} else {
			s.scale(row)
		}
		if err := g.Write(c.Rows[i], row); err != nil {
			return err
		}
	}
	return nil
}

func (s *spread) scale(row []float32) {
	for j, d := range s.deviation {
		if d > 0 {
			row[j] = (row[j] - s.mean[j]) / d
		} else {
			row[j] = 0
		}
	}
}
