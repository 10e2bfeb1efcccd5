package dual

// vectors are the items in the towers' space, by their texts and by their media,
// each [N, width] of rows of length 1, or 0 where there are none.
type vectors struct{ words, media []float32 }

// index returns the vectors of all items, by all that is known of them.
func index(c *corpus, t *towers[float32]) vectors {
	size := len(c.texts) * t.d
	out := vectors{make([]float32, 0, size), make([]float32, 0, size)}
	eachPart(c, t, func(v vectors) {
		out.words, out.media = append(out.words, v.words...), append(out.media, v.media...)
	})
	return out
}

// eachPart gives the vectors of all items in order, as many at a time as the towers
// take. They are f's until it returns.
func eachPart(c *corpus, t *towers[float32], f func(v vectors)) {
	n, rows, dims := len(c.texts), len(t.nq), c.media.dims
	words := make([]float32, min(n, rows)*t.d)
	for from := 0; from < n; from += rows {
		to := min(n, from+rows)
		b := batch[float32]{text: make([]bag, to-from), textSense: make([]float32, (to-from)*c.sense), media: make([]float32, (to-from)*dims)}
		for i := range b.text {
			for _, s := range c.texts[from+i] {
				b.text[i].add(s, b.textSense[i*c.sense:(i+1)*c.sense], 0, nil)
			}
		}
		items := func() []float32 {
			t.each(to-from, func(_, lo, hi int) { t.items(&b, lo, hi) })
			return t.y[:(to-from)*t.d]
		}
		v := vectors{words: words[:copy(words, items())]}
		for i := range b.text {
			b.text[i].reset()
		}
		clear(b.textSense)
		for i := range b.text {
			c.media.read(from+i, b.media[i*dims:(i+1)*dims])
		}
		v.media = items()
		f(v)
	}
}

// encode writes the vector of a question [d], and out its direction.
func (m *towers[F]) encode(s sentence, x, out []F) {
	var b bag
	sense := make([]float32, m.sense)
	b.add(s, sense, 0, nil)
	wide := make([]F, m.sense)
	for i, v := range sense {
		wide[i] = F(v)
	}
	m.sums([]bag{b}, wide, 0, 1, x)
	m.direct(x, out)
}

// join puts the sums of the two vectors of each item, brought to length 1, in the
// place of the words'. The media's have this weight where an item has both.
func (v vectors) join(t *towers[float32], weight float32) {
	t.each(len(v.words)/t.d, func(_, lo, hi int) {
		for at := lo * t.d; at < hi*t.d; at += t.d {
			y, m := v.words[at:at+t.d], v.media[at:at+t.d]
			if t.dot(y, y) == 0 {
				copy(y, m)
			} else {
				t.axpy(weight, m, y)
			}
			t.direct(y, y)
		}
	})
}
