package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
)

// numbers are the records that the page is made of.
type numbers []record

// resultsFile is where they are kept, below the folder of the documents.
const resultsFile = "results/results.json"

func readNumbers(docs string) (numbers, error) {
	var n numbers
	_, err := read(filepath.Join(docs, resultsFile), &n)
	return n, err
}

// marshal writes one record a line.
func (n numbers) marshal() ([]byte, error) {
	var b bytes.Buffer
	for i, r := range n {
		line, err := json.Marshal(r)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%s%s", [2]string{"[\n", ",\n"}[min(i, 1)], line)
	}
	if len(n) == 0 {
		return []byte("[]\n"), nil
	}
	b.WriteString("\n]\n")
	return b.Bytes(), nil
}

// merge puts newer records in place of those of the same run and seed, drops
// what the plan does not have in this form, and sorts by the plan.
func (n numbers) merge(newer []record, runs []run) numbers {
	var out numbers
	for _, r := range runs {
		for _, seed := range r.seeds {
			for _, have := range slices.Concat(newer, n) {
				if have.Run == r.name && have.Seed == seed && slices.Equal(have.Flags, r.flags) && have.Report != nil {
					out = append(out, have.keep(r.asks(seed)).compact())
					break
				}
			}
		}
	}
	return out
}

// keep leaves out answers that were not asked for, and orders the others.
func (r record) keep(asks []ask) record {
	var answers []answer
	for _, q := range asks {
		if a := r.find(q); a != nil {
			answers = append(answers, *a)
		}
	}
	r.Answers = answers
	return r
}

// of are the records of a run, by seed.
func (n numbers) of(run string) numbers {
	return slices.DeleteFunc(slices.Clone(n), func(r record) bool { return r.Run != run })
}

// who names a system and its mode as the page does.
func (s *system) who() string {
	if s.Mode == "" {
		return s.Name
	}
	return s.Name + " " + s.Mode
}

// rows are a system's results in an exam, one of each seed that has it. Of a
// flag and its value, where they are given, the call must have had both.
func (n numbers) rows(exam, who string, flag ...string) []system {
	var out []system
	for _, r := range n {
		if s := r.row(exam, who, flag...); s != nil {
			out = append(out, *s)
		}
	}
	return out
}

func (r *record) row(exam, who string, flag ...string) *system {
	for i := range r.Answers {
		a := &r.Answers[i]
		if a.Exam != exam {
			continue
		}
		if len(flag) == 2 {
			if at := slices.Index(a.Flags, flag[0]); at < 0 || a.Flags[at+1] != flag[1] {
				continue
			}
		}
		for j := range a.Systems {
			if a.Systems[j].who() == who {
				return &a.Systems[j]
			}
		}
	}
	return nil
}

// first is the answer of an exam that names most of it, or nil.
func (n numbers) first(exam string) *answer {
	for i := range n {
		for j := range n[i].Answers {
			if n[i].Answers[j].Exam == exam {
				return &n[i].Answers[j]
			}
		}
	}
	return nil
}

// spread is the mean of values and half of the range between the least and the
// greatest.
func spread(values []float64) (mean, half float64) {
	if len(values) == 0 {
		return 0, 0
	}
	for _, v := range values {
		mean += v / float64(len(values))
	}
	return mean, (slices.Max(values) - slices.Min(values)) / 2
}
