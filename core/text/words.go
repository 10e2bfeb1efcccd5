// Package text turns a query into tokens: words in any language, and for each
// word the pieces of a vocabulary learnt from the collection. A word that was
// never seen still has pieces (its character n-grams, at worst its bytes), so
// no query is ever empty of meaning by spelling alone.
package text

import (
	"strings"
	"unicode"
)

// maxScan bounds how much of a text is looked at, in bytes.
const maxScan = 1 << 13

// Words splits a text into folded words. Letters, digits and marks form words
// (an apostrophe inside does not end one); each Han character is a word, runs of hiragana and of
// katakana are words; symbols such as emoji and currency signs are words of
// their own. Punctuation counts only when the text holds nothing else, so that
// "!" can be asked for. At most the first 8 kB are read.
func Words(s string) []string {
	if len(s) > maxScan {
		s = strings.ToValidUTF8(s[:maxScan], "")
	}
	s = Fold(s)
	if w := split(s, false); len(w) > 0 {
		return w
	}
	return split(s, true)
}

// class says which runes join into one word.
type class uint8

const (
	gap class = iota
	alone
	letters
	hiragana
	katakana
	apostrophe
	point // punctuation
)

func classify(r rune) class {
	switch {
	case r < 0x80:
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return letters
		case r == '\'':
			return apostrophe
		case strings.ContainsRune("+=<>$|~^`", r):
			return alone
		case r > ' ' && r < 0x7f:
			return point
		}
		return gap
	case r == '’', r == 'ʼ':
		return apostrophe
	case r == 0xFE0F || r == 0xFE0E || r == 0x200D || r == 0xFFFD || (r >= 0x1F3FB && r <= 0x1F3FF):
		return gap // variation selectors, joiners, skin tones
	case r == 'ー':
		return katakana
	case unicode.Is(unicode.Han, r):
		return alone
	case unicode.Is(unicode.Hiragana, r):
		return hiragana
	case unicode.Is(unicode.Katakana, r):
		return katakana
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		return letters
	case unicode.IsSymbol(r):
		return alone
	case unicode.IsPunct(r):
		return point
	}
	return gap
}

// split cuts a folded text; with points, punctuation marks run together into words.
func split(s string, points bool) []string {
	var words []string
	var word []rune
	var open class
	flush := func() {
		if len(word) > 0 {
			words = append(words, string(word))
			word = word[:0]
		}
		open = gap
	}
	for _, r := range s {
		c := classify(r)
		switch c {
		case apostrophe:
			if points {
				c = point
			} else if open == letters {
				continue
			} else {
				c = gap
			}
		case point:
			if !points {
				c = gap
			}
		}
		if c != open {
			flush()
		}
		if c == gap {
			continue
		}
		word, open = append(word, r), c
		if c == alone {
			flush()
		}
	}
	flush()
	return words
}
