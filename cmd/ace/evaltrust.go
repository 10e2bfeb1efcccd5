package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"ace/core/search"
	"ace/core/text"
	"ace/train/score"
)

// first is what a hybrid search says of the first hit of a question.
type first struct {
	right            bool
	confidence, fits float64
}

// calibration says how far the confidence of a hybrid search is to be believed.
type calibration struct {
	ECE       float64  `json:"ece"`               // expected calibration error of the first hits' confidence, 0 to 1
	Lost      float64  `json:"lost"`              // percent of right first answers that the cut-off refuses
	Refused   *float64 `json:"refused,omitempty"` // percent of strangers that it refuses
	Strangers int      `json:"strangers"`         // questions of other collections that were asked
	Known     int      `json:"known,omitempty"`   // and those not asked, as they are texts of this one too
	Cutoff    float64  `json:"cutoff"`            // the bundle's own, 0 to 1
}

// refuse asks the strangers, with the cut-off that the bundle brings along.
func (e *exam) refuse(ctx context.Context, r *search.Retriever, beams int, strangers []question, k *calibration, t *out) error {
	if len(strangers) == 0 {
		return nil
	}
	refused := 0
	for i, q := range strangers {
		a, err := r.Search(ctx, q.Query, search.Options{Limit: 1, Beam: beams, Within: e.set(q)})
		if err != nil {
			return err
		}
		if len(a.Hits) == 0 {
			refused++
		}
		t.progress("strangers", i+1, len(strangers))
	}
	t.close()
	percent := 100 * float64(refused) / float64(len(strangers))
	k.Strangers, k.Refused = len(strangers), &percent
	return nil
}

// weighFirsts is the part of a calibration that first hits give.
func weighFirsts(firsts []first, cutoff float64) *calibration {
	confidence, right := make([]float64, len(firsts)), make([]bool, len(firsts))
	lost, all := 0, 0
	for i, f := range firsts {
		confidence[i], right[i] = f.confidence, f.right
		if f.right {
			if all++; f.fits < cutoff {
				lost++
			}
		}
	}
	return &calibration{ECE: score.ECE(confidence, right), Lost: 100 * float64(lost) / float64(max(all, 1)), Cutoff: cutoff}
}

// strangers reads the questions of other collections. A text of this one, in
// whatever case and punctuation, is no stranger to it, whoever asks: known
// counts such questions.
func (c *evalCmd) strangers(e *exam) (out []question, known int, err error) {
	if len(c.Strangers) == 0 {
		return nil, 0, nil
	}
	words := func(s string) string { return strings.Join(text.Words(s), " ") }
	own := map[string]bool{}
	for i := range e.items {
		it := &e.items[i]
		for _, s := range slices.Concat([]string{it.Title}, it.Captions, it.Keywords) {
			own[words(s)] = true
		}
	}
	for _, path := range c.Strangers {
		if err := eachLine(path, func(line []byte) error {
			var q question
			if err := json.Unmarshal(line, &q); err != nil {
				return err
			}
			if own[words(q.Query)] {
				known++
			} else {
				out = append(out, q)
			}
			return nil
		}); err != nil {
			return nil, 0, err
		}
	}
	if len(out) == 0 {
		return nil, 0, hint(fmt.Errorf("%s holds no question of another collection", strings.Join(c.Strangers, ", ")), `a line is {"query": "..."}`)
	}
	return out, known, nil
}

func (k *calibration) String() string {
	s := fmt.Sprintf("cut-off %.3f: %.1f %% of the right first answers lost", k.Cutoff, k.Lost)
	if k.Refused != nil {
		s += fmt.Sprintf(", %.1f %% of %d strangers refused", *k.Refused, k.Strangers)
	}
	if k.Known > 0 {
		s += fmt.Sprintf(" (%d more stand in the collection)", k.Known)
	}
	return s + fmt.Sprintf("; calibration error of the confidence %.3f", k.ECE)
}
