package text

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of what one query becomes. A text beyond them is cut, never refused.
const (
	MaxTokens  = 48 // words of a query
	MaxPieces  = 24 // pieces of a word
	maxWordLen = 40 // runes of a word that are looked at
)

// Hashed ids are the first ones. A word that is no piece itself has hashes of
// them, so that rare words are told apart although most do not get an id of
// their own (arXiv 1706.03993): two of 1024 make half a million signatures.
const (
	hashed = 1024
	hashes = 2
)

// Vocabulary maps pieces (whole words, character n-grams, pairs of Han
// characters) to ids. Its size counts the 1024 hashed ids too.
type Vocabulary struct {
	pieces []string // pieces[i] has id hashed+i
	index  *Index
}

// Tokens is an encoded text: word t has the piece ids
// Pieces[Start[t]:Start[t+1]].
type Tokens struct {
	Pieces []uint32
	Start  []uint32
}

// Len is the number of words.
func (t Tokens) Len() int { return max(len(t.Start)-1, 0) }

// Size is the number of ids.
func (v *Vocabulary) Size() int { return hashed + len(v.pieces) }

// Learn builds a vocabulary of at most size ids from texts: whole words by how
// many texts hold them, then n-grams by how many different words hold them
// (as in fastText, arXiv 1607.04606, but with counted instead of hashed n-grams,
// so that no two pieces share an id). Words may take two thirds of the room.
func Learn(texts []string, size int) *Vocabulary {
	type counted struct {
		piece string
		n     int
	}
	words, pairs := map[string]int{}, map[string]int{}
	for _, s := range texts {
		ws := Words(s)
		seen := map[string]bool{}
		for i, w := range ws {
			w = cut(w)
			if !seen[w] {
				seen[w] = true
				words[w]++
			}
			if i > 0 {
				if p, ok := hanPair(ws[i-1], w); ok {
					pairs[p]++
				}
			}
		}
	}
	grams := map[string]int{}
	for w := range words {
		seen := map[string]bool{}
		ngrams(w, func(g string) {
			if !seen[g] {
				seen[g] = true
				grams[g]++
			}
		})
	}
	ranked := func(m map[string]int, least int) []counted {
		out := make([]counted, 0, len(m))
		for p, n := range m {
			if n >= least {
				out = append(out, counted{p, n})
			}
		}
		slices.SortFunc(out, func(a, b counted) int { return cmp.Or(b.n-a.n, strings.Compare(a.piece, b.piece)) })
		return out
	}
	room := max(size-hashed, 0)
	var pieces []string
	known := map[string]bool{}
	take := func(c []counted, n int, wrap bool) {
		for _, p := range c {
			if n == 0 {
				return
			}
			s := p.piece
			if wrap {
				s = "<" + s + ">"
			}
			if !known[s] {
				known[s] = true
				pieces = append(pieces, s)
				n--
			}
		}
	}
	all, sub := ranked(words, 1), append(ranked(grams, 2), ranked(pairs, 2)...)
	slices.SortStableFunc(sub, func(a, b counted) int { return b.n - a.n })
	take(all, max(room*2/3, room-len(sub)), true)
	take(sub, room-len(pieces), false)
	index, err := NewIndex(pieces)
	if err != nil {
		panic(err) // known has seen to it
	}
	return &Vocabulary{pieces, index}
}

// EncodeWords turns words, as Words gives them, into tokens. Hashed ids say
// something about words that training has seen: a word that known (nil: all
// are) does not know gets none, and may have no piece at all.
func (v *Vocabulary) EncodeWords(words []string, known func(word string) bool) Tokens {
	if len(words) > MaxTokens {
		words = words[:MaxTokens]
	}
	t := Tokens{Start: make([]uint32, 1, len(words)+1)}
	for i, w := range words {
		w = cut(w)
		from := len(t.Pieces)
		add := func(p string) {
			row, ok := v.index.Row(p)
			if id := uint32(hashed + row); ok && len(t.Pieces)-from < MaxPieces && !slices.Contains(t.Pieces[from:], id) {
				t.Pieces = append(t.Pieces, id)
			}
		}
		if whole := "<" + w + ">"; !v.has(whole) {
			if known == nil || known(w) {
				t.Pieces = append(t.Pieces, signature(w)...)
			}
		} else {
			add(whole)
		}
		ngrams(w, add)
		if i+1 < len(words) {
			if p, ok := hanPair(w, words[i+1]); ok {
				add(p)
			}
		}
		t.Start = append(t.Start, uint32(len(t.Pieces)))
	}
	return t
}

// Whole is how many of a word's pieces stand for the word as such, its own id or
// its hashed ones: they come first.
func Whole(pieces []uint32) int {
	switch {
	case len(pieces) == 0:
		return 0
	case pieces[0] < hashed:
		return min(hashes, len(pieces))
	}
	return 1
}

func (v *Vocabulary) has(piece string) bool {
	_, ok := v.index.Row(piece)
	return ok
}

// signature is the hashed ids of a word: of hashes that begin with a byte that
// counts them.
func signature(w string) []uint32 {
	ids := make([]uint32, hashes)
	for k := range ids {
		h := fnv(byte(k), w)
		ids[k] = (h ^ h>>16) % hashed
	}
	return ids
}

// MarshalText writes the pieces in id order, one a line.
func (v *Vocabulary) MarshalText() ([]byte, error) {
	return []byte(strings.Join(v.pieces, "\n")), nil
}

// UnmarshalText reads what MarshalText wrote and refuses duplicates, empty
// pieces and invalid UTF-8.
func (v *Vocabulary) UnmarshalText(b []byte) error {
	if !utf8.Valid(b) {
		return fmt.Errorf("vocabulary is not UTF-8")
	}
	pieces := Lines(string(b))
	index, err := NewIndex(pieces)
	if err != nil {
		return fmt.Errorf("vocabulary: piece %w", err)
	}
	if _, empty := index.Row(""); empty {
		return fmt.Errorf("vocabulary of %d pieces holds an empty one", len(pieces))
	}
	*v = Vocabulary{pieces, index}
	return nil
}

func cut(w string) string {
	n := 0
	for i := range w {
		if n++; n > maxWordLen {
			return w[:i]
		}
	}
	return w
}

// ngrams calls f for the n-grams of the word within its bounds, "<" and ">":
// 3 to 5 runes in alphabets, 1 to 3 in syllabaries, where a rune says more.
func ngrams(w string, f func(string)) {
	lo, hi := 3, 5
	if r, _ := utf8.DecodeRuneInString(w); unicode.In(r, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
		lo, hi = 1, 3
	}
	runes := []rune("<" + w + ">")
	for n := lo; n <= hi; n++ {
		for i := 0; i+n <= len(runes); i++ {
			if n == 1 && (i == 0 || i == len(runes)-1) {
				continue
			}
			f(string(runes[i : i+n]))
		}
	}
}

func hanPair(a, b string) (string, bool) {
	x, n := utf8.DecodeRuneInString(a)
	y, m := utf8.DecodeRuneInString(b)
	if n == len(a) && m == len(b) && unicode.Is(unicode.Han, x) && unicode.Is(unicode.Han, y) {
		return a + b, true
	}
	return "", false
}
