package corpus

import "ace/core/lexicon"

// stems lists by the stem of a word the items that have it, ascending.
type stems map[string][]int

func byStem(items []Item) stems {
	having := stems{}
	for i := range items {
		for _, t := range items[i].Texts() {
			for _, w := range t {
				s := lexicon.Stem(w)
				if l := having[s]; len(l) == 0 || l[len(l)-1] != i {
					having[s] = append(l, i)
				}
			}
		}
	}
	return having
}

// all lists the items that have every one of the words, ascending.
func (s stems) all(words []string) []int {
	times, distinct := map[int]int{}, map[string]bool{}
	for _, w := range words {
		if stem := lexicon.Stem(w); !distinct[stem] {
			distinct[stem] = true
			for _, i := range s[stem] {
				times[i]++
			}
		}
	}
	var out []int
	for _, i := range s[lexicon.Stem(words[0])] {
		if times[i] == len(distinct) {
			out = append(out, i)
		}
	}
	return out
}
