package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ace/core/bundle"
	"ace/core/dual"
	"ace/core/lexicon"
	"ace/core/search"
	"ace/train/corpus"

	"aead.dev/minisign"
)

// bundle is the bundle with the items as they are now.
func (k *catalogue) bundle(ctx context.Context) (*bundle.Builder, error) {
	k.pick(k.col.Order())
	b := bundle.NewBuilder(bundle.Bundle)
	for _, key := range k.c.MetaKeys() {
		if k.about != nil && slices.Contains(metaAbout, key) {
			continue
		}
		var raw json.RawMessage
		if err := k.c.Meta(key, &raw); err != nil {
			return nil, err
		}
		b.SetMeta(key, raw)
	}
	if k.about != nil {
		if err := k.about(b); err != nil {
			return nil, err
		}
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
	case strings.HasPrefix(section, "items.") || section == "trie":
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
func (k *catalogue) write(ctx context.Context, b *bundle.Builder, s bundle.SectionInfo, part string) error {
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
	}
	blob := true
	for _, t := range k.c.Tensors() {
		if t.Section != s.Name {
			continue
		}
		blob = false
		switch t.Name {
		case tensorItems:
			b.AddTensor(s.Name, t.Name, bundle.I8, []int{len(k.scales), k.width}, k.codes)
		case tensorItems + bundle.ScaleSuffix:
			b.AddTensor(s.Name, t.Name, bundle.F32, []int{len(k.scales)}, k.scales)
		default:
			if err := copyTensor(ctx, b, k.c, t); err != nil {
				return err
			}
		}
	}
	switch {
	case blob:
		data, err := k.c.Section(ctx, s.Name)
		if err != nil {
			return err
		}
		b.AddBlob(s.Name, data, s.Encoding != "")
	case s.Encoding != "" || part == partVectors:
		b.Compress(s.Name)
	}
	k.c.Release(s.Name)
	return nil
}

// copyTensor adds a tensor of a container as it is.
func copyTensor(ctx context.Context, b *bundle.Builder, c *bundle.Container, t bundle.TensorInfo) error {
	var data any
	var err error
	switch t.DType {
	case bundle.I8:
		data, _, _, err = c.Int8s(ctx, t.Name)
	case bundle.U8:
		data, _, err = c.Uint8s(ctx, t.Name)
	case bundle.U16:
		data, _, err = c.Uint16s(ctx, t.Name)
	case bundle.U32:
		data, _, err = c.Uint32s(ctx, t.Name)
	default:
		data, _, err = c.Float32s(ctx, t.Name)
	}
	if err != nil {
		return err
	}
	b.AddTensor(t.Section, t.Name, t.DType, t.Shape, data)
	return nil
}

// put writes the bundle with the items as they are now, signed if there is a key.
func (k *catalogue) put(ctx context.Context, out string, key *minisign.PrivateKey) (err error) {
	b, err := k.bundle(ctx)
	if err != nil {
		return err
	}
	f, err := newFolder(out, bundle.ManifestFile)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.drop()
		}
	}()
	if err := f.addContainer(".", b); err != nil {
		return err
	}
	if key != nil {
		if err := f.sign(".", key); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.commit()
}

// tellUnsigned says that a signature does not hold for what becomes of a bundle.
func tellUnsigned(t *out, path string, key *minisign.PrivateKey) {
	if _, err := os.Stat(filepath.Join(path, signatureFile)); err == nil && key == nil {
		t.say("%s is signed, what becomes of it is not: --sign signs it anew", path)
	}
}
