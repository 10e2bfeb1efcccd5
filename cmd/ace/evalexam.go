package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"ace/core"
	"ace/core/search"
)

// question is one line of --queries.
type question struct {
	Query    string   `json:"query"`
	Relevant []string `json:"relevant"`
	Modality string   `json:"modality"`
}

// exam is everything that the questions are put against.
type exam struct {
	questions []question
	relevant  []map[int]bool // item numbers
	items     []core.Item
	sets      [core.Kinds + 1]*search.Set // by kind; last: no kind
	byKind    bool
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

// set is what a question may be answered with; nil for everything.
func (e *exam) set(q question) *search.Set {
	if e.byKind {
		if k, err := core.ParseKind(q.Modality); err == nil {
			return e.sets[k]
		}
	}
	return e.sets[core.Kinds]
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
