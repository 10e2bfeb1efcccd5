package tokenizer

import "strings"

// byteRunes is the letter that stands for each byte in byte-level vocabularies
// (bytes_to_unicode of https://github.com/openai/gpt-2/blob/master/src/encoder.py):
// itself where it can be seen, else one of the letters from U+0100 on.
var byteRunes = func() (of [256]rune) {
	next := rune(256)
	for b := range of {
		if b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae {
			of[b] = rune(b)
		} else {
			of[b] = next
			next++
		}
	}
	return of
}()

func bytesAsRunes(s string) string {
	var out strings.Builder
	for i := range len(s) {
		out.WriteRune(byteRunes[s[i]])
	}
	return out.String()
}
