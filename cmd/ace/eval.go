package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"ace/core"
	"ace/core/beam"
	"ace/core/search"
	"ace/train/baseline"
)

type evalCmd struct {
	Bundle   string   `arg:"" help:"SITE/bundle."`
	Queries  string   `required:"" placeholder:"Q.jsonl" help:"Questions: {\"query\":..,\"relevant\":[ids]} a line."`
	Pool     string   `placeholder:"IDS.txt" help:"Only these candidates, an id a line."`
	Baseline []string `placeholder:"bm25" help:"Also score these over the same texts: bm25."`
	Beam     int      `default:"0" placeholder:"N" help:"Beams kept; 0: the default."`
	ByKind   bool     `help:"Give each question the kind that its line names (\"modality\")."`
	Pure     bool     `help:"Rank by the identifiers' probability alone (today the only mode)."`
	Device   string   `default:"auto" placeholder:"D" help:"cpu or auto."`
	JSON     bool     `help:"Print JSON."`
}

// question is one line of --queries.
type question struct {
	Query    string   `json:"query"`
	Relevant []string `json:"relevant"`
	Modality string   `json:"modality"`
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
}

// system is one row of the results.
type system struct {
	Name string `json:"name"`
	Mode string `json:"mode,omitempty"`
	baseline.Score
	P50      float64   `json:"p50_ms"`
	P95      float64   `json:"p95_ms"`
	Valid    float64   `json:"valid"`                     // share of answers that are items of the collection
	Survival []float64 `json:"prefix_survival,omitempty"` // percent of questions whose relevant prefix is in the beam after each level
}

// exam is everything that the questions are put against.
type exam struct {
	questions []question
	relevant  []map[int]bool // item numbers
	items     []core.Item
	sets      [core.Kinds + 1]*search.Set // by kind; last: no kind
	byKind    bool
}

