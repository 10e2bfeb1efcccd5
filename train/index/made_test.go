package index

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"ace/assets"
	"ace/core"
	"ace/core/bundle"
	"ace/core/sense"
	"ace/train/feature"
	"ace/train/fit"
	"ace/train/identify"
	"ace/train/media"
)

// first is how many of the pictures the index of the tests is trained on.
const first = 40

// made is what is trained once for all tests.
var made struct {
	once  sync.Once
	err   error
	words *sense.Table
	col   *media.Collection // 60 pictures
	seen  *feature.Features // of the first
	m     *Meaning
	ids   *identify.Identifiers
	index *Index
}

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "index")
	if err == nil {
		made.col, err = draw(dir, 60)
	}
	if err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// draw writes so many pictures with words and gives them as a collection. Each has
// words of its own, some of which only a later one brings.
func draw(dir string, n int) (*media.Collection, error) {
	c := &media.Collection{Root: dir, Total: n}
	animals := []string{"dog", "horse", "eagle", "salmon", "lizard", "beetle", "walrus"}
	places := []string{"river", "bridge", "meadow", "harbour", "glacier", "orchard", "lighthouse", "quarry"}
	rare := []string{"platypus", "pomegranate", "gondola", "chrysanthemum", "trombone"}
	for i := range n {
		file := fmt.Sprintf("%03d.png", i)
		m := image.NewPaletted(image.Rect(0, 0, 32, 32), color.Palette{color.White, color.RGBA{uint8(i * 37), uint8(i * 91), uint8(i * 53), 255}})
		for p := range 12*32 + 7*i {
			m.Pix[p] = uint8(p / (3 + i%9) % 2)
		}
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, file), b.Bytes(), 0o666); err != nil {
			return nil, err
		}
		a, p := animals[i%len(animals)], places[i/3%len(places)]
		if i >= first {
			a = rare[i%len(rare)]
		}
		c.Items = append(c.Items, core.Item{ID: file[:3], File: file, Title: a + " " + p,
			Captions: []string{fmt.Sprintf("a %s by the %s", a, p), fmt.Sprintf("the %s has a %s", p, a)}})
		c.Rows = append(c.Rows, i)
	}
	return c, nil
}

// part is items from..to-1 of the pictures.
func part(from, to int) *media.Collection {
	p := &media.Collection{Root: made.col.Root, Total: to - from, Items: made.col.Items[from:to]}
	for i := range p.Items {
		p.Rows = append(p.Rows, i)
	}
	return p
}

// train makes an index of the first pictures, trained for a moment.
func train() (err error) {
	ctx := context.Background()
	if made.words, err = sense.ReadFile(ctx, assets.Base(), assets.BaseSection); err != nil {
		return err
	}
	if made.seen, err = feature.Extract(ctx, part(0, first), feature.Defaults()); err != nil {
		return err
	}
	items := made.seen.Items
	if made.m, err = Understand(ctx, items, made.seen, Options{Size: "tiny", Seed: 1, Words: made.words}); err != nil {
		return err
	}
	if made.ids, _, err = made.m.Identify(ctx, items, identify.Default(len(items), made.m.Width()), nil); err != nil {
		return err
	}
	made.index, _, err = Train(ctx, items, made.m, made.ids, fit.Options{Size: "tiny", Epochs: 3, Seed: 1, Fusion: "both"})
	return err
}

// trained is that index.
func trained(t *testing.T) *Index {
	t.Helper()
	if made.once.Do(func() { made.err = train() }); made.err != nil {
		t.Fatal(made.err)
	}
	return made.index
}

// bundleOf is the file of an index's bundle.
func bundleOf(t *testing.T, x *Index) []byte {
	t.Helper()
	b, err := x.Bundle(made.seen.Items)
	if err != nil {
		t.Fatal(err)
	}
	b.SetMeta("title", "<animals> & places")
	return fileOf(t, b)
}

func fileOf(t *testing.T, b *bundle.Builder) []byte {
	t.Helper()
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func open(t *testing.T, file []byte) *bundle.Container {
	t.Helper()
	c, err := bundle.OpenBytes(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
