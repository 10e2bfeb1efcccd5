package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"ace/core"
	"ace/core/search"
)

type queryCmd struct {
	Bundle string            `arg:"" help:"SITE/bundle."`
	Text   string            `arg:"" help:"What to look for."`
	Limit  int               `short:"k" default:"10" placeholder:"N" help:"How many answers."`
	Kind   string            `placeholder:"KIND" help:"Only this kind: image, audio or video."`
	Filter map[string]string `placeholder:"KEY=VALUE" mapsep:"none" help:"Only items with this meta value; may be given several times."`
	Pure   bool              `help:"Rank by the identifiers' probability alone (today the only mode)."`
	Device string            `default:"auto" placeholder:"D" help:"cpu or auto."`
	JSON   bool              `help:"Print JSON."`
}

// clock gives milliseconds since it was made.
func clock() func() float64 {
	began := time.Now()
	return func() float64 { return float64(time.Since(began).Nanoseconds()) / 1e6 }
}

func (c *queryCmd) Run(ctx context.Context, t *out) error {
	if err := noGPU(c.Device); err != nil {
		return err
	}
	if c.Limit < 1 || c.Limit > search.MaxLimit {
		return usage("-k %d", fmt.Sprintf("it is 1 to %d", search.MaxLimit), c.Limit)
	}
	o := search.Options{Limit: c.Limit, Filter: c.Filter, Pure: c.Pure, Now: clock()}
	if c.Kind != "" {
		k, err := core.ParseKind(c.Kind)
		if err != nil {
			return usageError{err}
		}
		o.Kind = &k
	}
	r, err := openBundle(ctx, c.Bundle)
	if err != nil {
		return err
	}
	a, err := r.Search(ctx, c.Text, o)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(t.stdout).Encode(a)
	}
	if len(a.Hits) == 0 {
		t.say("nothing fits")
		return nil
	}
	w := tabwriter.NewWriter(t.stdout, 0, 0, 2, ' ', 0)
	for i, h := range a.Hits {
		fmt.Fprintf(w, "%d\t%.2f\t%s\t%s\t%s\t%s\n", i+1, h.Score, h.Item.Kind, clip(h.Item.Label(), 60), h.Item.ID, h.Item.File)
	}
	return w.Flush()
}

// clip shortens a text to n runes on one line.
func clip(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return string(r)
}
