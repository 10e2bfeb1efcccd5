package media

import (
	"html"
	"regexp"
	"strings"
)

// Passages of a transcript: captions are about this long, and no more than so
// many are taken, evenly spread.
const (
	passageWords = 30
	maxPassages  = 100
)

var (
	cueTime = regexp.MustCompile(`^\s*(\d+:)?\d+:\d+[.,]\d+\s*-->`)
	cueTag  = regexp.MustCompile(`<[^>]*>|\{\\[^}]*\}`)
)

// Subtitles is the key of an item's metadata that names a film's captions.
const Subtitles = "subtitles"

// WebVTT makes WebVTT of SubRip, which writes its times with a comma and no
// heading; what is WebVTT already stays as it is.
func WebVTT(text []byte) []byte {
	s := strings.TrimPrefix(string(text), "\ufeff")
	if strings.HasPrefix(s, "WEBVTT") {
		return []byte(s)
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	var b strings.Builder
	b.WriteString("WEBVTT\n\n")
	for line := range strings.Lines(s) {
		if cueTime.MatchString(line) {
			line = strings.ReplaceAll(line, ",", ".")
		}
		b.WriteString(line)
	}
	return []byte(b.String())
}

// transcript reads the words of WebVTT (https://www.w3.org/TR/webvtt1/) or
// SubRip as captions. Lines that repeat the one before, as in captions that
// roll, are taken once.
func transcript(text string) []string {
	text = strings.ReplaceAll(strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n"), "\r", "\n")
	var words []string
	last, cue := "", false
	for line := range strings.SplitSeq(text, "\n") {
		switch {
		case cueTime.MatchString(line):
			cue = true
		case strings.TrimSpace(line) == "":
			cue = false
		case cue: // numbers, notes and styles stand outside
			line = strings.Join(strings.Fields(html.UnescapeString(cueTag.ReplaceAllString(line, ""))), " ")
			if line != last {
				words = append(words, strings.Fields(line)...)
			}
			last = line
		}
	}
	var passages []string
	for from := 0; from < len(words); {
		to := min(from+passageWords, len(words))
		for end := to; end > from+passageWords/2 && to < len(words); end-- { // at the end of a sentence, if there is one
			if strings.ContainsAny(words[end-1][len(words[end-1])-1:], ".?!") {
				to = end
				break
			}
		}
		passages = append(passages, strings.Join(words[from:to], " "))
		from = to
	}
	if n := len(passages); n > maxPassages {
		kept := make([]string, maxPassages)
		for i := range kept {
			kept[i] = passages[i*n/maxPassages]
		}
		return kept
	}
	return passages
}
