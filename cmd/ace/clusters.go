package main

import (
	"bytes"
	"cmp"
	"context"
	"image"
	"image/jpeg"
	"maps"
	"math"
	"path/filepath"
	"runtime"
	"slices"

	"ace/core"
	"ace/train/corpus"
	"ace/train/feature"
	"ace/train/identify"
	"ace/train/index"
	"ace/train/media"
	"ace/train/report"

	"golang.org/x/image/draw"
	"golang.org/x/sync/errgroup"
)

// What a contact sheet shows of a cluster.
const (
	sheetSamples = 12
	sheetWords   = 8
	sheetSide    = 160 // of its pictures, in pixels
	sheetPeaks   = 60
)

// clusters are the items by their coarse codes, the largest cluster first.
func clusters(ctx context.Context, col index.Collection, ids *identify.Identifiers, kept *feature.Kept) ([]report.Cluster, error) {
	members := map[core.Token][]int{}
	for i, id := range ids.IDs {
		members[id[0]] = append(members[id[0]], i)
	}
	codes := slices.SortedFunc(maps.Keys(members), func(a, b core.Token) int {
		return cmp.Or(len(members[b])-len(members[a]), int(a)-int(b))
	})
	words := tellingWords(col.Items, members)
	var list []report.Cluster
	type place struct{ cluster, sample, item int }
	var places []place
	for n, code := range codes {
		of := members[code]
		c := report.Cluster{Code: int(code), Items: len(of), Words: words[code], Samples: make([]report.Sample, min(len(of), sheetSamples))}
		for s := range c.Samples {
			places = append(places, place{n, s, of[s*len(of)/len(c.Samples)]})
		}
		list = append(list, c)
	}
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, p := range places {
		g.Go(func() error {
			if ctx.Err() == nil {
				list[p.cluster].Samples[p.sample] = sample(col, &col.Items[p.item], kept)
			}
			return ctx.Err()
		})
	}
	return list, g.Wait()
}

// sample is what a contact sheet shows of an item; a file that cannot be read is a
// name alone.
func sample(col index.Collection, it *core.Item, kept *feature.Kept) report.Sample {
	s := report.Sample{Name: it.Label(), Kind: it.Kind.String()}
	path := filepath.Join(col.Root, filepath.FromSlash(it.File))
	var m image.Image
	if it.Kind != core.Audio && kept != nil {
		if _, thumb, _, err := kept.Look(path, it.Kind); err == nil && thumb != nil {
			m, _ = media.DecodeThumb(thumb)
		}
	}
	if m == nil {
		d, err := media.Decode(path, it.Kind)
		if err != nil {
			return s
		}
		if s.Peaks = peaks(d.Wave); len(d.Frames) == 0 {
			return s
		}
		m = d.Frames[0]
	}
	s.Picture = miniature(m)
	return s
}

// miniature is a JPEG of a picture on white, sheetSide pixels at most.
func miniature(m image.Image) []byte {
	b := m.Bounds()
	scale := min(1, sheetSide/float64(max(b.Dx(), b.Dy())))
	out := image.NewRGBA(image.Rect(0, 0, max(1, int(float64(b.Dx())*scale)), max(1, int(float64(b.Dy())*scale))))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.BiLinear.Scale(out, out.Bounds(), m, b, draw.Over, nil)
	var file bytes.Buffer
	if jpeg.Encode(&file, out, &jpeg.Options{Quality: 70}) != nil {
		return nil
	}
	return file.Bytes()
}

// peaks are those of a sound, the loudest of all being 1.
func peaks(wave []float32) []float32 {
	if len(wave) < sheetPeaks {
		return nil
	}
	out := make([]float32, sheetPeaks)
	most := float32(1e-6)
	for i, v := range wave {
		at := i * sheetPeaks / len(wave)
		out[at] = max(out[at], float32(math.Abs(float64(v))))
		most = max(most, out[at])
	}
	for i := range out {
		out[i] /= most
	}
	return out
}

// tellingWords are the words of each cluster that are commoner there than in the
// collection, weighed by how many of its items they tell of: √p·log(p/q), p and q
// being the shares of the cluster's and of all items that say them. A word of one
// item among several tells nothing.
func tellingWords(items []core.Item, members map[core.Token][]int) map[core.Token][]string {
	said := corpus.Words(corpus.Read(items))
	all := map[string]int{}
	count := func(of []int, into map[string]int) {
		for _, i := range of {
			once := map[string]bool{}
			for _, w := range said[i] {
				if !once[w.Word] && len([]rune(w.Word)) > 2 {
					once[w.Word] = true
					into[w.Word]++
				}
			}
		}
	}
	for _, of := range members {
		count(of, all)
	}
	out := map[core.Token][]string{}
	for code, of := range members {
		here := map[string]int{}
		count(of, here)
		score := func(w string) float64 {
			p := float64(here[w]) / float64(len(of))
			return math.Sqrt(p) * math.Log(p*float64(len(items))/float64(all[w]))
		}
		words := slices.SortedFunc(maps.Keys(here), func(a, b string) int {
			return cmp.Or(cmp.Compare(score(b), score(a)), cmp.Compare(a, b))
		})
		words = slices.DeleteFunc(words, func(w string) bool { return score(w) <= 0 || here[w] < min(2, len(of)) })
		out[code] = words[:min(len(words), sheetWords)]
	}
	return out
}
