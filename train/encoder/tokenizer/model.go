package tokenizer

import (
	"encoding/json"
	"errors"
	"fmt"
)

// vocabulary is the tokens of a model by their names.
type vocabulary map[string]int

func (v vocabulary) id(token string) (int, bool) {
	i, ok := v[token]
	return i, ok
}

func readModel(data json.RawMessage) (model, error) {
	var m struct {
		Type string `json:"type"`
		// The library writes no type in old files; these tell the three apart.
		Merges json.RawMessage `json:"merges"`
		Prefix *string         `json:"continuing_subword_prefix"`
		UnkID  *int            `json:"unk_id"`
	}
	if len(data) == 0 {
		return nil, errors.New("it is missing")
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, err
	}
	switch {
	case m.Type == "BPE" || m.Type == "" && m.Merges != nil:
		return readPairs(data)
	case m.Type == "WordPiece" || m.Type == "" && m.Prefix != nil:
		return readWordPiece(data)
	case m.Type == "Unigram" || m.Type == "" && m.UnkID != nil:
		return readUnigram(data)
	}
	return nil, fmt.Errorf("%q is not known here: want BPE, WordPiece or Unigram", m.Type)
}

// wordPiece takes the longest piece that a word begins with, again and again.
type wordPiece struct {
	vocabulary
	prefix  string // of pieces that do not begin a word
	unknown int
	most    int // letters of a word that is looked at
}

func readWordPiece(data json.RawMessage) (model, error) {
	m := struct {
		Vocab   vocabulary `json:"vocab"`
		Unknown string     `json:"unk_token"`
		Prefix  *string    `json:"continuing_subword_prefix"`
		Most    int        `json:"max_input_chars_per_word"`
	}{Unknown: "[UNK]", Most: 100}
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, err
	}
	w := &wordPiece{vocabulary: m.Vocab, prefix: "##", most: m.Most}
	if m.Prefix != nil {
		w.prefix = *m.Prefix
	}
	var ok bool
	if w.unknown, ok = w.id(m.Unknown); !ok {
		return nil, fmt.Errorf("no token %s for what is unknown", m.Unknown)
	}
	return w, nil
}

func (w *wordPiece) tokens(dst []int, word string) []int {
	n := len(dst)
	runes := []rune(word)
	if len(runes) > w.most {
		return append(dst, w.unknown)
	}
	for from := 0; from < len(runes); {
		to := len(runes)
		for ; to > from; to-- {
			piece := string(runes[from:to])
			if from > 0 {
				piece = w.prefix + piece
			}
			if id, ok := w.id(piece); ok {
				dst = append(dst, id)
				break
			}
		}
		if to == from {
			return append(dst[:n], w.unknown)
		}
		from = to
	}
	return dst
}
