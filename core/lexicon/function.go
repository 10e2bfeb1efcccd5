package lexicon

import "strings"

// functional are words of English that bind others and tell nothing of an item.
// Their rarity is no measure where items have keywords instead of sentences: who
// asks there for "something to celebrate" means one word of the three. Words of
// place and number (in, on, up, no, one) and those that are names or letters of
// pictograms as well (us, it, me, i) are not among them.
var functional = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`a an the of to for with by from as and or but than
		is are was were be been being am does did has had
		this that these those there which who whose whom what
		he she they we you his her their our your its my them
		some any something anything someone somebody anyone
		very just`) {
		set[w] = true
	}
	return set
}()

// binding is the inverse document frequency of those words at most, about that of
// a word which two items of three have.
const binding = 0.5

// telling is how much a word tells of an item, of its inverse document frequency.
func telling(word string, idf float32) float32 {
	if functional[word] {
		return min(idf, binding)
	}
	return idf
}
