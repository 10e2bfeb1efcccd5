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

// grouped writes a number with a comma, or what stands for it, every three digits.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + speech.Comma + s[i:]
	}
	return s
}

// counted says how many there are: by one text for one, by another with % for the
// number else.
func counted(n int, one, many string, more ...string) string {
	if n == 1 {
		return t(one, more...)
	}
	return t(many, append([]string{grouped(n)}, more...)...)
}

// megabytes writes a size the way people read it.
func megabytes(n int) string {
	return decimal(float64(n)/1e6, 1) + " MB"
}

// millis writes a duration with two significant digits at most.
func millis(ms float64) string {
	if ms < 10 {
		return decimal(ms, 1) + " ms"
	}
	return decimal(ms, 0) + " ms"
}

// device writes a device's name the way it is spoken of.
func device(name string) string {
	switch strings.ToLower(name) {
	case "cpu":
		return t("CPU")
	case "webgpu", "gpu":
		return t("GPU")
	}
	return name
}
