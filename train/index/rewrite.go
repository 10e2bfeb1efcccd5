package index

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"ace/core/bundle"
	"ace/core/dual"
	"ace/core/lexicon"
	"ace/core/search"
	"ace/train/corpus"
)

// Bundle is the bundle with the items as they are now, in the order of their
// identifiers, and without the meta values of these keys.
func (k *Catalogue) Bundle(ctx context.Context, but ...string) (*bundle.Builder, error) {
	k.pick(k.col.Order())
	b := bundle.NewBuilder(bundle.Bundle)
	for _, key := range k.c.MetaKeys() {
		if slices.Contains(but, key) {
			continue
		}
		var raw json.RawMessage
		if err := k.c.Meta(key, &raw); err != nil {
			return nil, err
		}
		b.SetMeta(key, raw)
	}
	once := map[string]bool{}
	for _, s := range k.c.Sections() {
		part := partOf(s.Name)
		if part != "" && once[part] {
			continue
		}
		once[part] = true
		if err := k.write(ctx, b, s, part); err != nil {
			return nil, err
		}
	}
	k.writeAdded(b)
	return b, nil
}

// The sections that are written anew, by what they are parts of.
const (
	partItems   = "items"
	partWords   = "words"
	partSense   = "sense"
	partVectors = "vectors"
	partAdded   = "added"
)

func partOf(section string) string {
	switch {
	case strings.HasPrefix(section, "items.") || section == "trie" || section == "added":
		return partItems
	case strings.HasPrefix(section, lexicon.Section):
		return partWords
	case strings.HasPrefix(section, "sense"):
		return partSense
	case section == dual.Section:
		return partVectors
	case section == sectAdded:
		return partAdded
	}
	return ""
}

// write adds a section, and with it all others of its part.
func (k *Catalogue) write(ctx context.Context, b *bundle.Builder, s bundle.SectionInfo, part string) error {
	switch part {
	case partItems:
		return search.WriteItems(b, k.col)
	case partWords:
		lexicon.Collect(corpus.Words(corpus.Read(k.col.Items))).Write(b)
		return nil
	case partSense:
		search.WriteSense(b, k.table)
		return nil
	case partAdded:
		return nil
	case partVectors:
		return k.writeVectors(ctx, b, s.Name)
	}
	defer k.c.Release(s.Name)
	return copySection(ctx, b, k.c, s)
}

// writeVectors adds the section of the dual encoder, with the items' vectors as they
// are now.
func (k *Catalogue) writeVectors(ctx context.Context, b *bundle.Builder, section string) error {
	for _, t := range k.c.Tensors() {
		switch {
		case t.Section != section:
		case t.Name == tensorItems:
			b.AddTensor(section, t.Name, bundle.I8, []int{len(k.scales), k.width}, k.codes)
		case t.Name == tensorItems+bundle.ScaleSuffix:
			b.AddTensor(section, t.Name, bundle.F32, []int{len(k.scales)}, k.scales)
		default:
			if err := copyTensor(ctx, b, k.c, t); err != nil {
				return err
			}
		}
	}
	b.Compress(section)
	k.c.Release(section)
	return nil
}
