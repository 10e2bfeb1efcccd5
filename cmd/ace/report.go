package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"path/filepath"
	"time"

	"ace/core"
	"ace/train/feature"
	"ace/train/fit"
	"ace/train/identify"
	"ace/train/index"
	"ace/train/report"
)

// reportMark tells a folder of a report from one of something else.
const reportMark = "report.md"

// checkReport refuses a folder for --report that could not be written in the
// end. Out is where the rest goes.
func (f *fitFlags) checkReport(out string) error {
	if f.Report == "" {
		return nil
	}
	if filepath.Clean(f.Report) == filepath.Clean(out) {
		return usage("--report %s is also -o", "choose a folder of its own", f.Report)
	}
	d, err := newFolder(f.Report, reportMark)
	if err != nil {
		return hint(err, "choose another --report")
	}
	d.drop()
	return nil
}

// journal notes how a training goes.
type journal struct {
	began  time.Time
	before float64 // seconds of training, of a run that goes on
	epochs []report.Epoch
	words  float64 // a second, summed over the epochs
	rate   float64 // of the newest epoch
}

// note keeps the newest figures of an epoch: the last are those of its end.
func (j *journal) note(p fit.Progress) {
	e := report.Epoch{Epoch: p.Epoch, Seconds: j.before + time.Since(j.began).Seconds(), Loss: p.Loss}
	if p.Valid != nil {
		e.Valid = &report.Found{R1: p.Valid.R1, R10: p.Valid.R10}
	}
	if n := len(j.epochs); n > 0 && j.epochs[n-1].Epoch == p.Epoch {
		j.epochs[n-1] = e
		j.words -= j.rate
	} else {
		j.epochs = append(j.epochs, e)
	}
	j.rate = p.Tokens
	j.words += j.rate
}

// trained is what a report tells of.
type trained struct {
	col     index.Collection
	skipped int // entries of the source
	ids     *identify.Identifiers
	quality identify.Report
	res     *fit.Result
	journal *journal
	written string // the file or folder that came of it
	kept    *feature.Kept
	summary *report.Summary // nil: the media were not looked at
}

// writeReport writes the folder of --report: report.md, its charts and the same
// in JSON, and report.html, which shows the clusters.
func (f *fitFlags) writeReport(ctx context.Context, r trained) error {
	if f.Report == "" {
		return nil
	}
	c, err := f.tell(r)
	if err != nil {
		return err
	}
	sheets, err := clusters(ctx, r.col, r.ids, r.kept)
	if err != nil {
		return err
	}
	var charts []report.Chart
	files := []struct {
		name, chart string
		draw        func(io.Writer) error
	}{
		{"loss.svg", "Training", func(w io.Writer) error { return report.Loss(w, c.Epochs) }},
		{"codes.svg", "Use of the codes", func(w io.Writer) error { return report.Codes(w, c.Levels) }},
		{reportMark, "", c.Markdown},
		{"report.json", "", func(w io.Writer) error { return json.NewEncoder(w).Encode(c) }},
		{report.ClustersFile, "", func(w io.Writer) error { return report.Clusters(w, c, r.summary, charts, sheets) }},
	}
	d, err := newFolder(f.Report, reportMark)
	if err != nil {
		return err
	}
	for _, file := range files {
		var b bytes.Buffer
		if err = file.draw(&b); err == nil {
			err = d.add(file.name, b.Bytes())
		}
		if file.chart != "" {
			charts = append(charts, report.Chart{Name: file.chart, SVG: b.Bytes()})
		}
		if err != nil {
			d.drop()
			return err
		}
	}
	return d.commit()
}

func (f *fitFlags) tell(r trained) (*report.Collection, error) {
	about, err := readAbout(r.col.Root)
	if err != nil {
		return nil, err
	}
	c := &report.Collection{Title: about.Title, Skipped: r.skipped, Collisions: r.quality.Collisions.Percent, Counted: r.quality.Counted.Percent, Recall: r.quality.Recall,
		Size: f.Size, Parameters: r.res.Config.Parameters(), Seed: f.Seed, Epochs: r.journal.epochs, Steps: r.res.Steps, Seconds: r.res.Seconds,
		WordsPerSec: r.journal.words / float64(max(len(r.journal.epochs), 1)), Plots: []string{"loss.svg", "codes.svg"}, Sheets: true}
	kinds := make([]int, core.Kinds)
	for i := range r.col.Items {
		it := &r.col.Items[i]
		kinds[it.Kind]++
		c.Texts += len(it.Captions) + len(it.Keywords)
		if it.Title != "" {
			c.Texts++
		}
	}
	for k, n := range kinds {
		if n > 0 {
			c.Kinds = append(c.Kinds, report.Kind{Name: core.Kind(k).String(), Items: n})
		}
	}
	for l, level := range r.quality.Levels {
		items := make([]int, level.Size)
		for _, id := range r.ids.IDs {
			items[id[l]]++
		}
		c.Levels = append(c.Levels, report.Level{Name: level.Name, Codes: level.Size, Used: level.Used, Perplexity: level.Perplexity, Items: items})
	}
	if v := r.res.Valid; v.Texts > 0 {
		c.Valid, c.ValidTexts = &report.Found{R1: v.R1, R10: v.R10}, v.Texts
	}
	c.Bytes, err = bytesOf(r.written)
	return c, err
}

// bytesOf is the size of a file, or of all files in a folder.
func bytesOf(path string) (int64, error) {
	var total int64
	err := filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	return total, err
}
