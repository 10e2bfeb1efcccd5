package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"ace/core"
	"ace/core/bundle"
	"ace/core/model"
	"ace/train/feature"
	"ace/train/fit"
	"ace/train/identify"
	"ace/train/index"
)

type inspectCmd struct {
	File string `arg:"" help:"A file that extract, identify or train wrote, a checkpoint, or SITE/bundle."`
	JSON bool   `help:"Print JSON."`
}

// Keys of a bundle that docs/format.md names.
const (
	metaModel = "model"
	metaItems = "items"
)

// contents is what inspect shows. Parts that a container lacks are left out.
type contents struct {
	Kind        bundle.Kind          `json:"kind"`
	Layout      int                  `json:"layout"`
	Feature     int                  `json:"feature"`
	Sum         string               `json:"sha256"`
	Title       string               `json:"title,omitempty"`
	Items       int                  `json:"items,omitempty"`
	Kinds       map[string]int       `json:"kinds,omitempty"`
	Vectors     []int                `json:"vectors,omitempty"` // N, D
	Levels      []int                `json:"levels,omitempty"`  // V of each
	Model       *model.Config        `json:"model,omitempty"`
	Parameters  int                  `json:"parameters,omitempty"`
	Words       *feature.Report      `json:"words,omitempty"`       // of features
	Identifiers *identify.Report     `json:"identifiers,omitempty"` // of identifiers
	Training    *fit.StateMeta       `json:"training,omitempty"`    // of a checkpoint
	Sections    []bundle.SectionInfo `json:"sections"`
	Tensors     []bundle.TensorInfo  `json:"tensors"`
}

func (c *inspectCmd) Run(ctx context.Context, t *out) error {
	in, err := openContainer(ctx, c.File)
	if err != nil {
		return err
	}
	s, err := look(ctx, in)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if c.JSON {
		e := json.NewEncoder(t.stdout)
		e.SetIndent("", "  ")
		return e.Encode(s)
	}
	return s.print(t.stdout)
}

// look gathers what a container says of itself.
func look(ctx context.Context, in *bundle.Container) (*contents, error) {
	s := &contents{Kind: in.Kind(), Layout: bundle.LayoutVersion, Feature: in.Feature(), Sum: in.Sum(), Sections: in.Sections(), Tensors: in.Tensors()}
	keys := in.MetaKeys()
	var made struct {
		Sizes []int `json:"sizes"`
	}
	known := map[string]any{"title": &s.Title, "levels": &s.Levels, "identifiers": &made, metaModel: &s.Model, fit.MetaState: &s.Training}
	switch s.Kind {
	case bundle.Features:
		known[metaReport] = &s.Words
	case bundle.Identifiers:
		known[metaReport] = &s.Identifiers
	}
	for key, into := range known {
		if slices.Contains(keys, key) {
			if err := in.Meta(key, into); err != nil {
				return nil, err
			}
		}
	}
	if len(made.Sizes) > 0 {
		s.Levels = made.Sizes
	}
	if s.Model != nil {
		if err := s.Model.Check(); err != nil {
			return nil, err
		}
		s.Parameters = s.Model.Parameters()
	}
	if info, ok := in.Tensor(tensorFeatures); ok {
		s.Vectors = info.Shape
	}
	if in.Kind() == bundle.Bundle {
		var items struct {
			Count int            `json:"count"`
			Kinds map[string]int `json:"kinds"`
		}
		if err := in.Meta(metaItems, &items); err != nil {
			return nil, err
		}
		s.Items, s.Kinds = items.Count, items.Kinds
		return s, nil
	}
	if slices.ContainsFunc(s.Sections, func(i bundle.SectionInfo) bool { return i.Name == index.SectCollection }) {
		col, err := index.ReadCollection(ctx, in)
		if err != nil {
			return nil, err
		}
		s.Items, s.Kinds = len(col.Items), map[string]int{}
		for i := range col.Items {
			s.Kinds[col.Items[i].Kind.String()]++
		}
	}
	return s, nil
}

func (s *contents) print(w io.Writer) error {
	fmt.Fprintf(w, "%s, layout %d, feature %d, sha256 %s\n", s.Kind, s.Layout, s.Feature, s.Sum)
	if s.Title != "" {
		fmt.Fprintf(w, "%q\n", s.Title)
	}
	if s.Items > 0 {
		var parts []string
		for k := range core.Kinds {
			if name := core.Kind(k).String(); s.Kinds[name] > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", s.Kinds[name], name))
			}
		}
		fmt.Fprintf(w, "%d items: %s\n", s.Items, strings.Join(parts, ", "))
	}
	if len(s.Vectors) == 2 {
		fmt.Fprintf(w, "vectors of %d values\n", s.Vectors[1])
	}
	if s.Words != nil {
		fmt.Fprintf(w, "%d words; %d items without any, %d of these described by their media\n", s.Words.Terms, s.Words.Wordless, s.Words.Predicted)
	}
	if len(s.Levels) > 0 {
		fmt.Fprintf(w, "identifiers of %d levels, codes %v\n", len(s.Levels), s.Levels)
	}
	if m := s.Model; m != nil {
		fmt.Fprintf(w, "model: %d+%d layers, width %d, %d heads, ffn %d, vocabulary %d, %d parameters\n", m.Encoder, m.Decoder, m.Width, m.Heads, m.FFN, m.Vocabulary, s.Parameters)
	}
	if g := s.Training; g != nil {
		fmt.Fprintf(w, "checkpoint: epoch %d, step %d of %d, %.0f s\n", g.Epoch, g.Step, g.Steps, g.Seconds)
	}
	if s.Identifiers != nil {
		fmt.Fprintf(w, "\n%s", s.Identifiers)
	}
	fmt.Fprintln(w)
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "section\tbytes\tstored\tencoding\t")
	total, stored := 0, 0
	for _, i := range s.Sections {
		fmt.Fprintf(tw, "%s\t%d\t%d\t%s\t\n", i.Name, i.Size, i.StoredSize(), i.Encoding)
		total, stored = total+i.Size, stored+i.StoredSize()
	}
	fmt.Fprintf(tw, "in all\t%d\t%d\t\t\n", total, stored)
	if err := tw.Flush(); err != nil || len(s.Tensors) == 0 {
		return err
	}
	fmt.Fprintln(w)
	fmt.Fprintln(tw, "tensor\ttype\tshape\tsection\t")
	for _, i := range s.Tensors {
		fmt.Fprintf(tw, "%s\t%s\t%v\t%s\t\n", i.Name, i.DType, i.Shape, i.Section)
	}
	return tw.Flush()
}
