package sense

import "strings"

// shortest is the least number of letters of a word whose ending is taken off.
const shortest = 4

// Find gives the row of a word as text.Words gives it: of its exact spelling,
// or else without a hyphen or a regular English ending (-s, -ed, -ing, -er,
// -ly), most likely stem first. Words of fewer than four letters are found by
// their spelling alone.
func (t *Table) Find(word string) (row int, ok bool) {
	if row, ok = t.index.Row(word); ok {
		return row, true
	}
	if len(word) < shortest || len(word) > MaxWord {
		return 0, false
	}
	if strings.IndexByte(word, '-') >= 0 || strings.IndexByte(word, '\'') >= 0 || strings.IndexByte(word, "’"[0]) >= 0 {
		if plain := marks.Replace(word); plain != word {
			return t.Find(plain)
		}
	}
	for _, e := range endings {
		stem, cut := strings.CutSuffix(word, e.suffix)
		if !cut || len(stem) < shortest-2 {
			continue
		}
		for _, s := range e.stems(stem) {
			if row, ok = t.index.Row(s); ok && len(s) >= shortest-1 {
				return row, true
			}
		}
	}
	return 0, false
}

var marks = strings.NewReplacer("'s", "", "’s", "", "-", "", "'", "", "’", "")

// endings are tried in this order; stems lists what a word without the suffix
// may come from.
var endings = []struct {
	suffix string
	stems  func(string) []string
}{
	{"ies", func(s string) []string { return []string{s + "y", s + "ie"} }},
	{"es", plural},
	{"s", func(s string) []string {
		if strings.HasSuffix(s, "s") {
			return nil
		}
		return []string{s}
	}},
	{"ied", func(s string) []string { return []string{s + "y", s + "ie"} }},
	{"ed", verb},
	{"ing", verb},
	{"ier", func(s string) []string { return []string{s + "y"} }},
	{"er", verb},
	{"ily", func(s string) []string { return []string{s + "y"} }},
	{"ly", func(s string) []string { return []string{s, s + "le"} }},
}

// plural undoes -es: boxes of box, horses of horse.
func plural(s string) []string {
	for _, e := range []string{"s", "x", "z", "ch", "sh", "o"} {
		if strings.HasSuffix(s, e) {
			return []string{s, s + "e"}
		}
	}
	return []string{s + "e"}
}

// verb undoes an ending that begins with a vowel: running of run, calling of
// call, staring of stare, walking of walk.
func verb(s string) []string {
	n := len(s)
	switch {
	case n < 2:
		return nil
	case s[n-1] == s[n-2] && consonant(s[n-1]):
		if strings.IndexByte("flsz", s[n-1]) >= 0 {
			return []string{s, s[:n-1]}
		}
		return []string{s[:n-1], s}
	case n > 2 && consonant(s[n-3]) && !consonant(s[n-2]) && consonant(s[n-1]) && strings.IndexByte("wxy", s[n-1]) < 0:
		return []string{s + "e", s}
	}
	return []string{s, s + "e"}
}

func consonant(c byte) bool { return c >= 'a' && c <= 'z' && strings.IndexByte("aeiou", c) < 0 }
