package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"

	"ace/train/report"
)

// record is what came of a run with one seed: docs/results/results.json holds
// one a line.
type record struct {
	Run     string             `json:"run"`
	Seed    uint64             `json:"seed"`
	Flags   []string           `json:"flags,omitempty"` // of ace build
	Machine string             `json:"machine"`
	Report  *report.Collection `json:"report"`
	Answers []answer           `json:"answers"`
}

// answer is what ace eval said.
type answer struct {
	Exam        string          `json:"exam"`
	Flags       []string        `json:"flags"`
	Questions   int             `json:"questions"`
	Candidates  int             `json:"candidates"`
	Systems     []system        `json:"systems"`
	Calibration *calibration    `json:"calibration,omitempty"`
	Raw         json.RawMessage `json:"raw,omitempty"` // all of it, in build/results alone
}

// system is a row of ace eval.
type system struct {
	Name     string    `json:"name"`
	Mode     string    `json:"mode,omitempty"`
	R1       float64   `json:"r1"`
	R5       float64   `json:"r5"`
	R10      float64   `json:"r10"`
	MRR10    float64   `json:"mrr10"`
	P50      float64   `json:"p50_ms"`
	P95      float64   `json:"p95_ms"`
	Valid    float64   `json:"valid"`
	ByWords  []byWords `json:"by_words,omitempty"`
	Survival []float64 `json:"prefix_survival,omitempty"`
	Setting  string    `json:"setting,omitempty"` // what a baseline's tuning chose
}

// byWords is how a system did on the questions whose words are a right item's own,
// some of them, those of others only, or new to the collection.
type byWords struct {
	Words     string  `json:"words"`
	Questions int     `json:"questions"`
	R1        float64 `json:"r1"`
	R10       float64 `json:"r10"`
}

// calibration says how far the confidence of answers is to be believed: of
// strangers, questions of other collections, the percentage refused; of right
// first answers, that of those refused too; the expected calibration error and
// the cut-off are 0 to 1.
type calibration struct {
	ECE       float64  `json:"ece"`
	Lost      float64  `json:"lost"`
	Refused   *float64 `json:"refused,omitempty"`
	Strangers int      `json:"strangers"`
	Known     int      `json:"known,omitempty"` // of the other collections' questions, those not asked: they stand in this one
	Cutoff    float64  `json:"cutoff"`
}

func (c calibration) compact() *calibration {
	c.ECE, c.Lost, c.Cutoff = round(c.ECE), round(c.Lost), round(c.Cutoff)
	if c.Refused != nil {
		v := round(*c.Refused)
		c.Refused = &v
	}
	return &c
}

// understand fills the answer from the JSON of ace eval.
func (a *answer) understand(raw []byte) error {
	var said struct {
		Protocol struct {
			Questions  int `json:"questions"`
			Candidates int `json:"candidates"`
		} `json:"protocol"`
		Systems     []system     `json:"systems"`
		Calibration *calibration `json:"calibration"`
	}
	if err := json.Unmarshal(raw, &said); err != nil {
		return err
	}
	if len(said.Systems) == 0 {
		return errors.New("ace eval named no system")
	}
	a.Raw = bytes.TrimSpace(raw)
	a.Questions, a.Candidates, a.Systems, a.Calibration = said.Protocol.Questions, said.Protocol.Candidates, said.Systems, said.Calibration
	return nil
}

// find returns the answer to an ask, or nil.
func (r *record) find(q ask) *answer {
	for i := range r.Answers {
		if a := &r.Answers[i]; a.Exam == q.exam && slices.Equal(a.Flags, q.flags) {
			return a
		}
	}
	return nil
}

// compact leaves out what the page does not show, and digits that chance
// decides. Curves are kept of the run that is drawn.
func (r record) compact() record {
	if r.Report != nil {
		c := *r.Report
		c.Levels, c.Epochs = slices.Clone(c.Levels), slices.Clone(c.Epochs)
		drawn := (r.Run == photographs || r.Run == demoName) && r.Seed == 1
		for i := range c.Levels {
			if c.Levels[i].Perplexity = round(c.Levels[i].Perplexity); !drawn {
				c.Levels[i].Items = nil
			}
		}
		for i := range c.Epochs {
			e := &c.Epochs[i]
			e.Seconds, e.Loss = round(e.Seconds), round(e.Loss)
		}
		if !drawn { // the validations alone: Nearly needs them
			c.Epochs = slices.DeleteFunc(c.Epochs, func(e report.Epoch) bool { return e.Valid == nil })
		}
		c.WordsPerSec = math.Round(c.WordsPerSec)
		r.Report = &c
	}
	r.Answers = slices.Clone(r.Answers)
	for i := range r.Answers {
		a := &r.Answers[i]
		a.Raw = nil
		if a.Calibration != nil {
			a.Calibration = a.Calibration.compact()
		}
		a.Systems = slices.Clone(a.Systems)
		for j := range a.Systems {
			s := &a.Systems[j]
			if s.ByWords = slices.Clone(s.ByWords); a.Exam == "beam" || r.Run == languagesRun {
				s.ByWords = nil
			}
			for k := range s.ByWords {
				b := &s.ByWords[k]
				b.R1, b.R10 = round(b.R1), round(b.R10)
			}
			for _, v := range []*float64{&s.R1, &s.R5, &s.R10, &s.MRR10, &s.P50, &s.P95, &s.Valid} {
				*v = round(*v)
			}
			s.Survival = slices.Clone(s.Survival)
			for k := range s.Survival {
				s.Survival[k] = round(s.Survival[k])
			}
		}
	}
	return r
}

func round(v float64) float64 { return math.Round(v*1000) / 1000 }

// read reads a JSON file; ok is false where there is none.
func read(path string, into any) (ok bool, err error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		return false, fmt.Errorf("%s: %w", path, err)
	}
	return true, nil
}

// write puts data at path by a rename, so that an interrupted run leaves the old
// file or the new one.
func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	temp := path + ".new"
	if err := os.WriteFile(temp, data, 0o644); err != nil {
		return err
	}
	return os.Rename(temp, path)
}
