package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"ace/core"
	"ace/core/search"
	"ace/train/exam"
)

// prepare reads the questions and the pool and makes the exam of them, whose
// protocol is p; items are the bundle's.
func (c *evalCmd) prepare(ctx context.Context, r *search.Retriever) (e *exam.Exam, items []core.Item, p protocol, err error) {
	info := r.Info()
	p = protocol{Bundle: filepath.ToSlash(c.Bundle), Queries: filepath.Base(c.Queries), ByKind: c.ByKind, Beam: c.Beam,
		Device: info.Device, Model: info.Model, Parameters: info.Parameters, Bytes: info.Bytes}
	if p.Beam == 0 {
		p.Beam = search.DefaultBeam
	}
	questions, err := readQuestions(c.Queries, func(q *exam.Question) error {
		if len(q.Relevant) == 0 {
			return errors.New("a question without \"relevant\"")
		}
		return nil
	})
	if err != nil {
		return nil, nil, p, err
	}
	if len(questions) == 0 {
		return nil, nil, p, hint(fmt.Errorf("%s holds no questions", c.Queries), `a line is {"query": "...", "relevant": ["id", ...]}`)
	}
	if items, err = r.Items(ctx, 0, info.Items); err != nil {
		return nil, nil, p, err
	}
	p.Questions, p.Candidates = len(questions), len(items)
	o := exam.Options{ByKind: c.ByKind, Beams: p.Beam}
	if c.Pool != "" {
		if o.Pool, err = readPool(c.Pool, items); err != nil {
			return nil, nil, p, err
		}
		p.Pool, p.Candidates = filepath.Base(c.Pool), len(o.Pool)
	}
	e, err = exam.New(ctx, r, items, questions, o)
	if unknown := (*exam.UnknownError)(nil); errors.As(err, &unknown) {
		err = hint(fmt.Errorf("%s: %w", c.Queries, err), "was the bundle built from the same collection?")
	}
	return e, items, p, err
}

// readQuestions reads a file of questions, each of which has to pass.
func readQuestions(path string, check func(*exam.Question) error) (list []exam.Question, err error) {
	err = eachLine(path, func(line []byte) error {
		var q exam.Question
		if err := json.Unmarshal(line, &q); err != nil {
			return err
		}
		list = append(list, q)
		return check(&q)
	})
	return list, err
}

// readPool reads a file of ids, which have to be items'.
func readPool(path string, items []core.Item) (map[string]bool, error) {
	known, pool := map[string]bool{}, map[string]bool{}
	for i := range items {
		known[items[i].ID] = true
	}
	err := eachLine(path, func(line []byte) error {
		id := string(line)
		if !known[id] {
			return fmt.Errorf("no item %q in the bundle", id)
		}
		pool[id] = true
		return nil
	})
	return pool, err
}

// strangers reads the questions of other collections.
func (c *evalCmd) strangers(e *exam.Exam) (out []exam.Question, known int, err error) {
	if len(c.Strangers) == 0 {
		return nil, 0, nil
	}
	var all []exam.Question
	for _, path := range c.Strangers {
		list, err := readQuestions(path, func(*exam.Question) error { return nil })
		if err != nil {
			return nil, 0, err
		}
		all = append(all, list...)
	}
	if out, known = e.Strangers(all); len(out) == 0 {
		return nil, 0, hint(fmt.Errorf("%s holds no question of another collection", strings.Join(c.Strangers, ", ")), `a line is {"query": "..."}`)
	}
	return out, known, nil
}
