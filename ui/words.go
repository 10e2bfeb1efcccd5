package ui

import (
	"strconv"
	"strings"

	"ace/core"
)

// kinds are the three kinds, to point at: a filter is a pointer into it.
var kinds = [core.Kinds]core.Kind{core.Image, core.Audio, core.Video}

var (
	plurals   = [core.Kinds]string{"Pictures", "Sounds", "Films"}
	singulars = [core.Kinds]string{"picture", "sound", "film"}
)

// grouped writes a number with a comma every three digits.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// counted writes a number with its noun, whose plural ends in s.
func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return grouped(n) + " " + noun
}

// megabytes writes a size the way people read it.
func megabytes(n int) string {
	return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB"
}

// millis writes a duration with two significant digits at most.
func millis(ms float64) string {
	if ms < 10 {
		return strconv.FormatFloat(ms, 'f', 1, 64) + " ms"
	}
	return strconv.FormatFloat(ms, 'f', 0, 64) + " ms"
}

// device writes a device's name the way it is spoken of.
func device(name string) string {
	switch strings.ToLower(name) {
	case "cpu":
		return "CPU"
	case "webgpu", "gpu":
		return "GPU"
	}
	return name
}

// list joins words as a sentence does: a, b or c.
func list(words []string, last string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " " + last + " " + words[n-1]
	}
	return strings.Join(words, "")
}
