package baseline

import (
	"context"
	"maps"
	"slices"

	"ace/core/text"
	"ace/train/dual"
)

// What is tried: widths at the first temperature, then the other temperatures
// at the best width.
var (
	widths       = []int{256, 512}
	temperatures = []float64{0.1, 0.05}
)

// trials are the trainings in all, the last one on all texts among them.
var trials = len(widths) + len(temperatures)

const (
	epochsAtMost = dual.EpochsAtMost
	strippedPart = 20 // one item in so many is left without its texts
	strippedMost = 300
)

// choice is what a trial found to be best.
type choice struct {
	*dual.Dual
	options dual.Options
}

func (c *choice) value() float64 { return c.Score.R1 + c.Score.R10 }

// tuning chooses the setting of a dual encoder.
type tuning struct {
	DenseOptions
	texts   [][]string
	options dual.Options // what all trials have in common
	tried   int          // trials
}

// tell reports an epoch of trial n; the last training counts as one more.
func (t *tuning) tell(trial, epoch int) {
	if t.Progress != nil {
		t.Progress(trial*epochsAtMost+epoch, trials*epochsAtMost)
	}
}

// held takes texts out: one each of items that have several and, if there are
// items with media alone, all of some others, so that these are like them. It
// returns the questions that they are and the texts that are left.
func (t *tuning) held() ([]dual.Question, [][]string) {
	var with, without int
	for i, list := range t.texts {
		if len(list) > 0 {
			with++
		} else if slices.ContainsFunc(t.Media[i*t.Dims:(i+1)*t.Dims], func(v float32) bool { return v != 0 }) {
			without++
		}
	}
	h := holdOne(t.texts, min(tuneTexts, with/4), t.Seed)
	out := h.questions()
	if n := min(strippedMost, with/strippedPart); n > 0 && without > 0 {
		h = h.holdAll(n, t.Seed)
		out = append(out, h.questions()...)
	}
	return out, h.texts
}

// questions are those of held-out texts, split into words.
func (h *heldOut) questions() []dual.Question {
	out := make([]dual.Question, len(h.queries))
	for n, q := range h.queries {
		out[n] = dual.Question{Words: text.Words(q), Items: slices.Sorted(maps.Keys(h.relevant[n]))}
	}
	return out
}

// words are the texts of items, split into words.
func words(texts [][]string) []dual.Item {
	out := make([]dual.Item, len(texts))
	for i, list := range texts {
		for _, s := range list {
			out[i].Texts = append(out[i].Texts, text.Words(s))
		}
	}
	return out
}

// choose tries the settings. Without enough texts to hold out it takes the
// first ones.
func (t *tuning) choose(ctx context.Context) (choice, error) {
	questions, left := t.held()
	t.options.Held = questions
	o := t.options
	o.Width, o.Temperature = widths[0], temperatures[0]
	if len(questions) == 0 {
		return choice{new(dual.Dual), o}, nil
	}
	items := words(left)
	var best choice
	try := func(width int, temperature float64) error {
		o := t.options
		o.Width, o.Temperature = width, temperature
		o.Progress = func(epoch, _ int) { t.tell(t.tried, epoch) }
		d, err := dual.Train(ctx, items, o)
		if err != nil {
			return err
		}
		t.tried++
		if found := (choice{d, o}); best.Dual == nil || found.value() > best.value() {
			best = found
		}
		return nil
	}
	for _, w := range widths {
		if err := try(w, temperatures[0]); err != nil {
			return best, err
		}
	}
	for _, temperature := range temperatures[1:] {
		if err := try(best.options.Width, temperature); err != nil {
			return best, err
		}
	}
	return best, nil
}
