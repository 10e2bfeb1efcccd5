// Package tokenizer splits texts into the tokens of networks that others have
// trained, as their tokenizer.json describes it
// (https://huggingface.co/docs/tokenizers): byte-pair encoding, as CLIP, GPT-2 and
// RoBERTa have it, WordPiece, as BERT has it, and Unigram, as T5 and SigLIP have
// it. What is not known here is refused.
package tokenizer

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Tokenizer is what is read of a tokenizer.json. It may be used by several
// goroutines at once.
type Tokenizer struct {
	// Most is how many tokens a text has at most, those around it included; 0: no
	// limit is known.
	Most int
	// Fill is how many tokens every text is filled up to; 0: it is not.
	Fill int
	Pad  int // the token that stands for nothing

	added         []added
	normalise     []normaliser
	split         []splitter
	model         model
	before, after []int // the tokens around a text
}

// added is a token beside the model's that is looked for in texts.
type added struct {
	ID      int    `json:"id"`
	Content string `json:"content"`
	Special bool   `json:"special"`
}

// model splits a word into tokens.
type model interface {
	tokens(dst []int, word string) []int
	id(token string) (int, bool)
}

// file is the form of a tokenizer.json.
type file struct {
	Added      []added         `json:"added_tokens"`
	Normalizer json.RawMessage `json:"normalizer"`
	Splitter   json.RawMessage `json:"pre_tokenizer"`
	Model      json.RawMessage `json:"model"`
	Processor  json.RawMessage `json:"post_processor"`
	Truncation *struct {
		Most int `json:"max_length"`
	} `json:"truncation"`
	Padding *struct {
		Strategy json.RawMessage `json:"strategy"`
		Pad      int             `json:"pad_id"`
	} `json:"padding"`
}

// Read reads a tokenizer.json and, where it lies beside, from a
// tokenizer_config.json how long texts may be and what they are filled up with.
func Read(path string) (*Tokenizer, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	t, err := parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	beside := filepath.Join(filepath.Dir(path), "tokenizer_config.json")
	data, err = os.ReadFile(beside)
	if errors.Is(err, os.ErrNotExist) {
		return t, nil
	}
	if err == nil {
		err = t.configure(data)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", beside, err)
	}
	return t, nil
}

func parse(data []byte) (*Tokenizer, error) {
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, err
	}
	t := &Tokenizer{}
	var err error
	if t.model, err = readModel(f.Model); err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	if t.normalise, err = readNormalisers(nil, f.Normalizer); err != nil {
		return nil, fmt.Errorf("normalizer: %w", err)
	}
	if t.split, err = readSplitters(nil, f.Splitter); err != nil {
		return nil, fmt.Errorf("pre_tokenizer: %w", err)
	}
	for _, a := range f.Added {
		if !a.Special && a.Content != "" {
			t.added = append(t.added, a)
		}
	}
	slices.SortStableFunc(t.added, func(a, b added) int { return len(b.Content) - len(a.Content) })
	if err := t.around(f.Processor); err != nil {
		return nil, fmt.Errorf("post_processor: %w", err)
	}
	if len(t.after) > 0 {
		t.Pad = t.after[len(t.after)-1]
	}
	for _, a := range f.Added {
		if a.Content == "[PAD]" || a.Content == "<pad>" {
			t.Pad = a.ID
		}
	}
	if f.Truncation != nil {
		t.Most = f.Truncation.Most
	}
	if f.Padding != nil {
		t.Pad = f.Padding.Pad
		var fixed struct{ Fixed int }
		if json.Unmarshal(f.Padding.Strategy, &fixed) == nil {
			t.Fill = fixed.Fixed
		}
	}
	if t.Most < 0 || t.Fill < 0 || t.Most > 0 && t.Most < len(t.before)+len(t.after) {
		return nil, fmt.Errorf("texts of %d tokens at most, filled up to %d", t.Most, t.Fill)
	}
	return t, nil
}

// configure reads a tokenizer_config.json.
func (t *Tokenizer) configure(data []byte) error {
	var c struct {
		Most float64         `json:"model_max_length"` // 1e30 stands for none
		Pad  json.RawMessage `json:"pad_token"`
	}
	if err := json.Unmarshal(data, &c); err != nil {
		return err
	}
	if n := len(t.before) + len(t.after); t.Most == 0 && c.Most > float64(n) && c.Most < 1e6 {
		t.Most = int(c.Most)
	}
	var name string
	if json.Unmarshal(c.Pad, &name) != nil {
		var token struct{ Content string }
		if json.Unmarshal(c.Pad, &token) == nil {
			name = token.Content
		}
	}
	if id, ok := t.model.id(name); ok && name != "" {
		t.Pad = id
	}
	return nil
}

// longToken is how many bytes a token stands for at most, on average over a text.
const longToken = 64

// Encode returns the tokens of a text, at most this many (0: as Most says) with
// those around it. Names of special tokens in a text are words as others are.
func (t *Tokenizer) Encode(text string, most int) []int {
	if most <= 0 {
		most = t.Most
	}
	if most > 0 && len(text) > most*longToken { // what follows would be cut off
		text = strings.ToValidUTF8(text[:most*longToken], "")
	}
	out := slices.Clone(t.before)
	for rest := text; rest != ""; {
		at, token := t.find(rest)
		for _, w := range t.words(rest[:at], len(rest) == len(text)) {
			out = t.model.tokens(out, w)
		}
		if token == nil {
			break
		}
		out, rest = append(out, token.ID), rest[at+len(token.Content):]
	}
	if room := most - len(t.after); most > 0 && len(out) > room {
		out = out[:max(room, 0)]
	}
	return append(out, t.after...)
}

// find looks for the first of the added tokens; without one, at is the end.
func (t *Tokenizer) find(text string) (at int, token *added) {
	at = len(text)
	for i := range t.added {
		if n := strings.Index(text[:min(len(text), at+len(t.added[i].Content)-1)], t.added[i].Content); n >= 0 && n < at {
			at, token = n, &t.added[i]
		}
	}
	return at, token
}

// words are a text's pieces, none of which a token leaves.
func (t *Tokenizer) words(text string, first bool) []string {
	for _, n := range t.normalise {
		text = n(text)
	}
	if text == "" {
		return nil
	}
	list := []string{text}
	for _, s := range t.split {
		var next []string
		for i, w := range list {
			next = append(next, s(w, first && i == 0)...)
		}
		list = next
	}
	return list
}
