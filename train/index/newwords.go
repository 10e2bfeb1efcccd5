package index

import (
	"context"
	"slices"
	"strings"

	"ace/core"
	"ace/core/bundle"
	"ace/core/search"
	"ace/core/sense"
	"ace/train/corpus"
)

// sectAdded lists the words whose vectors came with items that were added, one a
// line: they go again with the last item that says them.
const sectAdded = search.Frozen + ".words"

func (k *Catalogue) readAdded(ctx context.Context) error {
	for _, s := range k.c.Sections() {
		if s.Name != sectAdded {
			continue
		}
		data, err := k.c.Section(ctx, sectAdded)
		if err != nil {
			return err
		}
		k.added = strings.Split(string(data), "\n")
	}
	return nil
}

func (k *Catalogue) writeAdded(b *bundle.Builder) {
	if len(k.added) > 0 {
		slices.Sort(k.added)
		b.AddBlob(sectAdded, []byte(strings.Join(k.added, "\n")), true)
	}
}

// BringWords takes from the word vectors of the language those that new items'
// words need and the bundle lacks. It is false, and does nothing, where the
// bundle's are others.
func (k *Catalogue) BringWords(base *sense.Table, items []core.Item) bool {
	if k.table == nil {
		return true
	}
	rows := map[int]bool{}
	if base.Dim() != k.table.Dim() {
		return false
	}
	x, y := make([]float32, base.Dim()), make([]float32, base.Dim())
	for r := range k.table.Len() {
		at, ok := base.Find(k.table.Word(r))
		if !ok || base.Word(at) != k.table.Word(r) {
			return false
		}
		base.Vector(at, x)
		if k.table.Vector(r, y); !slices.Equal(x, y) {
			return false
		}
		rows[at] = true
	}
	var list []int
	eachRow(base, items, func(row int) {
		if !rows[row] {
			k.added = append(k.added, base.Word(row))
		}
		rows[row] = true
	})
	for row := range rows {
		list = append(list, row)
	}
	slices.Sort(list)
	k.table = base.Subset(list)
	return true
}

// dropWords takes out of the table the words that came with items that have
// gone.
func (k *Catalogue) dropWords() {
	if len(k.added) == 0 || k.table == nil {
		return
	}
	said := map[string]bool{}
	eachRow(k.table, k.col.Items, func(row int) { said[k.table.Word(row)] = true })
	gone := map[string]bool{}
	k.added = slices.DeleteFunc(k.added, func(w string) bool {
		gone[w] = !said[w]
		return !said[w]
	})
	var rows []int
	for r := range k.table.Len() {
		if !gone[k.table.Word(r)] {
			rows = append(rows, r)
		}
	}
	k.table = k.table.Subset(rows)
}

// eachRow calls f for the row of each word of the items that a table knows.
func eachRow(t *sense.Table, items []core.Item, f func(row int)) {
	done := map[string]bool{}
	for _, words := range corpus.Words(corpus.Read(items)) {
		for _, w := range words {
			if done[w.Word] {
				continue
			}
			done[w.Word] = true
			if row, ok := t.Find(w.Word); ok {
				f(row)
			}
		}
	}
}