func (c *evalCmd) Run(ctx context.Context, t *out) error {
	if err := noGPU(c.Device); err != nil {
		return err
	}
	for _, b := range c.Baseline {
		if b != "bm25" {
			return usage("--baseline %s does not exist yet", "bm25 does", b)
		}
	}
	r, err := openBundle(ctx, c.Bundle)
	if err != nil {
		return err
	}
	e, candidates, err := c.prepare(ctx, r)
	if err != nil {
		return err
	}
	beams := c.Beam
	if beams == 0 {
		beams = search.DefaultBeam
	}
	info := r.Info()
	p := protocol{Bundle: filepath.ToSlash(c.Bundle), Queries: filepath.Base(c.Queries), Questions: len(e.questions), Candidates: candidates, ByKind: c.ByKind,
		Beam: beams, Model: info.Model, Parameters: info.Parameters, Bytes: info.Bytes}
	if c.Pool != "" {
		p.Pool = filepath.Base(c.Pool)
	}
	ours, err := e.retriever(ctx, r, beams, t)
	if err != nil {
		return err
	}
	systems := []system{ours}
	if slices.Contains(c.Baseline, "bm25") {
		systems = append(systems, e.bm25())
	}
	if c.JSON {
		return json.NewEncoder(t.stdout).Encode(map[string]any{"protocol": p, "systems": systems})
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
	return w.Flush()
}

// prepare reads the questions and the pool and looks up the items they name.
func (c *evalCmd) prepare(ctx context.Context, r *search.Retriever) (*exam, int, error) {
	e := &exam{byKind: c.ByKind}
	if err := eachLine(c.Queries, func(line []byte) error {
		var q question
		if err := json.Unmarshal(line, &q); err != nil {
			return err
		}
		if len(q.Relevant) == 0 {
			return fmt.Errorf("a question without \"relevant\"")
		}
		e.questions = append(e.questions, q)
		return nil
	}); err != nil {
		return nil, 0, err
	}
	if len(e.questions) == 0 {
		return nil, 0, hint(fmt.Errorf("%s holds no questions", c.Queries), `a line is {"query": "...", "relevant": ["id", ...]}`)
	}
	var err error
	if e.items, err = r.Items(ctx, 0, r.Info().Items); err != nil {
		return nil, 0, err
	}
	number := map[string]int{}
	for i := range e.items {
		number[e.items[i].ID] = i
	}
	var pool map[string]bool
	candidates := len(e.items)
	if c.Pool != "" {
		pool = map[string]bool{}
		if err := eachLine(c.Pool, func(line []byte) error {
			id := string(line)
			if _, ok := number[id]; !ok {
				return fmt.Errorf("no item %q in the bundle", id)
			}
			pool[id] = true
			return nil
		}); err != nil {
			return nil, 0, err
		}
		candidates = len(pool)
	}
	for n, q := range e.questions {
		set := map[int]bool{}
		for _, id := range q.Relevant {
			i, ok := number[id]
			if !ok {
				return nil, 0, hint(fmt.Errorf("%s: question %d: no item %q in the bundle", c.Queries, n+1, id), "was the bundle built from the same collection?")
			}
			set[i] = true
		}
		e.relevant = append(e.relevant, set)
	}
	for k := range e.sets {
		s := search.Selection{IDs: pool}
		if k < core.Kinds {
			if !c.ByKind {
				continue
			}
			kind := core.Kind(k)
			s.Kind = &kind
		} else if pool == nil {
			continue
		}
		if e.sets[k], err = r.Select(ctx, s); err != nil {
			return nil, 0, err
		}
	}
	return e, candidates, nil
}

// set is what question n may be answered with; nil for everything.
func (e *exam) set(n int) *search.Set {
	if e.byKind {
		if k, err := core.ParseKind(e.questions[n].Modality); err == nil {
			return e.sets[k]
		}
	}
	return e.sets[core.Kinds]
}

// retriever puts the questions to the bundle.
func (e *exam) retriever(ctx context.Context, r *search.Retriever, beams int, t *out) (system, error) {
	ranks := make([]int, len(e.questions))
	var times []float64
	answers, valid := 0, 0
	var survival []float64
	var mode string
	for n, q := range e.questions {
		set := e.set(n)
		trace := func(level int, paths []beam.Path) {
			for len(survival) <= level {
				survival = append(survival, 0)
			}
			for _, p := range paths {
				for i := range e.relevant[n] {
					if p.Items.Lo <= uint32(i) && uint32(i) < p.Items.Hi {
						survival[level]++
						return
					}
				}
			}
		}
		a, err := r.Search(ctx, q.Query, search.Options{Limit: 10, Beam: beams, Within: set, Pure: true, Now: clock(), Trace: trace})
		if err != nil {
			return system{}, err
		}
		mode = a.Mode
		times = append(times, a.MS.Total)
		for k, h := range a.Hits {
			answers++
			if h.Index < len(e.items) && e.items[h.Index].ID == h.Item.ID && (set == nil || set.Has(uint32(h.Index))) {
				valid++
			}
			if ranks[n] == 0 && e.relevant[n][h.Index] {
				ranks[n] = k + 1
			}
		}
		t.progress("eval", n+1, len(e.questions))
	}
	t.close()
	for l := range survival {
		survival[l] *= 100 / float64(len(e.questions))
	}
	return system{Name: "ace", Mode: mode, Score: baseline.Summarise(ranks), P50: baseline.Percentile(times, 0.5), P95: baseline.Percentile(times, 0.95),
		Valid: share(valid, answers), Survival: survival}, nil
}

// bm25 puts the questions to BM25 over the items' words.
func (e *exam) bm25() system {
	b := baseline.NewBM25(e.items)
	ranks, times := make([]int, len(e.questions)), make([]float64, len(e.questions))
	for n, q := range e.questions {
		var allowed func(int) bool
		if set := e.set(n); set != nil {
			allowed = func(i int) bool { return set.Has(uint32(i)) }
		}
		now := clock()
		ranks[n] = b.Rank(q.Query, e.relevant[n], allowed)
		times[n] = now()
	}
	return system{Name: "bm25", Score: baseline.Summarise(ranks), P50: baseline.Percentile(times, 0.5), P95: baseline.Percentile(times, 0.95), Valid: 1}
}

// eachLine calls f for every line of a file that is not blank.
func eachLine(path string, f func(line []byte) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	s := bufio.NewScanner(file)
	s.Buffer(nil, 1<<24)
	for n := 1; s.Scan(); n++ {
		if line := strings.TrimSpace(s.Text()); line != "" {
			if err := f([]byte(line)); err != nil {
				return fmt.Errorf("%s:%d: %w", path, n, err)
			}
		}
	}
	return s.Err()
}

// share is n of total, 1 where there is nothing to count.
func share(n, total int) float64 {
	if total == 0 {
		return 1
	}
	return float64(n) / float64(total)
}
