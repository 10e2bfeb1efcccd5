package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"ace/train/exam"
)

type evalCmd struct {
	Bundle     string   `arg:"" help:"SITE/bundle."`
	Queries    string   `required:"" placeholder:"Q.jsonl" help:"Questions: {\"query\":..,\"relevant\":[ids]} a line."`
	Pool       string   `placeholder:"IDS.txt" help:"Only these candidates, an id a line."`
	Baseline   []string `placeholder:"bm25,dense" help:"Also score these, trained and tuned here on the same texts: bm25, dense."`
	Beam       int      `default:"0" placeholder:"N" help:"Beams kept; 0: the default."`
	ByKind     bool     `help:"Give each question the kind that its line names (\"modality\")."`
	Pure       bool     `help:"Rank by the identifiers' probability alone; else both modes are asked."`
	Strangers  []string `sep:"none" placeholder:"Q.jsonl" help:"Also ask the questions of another collection and count those that are refused; may be given again."`
	denseFlags `embed:""`
	Device     string `default:"auto" placeholder:"D" help:"Where to search: cpu, gpu (Vulkan), or auto, which is cpu."`
	JSON       bool   `help:"Print JSON."`
}

// protocol says what was asked of whom.
type protocol struct {
	Bundle     string `json:"bundle"`
	Queries    string `json:"queries"`
	Questions  int    `json:"questions"`
	Candidates int    `json:"candidates"`
	Pool       string `json:"pool,omitempty"`
	ByKind     bool   `json:"byKind,omitempty"`
	Beam       int    `json:"beam"`
	Model      string `json:"model"`
	Parameters int    `json:"parameters"`
	Bytes      int    `json:"bytes"`
	Device     string `json:"device"`
}

func (c *evalCmd) Run(ctx context.Context, t *out) error {
	if err := checkDevice(c.Device); err != nil {
		return err
	}
	if err := c.checkBaseline(); err != nil {
		return err
	}
	if c.Pure && len(c.Strangers) > 0 {
		return usage("--strangers is not for --pure", "the identifiers' probability alone refuses nothing")
	}
	r, err := openBundle(ctx, c.Bundle)
	if err != nil {
		return err
	}
	done, err := onDevice(ctx, r, c.Device)
	if err != nil {
		return err
	}
	defer done()
	e, items, p, err := c.prepare(ctx, r)
	if err != nil {
		return err
	}
	e.Progress = func(stage string, done, total int) {
		if t.progress(stage, done, total); done == total {
			t.close()
		}
	}
	strangers, known, err := c.strangers(e)
	if err != nil {
		return err
	}
	systems, firsts, err := e.Ask(ctx, c.Pure)
	if err != nil {
		return err
	}
	if firsts == nil && len(strangers) > 0 {
		return hint(fmt.Errorf("%s knows no hybrid search, so it refuses no stranger", c.Bundle), "leave --strangers out")
	}
	var trust *exam.Calibration
	if firsts != nil {
		trust = exam.Weigh(firsts, r.Info().Cutoff)
		trust.Known = known
		if err := e.Refuse(ctx, strangers, trust); err != nil {
			return err
		}
	}
	others, err := c.baselines(ctx, e, items, t)
	if err != nil {
		return err
	}
	systems = append(systems, others...)
	if c.JSON {
		return json.NewEncoder(t.stdout).Encode(struct {
			Protocol    protocol          `json:"protocol"`
			Systems     []exam.System     `json:"systems"`
			Calibration *exam.Calibration `json:"calibration,omitempty"`
		}{p, systems, trust})
	}
	t.print("%d questions, %d candidates, %s, %d parameters, %d bytes", p.Questions, p.Candidates, p.Model, p.Parameters, p.Bytes)
	w := tabwriter.NewWriter(t.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "system\tmode\tR@1\tR@5\tR@10\tMRR@10\tp50 ms\tp95 ms\tvalid\tprefix survival\t")
	for _, s := range systems {
		var survival []string
		for _, v := range s.Survival {
			survival = append(survival, fmt.Sprintf("%.1f", v))
		}
		fmt.Fprintf(w, "%s\t%s\t%.1f\t%.1f\t%.1f\t%.1f\t%.2f\t%.2f\t%.3f\t%s\t\n", s.Name, s.Mode, s.R1, s.R5, s.R10, s.MRR10, s.P50, s.P95, s.Valid, strings.Join(survival, " "))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if trust != nil {
		t.print("%s", trust)
	}
	for _, s := range others {
		t.print("%s: %s", s.Name, s.Setting)
	}
	return nil
}
