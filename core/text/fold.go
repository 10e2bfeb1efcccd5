package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:generate go run ./foldgen

// tables parses foldTable once: single runes to their folded form, and voiced
// kana by (mark, kana).
var tables = sync.OnceValues(func() (map[rune]string, map[[2]rune]string) {
	single, voiced := make(map[rune]string, 6000), make(map[[2]rune]string, 64)
	for entry := range strings.SplitSeq(strings.TrimSuffix(foldTable, ";"), ";") {
		r, n := utf8.DecodeRuneInString(entry)
		if r == dakuten || r == handakuten {
			if k, m := utf8.DecodeRuneInString(entry[n:]); m > 0 && len(entry) > n+m {
				voiced[[2]rune{r, k}] = entry[n+m:]
				continue
			}
		}
		single[r] = entry[n:]
	}
	return single, voiced
})

const (
	dakuten    = 0x3099
	handakuten = 0x309A
	// Hangul syllables are composed by arithmetic (Unicode 3.12).
	leadBase, vowelBase, tailBase, syllableBase = 0x1100, 0x1161, 0x11A7, 0xAC00
	leads, vowels, tails                        = 19, 21, 28
)

// Fold brings a text to the form in which words are compared: compatibility
// forms unified (full width, ligatures, presentation forms), lower case,
// Latin, Greek and Cyrillic without their accents, Hangul and kana composed.
// Invalid UTF-8 becomes U+FFFD.
func Fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	single, voiced := tables()
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if f, ok := single[r]; ok {
			for _, q := range f {
				out = compose(out, q, voiced)
			}
		} else {
			out = compose(out, unicode.ToLower(r), voiced)
		}
	}
	return string(out)
}

// compose appends r, joined with the rune before it where the two are one letter.
func compose(out []rune, r rune, voiced map[[2]rune]string) []rune {
	if r >= 0x300 && r <= 0x36F { // a combining mark after its letter
		return out
	}
	n := len(out)
	if n == 0 {
		return append(out, r)
	}
	last := out[n-1]
	if c, ok := voiced[[2]rune{r, last}]; ok {
		out[n-1], _ = utf8.DecodeRuneInString(c)
		return out
	}
	if l, v := last-leadBase, r-vowelBase; l >= 0 && l < leads && v >= 0 && v < vowels {
		out[n-1] = syllableBase + (l*vowels+v)*tails
		return out
	}
	if s, t := last-syllableBase, r-tailBase; s >= 0 && s < leads*vowels*tails && s%tails == 0 && t > 0 && t < tails {
		out[n-1] += t
		return out
	}
	return append(out, r)
}
