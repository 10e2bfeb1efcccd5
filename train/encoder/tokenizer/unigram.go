package tokenizer

import (
	"encoding/json"
	"fmt"
	"math"
	"unicode/utf8"
)

// unigram cuts a word so that the sum of its pieces' logarithmic probabilities is
// the highest (T. Kudo, arXiv 1804.10959).
type unigram struct {
	vocabulary
	score   []float64
	longest int // bytes of a piece
	unknown *int
	price   float64 // of an unknown character
	bytes   bool
}

// below the rarest piece, an unknown character is as improbable as this.
const below = 10

func readUnigram(data json.RawMessage) (model, error) {
	var m struct {
		Vocab   [][2]any `json:"vocab"`
		Unknown *int     `json:"unk_id"`
		Bytes   bool     `json:"byte_fallback"`
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, err
	}
	u := &unigram{vocabulary: vocabulary{}, unknown: m.Unknown, bytes: m.Bytes}
	least := math.Inf(1)
	for i, pair := range m.Vocab {
		name, ok := pair[0].(string)
		score, number := pair[1].(float64)
		if !ok || !number {
			return nil, fmt.Errorf("piece %d is %v", i, pair)
		}
		if _, twice := u.vocabulary[name]; !twice {
			u.vocabulary[name] = i
		}
		u.score = append(u.score, score)
		u.longest, least = max(u.longest, len(name)), min(least, score)
	}
	if m.Unknown != nil && (*m.Unknown < 0 || *m.Unknown >= len(u.score)) {
		return nil, fmt.Errorf("the unknown is token %d of %d", *m.Unknown, len(u.score))
	}
	u.price = least - below
	return u, nil
}

func (u *unigram) tokens(dst []int, word string) []int {
	// best[i] is the best way to the byte i: the piece that ends there and its sum.
	type way struct {
		from, id int // id -1: an unknown character
		sum      float64
	}
	best := make([]way, len(word)+1)
	for i := range best[1:] {
		best[i+1].from = -1
	}
	for at := 0; at < len(word); {
		_, size := utf8.DecodeRuneInString(word[at:])
		try := func(to, id int, score float64) {
			if sum := best[at].sum + score; best[to].from < 0 || sum > best[to].sum {
				best[to] = way{at, id, sum}
			}
		}
		single := false
		for to := at + size; to <= len(word) && to-at <= u.longest; {
			if id, ok := u.id(word[at:to]); ok {
				try(to, id, u.score[id])
				single = single || to == at+size
			}
			if to == len(word) {
				break
			}
			_, more := utf8.DecodeRuneInString(word[to:])
			to += more
		}
		if !single {
			try(at+size, -1, u.price)
		}
		at += size
	}
	var path []way
	for at := len(word); at > 0; at = best[at].from {
		w := best[at]
		path = append(path, w)
	}
	fused := false
	at := 0
	for i := len(path) - 1; i >= 0; i-- {
		to := len(word)
		if i > 0 {
			to = path[i-1].from
		}
		switch w := path[i]; {
		case w.id >= 0:
			dst, fused = append(dst, w.id), false
		default:
			if spelt, ok := spell(u.vocabulary, word[at:to]); u.bytes && ok {
				dst, fused = append(dst, spelt...), false
			} else if u.unknown != nil && !fused { // neighbours are one
				dst, fused = append(dst, *u.unknown), true
			}
		}
		at = to
	}
	return dst
}
