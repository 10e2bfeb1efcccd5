package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"ace/core/search"
)

type queryCmd struct {
	Bundle      string `arg:"" help:"SITE/bundle."`
	Text        string `arg:"" help:"What to look for."`
	Limit       int    `short:"k" default:"10" placeholder:"N" help:"How many answers."`
	filterFlags `embed:""`
	Pure        bool     `help:"Rank by the identifiers' probability alone; whether anything fits is not judged."`
	All         bool     `help:"Show the nearest items even where nothing fits."`
	Cutoff      *float64 `placeholder:"P" help:"Show answers only if the collection has what was asked for with this probability, 0 to 1 (default: the bundle's own)."`
	Device      string   `default:"auto" placeholder:"D" help:"Where to search: cpu, gpu (Vulkan), or auto, which is cpu."`
	JSON        bool     `help:"Print JSON."`
}

// clock gives milliseconds since it was made.
func clock() func() float64 {
	began := time.Now()
	return func() float64 { return float64(time.Since(began).Nanoseconds()) / 1e6 }
}

func (c *queryCmd) Run(ctx context.Context, t *out) error {
	if err := checkDevice(c.Device); err != nil {
		return err
	}
	if c.Limit < 1 || c.Limit > search.MaxLimit {
		return usage("-k %d", fmt.Sprintf("it is 1 to %d", search.MaxLimit), c.Limit)
	}
	cutoff, err := c.cutoff()
	if err != nil {
		return err
	}
	s, err := c.selection()
	if err != nil {
		return err
	}
	o := search.Options{Limit: c.Limit, Kind: s.Kind, Filter: s.Filter, IDs: s.IDs, Pure: c.Pure, Cutoff: cutoff, Now: clock()}
	r, err := openBundle(ctx, c.Bundle)
	if err != nil {
		return err
	}
	done, err := onDevice(ctx, r, c.Device)
	if err != nil {
		return err
	}
	defer done()
	a, err := r.Search(ctx, c.Text, o)
	if err != nil {
		return err
	}
	if a.Trouble != "" {
		t.say("answered by the cpu: %s", a.Trouble)
	}
	if c.JSON {
		return json.NewEncoder(t.stdout).Encode(a)
	}
	if len(a.Hits) == 0 {
		if a.Fits > 0 {
			t.say("nothing fits (best guess %.0f %%): --all shows the nearest", 100*a.Fits)
		} else {
			t.say("nothing fits")
		}
		return nil
	}
	w := tabwriter.NewWriter(t.stdout, 0, 0, 2, ' ', 0)
	for i, h := range a.Hits {
		fmt.Fprintf(w, "%d\t%.2f\t%s\t%s\t%s\t%s\n", i+1, h.Score, h.Item.Kind, clip(h.Item.Label(), 60), h.Item.ID, h.Item.File)
	}
	return w.Flush()
}

// cutoff is what the flags say of search.Options.Cutoff.
func (c *queryCmd) cutoff() (*float64, error) {
	switch {
	case c.All && c.Cutoff != nil:
		return nil, usage("--all and --cutoff are two cut-offs", "give one")
	case c.Pure && c.Cutoff != nil:
		return nil, usage("--cutoff is not for --pure", "a pure search does not judge whether anything fits")
	case c.Cutoff != nil && !(*c.Cutoff >= 0 && *c.Cutoff <= 1):
		return nil, usage("--cutoff %g", "it is a probability, 0 to 1", *c.Cutoff)
	case c.All:
		return new(float64), nil
	}
	return c.Cutoff, nil
}

// clip shortens a text to n runes on one line.
func clip(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return string(r)
}
