package media

import (
	"path"
	"slices"
	"strings"
	"unicode"
)

// nameWords makes words of a file's path: its name is a caption, its folders
// are keywords. It is the last resort, for files that nothing else describes.
func nameWords(file string) known {
	var k known
	if w := splitName(strings.TrimSuffix(path.Base(file), path.Ext(file))); len(w) > 0 {
		k.captions = []string{strings.Join(w, " ")}
	}
	if dir := path.Dir(file); dir != "." {
		for part := range strings.SplitSeq(dir, "/") {
			if w := splitName(part); len(w) > 0 {
				k.keywords = append(k.keywords, strings.Join(w, " "))
			}
		}
	}
	return k
}

// numbered are the words that cameras, phones and programs put before a number.
var numbered = []string{
	"image", "img", "picture", "photo", "pic", "dsc", "dscn", "dscf", "dcim", "pxl", "mvi", "gopr", "sam", "imgp", "p", "dji",
	"mov", "vid", "video", "clip", "audio", "sound", "rec", "recording", "track", "file", "frame", "untitled", "screenshot", "scan", "media", "ms", "wa",
}

// splitName splits a file's or folder's name into lower-case words: at what is
// neither letter nor digit, between letters and digits, and inside camelCase.
// Numbers are dropped, unless they look like a year, and so are names that say
// nothing: a camera's (IMG_1234), and identifiers, in which letters and digits alternate.
func splitName(name string) []string {
	var words []string
	digits := false
	for part := range strings.FieldsFuncSeq(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '\''
	}) {
		runs := splitRuns(part)
		if len(runs) > 3 && strings.ContainsFunc(part, unicode.IsDigit) && !strings.ContainsFunc(part, unicode.IsUpper) {
			digits = true
			continue // a3f09c…
		}
		for _, w := range runs {
			switch {
			case !unicode.IsDigit([]rune(w)[0]):
				words = append(words, strings.ToLower(w))
			case len(w) == 4 && w >= "1800" && w < "2100":
				words = append(words, w)
				digits = true
			default:
				digits = true
			}
		}
	}
	said := slices.ContainsFunc(words, func(w string) bool {
		return !unicode.IsDigit([]rune(w)[0]) && !(digits && slices.Contains(numbered, w))
	})
	if !said {
		return nil
	}
	return words
}

// splitRuns cuts where a digit meets a letter, a lower-case letter an upper-case
// one, and before the last capital of a run that a lower-case letter follows (HTTPServer).
func splitRuns(s string) []string {
	r := []rune(s)
	var out []string
	from := 0
	for i := 1; i < len(r); i++ {
		digit := unicode.IsDigit(r[i]) != unicode.IsDigit(r[i-1])
		camel := unicode.IsUpper(r[i]) && (unicode.IsLower(r[i-1]) || i+1 < len(r) && unicode.IsUpper(r[i-1]) && unicode.IsLower(r[i+1]))
		if digit || camel {
			out = append(out, string(r[from:i]))
			from = i
		}
	}
	if from < len(r) {
		out = append(out, string(r[from:]))
	}
	return out
}
