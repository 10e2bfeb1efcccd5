package exam

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ace/core/search"
	"ace/core/text"
	"ace/train/score"
)

// Calibration says how far the confidence of a hybrid search is to be believed.
type Calibration struct {
	ECE       float64  `json:"ece"`               // expected calibration error of the first hits' confidence, 0 to 1
	Lost      float64  `json:"lost"`              // percent of right first answers that the cut-off refuses
	Refused   *float64 `json:"refused,omitempty"` // percent of strangers that it refuses
	Strangers int      `json:"strangers"`         // questions of other collections that were asked
	Known     int      `json:"known,omitempty"`   // and those not asked, as they are texts of this one too
	Cutoff    float64  `json:"cutoff"`            // the bundle's own, 0 to 1
}

// Weigh is the part of a calibration that first hits give.
func Weigh(firsts []First, cutoff float64) *Calibration {
	confidence, right := make([]float64, len(firsts)), make([]bool, len(firsts))
	lost, all := 0, 0
	for i, f := range firsts {
		confidence[i], right[i] = f.Confidence, f.Right
		if f.Right {
			if all++; f.Fits < cutoff {
				lost++
			}
		}
	}
	return &Calibration{ECE: score.ECE(confidence, right), Lost: 100 * float64(lost) / float64(max(all, 1)), Cutoff: cutoff}
}

// Strangers are the questions of other collections that are no text of this one, in
// whatever case and punctuation; known counts those that are.
func (e *Exam) Strangers(questions []Question) (strangers []Question, known int) {
	words := func(s string) string { return strings.Join(text.Words(s), " ") }
	own := map[string]bool{}
	for i := range e.items {
		it := &e.items[i]
		for _, s := range slices.Concat([]string{it.Title}, it.Captions, it.Keywords) {
			own[words(s)] = true
		}
	}
	for _, q := range questions {
		if own[words(q.Query)] {
			known++
		} else {
			strangers = append(strangers, q)
		}
	}
	return strangers, known
}

// Refuse asks strangers, with the cut-off that the bundle brings along, and notes
// in k how many get no answer. Without any it notes nothing.
func (e *Exam) Refuse(ctx context.Context, strangers []Question, k *Calibration) error {
	if len(strangers) == 0 {
		return nil
	}
	refused := 0
	for i, q := range strangers {
		a, err := e.r.Search(ctx, q.Query, search.Options{Limit: 1, Beam: e.beams, Within: e.set(q)})
		if err != nil {
			return err
		}
		if len(a.Hits) == 0 {
			refused++
		}
		e.progress("strangers", i+1, len(strangers))
	}
	percent := 100 * float64(refused) / float64(len(strangers))
	k.Strangers, k.Refused = len(strangers), &percent
	return nil
}

// String is one line for people.
func (k *Calibration) String() string {
	s := fmt.Sprintf("cut-off %.3f: %.1f %% of the right first answers lost", k.Cutoff, k.Lost)
	if k.Refused != nil {
		s += fmt.Sprintf(", %.1f %% of %d strangers refused", *k.Refused, k.Strangers)
	}
	if k.Known > 0 {
		s += fmt.Sprintf(" (%d more stand in the collection)", k.Known)
	}
	return s + fmt.Sprintf("; calibration error of the confidence %.3f", k.ECE)
}
