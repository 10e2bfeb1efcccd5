package tokenizer

import (
	"encoding/json"
	"fmt"
	"strings"
)

// pairs is byte-pair encoding: of the neighbours that may be joined, those that
// were the first to be joined in training are, until none is left.
type pairs struct {
	vocabulary
	rank    map[[2]string]int
	inside  string // prefix of what does not begin a word
	end     string // suffix of what ends a word
	unknown *int
	fuse    bool // unknown characters beside each other are one
	bytes   bool // unknown characters are spelt by tokens of their bytes
	whole   bool // words that are tokens are taken as they are
}

func readPairs(data json.RawMessage) (model, error) {
	var m struct {
		Vocab   vocabulary        `json:"vocab"`
		Merges  []json.RawMessage `json:"merges"`
		Unknown *string           `json:"unk_token"`
		Inside  string            `json:"continuing_subword_prefix"`
		End     string            `json:"end_of_word_suffix"`
		Fuse    bool              `json:"fuse_unk"`
		Bytes   bool              `json:"byte_fallback"`
		Whole   bool              `json:"ignore_merges"`
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, err
	}
	p := &pairs{vocabulary: m.Vocab, rank: map[[2]string]int{}, inside: m.Inside, end: m.End, fuse: m.Fuse, bytes: m.Bytes, whole: m.Whole}
	if m.Unknown != nil {
		id, ok := p.id(*m.Unknown)
		if !ok {
			return nil, fmt.Errorf("no token %s for what is unknown", *m.Unknown)
		}
		p.unknown = &id
	}
	for i, raw := range m.Merges { // "a b" or, in newer files, ["a", "b"]
		var pair [2]string
		var line string
		if json.Unmarshal(raw, &line) == nil {
			a, b, ok := strings.Cut(line, " ")
			if !ok {
				return nil, fmt.Errorf("merge %d is %s", i, raw)
			}
			pair = [2]string{a, b}
		} else if err := json.Unmarshal(raw, &pair); err != nil {
			return nil, fmt.Errorf("merge %d is %s", i, raw)
		}
		if _, ok := p.id(p.join(pair[0], pair[1])); !ok {
			return nil, fmt.Errorf("no token for merge %d, %s", i, raw)
		}
		p.rank[pair] = i
	}
	return p, nil
}

func (p *pairs) join(a, b string) string { return a + strings.TrimPrefix(b, p.inside) }

func (p *pairs) tokens(dst []int, word string) []int {
	if id, ok := p.id(word); ok && p.whole {
		return append(dst, id)
	}
	// Tokens that are no parts of a word, as those of unknown characters, have no
	// name and are joined to nothing.
	type symbol struct {
		name string
		id   int
	}
	var list []symbol
	fused := false
	runes := []rune(word)
	for i, r := range runes {
		name := string(r)
		if i > 0 {
			name = p.inside + name
		}
		if i == len(runes)-1 {
			name += p.end
		}
		if id, ok := p.id(name); ok {
			list, fused = append(list, symbol{name, id}), false
			continue
		}
		if spelt, ok := spell(p.vocabulary, string(r)); p.bytes && ok {
			for _, id := range spelt {
				list = append(list, symbol{"", id})
			}
			fused = false
		} else if p.unknown != nil && !(p.fuse && fused) {
			list, fused = append(list, symbol{"", *p.unknown}), true
		}
	}
	for {
		best, at := len(p.rank), -1
		for i := 1; i < len(list); i++ {
			if list[i-1].name == "" || list[i].name == "" {
				continue
			}
			if r, ok := p.rank[[2]string{list[i-1].name, list[i].name}]; ok && r < best {
				best, at = r, i
			}
		}
		if at < 0 {
			break
		}
		name := p.join(list[at-1].name, list[at].name)
		id, _ := p.id(name)
		list[at-1] = symbol{name, id}
		list = append(list[:at], list[at+1:]...)
	}
	for _, s := range list {
		dst = append(dst, s.id)
	}
	return dst
}

// spell returns the tokens of a text's bytes, if the vocabulary has them all.
func spell(v vocabulary, s string) (ids []int, ok bool) {
	for i := range len(s) {
		id, ok := v[fmt.Sprintf("<0x%02X>", s[i])]
		if !ok {
			return nil, false
		}
		ids = append(ids, id)
	}
	return ids, true
}
